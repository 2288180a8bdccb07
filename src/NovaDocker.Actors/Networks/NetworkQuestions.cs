using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Hosts.HostProtocol;

namespace NovaDocker.Actors.Networks;

/// <summary>Answers to what commanders ask of a host's networks.</summary>
internal static class NetworkQuestions
{
    /// <summary>What went through an instance's ports.</summary>
    public static async Task<object> ReadAsync(IHostNetwork network, ReadCounters read, CancellationToken cancellationToken)
    {
        try
        {
            var ports = new List<PortDiagnostics>();
            foreach (var port in read.Ports)
            {
                ports.Add(new PortDiagnostics(
                    port.Vif.Id, port.Vif.Mac, port.Vif.Device, port.Interface,
                    await network.ReadCountersAsync(port.Vif, cancellationToken).ConfigureAwait(false)));
            }

            return new InstanceProtocol.Diagnostics(read.InstanceId, ports.ToEquatableArray());
        }
        catch (VifException e)
        {
            return new InstanceProtocol.Refused(read.InstanceId, RefusalCode.NoHost, e.Message);
        }
    }

    /// <summary>The networks that a host knows by itself, and those that its instances have ports of.</summary>
    public static HostNetworks Networks(HostId host, NetworkSettings settings, PortBook book)
    {
        var ports = book.All.Select(port => port.Vif).ToLookup(vif => vif.Network.Id);
        var networks = settings.Networks.Values.Select(local => Of(local, settings, book, ports[local.Id].Count()))
            .Concat(ports.Where(network => !settings.Networks.ContainsKey(network.Key.Value))
                .Select(network => Of(network.First(), network.Count())))
            .OrderBy(network => network.Id.Value, StringComparer.Ordinal)
            .ToList();
        return new HostNetworks(
            host, networks.Take(MaxNetworks).ToEquatableArray(), Math.Max(0, networks.Count - MaxNetworks), null);
    }

    private static NetworkView Of(LocalNetwork local, NetworkSettings settings, PortBook book, int ports)
    {
        var taken = book.Taken(local.Id);
        return new NetworkView(
            local.Id, local.Id.Value, local.Type,
            local.Bridge ?? (local.Type == VifTypes.Ovs ? settings.OvsBridge : local.Id.DefaultBridge), ports, IsLocal: true)
        {
            Mtu = local.Mtu,
            Vlan = local.Vlan,
            Ranges = local.Subnets.Select(subnet => subnet.Cidr).ToEquatableArray(),
            Free = local.Subnets.Select(subnet => AddressRange.CountFree(subnet, taken)).ToEquatableArray(),
        };
    }

    private static NetworkView Of(Vif vif, int ports) =>
        new(vif.Network.Id, vif.Network.Label, vif.Type, vif.Bridge, ports, IsLocal: false)
        {
            Mtu = vif.Network.Mtu,
            Vlan = vif.Network.Vlan,
            Ranges = vif.Network.Subnets.Select(subnet => subnet.Cidr).ToEquatableArray(),
        };
}
