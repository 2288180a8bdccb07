using System.Net;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>What an interface lacks to be as planned, and how what is there is read. Neither needs a device.</summary>
public sealed class InnerSetupTests
{
    private const string Shown =
        """
        [{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP"],"mtu":65536,"addr_info":[]},
         {"ifindex":2,"link_index":670,"ifname":"eth0","flags":["BROADCAST","UP"],"mtu":1400,"address":"fa:16:3e:00:00:01","addr_info":[
           {"family":"inet","local":"10.1.0.5","prefixlen":24},
           {"family":"inet6","local":"fd00::99","prefixlen":64,"dynamic":true},
           {"family":"inet6","local":"fe80::f816:3eff:fe00:1","prefixlen":64}]}]
        [{"type":"unicast","dst":"default","gateway":"10.1.0.1","dev":"eth0","table":"main","flags":[]},
         {"type":"unicast","dst":"default","gateway":"10.2.0.1","dev":"eth1","table":"main","flags":[]},
         {"type":"unicast","dst":"169.254.169.254","gateway":"10.1.0.2","dev":"eth0","flags":[]},
         {"type":"unicast","dst":"10.30.0.0/16","dev":"eth0","table":"main","scope":"link","flags":[]},
         {"type":"unicast","dst":"default","dev":"eth0","table":"main","metric":1024,"flags":[],"pref":"medium"},
         {"type":"local","dst":"10.1.0.5","dev":"eth0","table":"local","flags":[]}]
        """;

    private static InterfacePlan Plan => new(
        "eth0", MacAddress.Parse("fa:16:3e:00:00:01"), 1400, [Address("10.1.0.5", 24)],
        [Route("169.254.169.254/32", "10.1.0.2"), Route("10.30.0.0/16", "0.0.0.0")], [IPAddress.Parse("10.1.0.1")]);

    [Fact]
    public void An_interface_is_read_with_its_addresses_and_routes_and_nobody_elses()
    {
        var seen = InnerState.Parse("a test", Shown, "eth0");

        Assert.Equal((2, 670, 1400, "fa:16:3e:00:00:01"), (seen.Index, seen.PeerIndex, seen.Mtu, seen.Mac));
        Assert.True(seen is { Exists: true, IsUp: true, IsLoopbackUp: true });
        Assert.Equal([Address("10.1.0.5", 24), Address("fe80::f816:3eff:fe00:1", 64)], seen.Addresses);
        Assert.Equal(
            [Route("0.0.0.0/0", "10.1.0.1"), Route("169.254.169.254/32", "10.1.0.2"), Route("10.30.0.0/16", "0.0.0.0"), Route("::/0", "::")],
            seen.Routes);
        Assert.False(InnerState.Parse("a test", Shown, "eth9").Exists);
    }

    [Fact]
    public void What_is_there_and_right_lacks_nothing_but_what_is_not_planned()
    {
        var seen = InnerState.Parse("a test", Shown, "eth0");

        Assert.Equal(["route del ::/0 dev eth0"], InnerSetup.Lines(Plan, seen));
        Assert.Empty(InnerSetup.Lines(Plan, seen with { Routes = [.. seen.Routes.SkipLast(1)] }));
    }

    [Fact]
    public void An_interface_that_was_just_made_gets_all_of_it()
    {
        var plan = Plan with
        {
            Addresses = [Address("10.1.0.5", 24), Address("fd00::5", 64)],
            Gateways = [IPAddress.Parse("10.9.9.9"), IPAddress.Parse("fe80::1")],
        };

        Assert.Equal(
            [
                "link set dev lo up", "link set dev eth0 addrgenmode none", "link set dev eth0 up", "address add 10.1.0.5/24 dev eth0",
                "address add fd00::5/64 dev eth0 nodad", "address add fe80::f816:3eff:fe00:1/64 dev eth0 nodad",
                "route replace 169.254.169.254/32 via 10.1.0.2 dev eth0", "route replace 10.30.0.0/16 dev eth0",
                "route replace 0.0.0.0/0 via 10.9.9.9 dev eth0 onlink", "route replace ::/0 via fe80::1 dev eth0",
            ],
            InnerSetup.Lines(plan, InnerState.Fresh with { Mtu = 1400 }));
    }

    [Fact]
    public void Where_an_address_goes_its_routes_are_made_once_more()
    {
        var seen = InnerState.Parse("a test", Shown, "eth0");
        var lines = InnerSetup.Lines(Plan, seen with { Addresses = [Address("10.1.0.6", 24)] });

        Assert.Equal("address del 10.1.0.6/24 dev eth0", lines[0]);
        Assert.Equal(3, lines.Count(line => line.StartsWith("route replace", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("10.1.0.5/24", "10.1.0.1", true)]
    [InlineData("10.1.0.5/24", "10.1.1.1", false)]
    [InlineData("10.1.0.5/25", "10.1.0.129", false)]
    [InlineData("10.1.0.5/32", "10.1.0.1", false)]
    [InlineData("10.1.0.5/0", "192.0.2.1", true)]
    public void A_gateway_out_of_reach_is_taken_to_be_on_the_link(string address, string gateway, bool isReached)
    {
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        var bits = int.Parse(address[(slash + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        var plan = Plan with { Addresses = [Address(address[..slash], bits)], Routes = [], Gateways = [IPAddress.Parse(gateway)] };

        Assert.Equal(!isReached, InnerSetup.Lines(plan, InnerState.Fresh)[^1].EndsWith(" onlink", StringComparison.Ordinal));
    }

    private static InterfaceAddress Address(string address, int bits) => new(IPAddress.Parse(address), bits);

    private static VifRoute Route(string to, string by) => new(IPNetwork.Parse(to), IPAddress.Parse(by));
}
