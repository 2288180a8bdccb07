using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>What devices say of themselves, and what devices and the tables of Open vSwitch are read of.</summary>
public sealed class DeviceMarkTests
{
    /// <summary>The longest alias that Linux keeps (<c>IFALIASZ</c>, its end included).</summary>
    private const int LongestAlias = 255;

    private static readonly HostId Host = new("0f0f0f0f-1111-2222-3333-444444444444");

    private static OwnedDevice Device => new(
        "tap340e1ee4-90", new VifOwner(Host, InstanceId.Parse("11111111-2222-3333-4444-555555555555")),
        PortId.Parse("340e1ee4-9000-0000-0000-000000000001"), "ovs", "br-int", IsHybrid: true);

    [Fact]
    public void A_mark_says_all_of_a_device_and_fits_into_an_alias()
    {
        var longest = Device with { Type = new string('t', 32), Bridge = new string('b', 15), Device = new string('d', 15) };

        Assert.True(DeviceMark.TryParse(DeviceMark.Of(Device), out var read));
        Assert.Equal(Device, read);
        Assert.InRange(DeviceMark.UnfinishedOf(longest).Length, 1, LongestAlias);
        Assert.True(DeviceMark.TryParse(DeviceMark.Of(Device with { Bridge = "" }), out read));
        Assert.Equal("", read.Bridge);
    }

    [Theory]
    [InlineData("")]
    [InlineData("novadocker")]
    [InlineData("novadocker host=a network=b")]
    [InlineData("somebody host=a instance=11111111-2222-3333-4444-555555555555 port=11111111-2222-3333-4444-555555555555 device=tap0 type=ovs")]
    [InlineData("novadocker host=a instance=x port=11111111-2222-3333-4444-555555555555 device=tap0 type=ovs")]
    [InlineData("novadocker host=a instance=11111111-2222-3333-4444-555555555555 port=11111111-2222-3333-4444-555555555555 device=-x type=ovs")]
    public void What_is_no_mark_is_not_taken_for_one(string alias) => Assert.False(DeviceMark.TryParse(alias, out _));

    [Fact]
    public void A_device_is_ours_by_its_mark_and_before_it_has_one_by_its_address()
    {
        var link = new HostLink(Device.Device, 7, "veth") { Alias = DeviceMark.Of(Device), Address = "fe:16:3e:00:00:01" };

        Assert.True(DeviceMark.IsOf(link, Host, Device.Port, ""));
        Assert.False(DeviceMark.IsOf(link, new HostId("other"), Device.Port, link.Address));
        Assert.True(DeviceMark.IsOf(link with { Alias = "" }, Host, Device.Port, link.Address));
        Assert.False(DeviceMark.IsOf(link with { Alias = "" }, Host, Device.Port, "fe:16:3e:00:00:02"));
        Assert.False(DeviceMark.IsOf(link with { Alias = "somebody's" }, Host, Device.Port, link.Address));
        Assert.Equal("fe:16:3e:00:00:01", DeviceMark.OuterAddress(MacAddress.Parse("fa:16:3e:00:00:01")));
    }

    [Theory]
    [InlineData("br-int", true)]
    [InlineData("vlan7.100", true)]
    [InlineData("", false)]
    [InlineData("a\nlink delete dev eth0", false)]
    [InlineData("sixteen-letters-", false)]
    [InlineData("a b", false)]
    [InlineData("-x", false)]
    [InlineData("..", false)]
    public void Only_what_can_be_a_word_of_a_line_is_a_name(string name, bool isValid) => Assert.Equal(isValid, VifRules.IsDeviceName(name));

    [Fact]
    public void Devices_are_read_as_ip_shows_them()
    {
        var links = HostLinks.Parse(
            "a test",
            """
            [{"ifindex":670,"link_index":2,"ifname":"tap0","flags":["BROADCAST","UP","LOWER_UP"],"mtu":1400,"master":"br0",
              "address":"fe:16:3e:00:00:01","linkinfo":{"info_kind":"veth","info_slave_kind":"bridge"},"ifalias":"novadocker x"},
             {"ifindex":671,"link":"eth0","ifname":"vlan7","flags":[],"mtu":1500,"linkinfo":{"info_kind":"vlan","info_data":{"id":7}}},
             {"ifindex":1,"ifname":"lo","flags":["LOOPBACK"],"mtu":65536}]
            """);

        Assert.Equal(
            new HostLink("tap0", 670, "veth")
            {
                Master = "br0", PeerIndex = 2, Alias = "novadocker x", Address = "fe:16:3e:00:00:01", Mtu = 1400, IsUp = true,
            },
            links.Find("tap0"));
        Assert.Equal((7, "eth0", false), (links.Find("vlan7")!.Vlan, links.Find("vlan7")!.Peer, links.Find("vlan7")!.IsUp));
        Assert.Equal("", links.Find("lo")!.Kind);
        Assert.Equal("tap0", Assert.Single(links.PortsOf("br0")).Name);
        Assert.Throws<VifException>(() => HostLinks.Parse("a test", "no JSON"));
    }

    [Fact]
    public void The_tables_of_Open_vSwitch_are_put_together()
    {
        var state = OvsState.Parse(
            "a test",
            """
            {"data":[["br-int","netdev",["set",[["uuid","p1"],["uuid","p2"]]]],["br-ex","",["uuid","p3"]]],"headings":["name","datapath_type","ports"]}
            {"data":[[["uuid","p1"],"br-int",["set",[]],["uuid","i1"]],[["uuid","p2"],"tap0",7,["uuid","i2"]],[["uuid","p3"],"bond",["set",[]],["set",[["uuid","i3"],["uuid","i4"]]]]],"headings":["_uuid","name","tag","interfaces"]}
            {"data":[[["uuid","i1"],"br-int",["map",[]],["set",[]]],[["uuid","i2"],"tap0",["map",[["iface-id","x"]]],"no such device"],[["uuid","i3"],"eth1",["map",[]],["set",[]]],[["uuid","i4"],"eth2",["map",[]],["set",[]]]],"headings":["_uuid","name","external_ids","error"]}
            """);

        Assert.Equal("netdev", state.Bridges["br-int"]);
        var port = state.Ports["tap0"];
        Assert.Equal(("br-int", 7, "no such device", "x"), (port.Bridge, port.Tag, port.Error, port.Ids["iface-id"]));
        Assert.Equal(("br-ex", null), (state.Ports["eth2"].Bridge, state.Ports["eth2"].Tag));
    }
}
