using System.Net;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Tests.Networks;

/// <summary>Ports made of what a person says and this host's configuration knows.</summary>
public sealed class NicSettlerTests
{
    private static readonly LocalNetwork Vlan = new(NetworkId.Parse("vlan"), VifTypes.Bridge, "br-vlan", [])
    {
        Vlan = 7, Mtu = 1450, BridgeInterface = "eth1",
    };

    private static readonly LocalNetwork Dual = new(
        NetworkId.Parse("dual"), VifTypes.Ovs, null,
        [
            Ports.Blue.Subnets[0],
            new LocalSubnet(IPNetwork.Parse("fd00::/64"), IPAddress.Parse("fd00::10"), IPAddress.Parse("fd00::ffff"))
            {
                Gateway = IPAddress.Parse("fe80::1"),
                Routes = [new VifRoute(IPNetwork.Parse("fd01::/64"), IPAddress.Parse("fd00::2"))],
            },
        ]);

    private readonly PortBook _book = new(TimeProvider.System);
    private readonly NicSettler _settler;
    private string? _impossible;

    public NicSettlerTests() =>
        _settler = new NicSettler(Sample.NetworkSettings.With(Ports.Blue, Vlan, Dual), _book, _ => _impossible);

    [Fact]
    public void A_network_of_the_host_makes_a_whole_port_of_its_name()
    {
        var vif = Settle("net=blue");

        Assert.Equal((VifTypes.Bridge, "brqblue", "blue", true), (vif.Type, vif.Bridge, vif.Network.Label, vif.Network.ShouldCreateBridge));
        Assert.Equal(MacAddress.For(vif.Id), vif.Mac);
        var subnet = Assert.Single(vif.Network.Subnets);
        Assert.Equal(("10.1.0.10", "10.1.0.1"), (subnet.Ips.Single().Address.ToString(), subnet.Gateway!.ToString()));
        Assert.Equal(["10.1.0.2"], subnet.Dns.Select(address => address.ToString()));
        Assert.Equal(8, vif.Id.Value.Version);
    }

    [Fact]
    public void A_port_has_an_address_of_each_range_and_ports_of_one_request_have_different_ones()
    {
        var vifs = Settled(Sample.Id, "net=dual", "net=dual");

        Assert.Equal(
            [["10.1.0.10", "fd00::10"], ["10.1.0.11", "fd00::11"]],
            vifs.Select(vif => vif.Addresses.Select(address => address.ToString())));
        Assert.Equal((VifTypes.Ovs, "br-int", false), (vifs[0].Type, vifs[0].Bridge, vifs[0].Network.ShouldCreateBridge));
        Assert.Equal("fd00::2", vifs[0].Network.Subnets[1].Routes.Single().Gateway.ToString());
    }

    [Fact]
    public void Two_networks_may_have_the_same_addresses()
    {
        Assert.Equal("10.1.0.10", Settle("net=blue").Addresses.First().ToString());
        Assert.Equal("10.1.0.10", Settle("net=dual").Addresses.First().ToString());
    }

    [Fact]
    public void What_a_person_says_stands_above_the_network()
    {
        var vif = Settle("net=blue,ip=10.1.0.77/24,gateway=10.1.0.9,dns=9.9.9.9,mtu=1400,bridge=br-x,mac=02:00:00:00:00:01,"
            + "port=00000005-0000-0000-0000-000000000005");

        Assert.Equal(("br-x", 1400, "02:00:00:00:00:01"), (vif.Bridge, vif.Network.Mtu, vif.Mac.Value));
        Assert.Equal("00000005-0000-0000-0000-000000000005", vif.Id.ToString());
        var subnet = Assert.Single(vif.Network.Subnets);
        Assert.Equal(("10.1.0.77", "10.1.0.9"), (subnet.Ips.Single().Address.ToString(), subnet.Gateway!.ToString()));
        Assert.Equal(["9.9.9.9"], subnet.Dns.Select(address => address.ToString()));
    }

    [Fact]
    public void A_network_that_the_host_does_not_know_has_the_addresses_that_are_said()
    {
        var vif = Settle("net=green,ip=10.9.8.7/20,ip=10.9.8.8/20,ip=fd00::7/64,gateway=10.9.0.1,gateway=fd00::1");

        Assert.Equal(
            [("10.9.0.0/20", 2, "10.9.0.1"), ("fd00::/64", 1, "fd00::1")],
            vif.Network.Subnets.Select(subnet => (subnet.Cidr.ToString(), subnet.Ips.Count, subnet.Gateway!.ToString())));
        Assert.Empty(Settle("bridge=br-y").Network.Subnets);
        Assert.Equal("br-y", Settle("bridge=br-y").Network.Id.Value);
    }

