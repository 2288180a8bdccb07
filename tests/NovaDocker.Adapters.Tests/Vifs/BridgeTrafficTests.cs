using System.Net;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>That packets go where they are to go, and nowhere else: ports in Linux bridges of this machine.</summary>
public sealed class BridgeTrafficTests : IAsyncLifetime
{
    private readonly VifLab _lab = new();

    public Task InitializeAsync() => _lab.InitializeAsync();

    public Task DisposeAsync() => _lab.DisposeAsync();

    [SkippableFact]
    public async Task Two_ports_of_one_bridge_reach_each_other_at_once()
    {
        var network = _lab.Open();
        var bridge = _lab.NewName();
        var left = await _lab.PlugAsync(network, VifLab.NewVif(bridge, "10.1.0.5/24", "fd00:1::5/64"));
        await _lab.PlugAsync(network, VifLab.NewVif(bridge, "10.1.0.6/24", "fd00:1::6/64"));

        // IPv6 first: an address that is still being asked about would not be used yet.
        Assert.True(await _lab.PingsAsync(left.Namespace, "fd00:1::6"));
        Assert.True(await _lab.PingsAsync(left.Namespace, "10.1.0.6"));
    }

    [SkippableFact]
    public async Task Ports_of_two_bridges_do_not_reach_each_other_and_may_have_the_same_addresses()
    {
        var network = _lab.Open();
        var (here, there) = (_lab.NewName(), _lab.NewName());
        var left = await _lab.PlugAsync(network, VifLab.NewVif(here, "10.1.0.5/24"));
        var right = await _lab.PlugAsync(network, VifLab.NewVif(here, "10.1.0.6/24"));
        var otherLeft = await _lab.PlugAsync(network, VifLab.NewVif(there, "10.1.0.5/24"));
        await _lab.PlugAsync(network, VifLab.NewVif(there, "10.1.0.6/24"));
        Assert.True(await _lab.PingsAsync(left.Namespace, "10.1.0.6"));
        Assert.True(await _lab.PingsAsync(otherLeft.Namespace, "10.1.0.6"));

        await network.UnplugAsync(right.Vif, right.Owner, default);

        Assert.False(await _lab.PingsAsync(left.Namespace, "10.1.0.6", "-W", "1"));
        Assert.True(await _lab.PingsAsync(otherLeft.Namespace, "10.1.0.6"));
    }

    [SkippableFact]
    public async Task A_packet_may_be_as_large_as_the_network_says_and_no_larger()
    {
        var network = _lab.Open();
        var bridge = _lab.NewName();
        var left = await _lab.PlugAsync(network, Large(VifLab.NewVif(bridge, "10.1.0.5/24")));
        await _lab.PlugAsync(network, Large(VifLab.NewVif(bridge, "10.1.0.6/24")));

        // 28 bytes are headers.
        Assert.True(await _lab.PingsAsync(left.Namespace, "10.1.0.6", "-M", "do", "-s", "8972"));
        Assert.False(await _lab.PingsAsync(left.Namespace, "10.1.0.6", "-M", "do", "-s", "8973"));

        static Vif Large(Vif vif) => vif with { Network = vif.Network with { Mtu = 9000 } };
    }

