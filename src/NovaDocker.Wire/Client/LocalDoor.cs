using System.Globalization;
using Akka.Actor;
using NovaDocker.Domain.Common;

namespace NovaDocker.Wire.Client;

/// <summary>
/// The way to the door of the node that runs in this process: no connection, no serialization, no bound on what a message
/// holds. Nothing is lost on the way; what waits in a part of the node that fails is, so here, too, a question is asked again.
/// </summary>
/// <param name="system">The node's actor system.</param>
/// <param name="timeout">How long an answer may take beyond what the question itself grants.</param>
internal sealed class LocalDoor(ActorSystem system, TimeSpan timeout) : IDoor
{
    private readonly ActorSelection _door = system.ActorSelection(Door.Path);

    /// <inheritdoc/>
    public async Task<object> AskAsync(IWireMessage message, TimeSpan patience, CancellationToken cancellationToken)
    {
        var answer = await Attempts.AskAsync(
            patience, timeout, within => _door.Ask<object>(message, within, cancellationToken)).ConfigureAwait(false);
        return answer ?? throw new HostUnreachableException(string.Create(
            CultureInfo.InvariantCulture,
            $"The node did not answer itself within {(patience + timeout).TotalSeconds:0.#} s; ask again with the same request id."));
    }

    /// <inheritdoc/>
    public void Tell(IWireMessage message) => _door.Tell(message, ActorRefs.NoSender);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
