using System.ComponentModel;
using System.Diagnostics;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.Vifs.Commands;

/// <summary>Runs tools as processes.</summary>
/// <param name="timeout">How long one may take before it is killed.</param>
public sealed class CommandRunner(TimeSpan timeout) : ICommandRunner
{
    /// <summary>
    /// What Linux says where it is short of processes, memory or files, or where the program is being replaced: EAGAIN, ENOMEM,
    /// ENFILE, EMFILE, ETXTBSY. It may pass.
    /// </summary>
    private static readonly int[] NoResources = [11, 12, 23, 24, 26];

    /// <inheritdoc/>
    public async Task<CommandResult> RunAsync(Command command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await WriteAsync(process, command.Input, limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return new CommandResult(
                command, process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new VifException(
                FaultCode.TimedOut, command.Step,
                $"{command.Tool.Program} did not end within {timeout.TotalSeconds:0.#} s (novadocker.networks.command-timeout) and was killed");
        }
    }

    private static Process Start(Command command)
    {
        var path = command.Tool.Find()
            ?? throw new VifException(FaultCode.Invalid, command.Step, command.Tool.Problem!);
        var start = new ProcessStartInfo(path, command.Arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };

        // Messages go into a history; they are not to depend on who started the node.
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            var code = NoResources.Contains(e.NativeErrorCode) ? FaultCode.Transient : FaultCode.Invalid;
            throw new VifException(code, command.Step, $"'{path}' cannot be run: {e.Message}", e);
        }
    }

    private static async Task WriteAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }

    private static async Task EndAsync(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
        }

        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
