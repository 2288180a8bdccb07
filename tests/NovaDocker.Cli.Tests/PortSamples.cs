using System.Net;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Cli.Tests;

/// <summary>Ports and networks to play with.</summary>
internal static class PortSamples
{
    public static readonly InstancePort First = new(
        Vif("7a5c3b1d-0e2f-4142-8384-95a6b7c8d9ea", "fa:16:3e:00:00:01", "blue", "10.1.0.5", "203.0.113.7"), 0, IsPlugged: true);

    public static readonly InstancePort Second = new(
        Vif("7a5d0000-0e2f-4142-8384-95a6b7c8d9eb", "fa:16:3e:00:00:02", "red", "10.1.0.5"), 1, IsPlugged: false);

    private static Vif Vif(string id, string mac, string network, string address, params string[] floating) => new(
        PortId.Parse(id), MacAddress.Parse(mac),
        new VifNetwork(
            NetworkId.Parse(network),
            [
                new VifSubnet(
                    IPNetwork.Parse("10.1.0.0/24"),
                    [new FixedIp(IPAddress.Parse(address), [.. floating.Select(IPAddress.Parse)])])
                {
                    Gateway = IPAddress.Parse("10.1.0.1"),
                    Dns = [IPAddress.Parse("10.1.0.2")],
                },
            ])
        {
            Label = network == "blue" ? "The\nblue one" : "",
            Mtu = 1442,
        },
        VifTypes.Bridge);
}
