using System.Net;
using System.Net.Sockets;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Http.Requests;

/// <summary>
/// Reads one element of Nova's <c>network_info</c> as Nova serializes it (<c>nova/network/model.py</c>). Members that mean nothing
/// here are passed over, since Nova adds some with each release; what is needed is read strictly.
/// </summary>
internal static class VifReader
{
    private const string Address = "an IP address";
    /// <summary>Where Nova's metadata are served to servers.</summary>
    private static readonly IPNetwork Metadata = new(IPAddress.Parse("169.254.169.254"), 32);

    private const string Range = "an IP range such as 10.0.0.0/24, all bits of the host zero,";

    /// <summary>Reads a port; null where something is wrong with it.</summary>
    public static Vif? Read(BodyReader json)
    {
        var id = json.Parsed(
            "id", text => PortId.TryParse(text, out var port) ? port : (PortId?)null, "the UUID of a port", isRequired: true);
        var mac = json.Parsed(
            "address", text => MacAddress.TryParse(text, out var address) ? address : (MacAddress?)null, MacAddress.Expected, isRequired: true);
        var type = json.Text("type", isRequired: true);
        var network = json.Object("network", isRequired: true) is { } inner ? ReadNetwork(inner) : null;
        return id is { } port && mac is { } hardware && type is { } way && network is not null
            ? new Vif(port, hardware, network, way)
            {
                DeviceName = json.Text("devname"),
                OvsInterfaceId = json.Text("ovs_interfaceid"),
                IsActive = json.Flag("active") ?? false,
                VnicType = json.Text("vnic_type") ?? "normal",
                Details = json.LooseMap("details"),
            }
            : null;
    }

    private static VifNetwork? ReadNetwork(BodyReader json)
    {
        var id = json.Parsed(
            "id", text => NetworkId.TryParse(text, out var network) ? network : (NetworkId?)null, "the UUID of a network", isRequired: true);
        var subnets = json.Objects("subnets").Select(ReadSubnet).OfType<VifSubnet>().ToEquatableArray();
        var meta = json.Object("meta");
        return id is { } known
            ? new VifNetwork(known, subnets)
            {
                Label = json.Text("label") ?? "",
                Bridge = json.Text("bridge"),
                Mtu = meta is null ? null : (int?)meta.Number("mtu", 0, int.MaxValue),
                ShouldCreateBridge = meta?.Flag("should_create_bridge") ?? false,
                ShouldCreateVlan = meta?.Flag("should_create_vlan") ?? false,
                Vlan = meta is null ? null : (int?)meta.Number("vlan", 0, int.MaxValue),
                BridgeInterface = meta?.Text("bridge_interface"),
            }
            : null;
    }

    private static VifSubnet? ReadSubnet(BodyReader json)
    {
        var cidr = json.Parsed("cidr", ParseRange, Range, isRequired: true);
        var subnet = new
        {
            Gateway = json.Object("gateway") is { } gateway ? AddressIn(gateway) : null,
            Dns = json.Objects("dns").Select(dns => AddressIn(dns)).OfType<IPAddress>().ToEquatableArray(),
            Routes = json.Objects("routes").Select(ReadRoute).OfType<VifRoute>().ToEquatableArray(),
            Ips = json.Objects("ips").Select(ReadIp).OfType<FixedIp>().ToEquatableArray(),
            DhcpServer = json.Object("meta")?.Parsed(
                "dhcp_server", text => IpText.TryParse(text, out var address) ? address : null, Address),
        };
        return cidr is { } range
            ? new VifSubnet(range, subnet.Ips)
            {
                Gateway = subnet.Gateway,
                Dns = subnet.Dns,
                Routes = WithMetadata(subnet.Routes, subnet.DhcpServer),
            }
            : null;
    }

    /// <summary>
    /// The route to the metadata that Neutron's DHCP agent tells its clients of (option 121): nobody asks it here, since addresses
    /// come with the port.
    /// </summary>
    private static EquatableArray<VifRoute> WithMetadata(EquatableArray<VifRoute> routes, IPAddress? dhcpServer) =>
        dhcpServer is { AddressFamily: AddressFamily.InterNetwork } server && !routes.Any(route => route.Destination == Metadata)
            ? routes.Add(new VifRoute(Metadata, server))
            : routes;

    private static VifRoute? ReadRoute(BodyReader json)
    {
        var destination = json.Parsed("cidr", ParseRange, Range, isRequired: true);
        var gateway = json.Object("gateway") is { } inner ? AddressIn(inner) : null;
        return destination is { } to
            ? new VifRoute(to, gateway ?? (to.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any))
            : null;
    }

    private static FixedIp? ReadIp(BodyReader json)
    {
        var address = AddressIn(json, isRequired: true);
        var floating = json.Objects("floating_ips").Select(ip => AddressIn(ip)).OfType<IPAddress>().ToEquatableArray();
        return address is null ? null : new FixedIp(address, floating);
    }

    /// <summary>Nova wraps an address in an object, and leaves it null where there is none.</summary>
    private static IPAddress? AddressIn(BodyReader json, bool isRequired = false) =>
        json.Parsed("address", text => IpText.TryParse(text, out var address) ? address : null, Address, isRequired);

    private static IPNetwork? ParseRange(string text) => IpText.TryParseRange(text, out var range) ? range : null;
}
