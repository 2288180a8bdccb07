using System.Globalization;
using Akka.Actor;
using NovaDocker.Domain.Common;

namespace NovaDocker.Wire.Client;

/// <summary>
/// The way to the door of the node that runs in this process: no connection, no serialization, no bound on what a message
/// holds. Nothing is lost on it, so a question is asked once.
/// </summary>
/// <param name="system">The node's actor system.</param>
/// <param name="timeout">How long an answer may take beyond what the question itself grants.</param>
internal sealed class LocalDoor(ActorSystem system, TimeSpan timeout) : IDoor
{
    private readonly ActorSelection _door = system.ActorSelection(Door.Path);

    /// <inheritdoc/>
    public async Task<object> AskAsync(IWireMessage message, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await _door.Ask<object>(message, patience + timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (AskTimeoutException e)
        {
            throw new HostUnreachableException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The node did not answer itself within {(patience + timeout).TotalSeconds:0.#} s; ask again with the same request id."),
                e);
        }
    }

    /// <inheritdoc/>
    public void Tell(IWireMessage message) => _door.Tell(message, ActorRefs.NoSender);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
