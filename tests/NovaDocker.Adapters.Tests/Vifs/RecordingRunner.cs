using System.Collections.Concurrent;
using NovaDocker.Adapters.Vifs.Commands;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>Runs tools, and knows which it ran.</summary>
internal sealed class RecordingRunner : ICommandRunner
{
    private readonly SettledRunner _runner = new();
    private readonly ConcurrentQueue<Command> _commands = [];

    /// <summary>What was run.</summary>
    public IReadOnlyCollection<Command> Commands => _commands;

    public Task<CommandResult> RunAsync(Command command, CancellationToken cancellationToken)
    {
        _commands.Enqueue(command);
        return _runner.RunAsync(command, cancellationToken);
    }
}
