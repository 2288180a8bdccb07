using NovaDocker.Actors.Networks;

namespace NovaDocker.Adapters.Vifs.Commands;

/// <summary>Runs the tools of a host. Nothing of a shell is in between, so no argument is ever taken apart.</summary>
public interface ICommandRunner
{
    /// <summary>Runs a tool to its end, whatever that is.</summary>
    /// <exception cref="VifException">It is not there, could not be started, or took too long and was killed.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the tool was killed.</exception>
    Task<CommandResult> RunAsync(Command command, CancellationToken cancellationToken);
}
