using System.Collections.Immutable;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>A host whose network devices are out of reach: for who embeds it without them.</summary>
public sealed class NoHostNetwork : IHostNetwork
{
    private const string Problem = "This host was set up without access to its network devices, so it can plug no ports.";

    /// <summary>The one there is.</summary>
    public static readonly NoHostNetwork Instance = new();

    private NoHostNetwork()
    {
    }

    /// <inheritdoc/>
    public string? ProblemWith(Vif vif) => Problem;

    /// <inheritdoc/>
    public Task PrepareNetworkAsync(Vif vif, CancellationToken cancellationToken) =>
        Task.FromException(Refused(vif));

    /// <inheritdoc/>
    public Task ReleaseNetworkAsync(Vif vif, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<bool> PlugAsync(VifPlug plug, CancellationToken cancellationToken) =>
        Task.FromException<bool>(Refused(plug.Vif));

    /// <inheritdoc/>
    public Task UnplugAsync(Vif vif, VifOwner owner, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<HostNetworkSight> LookAsync(IReadOnlyCollection<Vif> expected, CancellationToken cancellationToken) =>
        Task.FromResult(new HostNetworkSight(ImmutableDictionary<PortId, string>.Empty, []));

    /// <inheritdoc/>
    public Task RemoveAsync(OwnedDevice device, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<VifCounters?> ReadCountersAsync(Vif vif, CancellationToken cancellationToken) =>
        Task.FromResult<VifCounters?>(null);

    private static VifException Refused(Vif vif) => new(FaultCode.Invalid, $"plug port {vif.Id}", Problem);
}
