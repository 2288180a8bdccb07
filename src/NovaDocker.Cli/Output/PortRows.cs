using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Cli.Output;

/// <summary>A port of an instance, for programs. Fields are only ever added.</summary>
/// <param name="Id">The port.</param>
/// <param name="Interface">Its interface's name inside.</param>
/// <param name="Mac">Its hardware address.</param>
/// <param name="NetworkId">Its network.</param>
/// <param name="NetworkName">The network's name for people; empty for none.</param>
/// <param name="Type">How it is plugged: <c>bridge</c>, <c>ovs</c>, <c>tap</c>, or a type of the host's configuration.</param>
/// <param name="Device">Its device on the host.</param>
/// <param name="Bridge">The bridge on the host.</param>
/// <param name="Plugged">True where the journal says that it is plugged.</param>
/// <param name="Mtu">The largest packet, bytes; null where nobody says.</param>
/// <param name="Vlan">The VLAN; null for none.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="Gateways">The gateways of its subnets.</param>
/// <param name="Dns">The name servers of its subnets.</param>
internal sealed record PortRow(
    string Id,
    string Interface,
    string Mac,
    string NetworkId,
    string NetworkName,
    string Type,
    string Device,
    string Bridge,
    bool Plugged,
    int? Mtu,
    int? Vlan,
    IReadOnlyList<PortAddressRow> Addresses,
    IReadOnlyList<string> Gateways,
    IReadOnlyList<string> Dns)
{
    public static PortRow Of(InstancePort port)
    {
        var (vif, network) = (port.Vif, port.Vif.Network);
        return new PortRow(
            vif.Id.ToString(), port.Interface, vif.Mac.ToString(), network.Id.Value, network.Label, vif.Type, vif.Device, vif.Bridge,
            port.IsPlugged, network.Mtu, network.Vlan,
            [.. network.Subnets.SelectMany(subnet => subnet.Ips.Select(ip => PortAddressRow.Of(subnet, ip)))],
            [.. network.Subnets.Select(subnet => subnet.DefaultGateway).OfType<System.Net.IPAddress>().Select(gateway => gateway.ToString())],
            [.. network.Subnets.SelectMany(subnet => subnet.Dns).Select(server => server.ToString()).Distinct(StringComparer.Ordinal)]);
    }
}

/// <summary>An address of a port.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Bits of its network.</param>
/// <param name="FloatingIps">Addresses that routers translate to it.</param>
internal sealed record PortAddressRow(string Address, int PrefixLength, IReadOnlyList<string> FloatingIps)
{
    public static PortAddressRow Of(VifSubnet subnet, FixedIp ip) => new(
        ip.Address.ToString(), subnet.Cidr.PrefixLength, [.. ip.FloatingIps.Select(floating => floating.ToString())]);
}

/// <summary>What went through a port, for programs.</summary>
/// <param name="Id">The port.</param>
/// <param name="Interface">Its interface's name inside.</param>
/// <param name="Mac">Its hardware address.</param>
/// <param name="Device">Its device on the host.</param>
/// <param name="Plugged">True where it is plugged; else the counters are null.</param>
/// <param name="RxBytes">Bytes that the instance received.</param>
/// <param name="RxPackets">Packets that it received.</param>
/// <param name="RxErrors">Packets that it received broken.</param>
/// <param name="RxDrops">Packets that it received and dropped.</param>
/// <param name="TxBytes">Bytes that it sent.</param>
/// <param name="TxPackets">Packets that it sent.</param>
/// <param name="TxErrors">Packets that could not be sent.</param>
/// <param name="TxDrops">Packets that were dropped instead of being sent.</param>
internal sealed record PortDiagnosticsRow(
    string Id,
    string Interface,
    string Mac,
    string Device,
    bool Plugged,
    long? RxBytes,
    long? RxPackets,
    long? RxErrors,
    long? RxDrops,
    long? TxBytes,
    long? TxPackets,
    long? TxErrors,
    long? TxDrops)
{
    public static PortDiagnosticsRow Of(PortDiagnostics port)
    {
        var through = port.Counters;
        return new PortDiagnosticsRow(
            port.Port.ToString(), port.Interface, port.Mac.ToString(), port.Device, through is not null,
            through?.RxBytes, through?.RxPackets, through?.RxErrors, through?.RxDrops,
            through?.TxBytes, through?.TxPackets, through?.TxErrors, through?.TxDrops);
    }
}

/// <summary>A network of a host, for programs; or why nothing is known of a host's networks.</summary>
/// <param name="Host">The host.</param>
/// <param name="Id">The network; null with <paramref name="Problem"/>.</param>
/// <param name="Name">Its name for people; empty for none.</param>
/// <param name="Type">How its ports are plugged.</param>
/// <param name="Bridge">The bridge they are put into.</param>
/// <param name="Mtu">The largest packet, bytes; null where nobody says.</param>
/// <param name="Vlan">The VLAN; null for none.</param>
/// <param name="Ranges">Its ranges.</param>
/// <param name="Ports">How many ports of instances there are of it.</param>
/// <param name="Local">True where the host's own configuration has it.</param>
/// <param name="Problem">Why nothing is known; null where it is.</param>
internal sealed record NetworkRow(
    string Host,
    string? Id,
    string? Name,
    string? Type,
    string? Bridge,
    int? Mtu,
    int? Vlan,
    IReadOnlyList<NetworkRangeRow> Ranges,
    int Ports,
    bool Local,
    string? Problem)
{
    public static IEnumerable<NetworkRow> Of(HostProtocol.HostNetworks host) => host.Problem is { } problem
        ? [new NetworkRow(host.HostId.Value, null, null, null, null, null, null, [], 0, false, problem)]
        : host.Networks.Select(network => new NetworkRow(
            host.HostId.Value, network.Id.Value, network.Label, network.Type, network.Bridge, network.Mtu, network.Vlan,
            [.. network.Ranges.Select((range, i) => new NetworkRangeRow(range.ToString(), i < network.Free.Count ? network.Free[i] : null))],
            network.Ports, network.IsLocal, null));
}

/// <summary>A range of a network.</summary>
/// <param name="Cidr">The range.</param>
/// <param name="Free">How many addresses of it may still be given away; null where the host gives none away.</param>
internal sealed record NetworkRangeRow(string Cidr, long? Free);
