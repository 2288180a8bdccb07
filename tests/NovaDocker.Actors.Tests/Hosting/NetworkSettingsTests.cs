using System.Net;
using Akka.Configuration;
using NovaDocker.Actors.Hosting;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;
using NovaDocker.Settings;

namespace NovaDocker.Actors.Tests.Hosting;

/// <summary>What <c>novadocker.networks</c> says, and what it cannot.</summary>
public sealed class NetworkSettingsTests
{
    /// <summary>What the reference says.</summary>
    internal static NetworkSettings Defaults => new()
    {
        Ip = "ip", Nsenter = "nsenter", OvsVsctl = "ovs-vsctl", Ethtool = "ethtool", Iptables = "iptables",
        OvsDatabase = "", OvsBridge = "br-int", CommandTimeout = TimeSpan.FromSeconds(10), CreateBridges = true, OpenEngineFilter = true,
        VerifyInterval = TimeSpan.FromSeconds(10),
        CommandTypes = new EquatableMap<CommandVifType>(
        [
            KeyValuePair.Create("midonet", new CommandVifType(
                [["mm-ctl", "--bind-port", "{port-id}", "{device}"]], [["mm-ctl", "--unbind-port", "{port-id}"]])),
            KeyValuePair.Create("iovisor", new CommandVifType(
                [
                    ["ifc_ctl", "gateway", "add_port", "{device}"],
                    ["ifc_ctl", "gateway", "ifup", "{device}", "access_vm", "{network-label}_{port-id}", "{mac}", "pgtag2={network-id}"],
                ],
                [
                    ["ifc_ctl", "gateway", "ifdown", "{device}", "access_vm", "{network-label}_{port-id}", "{mac}"],
                    ["ifc_ctl", "gateway", "del_port", "{device}"],
                ])),
            KeyValuePair.Create("contrail", new CommandVifType(
                [
                    [
                        "vrouter-port-control", "--oper=add", "--uuid={port-id}", "--instance_uuid={instance-id}", "--vn_uuid={network-id}",
                        "--ip_address={ipv4}", "--ipv6_address={ipv6}", "--vm_name={instance-id}", "--mac={mac}", "--tap_name={device}",
                        "--port_type=NovaVMPort", "--tx_vlan_id=-1", "--rx_vlan_id=-1",
                    ],
                ],
                [["vrouter-port-control", "--oper=delete", "--uuid={port-id}"]])),
        ]),
    };

    [Fact]
    public void A_network_of_this_host_is_read_with_its_ranges()
    {
        var networks = Read(
            """
            local {
              lan {
                bridge = "ndbr0", mtu = 1400, vlan = 7, bridge-interface = "eth1"
                subnets {
                  v4 {
                    cidr = "10.77.0.0/24", gateway = "10.77.0.1", first = "10.77.0.10", last = "10.77.0.20"
                    dns = ["192.0.2.53"], routes = ["10.99.0.0/16 via 10.77.0.9"]
                  }
                  v6 { cidr = "fd00:77::/64", gateway = "fe80::1" }
                }
              }
              bare {}
            }
            """).Networks;

        Assert.Equal(["bare", "lan"], networks.Keys);
        Assert.Equal(new LocalNetwork(new NetworkId("bare"), VifTypes.Bridge, null, []), networks["bare"]);
        Assert.Equal(
            new LocalNetwork(
                new NetworkId("lan"), VifTypes.Bridge, "ndbr0",
                [
                    new LocalSubnet(IPNetwork.Parse("10.77.0.0/24"), IPAddress.Parse("10.77.0.10"), IPAddress.Parse("10.77.0.20"))
                    {
                        Gateway = IPAddress.Parse("10.77.0.1"),
                        Dns = [IPAddress.Parse("192.0.2.53")],
                        Routes = [new VifRoute(IPNetwork.Parse("10.99.0.0/16"), IPAddress.Parse("10.77.0.9"))],
                    },
                    new LocalSubnet(IPNetwork.Parse("fd00:77::/64"), IPAddress.Parse("fd00:77::1"), IPAddress.Parse("fd00:77::ffff:ffff:ffff:ffff"))
                    {
                        Gateway = IPAddress.Parse("fe80::1"),
                    },
                ])
            {
                Mtu = 1400, Vlan = 7, BridgeInterface = "eth1",
            },
            networks["lan"]);
    }

