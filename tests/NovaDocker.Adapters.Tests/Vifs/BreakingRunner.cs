using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>How a tool goes wrong.</summary>
public enum Break
{
    /// <summary>It does nothing and fails.</summary>
    Before,

    /// <summary>It does everything, and what becomes of it is not known: it is taken for one that hangs.</summary>
    After,

    /// <summary>It does everything, and whoever asked for it has called it off meanwhile.</summary>
    Cancelled,

    /// <summary>It is ended after a line of its input.</summary>
    Between,
}

/// <summary>Runs tools, and has one of them go wrong.</summary>
/// <param name="at">Which call, counted from 0.</param>
/// <param name="how">How.</param>
/// <param name="line">After how many lines of input, for <see cref="Break.Between"/>.</param>
internal sealed class BreakingRunner(int at, Break how, int line = 0) : ICommandRunner
{
    private readonly SettledRunner _runner = new();
    private int _calls;

    /// <summary>What went wrong; null for nothing.</summary>
    public Command? Broken { get; private set; }

    public async Task<CommandResult> RunAsync(Command command, CancellationToken cancellationToken)
    {
        if (_calls++ != at)
            return await _runner.RunAsync(command, cancellationToken);
        if (how == Break.Between)
        {
            var lines = command.Input.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length <= line)
                return await _runner.RunAsync(command, cancellationToken);
            Broken = command;
            await _runner.RunAsync(command with { Input = string.Concat(lines.Take(line).Select(text => text + "\n")) }, cancellationToken);
            return new CommandResult(command, 2, "", $"broken by the test after line {line}");
        }

        Broken = command;
        if (how != Break.Before)
            await _runner.RunAsync(command, cancellationToken);
        throw how == Break.Cancelled
            ? new OperationCanceledException("called off by the test")
            : new VifException(FaultCode.TimedOut, command.Step, "broken by the test");
    }
}