    [Fact]
    public void A_VLAN_has_its_interface_made_where_the_host_knows_its_way_out()
    {
        var vif = Settle("net=vlan");

        Assert.Equal((7, true, "eth1", 1450), (vif.Network.Vlan, vif.Network.ShouldCreateVlan, vif.Network.BridgeInterface, vif.Network.Mtu));
        Assert.Equal(9, Settle("net=vlan,vlan=9").Network.Vlan);
        Assert.False(Settle("net=green,vlan=9,vif-type=ovs").Network.ShouldCreateVlan);
    }

    [Theory]
    [InlineData("net=blue,ip=10.1.0.1", "is the gateway of network blue")]
    [InlineData("net=blue,ip=10.1.0.0", "which no interface in 10.1.0.0/24 can have")]
    [InlineData("net=blue,ip=10.1.0.255", "which no interface in 10.1.0.0/24 can have")]
    [InlineData("net=blue,ip=10.2.0.5", "an address of network blue is expected: 10.1.0.0/24")]
    [InlineData("net=blue,ip=10.1.0.5/16", "/24, as network blue has it, or no /BITS is expected")]
    [InlineData("net=green,ip=10.2.0.5", "ADDRESS/BITS is expected")]
    [InlineData("net=green,ip=10.2.0.0/24", "which no interface in 10.2.0.0/24 can have")]
    [InlineData("net=green,vlan=5", "a bridge-interface is expected with it")]
    [InlineData("net=green,gateway=10.0.0.1", "an ip of the same family is expected beside it")]
    [InlineData("net=blue,gateway=fd00::1", "an ip of the same family is expected beside it")]
    [InlineData("net=green,ip=fd00::5/64,mtu=1000", "a number from 1280")]
    [InlineData("net=blue,ip=10.1.0.5,ip=10.1.0.5", "is there 2 times")]
    [InlineData("net=blue,vif-type=unbound", "is unbound")]
    public void What_cannot_be_is_refused_with_what_would_be_right(string wish, string reason)
    {
        Assert.Null(_settler.Settle(Sample.Id, "req-1", [Ports.Nic(wish)], [], out var problem));

        Assert.Equal(RefusalCode.InvalidArgument, problem!.Code);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.Empty(_book.All);
    }

    [Fact]
    public void Of_a_request_that_is_refused_nothing_is_kept()
    {
        Assert.Null(_settler.Settle(Sample.Id, "req-1", [Ports.Nic("net=blue"), Ports.Nic("net=blue,ip=10.1.0.1")], [], out _));
        Assert.Empty(_book.All);

        _impossible = "the tool is missing.";
        Assert.Null(_settler.Settle(Sample.Id, "req-1", [Ports.Nic("net=blue")], [], out var problem));
        Assert.Equal("the tool is missing.", problem!.Reason);
        Assert.Empty(_book.All);
    }

    [Fact]
    public void Neutron_s_port_is_taken_as_it_is()
    {
        var neutron = Ports.Vif(1, "f0210338-f0de-48a8-b21c-5a1b1a3d4ff1") with
        {
            Type = VifTypes.Ovs,
            DeviceName = "tapneutron",
            Details = new EquatableMap<string>([KeyValuePair.Create("ovs_hybrid_plug", "True")]),
        };

        var settled = _settler.Settle(
            Sample.Id, "req-1", [new NicRequest { Vif = neutron, Network = Ports.Blue.Id, Mtu = 9000 }], [], out _);

        Assert.Equal(neutron, Assert.Single(settled!));
    }

    [Fact]
    public void The_same_request_gets_the_same_ids_and_addresses_again()
    {
        var first = Settled(Sample.Id, "net=blue", "net=blue");
        Settled(Sample.NewId(), "net=blue");

        Assert.Equal(first, Settled(Sample.Id, "net=blue", "net=blue"));
        // The range has three addresses, all of which are given away by now.
        Assert.Equal(first, Settled(Sample.Id, "net=blue", "net=blue"));
    }

    [Fact]
    public void A_port_beside_others_of_its_instance_is_judged_with_them()
    {
        var other = Settle("net=blue");

        var twin = _settler.Settle(Sample.Id, "req-2", [Ports.Nic($"net=green,mac={other.Mac}")], [other], out var problem);

        Assert.Null(twin);
        Assert.Equal(RefusalCode.InvalidArgument, problem!.Code);
        Assert.Contains($"address {other.Mac} is there 2 times", problem.Reason, StringComparison.Ordinal);
    }

    private Vif Settle(string wish) => Settled(Sample.NewId(), wish).Single();

    private EquatableArray<Vif> Settled(InstanceId id, params string[] wishes)
    {
        var settled = _settler.Settle(id, "req-1", wishes.Select(Ports.Nic).ToEquatableArray(), [], out var problem);
        Assert.True(settled is not null, problem?.Reason);
        return settled.Value;
    }
}
