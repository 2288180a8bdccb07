using NovaDocker.Adapters.Vifs.Commands;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>
/// Runs tools, and a listing that the kernel interrupted again until it was not, as one command: the devices of tests that run beside
/// this one change at any time, and who counts commands counts what was asked for.
/// </summary>
internal sealed class SettledRunner : ICommandRunner
{
    private readonly CommandRunner _runner = new(VifLab.Settings.CommandTimeout);

    public async Task<CommandResult> RunAsync(Command command, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _runner.RunAsync(command, cancellationToken);
            if (!result.Errors.Contains("Dump was interrupted", StringComparison.Ordinal))
                return result;
        }
    }
}