    [SkippableFact]
    public async Task An_interface_has_all_addresses_and_routes_of_its_subnets_and_one_default_route_a_family()
    {
        var network = _lab.Open();
        var vif = VifLab.NewVif(_lab.NewName(), "10.1.0.5/24", "10.1.0.7/24", "192.168.7.9/28", "fd00:1::5/64");
        var subnets = vif.Network.Subnets;
        vif = vif with
        {
            Network = vif.Network with
            {
                Subnets =
                [
                    subnets[0] with
                    {
                        Gateway = IPAddress.Parse("10.1.0.1"),
                        Routes = [Route("10.20.0.0/16", "10.1.0.9"), Route("10.30.0.0/16", "0.0.0.0"), Route("169.254.169.254/32", "10.1.0.2")],
                    },
                    subnets[1],
                    subnets[2] with { Gateway = IPAddress.Parse("192.168.7.1") },
                    subnets[3] with { Gateway = IPAddress.Parse("fe80::1"), Routes = [Route("fd00:2::/64", "fd00:1::9")] },
                ],
            },
        };

        var plug = await _lab.PlugAsync(network, vif);

        var four = await _lab.InsideAsync(plug.Namespace, "ip", "-4", "route", "show");
        Assert.Equal(
            [
                "10.1.0.0/24", "10.20.0.0/16 via 10.1.0.9", "10.30.0.0/16", "169.254.169.254 via 10.1.0.2", "192.168.7.0/28",
                "default via 10.1.0.1",
            ],
            four.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" dev ")[0]).Order(StringComparer.Ordinal));
        var six = await _lab.InsideAsync(plug.Namespace, "ip", "-6", "route", "show");
        Assert.Contains("default via fe80::1 dev eth0", six, StringComparison.Ordinal);
        Assert.Contains("fd00:2::/64 via fd00:1::9 dev eth0", six, StringComparison.Ordinal);
        var addresses = await _lab.InsideAsync(plug.Namespace, "ip", "-brief", "address", "show", "dev", "eth0");
        Assert.All(
            new[] { "10.1.0.5/24", "10.1.0.7/24", "192.168.7.9/28", "fd00:1::5/64" },
            address => Assert.Contains(address, addresses, StringComparison.Ordinal));
        Assert.True(await network.PlugAsync(plug, default));
    }

    [SkippableFact]
    public async Task A_gateway_outside_of_the_subnet_is_reached_on_the_link()
    {
        var network = _lab.Open();
        var bridge = _lab.NewName();
        await _lab.PlugAsync(network, VifLab.NewVif(bridge, "169.254.1.1/32", "10.9.0.1/32"));
        var vif = VifLab.NewVif(bridge, "10.9.0.5/32");
        vif = vif with
        {
            Network = vif.Network with { Subnets = [vif.Network.Subnets[0] with { Gateway = IPAddress.Parse("169.254.1.1") }] },
        };

        var plug = await _lab.PlugAsync(network, vif);

        Assert.Contains("default via 169.254.1.1 dev eth0 onlink", await _lab.InsideAsync(plug.Namespace, "ip", "route"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_somebody_did_to_an_interface_inside_is_mended_without_making_it_anew()
    {
        var network = _lab.Open();
        var vif = VifLab.NewVif(_lab.NewName(), "10.1.0.5/24", "fd00:1::5/64");
        vif = vif with
        {
            Network = vif.Network with
            {
                Mtu = 1400,
                Subnets = [vif.Network.Subnets[0] with { Gateway = IPAddress.Parse("10.1.0.1") }, vif.Network.Subnets[1]],
            },
        };
        var plug = await _lab.PlugAsync(network, vif);
        var before = await _lab.InsideAsync(plug.Namespace, "cat", "/proc/net/dev_mcast");
        string[] meddling =
        [
            "route replace default via 10.1.0.99", "address del 10.1.0.5/24 dev eth0", "address add 10.1.0.77/24 dev eth0",
            "address del fd00:1::5/64 dev eth0", "link set dev eth0 mtu 1300", "link set dev eth0 down", "link set dev lo down",
        ];
        foreach (var line in meddling)
        {
            await _lab.InsideAsync(plug.Namespace, ["ip", .. line.Split(' ')]);
            Assert.False(await network.PlugAsync(plug, default), line);
            Assert.True(await network.PlugAsync(plug, default), line);
        }

        var addresses = await _lab.InsideAsync(plug.Namespace, "ip", "-brief", "address", "show", "dev", "eth0");
        Assert.Contains("10.1.0.5/24", addresses, StringComparison.Ordinal);
        Assert.DoesNotContain("10.1.0.77", addresses, StringComparison.Ordinal);
        Assert.Equal("default via 10.1.0.1 dev eth0", (await _lab.InsideAsync(plug.Namespace, "ip", "route", "show", "default")).Trim());
        Assert.Equal(before.Split()[0], (await _lab.InsideAsync(plug.Namespace, "cat", "/proc/net/dev_mcast")).Split()[0]);
    }

    [SkippableFact]
    public async Task Plugging_once_more_sends_the_kernel_nothing()
    {
        var network = _lab.Open();
        var plug = await _lab.PlugAsync(network, VifLab.NewVif(_lab.NewName(), "10.1.0.5/24", "fd00:1::5/64"));
        var counter = new RecordingRunner();

        Assert.True(await _lab.Open(runner: counter).PlugAsync(plug, default));

        Assert.All(counter.Commands, command => Assert.DoesNotContain("set", command.Input + command, StringComparison.Ordinal));
        Assert.Equal(2, counter.Commands.Count);
    }

    [SkippableFact]
    public async Task Counters_are_as_the_instance_sees_them()
    {
        var network = _lab.Open();
        var bridge = _lab.NewName();
        var left = await _lab.PlugAsync(network, VifLab.NewVif(bridge, "10.1.0.5/24"));
        await _lab.PlugAsync(network, VifLab.NewVif(bridge, "10.1.0.6/24"));
        Assert.True(await _lab.PingsAsync(left.Namespace, "10.1.0.6", "-s", "1000"));

        // To nobody, so that it is sent and not answered.
        for (var i = 0; i < 5; i++)
            await _lab.RunAsync("nsenter", $"--net={left.Namespace}", "ping", "-c", "1", "-W", "0.1", "-b", "-s", "1000", "10.1.0.255");
        var counters = await network.ReadCountersAsync(left.Vif, default);

        Assert.NotNull(counters);
        Assert.InRange(counters.TxBytes, 6 * 1000, 9 * 1000);
        Assert.InRange(counters.RxBytes, 1000, 5 * 1000);
        Assert.InRange(counters.RxPackets, 2, counters.TxPackets - 1);
    }

    [SkippableFact]
    public async Task The_host_has_no_address_in_a_bridge_that_was_made_here()
    {
        var network = _lab.Open();
        var vif = VifLab.NewVif(_lab.NewName(), "10.1.0.5/24", "fd00:1::5/64");
        await _lab.PlugAsync(network, vif);

        Assert.DoesNotContain("inet", await _lab.DoAsync("ip", "address", "show", "dev", vif.Bridge), StringComparison.Ordinal);
        Assert.DoesNotContain("inet", await _lab.DoAsync("ip", "address", "show", "dev", vif.Device), StringComparison.Ordinal);
        var details = await _lab.DoAsync("ip", "-details", "link", "show", "dev", vif.Bridge);
        Assert.Contains("forward_delay 0", details, StringComparison.Ordinal);
        Assert.Contains("stp_state 0", details, StringComparison.Ordinal);
        Assert.Contains("mcast_snooping 0", details, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_bridge_keeps_its_hardware_address_whatever_is_plugged()
    {
        var network = _lab.Open();
        var bridge = _lab.NewName();
        await _lab.DoAsync("ip", "link", "add", "name", bridge, "type", "bridge");
        var first = _lab.NewName();
        // A bridge takes the lowest address of its ports. This one is above the address of the instance, and below the outer one.
        await _lab.DoAsync("ip", "link", "add", "name", first, "address", "fc:00:00:00:00:01", "type", "veth");
        await _lab.DoAsync("ip", "link", "set", "dev", first, "master", bridge);
        var before = await File.ReadAllTextAsync($"/sys/class/net/{bridge}/address");
        Assert.Equal("fc:00:00:00:00:01\n", before);

        await _lab.PlugAsync(network, VifLab.NewVif(bridge, "10.1.0.5/24"));

        Assert.Equal(before, await File.ReadAllTextAsync($"/sys/class/net/{bridge}/address"));
    }

    private static VifRoute Route(string destination, string gateway) => new(IPNetwork.Parse(destination), IPAddress.Parse(gateway));
}