    [Theory]
    [InlineData("10.77.0.0/24", "10.77.0.1", "10.77.0.254")]
    [InlineData("10.77.0.0/30", "10.77.0.1", "10.77.0.2")]
    [InlineData("10.77.0.0/31", "10.77.0.0", "10.77.0.1")]
    [InlineData("10.77.0.5/32", "10.77.0.5", "10.77.0.5")]
    [InlineData("fd00::/126", "fd00::1", "fd00::3")]
    public void Where_nothing_is_said_all_addresses_are_given_away_that_an_interface_may_have(string cidr, string first, string last)
    {
        var subnet = Read($"local.lan.subnets.v.cidr = \"{cidr}\"").Networks["lan"].Subnets[0];

        Assert.Equal((first, last), (subnet.First.ToString(), subnet.Last.ToString()));
    }

    [Fact]
    public void A_type_of_VIF_can_be_added_and_one_of_the_reference_changed()
    {
        var types = Read(
            """
            vif-types {
              mine { plug = [["/opt/plug", "{device}"], ["/opt/tell"]] }
              midonet { unplug = [] }
            }
            local.lan.type = "mine"
            """);

        Assert.Equal(["contrail", "iovisor", "midonet", "mine"], types.CommandTypes.Keys);
        Assert.Equal(new CommandVifType([["/opt/plug", "{device}"], ["/opt/tell"]], []), types.CommandTypes["mine"]);
        Assert.Equal(new CommandVifType(Defaults.CommandTypes["midonet"].Plug, []), types.CommandTypes["midonet"]);
        Assert.Equal("mine", types.Networks["lan"].Type);
    }

