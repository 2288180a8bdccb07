using NovaDocker.Domain.Common;

namespace NovaDocker.Wire.Client;

/// <summary>The way to a node's door.</summary>
internal interface IDoor : IAsyncDisposable
{
    /// <summary>Asks.</summary>
    /// <param name="message">The question; its answer must not depend on how often it is asked.</param>
    /// <param name="patience">How long the node may take before it answers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MessageTooBigException">The message does not fit into a frame.</exception>
    /// <exception cref="HostUnreachableException">No answer came in time.</exception>
    Task<object> AskAsync(IWireMessage message, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Says something that is not answered.</summary>
    void Tell(IWireMessage message);
}
