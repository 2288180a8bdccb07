using System.Net;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Tests.Vifs;

/// <summary>What interfaces look like inside: all addresses and routes, and one default route a family.</summary>
public sealed class InterfacePlanTests
{
    private static readonly VifSubnet Blue = Subnet("10.1.0.0/24", "10.1.0.1", "10.1.0.5");

    private static readonly VifSubnet Red = Subnet("10.2.0.0/16", "10.2.0.1", "10.2.0.5");

    private static readonly VifSubnet BlueV6 = Subnet("2001:db8:1::/64", "fe80::1", "2001:db8:1::5");

    private static readonly VifSubnet RedV6 = Subnet("2001:db8:2::/64", "2001:db8:2::1", "2001:db8:2::5");

    [Fact]
    public void An_interface_has_the_name_the_addresses_and_the_packet_of_its_port()
    {
        var plan = Assert.Single(InterfacePlan.For([Port(3, 1442, Blue with { Ips = [Ip("10.1.0.5"), Ip("10.1.0.6")] }, BlueV6)]));

        Assert.Equal(("eth3", 1442), (plan.Name, plan.Mtu));
        Assert.Equal(["10.1.0.5/24", "10.1.0.6/24", "2001:db8:1::5/64"], plan.Addresses.Select(address => address.ToString()));
        Assert.Equal([IPAddress.Parse("10.1.0.1"), IPAddress.Parse("fe80::1")], plan.Gateways);
    }

    [Fact]
    public void The_first_port_that_knows_a_gateway_of_a_family_has_its_default_route() => Assert.Equal(
        [["10.1.0.1"], ["2001:db8:2::1"], []],
        Gateways(Port(0, null, Blue), Port(1, null, Red, RedV6), Port(2, null, BlueV6)));

    [Fact]
    public void A_port_without_a_gateway_leaves_the_default_route_to_the_next() => Assert.Equal(
        [[], ["10.2.0.1"]], Gateways(Port(0, null, Blue with { Gateway = null }), Port(1, null, Red)));

    [Fact]
    public void A_subnet_without_an_address_of_the_port_has_no_default_route() => Assert.Equal(
        [[], ["10.2.0.1"]], Gateways(Port(0, null, Blue with { Ips = [] }), Port(1, null, Red)));

    [Fact]
    public void Of_two_subnets_of_a_port_the_first_has_the_default_route() =>
        Assert.Equal([["10.1.0.1"]], Gateways(Port(0, null, Blue, Red)));

    [Fact]
    public void A_static_route_to_everywhere_stands_above_the_gateway()
    {
        var routed = Blue with { Routes = [Route("10.9.0.0/16", "10.1.0.9"), Route("0.0.0.0/0", "10.1.0.254")] };

        var plan = Assert.Single(InterfacePlan.For([Port(0, null, routed)]));

        Assert.Equal([IPAddress.Parse("10.1.0.254")], plan.Gateways);
        Assert.Equal([Route("10.9.0.0/16", "10.1.0.9")], plan.Routes);
    }

    [Fact]
    public void The_first_port_that_has_a_route_to_a_destination_has_it()
    {
        var plans = InterfacePlan.For(
        [
            Port(0, null, Blue with { Routes = [Route("169.254.169.254/32", "10.1.0.2")] }),
            Port(1, null, Red with { Routes = [Route("169.254.169.254/32", "10.2.0.2"), Route("10.9.0.0/16", "10.2.0.9")] }),
        ]);

        Assert.Equal([Route("169.254.169.254/32", "10.1.0.2")], plans[0].Routes);
        Assert.Equal([Route("10.9.0.0/16", "10.2.0.9")], plans[1].Routes);
    }

    [Fact]
    public void A_static_route_to_everywhere_is_a_default_route_without_a_gateway_too() => Assert.Equal(
        [["fe80::2"]], Gateways(Port(0, null, BlueV6 with { Gateway = null, Routes = [Route("::/0", "fe80::2")] })));

    private static string[][] Gateways(params InstancePort[] ports) =>
        [.. InterfacePlan.For(ports).Select(plan => plan.Gateways.Select(gateway => gateway.ToString()).ToArray())];

    private static InstancePort Port(int index, int? mtu, params VifSubnet[] subnets) => new(
        new Vif(
            new PortId(new Guid(index + 1, 0, 0, new byte[8])), MacAddress.Parse($"fa:16:3e:00:00:0{index}"),
            new VifNetwork(NetworkId.Parse("blue"), subnets.ToEquatableArray()) { Mtu = mtu }, VifTypes.Bridge),
        index, IsPlugged: false);

    private static VifSubnet Subnet(string cidr, string gateway, string address) =>
        new(IPNetwork.Parse(cidr), [Ip(address)]) { Gateway = IPAddress.Parse(gateway) };

    private static FixedIp Ip(string address) => new(IPAddress.Parse(address), []);

    private static VifRoute Route(string destination, string gateway) =>
        new(IPNetwork.Parse(destination), IPAddress.Parse(gateway));
}
