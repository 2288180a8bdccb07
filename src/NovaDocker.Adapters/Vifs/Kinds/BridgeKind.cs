using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Kinds;

/// <summary>Ports in a Linux bridge of their network.</summary>
/// <param name="networks">What makes those bridges.</param>
internal sealed class BridgeKind(BridgeNetworks networks) : IVifKind
{
    /// <inheritdoc/>
    public string? ProblemWith(Vif vif)
    {
        if (VifRules.DeviceProblem("network.bridge", vif.Bridge) is { } problem)
            return problem;
        return vif.Network.BridgeInterface is { } way && VifRules.DeviceProblem("network.bridge_interface", way) is { } wrong
            ? wrong
            : networks.ProblemWith(vif.Network, vif.Bridge);
    }

    /// <inheritdoc/>
    public string BridgeOf(Vif vif) => vif.Bridge;

    /// <inheritdoc/>
    public string? MasterOf(Vif vif) => vif.Bridge;

    /// <inheritdoc/>
    public Task PrepareAsync(Vif vif, CancellationToken cancellationToken) => networks.PrepareAsync(vif.Network, vif.Bridge, cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAsync(Vif vif, CancellationToken cancellationToken) => networks.ReleaseAsync(vif.Network, vif.Bridge, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> MakeReadyAsync(VifPlug plug, HostLinks links, CancellationToken cancellationToken)
    {
        var bridge = plug.Vif.Bridge;
        return links.Find(bridge) is { IsBridge: true }
            ? Task.FromResult(true)
            : throw new VifException(
                FaultCode.Transient, $"plug {plug.Vif.Device}", $"the bridge {bridge} of its network {plug.Vif.Network.Id} is not there");
    }

    /// <inheritdoc/>
    public string? Sight(Vif vif, HostLinks links, OvsState? ovs) => InBridge(vif.Device, vif.Bridge, links);

    /// <summary>What is wrong with a device that is to be in a bridge; null where nothing is.</summary>
    internal static string? InBridge(string device, string bridge, HostLinks links)
    {
        if (!links.Has(bridge, out var link))
            return $"the bridge {bridge} of {device} is gone";
        if (!link.IsUp)
            return $"the bridge {bridge} of {device} is down";
        return links.Find(device)?.Master is var master && master == bridge
            ? null
            : $"{device} is {(master is null ? "in no bridge" : $"in {master}")}; it belongs into {bridge}";
    }
}
