using System.Net;
using NovaDocker.Domain.Tests.Scenarios;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Tests.Vifs;

/// <summary>What is wrong with ports is told all at once, each with key, value and what would be right.</summary>
public sealed class VifRulesTests
{
    [Fact]
    public void Ports_that_can_be_one_instances_have_no_problem()
    {
        Assert.Empty(VifRules.Problems([PortSample.First, PortSample.Second]));
        Assert.Empty(VifRules.Problems([]));
    }

    [Fact]
    public void The_same_address_in_two_networks_is_none() => Assert.Empty(VifRules.Problems(
        [PortSample.First, PortSample.Second with { Network = PortSample.First.Network with { Id = NetworkId.Parse("red") } }]));

    [Theory]
    [InlineData(VifTypes.BindingFailed, "Neutron found no way to bind it")]
    [InlineData(VifTypes.Unbound, "bound it to no host")]
    public void A_port_that_Neutron_has_not_bound_is_told(string type, string words) =>
        AssertProblem(PortSample.First with { Type = type }, words);

    [Theory]
    [InlineData("sixteen-letters-")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("ünicode")]
    public void A_device_has_a_name_that_Linux_takes(string name)
    {
        AssertProblem(PortSample.First with { DeviceName = name }, $"devname is '{name}'; 1 to 15 characters");
        AssertProblem(Of(network => network with { Bridge = name }), $"bridge is '{name}'");
        AssertProblem(Of(network => network with { BridgeInterface = name }), $"bridge-interface is '{name}'");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4095)]
    public void A_vlan_is_one_of_4094(int vlan) => AssertProblem(Of(network => network with { Vlan = vlan }), $"is {vlan}; a number from 1 to 4094");

    [Fact]
    public void A_vlan_that_is_to_be_made_is_named() =>
        AssertProblem(Of(network => network with { ShouldCreateVlan = true, Vlan = 7 }), "a vlan and a bridge_interface are expected");

    [Theory]
    [InlineData("10.1.0.0/24", "10.1.0.5", 67, 68)]
    [InlineData("2001:db8::/64", "2001:db8::5", 1279, 1280)]
    [InlineData("10.1.0.0/24", "10.1.0.5", 65536, 68)]
    public void A_packet_is_as_large_as_its_family_allows(string cidr, string address, int mtu, int least) => AssertProblem(
        Of(network => network with { Mtu = mtu, Subnets = [Subnet(cidr, address)] }), $"is {mtu}; a number from {least} to 65535");

    [Fact]
    public void An_address_lies_in_its_range() => AssertProblem(
        Of(network => network with { Subnets = [Subnet("10.1.0.0/24", "10.2.0.5")] }), "is 10.2.0.5; an address in 10.1.0.0/24 is expected");

    [Fact]
    public void A_gateway_is_of_the_family_of_its_range_and_may_be_outside()
    {
        AssertProblem(
            Of(network => network with { Subnets = [Subnet("10.1.0.0/24", "10.1.0.5") with { Gateway = IPAddress.Parse("fe80::1") }] }),
            "an address of IPv4 is expected");
        Assert.Empty(VifRules.Problems(
            [Of(network => network with { Subnets = [Subnet("2001:db8::/64", "2001:db8::5") with { Gateway = IPAddress.Parse("fe80::1") }] })]));
    }

    [Fact]
    public void A_route_leads_to_a_gateway_of_its_family() => AssertProblem(
        Of(network => network with
        {
            Subnets =
            [
                Subnet("10.1.0.0/24", "10.1.0.5") with { Routes = [new VifRoute(IPNetwork.Parse("10.9.0.0/16"), IPAddress.IPv6Any)] },
            ],
        }),
        "leads to 10.9.0.0/16 by ::; a gateway of the same family");

    [Fact]
    public void What_may_be_there_once_is_told_with_how_often_it_is()
    {
        var problems = VifRules.Problems([PortSample.First, PortSample.First]);

        Assert.Equal(
            [
                $"port {PortSample.First.Id} is there 2 times; each port goes into an instance once.",
                "address fa:16:3e:00:00:01 is there 2 times; every interface has a MAC address of its own.",
                "devname tap00000001-00 is there 2 times; every port has a device of its own.",
                "fixed IP 10.1.0.1 is there 2 times; an address is given once in network blue.",
            ],
            problems);
    }

    [Fact]
    public void There_are_32_ports_at_most() => Assert.Contains(
        VifRules.Problems(Enumerable.Range(1, 33).Select(PortSample.Numbered)),
        problem => problem == "The instance would have 33 ports; at most 32 are possible.");

    private static void AssertProblem(Vif vif, string words) =>
        Assert.Contains(words, Assert.Single(VifRules.Problems([vif])), StringComparison.Ordinal);

    private static Vif Of(Func<VifNetwork, VifNetwork> change) =>
        PortSample.First with { Network = change(PortSample.First.Network) };

    private static VifSubnet Subnet(string cidr, string address) =>
        new(IPNetwork.Parse(cidr), [new FixedIp(IPAddress.Parse(address), [])]);
}
