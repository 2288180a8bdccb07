using NovaDocker.Domain.Common;
using NovaDocker.Http.Routes;
using NovaDocker.Wire.Client;

namespace NovaDocker.Http.Hosting;

/// <summary>What the routes work with.</summary>
/// <param name="Client">The way to the node's actors.</param>
/// <param name="Host">This node's host.</param>
/// <param name="Time">The clock.</param>
/// <param name="Requests">Counts requests.</param>
/// <param name="Stopping">Cancelled when the node is to stop: whoever waits for news is answered at once.</param>
internal sealed record DoorKit(
    INovaDockerClient Client, HostId Host, TimeProvider Time, RequestCounts Requests, CancellationToken Stopping)
{
    /// <summary>When the door was opened.</summary>
    public DateTimeOffset StartedAt { get; } = Time.GetUtcNow();
}
