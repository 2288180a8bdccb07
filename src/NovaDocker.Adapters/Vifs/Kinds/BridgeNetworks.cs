using System.Collections.Immutable;
using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Kinds;

/// <summary>
/// Linux bridges of networks: makes them where that is allowed, gives them their way out (an interface of the host, or a VLAN on
/// it), and takes away what was made here and is empty.
/// </summary>
/// <param name="host">Whose devices they are.</param>
/// <param name="tools">The tools.</param>
/// <param name="files">What the kernel shows.</param>
/// <param name="filter">The Engine's filter.</param>
/// <param name="mayCreate">False where bridges are never made here.</param>
internal sealed class BridgeNetworks(HostId host, NetworkTools tools, KernelFiles files, EngineFilter filter, bool mayCreate)
{
    /// <summary>Why ports cannot be put into the bridge, as far as that can be seen at once; null where they can.</summary>
    public string? ProblemWith(VifNetwork network, string bridge) =>
        MayMake(network) || files.HasDevice(bridge) ? null : Missing(network, bridge);

    /// <summary>Sees to it that the bridge is there, is up, has its way out, and lets traffic pass.</summary>
    public async Task PrepareAsync(VifNetwork network, string bridge, CancellationToken cancellationToken)
    {
        var step = $"prepare {bridge} for the network {network.Id}";
        var links = await tools.LinksAsync(step, cancellationToken).ConfigureAwait(false);
        var found = links.Find(bridge);
        CheckBridge(step, network, bridge, found);
        try
        {
            if (found is null)
            {
                await tools.HostAsync(
                    step,
                    LinuxBridges.Lines(
                        bridge, DeviceMark.BirthAddress(host, bridge), Mark(network, bridge), network.Mtu, files.HasV6),
                    cancellationToken).ConfigureAwait(false);
                files.DisableV6(bridge);
            }

            await tools.HostAsync(step, Repairs(network, bridge, found), cancellationToken).ConfigureAwait(false);
            if (network.ShouldCreateBridge || network.ShouldCreateVlan)
                await GiveWayOutAsync(step, network, bridge, links, cancellationToken).ConfigureAwait(false);
            await filter.OpenAsync(bridge, cancellationToken).ConfigureAwait(false);
        }
        catch when (found is null)
        {
            await TakeBackAsync(network, bridge).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes away what is ours where nobody else is in the bridge.</summary>
    public Task ReleaseAsync(VifNetwork network, string bridge, CancellationToken cancellationToken) =>
        TakeAwayAsync($"release {bridge} of the network {network.Id}", bridge, network, cancellationToken);

    /// <summary>The same where only what devices say of themselves tells what network that was.</summary>
    /// <returns>The devices that were taken away.</returns>
    public Task<ImmutableArray<string>> TidyAsync(string bridge, CancellationToken cancellationToken) =>
        TakeAwayAsync($"tidy {bridge}", bridge, null, cancellationToken);

    /// <summary>
    /// What was made here and is in use by nobody. What goes with its bridge is not told of, nor what cannot say yet what it is
    /// for: its making is under way, or an operation goes on with it.
    /// </summary>
    public IEnumerable<NetworkDevice> Idle(HostLinks links)
    {
        foreach (var link in links.All.Where(link => link.Alias.Length > 0 && (link.IsBridge || link.Vlan != 0)))
        {
            if (DeviceMark.TryReadNetwork(link, host, out var device, out _) && device.Bridge.Length > 0
                && (link.IsBridge || link.Master is null || link.Master == device.Bridge)
                && IsIdle(device.Bridge, null, links)
                && (link.IsBridge || links.Find(device.Bridge) is not { } bridge || !DeviceMark.IsOfNetwork(bridge, host)))
                yield return device;
        }
    }

    private async Task<ImmutableArray<string>> TakeAwayAsync(
        string step, string bridge, VifNetwork? network, CancellationToken cancellationToken)
    {
        var links = await tools.LinksAsync(step, cancellationToken).ConfigureAwait(false);
        if (!links.PortsOf(bridge).Any(port => DeviceMark.TryParse(port.Alias, out var device) && device.Owner.Host == host))
            await filter.CloseAsync(bridge, cancellationToken).ConfigureAwait(false);
        if (!IsIdle(bridge, network, links))
            return [];
        var ours = links.All.Where(link => IsOwnVlan(link, bridge, network))
            .Concat(links.All.Where(link => link.Name == bridge && DeviceMark.IsOfNetwork(link, host))).ToList();
        await tools.DeleteAsync(step, ours, cancellationToken).ConfigureAwait(false);
        return [.. ours.Select(link => link.Name)];
    }

    /// <summary>Whether nothing is in a bridge but its way out.</summary>
    private bool IsIdle(string bridge, VifNetwork? network, HostLinks links)
    {
        string? way = null;
        var isOurs = links.Find(bridge) is { } link && DeviceMark.TryReadNetwork(link, host, out _, out way);
        return links.PortsOf(bridge).All(port =>
            IsOwnVlan(port, bridge, network) || (isOurs && port.Name == way) || (network is not null && port.Name == WayOut(network)));
    }

    /// <summary>Whether a device is the interface of a VLAN that was made here for a bridge.</summary>
    private bool IsOwnVlan(HostLink link, string bridge, VifNetwork? network) =>
        link.Vlan != 0 && DeviceMark.TryReadNetwork(link, host, out var device, out _)
        && (link.Master == bridge
            || (link.Master is null && (device.Bridge == bridge || (network is not null && link.Name == VlanOf(network)))));

    private void CheckBridge(string step, VifNetwork network, string bridge, HostLink? found)
    {
        if (found is { IsBridge: false })
        {
            throw new VifException(
                FaultCode.Invalid, step, $"network.bridge is '{bridge}', which is a device of this host but no Linux bridge; name a bridge");
        }

        if (found is null && !MayMake(network))
            throw new VifException(FaultCode.Invalid, step, Missing(network, bridge));
    }

    private string Mark(VifNetwork network, string bridge) => DeviceMark.Of(host, network.Id, bridge, PlainWayOut(network));

    private string MarkLine(string device, VifNetwork network, string bridge) =>
        $"link set dev {device} alias \"{Mark(network, bridge)}\"";

    private bool MayMake(VifNetwork network) => network.ShouldCreateBridge && mayCreate;

    private static string Missing(VifNetwork network, string bridge) =>
        $"network.bridge is '{bridge}', and there is no such bridge. Make it, or let it be made: "
        + (network.ShouldCreateBridge
            ? "novadocker.networks.create-bridges is off"
            : "network.should_create_bridge is not set");

    private List<string> Repairs(VifNetwork network, string bridge, HostLink? found)
    {
        var lines = new List<string>();
        if (found is not null && network.Mtu is { } mtu && found.Mtu != mtu && DeviceMark.IsOfNetwork(found, host))
            lines.Add($"link set dev {bridge} mtu {mtu}");
        if (found is not null && PlainWayOut(network) is { } way
            && DeviceMark.TryReadNetwork(found, host, out _, out var marked) && marked != way)
            lines.Add(MarkLine(bridge, network, bridge));
        if (found is not { IsUp: true })
            lines.Add($"link set dev {bridge} up");
        return lines;
    }

    private async Task GiveWayOutAsync(string step, VifNetwork network, string bridge, HostLinks links, CancellationToken cancellationToken)
    {
        if (WayOut(network) is not { } name)
            return;
        if (links.Find(network.BridgeInterface!) is not { } parent)
        {
            throw new VifException(
                FaultCode.Invalid, step, $"network.bridge_interface is '{network.BridgeInterface}', and this host has no such interface");
        }

        var way = links.Find(name);
        if (way is null)
        {
            await MakeVlanAsync(step, network, bridge, parent, cancellationToken).ConfigureAwait(false);
        }
        else if (way != parent && (way.Vlan != network.Vlan || way.Peer != parent.Name))
        {
            throw new VifException(
                FaultCode.Conflict, step, $"{name} is there and is not the interface of VLAN {network.Vlan} on {parent.Name}");
        }

        if (way?.Master is { } master && master != bridge)
            throw new VifException(FaultCode.Conflict, step, $"{name} is in {master}, and would have to be in {bridge}");
        if (way == parent && way.Master is null)
            await CheckWithoutAddressAsync(step, parent.Name, bridge, cancellationToken).ConfigureAwait(false);
        var lines = new List<string>();
        if (way is not null && DeviceMark.TryReadNetwork(way, host, out var known, out _) && known.Bridge != bridge)
            lines.Add(MarkLine(name, network, bridge));
        if (way?.Master is null || !way.IsUp)
            lines.Add($"link set dev {name} master {bridge} up");
        await tools.HostAsync(step, lines, cancellationToken).ConfigureAwait(false);
    }

    private async Task MakeVlanAsync(
        string step, VifNetwork network, string bridge, HostLink parent, CancellationToken cancellationToken)
    {
        var name = DeviceNames.VlanInterface(network.Vlan!.Value);
        try
        {
            await tools.HostAsync(
                step,
                [
                    $"link add link {parent.Name} name {name} address {DeviceMark.BirthAddress(host, name)} type vlan id {network.Vlan}",
                    MarkLine(name, network, bridge),
                    .. network.Mtu is { } mtu ? [$"link set dev {name} mtu {mtu}"] : Array.Empty<string>(),
                ],
                cancellationToken).ConfigureAwait(false);
        }
        catch (VifException e) when (!files.HasVlans)
        {
            throw new VifException(
                FaultCode.Invalid, step,
                $"the interface of VLAN {network.Vlan} cannot be made, since this kernel has no VLANs (802.1Q, module 8021q): {e.Message}", e);
        }
    }

    /// <summary>An interface in a bridge takes nothing in for itself: the host would be cut off.</summary>
    private async Task CheckWithoutAddressAsync(string step, string name, string bridge, CancellationToken cancellationToken)
    {
        var result = await tools.RunAsync(
            step, tools.Ip, ["-json", "address", "show", "dev", name, "scope", "global"], cancellationToken).ConfigureAwait(false);
        var addresses = JsonOutput.Parse(step, result.OrThrow().Output).SelectMany(list => list.EnumerateArray())
            .SelectMany(link => link.Elements("addr_info")).Select(address => address.Text("local")).ToList();
        if (addresses.Count > 0)
        {
            throw new VifException(
                FaultCode.Invalid, step,
                $"network.bridge_interface is '{name}', which has addresses of this host ({string.Join(", ", addresses)}) and would lose "
                + $"them in a bridge. Make the bridge {bridge} yourself, with the addresses, or name another interface");
        }
    }

    /// <summary>A bridge that was made in a preparation that failed goes again.</summary>
    private async Task TakeBackAsync(VifNetwork network, string bridge)
    {
        try
        {
            await ReleaseAsync(network, bridge, CancellationToken.None).ConfigureAwait(false);
        }
        catch (VifException)
        {
            // The failure that led here is the one to tell; the next release takes away what is left.
        }
    }

    /// <summary>The interface that is put into the bridge; null for none.</summary>
    private static string? WayOut(VifNetwork network) =>
        network.BridgeInterface is null ? null : VlanOf(network) ?? network.BridgeInterface;

    /// <summary>The same where it is the host's own interface, and not a VLAN on it.</summary>
    private static string? PlainWayOut(VifNetwork network) => VlanOf(network) is null ? network.BridgeInterface : null;

    /// <summary>The interface of the VLAN that is made for a network; null for none.</summary>
    private static string? VlanOf(VifNetwork network) =>
        network is { ShouldCreateVlan: true, Vlan: { } vlan } ? DeviceNames.VlanInterface(vlan) : null;
}
