using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Kinds;

/// <summary>
/// Ports in Open vSwitch with a Linux bridge in between, on which Neutron's agent filters by iptables: the outer end of the
/// instance's interface and one end of a second pair are in the bridge, the other end of that is in the switch.
/// </summary>
/// <param name="host">Whose devices they are.</param>
/// <param name="tools">The tools.</param>
/// <param name="files">What the kernel shows.</param>
/// <param name="filter">The Engine's filter.</param>
/// <param name="ovs">The switch.</param>
internal sealed class OvsHybridKind(HostId host, NetworkTools tools, KernelFiles files, EngineFilter filter, OvsSwitch ovs) : IVifKind
{
    /// <inheritdoc/>
    public string? ProblemWith(Vif vif) => OvsKind.Problem(tools, ovs, vif);

    /// <inheritdoc/>
    public string BridgeOf(Vif vif) => ovs.BridgeOf(vif);

    /// <inheritdoc/>
    public string? MasterOf(Vif vif) => DeviceNames.HybridBridge(vif.Id);

    /// <inheritdoc/>
    public async Task<bool> MakeReadyAsync(VifPlug plug, HostLinks links, CancellationToken cancellationToken)
    {
        var vif = plug.Vif;
        var step = $"make the bridge of {vif.Device} before Open vSwitch";
        RefuseForeign(step, vif.Id, links);
        var lines = Lines(plug, links);
        await tools.HostAsync(step, lines, cancellationToken).ConfigureAwait(false);
        if (links.Find(DeviceNames.HybridBridge(vif.Id)) is null)
            files.DisableV6(DeviceNames.HybridBridge(vif.Id));
        return await filter.OpenAsync(DeviceNames.HybridBridge(vif.Id), cancellationToken).ConfigureAwait(false) && lines.Count == 0;
    }

    /// <inheritdoc/>
    public async Task<bool> ConnectAsync(VifPlug plug, bool isMade, CancellationToken cancellationToken)
    {
        var device = DeviceNames.HybridOuter(plug.Vif.Id);
        var step = $"put {device} into {ovs.BridgeOf(plug.Vif)} of Open vSwitch";
        var state = await ovs.LookForBridgeAsync(step, plug.Vif, cancellationToken).ConfigureAwait(false);
        if (!isMade && ovs.IsRight(state, device, plug))
            return true;
        if (ovs.IsInUserSpace(state, plug.Vif))
        {
            foreach (var outer in new[] { plug.Vif.Device, DeviceNames.HybridInner(plug.Vif.Id), device })
                await tools.ComputeChecksumsAsync(step, outer, cancellationToken).ConfigureAwait(false);
            await tools.ComputeChecksumsInsideAsync(step, plug.Namespace, plug.Interface.Name, cancellationToken).ConfigureAwait(false);
        }

        await ovs.AddAsync(step, device, plug, state, isMade, cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <inheritdoc/>
    public async Task DisconnectAsync(OwnedDevice device, Vif? vif, CancellationToken cancellationToken)
    {
        var (bridge, inner, outer) = Names(device.Port);
        var step = $"take away the bridge of {device.Device} before Open vSwitch";
        await ovs.RemoveAsync(step, outer, cancellationToken).ConfigureAwait(false);
        await filter.CloseAsync(bridge, cancellationToken).ConfigureAwait(false);
        var links = await tools.LinksAsync(step, cancellationToken).ConfigureAwait(false);

        // One end of a pair takes the other along.
        var pair = Own(links, outer, device.Port) ?? Own(links, inner, device.Port);
        await tools.DeleteAsync(step, new[] { pair, Own(links, bridge, device.Port) }.OfType<HostLink>(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public string? Sight(Vif vif, HostLinks links, OvsState? state)
    {
        var (bridge, inner, outer) = Names(vif.Id);
        return BridgeKind.InBridge(vif.Device, bridge, links)
            ?? BridgeKind.InBridge(inner, bridge, links)
            ?? new[] { inner, outer }.Where(name => links.Find(name) is not { IsUp: true }).Select(name => $"{name} is down").FirstOrDefault()
            ?? (state is null ? null : ovs.Problem(state, outer, vif));
    }

    private static (string Bridge, string Inner, string Outer) Names(PortId port) =>
        (DeviceNames.HybridBridge(port), DeviceNames.HybridInner(port), DeviceNames.HybridOuter(port));

    private HostLink? Own(HostLinks links, string name, PortId port) =>
        links.Find(name) is { } link && IsOurs(link, port) ? link : null;

    private bool IsOurs(HostLink link, PortId port) => DeviceMark.IsOf(link, host, port, DeviceMark.BirthAddress(host, link.Name));

    private void RefuseForeign(string step, PortId port, HostLinks links)
    {
        var (bridge, inner, outer) = Names(port);
        if (new[] { bridge, inner, outer }.Select(links.Find).OfType<HostLink>().FirstOrDefault(link => !IsOurs(link, port)) is { } foreign)
        {
            throw new VifException(
                FaultCode.Conflict, step,
                $"there is a device {foreign.Name} that this host did not make for the port{Says(foreign)}; remove it, or move it out of the way");
        }
    }

    private static string Says(HostLink link) => link.Alias.Length > 0 ? $" (it says '{link.Alias}')" : "";

    private List<string> Lines(VifPlug plug, HostLinks links)
    {
        var (bridge, inner, outer) = Names(plug.Vif.Id);
        var mark = DeviceMark.Of(
            new OwnedDevice(plug.Vif.Device, plug.Owner, plug.Vif.Id, plug.Vif.Type, ovs.BridgeOf(plug.Vif), IsHybrid: true));
        var size = plug.Vif.Network.Mtu is { } mtu ? $" mtu {mtu}" : "";
        var lines = new List<string>();
        if (links.Find(bridge) is null)
            lines.AddRange(LinuxBridges.Lines(bridge, DeviceMark.BirthAddress(host, bridge), mark, plug.Vif.Network.Mtu, files.HasV6));
        if (links.Find(outer) is null)
        {
            lines.Add(
                $"link add name {outer} address {DeviceMark.BirthAddress(host, outer)}{size} "
                + $"type veth peer name {inner} address {DeviceMark.BirthAddress(host, inner)}{size}");
        }

        foreach (var name in new[] { bridge, outer, inner })
        {
            var link = links.Find(name);
            var isMade = link is null && name == bridge;
            if (!isMade && link?.Alias != mark)
                lines.Add($"link set dev {name} alias \"{mark}\"");
            if (!isMade && link is null && files.HasV6)
                lines.Add($"link set dev {name} addrgenmode none");
            if (link is not null && plug.Vif.Network.Mtu is { } wanted && link.Mtu != wanted)
                lines.Add($"link set dev {name} mtu {wanted}");
            if (name == inner && link?.Master != bridge)
                lines.Add($"link set dev {name} master {bridge}");
            if (link is not { IsUp: true })
                lines.Add($"link set dev {name} up");
        }

        return lines;
    }
}
