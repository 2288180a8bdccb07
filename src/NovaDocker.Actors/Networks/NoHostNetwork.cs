using System.Collections.Immutable;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// A host whose network devices are out of reach: for who embeds it without them, and where the Engine may be on another machine,
/// whose process ids mean something else here.
/// </summary>
public sealed class NoHostNetwork : IHostNetwork
{
    private const string Problem = "This host has no access to the network devices of its Engine's machine; novadocker.engine.host has to be a unix socket for ports.";

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
        Task.FromResult(new HostNetworkSight(ImmutableDictionary<PortId, string>.Empty, [], []));

    /// <inheritdoc/>
    public Task RemoveAsync(OwnedDevice device, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> TidyBridgeAsync(string bridge, CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<string>.Empty);

    /// <inheritdoc/>
    public Task<VifCounters?> ReadCountersAsync(Vif vif, CancellationToken cancellationToken) =>
        Task.FromResult<VifCounters?>(null);

    private static VifException Refused(Vif vif) => new(FaultCode.Invalid, $"plug port {vif.Id}", Problem);
}