    [Theory]
    [InlineData("tools.ipp = ip", "tools.ipp is no key; did you mean ip?")]
    [InlineData("tools.ip = \"\"", "tools.ip is empty; a value is expected.")]
    [InlineData("ovs.database = \"/run/db.sock\"", "ovs.database is '/run/db.sock'; unix:/PATH, tcp:ADDRESS:PORT or ssl:ADDRESS:PORT, or nothing is expected.")]
    [InlineData("ovs.bridge = \"\"", "ovs.bridge is ''; the name of a device, up to 15 letters, digits, '-', '_' and '.', is expected.")]
    [InlineData("command-timeout = 0s", "command-timeout is '0s'; a time such as")]
    [InlineData("create-bridges = perhaps", "create-bridges is 'perhaps'; on or off is expected.")]
    [InlineData("vif-types.bridge.plug = []", "vif-types is a section that holds 'bridge'; a name of up to 32 letters")]
    [InlineData("vif-types.mine = 5", "vif-types.mine is '5'; a section in braces is expected.")]
    [InlineData("vif-types.mine.plugg = []", "vif-types.mine.plugg is no key; did you mean plug?")]
    [InlineData("vif-types.mine.plug = \"mm-ctl\"", "vif-types.mine.plug is 'mm-ctl'; a list of commands, each a list of a program")]
    [InlineData("vif-types.mine.plug = [\"mm-ctl\"]", "vif-types.mine.plug[0] is no command; a list of commands, each a list of a program")]
    [InlineData("local = 5", "local is '5'; a section in braces is expected.")]
    [InlineData("local.lan = 5", "local.lan is '5'; a section in braces is expected.")]
    [InlineData("local.\"my lan\" {}", "local is a section that holds 'my lan'; a name of 1 to 64 letters, digits, '-' and '_'")]
    [InlineData("local.lan.brigde = x", "local.lan.brigde is no key; did you mean bridge?")]
    [InlineData("local.lan.type = wibble", "local.lan.type is 'wibble'; one of bridge, ovs, tap, contrail, iovisor, midonet is expected.")]
    [InlineData("local.lan.bridge = a-name-too-long-1", "local.lan.bridge is 'a-name-too-long-1'; the name of a device, up to 15")]
    [InlineData("local.lan.mtu = 67", "local.lan.mtu is '67'; a whole number from 68 to 65535 is expected.")]
    [InlineData("local.lan.vlan = 4095", "local.lan.vlan is '4095'; a whole number from 1 to 4094 is expected.")]
    [InlineData("local.lan.bridge-interface = \"eth 1\"", "local.lan.bridge-interface is 'eth 1'; the name of a device")]
    [InlineData("local.lan.subnets = 5", "local.lan.subnets is '5'; a section in braces is expected.")]
    [InlineData("local.lan.subnets.v4 {}", "local.lan.subnets.v4.cidr is not set; a range such as 10.77.0.0/24 or fd00:77::/64 is expected.")]
    [InlineData("local.lan.subnets.v4.cidr = \"10.77.0.5/24\"", "local.lan.subnets.v4.cidr is '10.77.0.5/24'; its beginning, 10.77.0.0/24, is expected.")]
    [InlineData("local.lan.subnets.v4.cidr = \"10.77.0.0/33\"", "local.lan.subnets.v4.cidr is '10.77.0.0/33'; a range such as")]
    [InlineData("local.lan.subnets.v4.cidr = \"10.77/24\"", "local.lan.subnets.v4.cidr is '10.77/24'; a range such as")]
    [InlineData("local.lan.subnets.v4.cidr = \"lan\"", "local.lan.subnets.v4.cidr is 'lan'; a range such as")]
    [InlineData("local.lan.subnets.v4 { cidr = \"10.77.0.0/24\", gatway = x }", "local.lan.subnets.v4.gatway is no key; did you mean gateway?")]
    [InlineData("local.lan.subnets.v4 { cidr = \"10.77.0.0/24\", gateway = \"10.78.0.1\" }", "local.lan.subnets.v4.gateway is '10.78.0.1'; an address in 10.77.0.0/24 is expected.")]
    [InlineData("local.lan.subnets.v4 { cidr = \"10.77.0.0/24\", first = \"fd00::1\" }", "local.lan.subnets.v4.first is 'fd00::1'; an address in 10.77.0.0/24 is expected.")]
    [InlineData("local.lan.subnets.v4 { cidr = \"10.77.0.0/24\", last = \"10.77.1.1\" }", "local.lan.subnets.v4.last is '10.77.1.1'; an address in 10.77.0.0/24 is expected.")]
    [InlineData(
        "local.lan.subnets.v4 { cidr = \"10.77.0.0/24\", first = \"10.77.0.9\", last = \"10.77.0.5\" }",
        "local.lan.subnets.v4.first is '10.77.0.9', which comes after the last address, 10.77.0.5; an address before it is expected.")]
    [InlineData("local.lan.subnets.v4 { cidr = \"10.77.0.0/24\", dns = [\"x\"] }", "local.lan.subnets.v4.dns[0] is 'x'; an address, such as 192.0.2.53, is expected.")]
    [InlineData("local.lan.subnets.v4 { cidr = \"10.77.0.0/24\", routes = [\"10.99.0.0/16\"] }", "local.lan.subnets.v4.routes[0] is '10.99.0.0/16'; a route of the family of 10.77.0.0/24")]
    [InlineData(
        "local.lan.subnets { a.cidr = \"10.77.0.0/16\", b.cidr = \"10.77.5.0/24\" }",
        "local.lan.subnets.b.cidr is '10.77.5.0/24', which overlaps 10.77.0.0/16; a range of its own is expected.")]
    public void What_cannot_be_meant_is_named_with_its_value_and_what_is_allowed(string line, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => Read(line));

        Assert.StartsWith($"novadocker.networks.{problem}", Assert.Single(error.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var error = Assert.Throws<SettingsException>(() => Read(
            "tools.ip = \"\", local.a.vlan = 0, local.b.subnets { x.cidr = y, z { cidr = \"10.0.0.0/24\", first = 1.1.1.1, last = 2.2.2.2 } }"));

        Assert.Equal(5, error.Problems.Count);
    }

    private static NetworkSettings Read(string keys) => NovaDockerSettings.Read(
        ConfigurationFactory.ParseString($"novadocker {{ networks {{\n{keys}\n}} }}")).Networks;
}
