using System.Collections.Concurrent;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;

namespace NovaDocker.EndToEnd.Tests.Networks;

/// <summary>What instances reach over the ports they are booted with, on real bridges, from their first instruction on.</summary>
public sealed class TrafficTests(RunningNetworkLab running) : IClassFixture<RunningNetworkLab>
{
    private const int Times = 100;
    private const int AtOnce = 4;

    private NetworkLab Lab => running.Lab;

    [SkippableFact]
    public async Task Two_instances_of_one_network_reach_each_other_by_either_family()
    {
        var (one, other) = (await Lab.BootAsync("net=red"), await Lab.BootAsync("net=red,mac=fa:16:3e:aa:00:01"));

        var addresses = (await Lab.PortsAsync(other))[0]!["addresses"]!.AsArray().Select(address => address!.Text("address")!).ToList();
        Assert.Equal(2, addresses.Count);
        foreach (var address in addresses)
            Assert.True(await Lab.ReachesAsync(one, address), address);
        var inside = (await Lab.InsideAsync(other, "ip", "addr", "show", "eth0")).Expect(0).Out;
        Assert.Contains("link/ether fa:16:3e:aa:00:01", inside, StringComparison.Ordinal);
        Assert.Contains("mtu 1400", inside, StringComparison.Ordinal);
        await Lab.Lab.DeleteAsync(one, other);
    }

    [SkippableFact]
    public async Task Networks_of_one_range_are_apart_and_both_work()
    {
        string[] red = [await Lab.BootAsync("net=red,ip=198.18.1.40"), await Lab.BootAsync("net=red,ip=198.18.1.41")];
        string[] blue = [await Lab.BootAsync("net=blue,ip=198.18.1.40"), await Lab.BootAsync("net=blue,ip=198.18.1.42")];

        Assert.True(await Lab.ReachesAsync(red[0], "198.18.1.41"));
        Assert.True(await Lab.ReachesAsync(blue[0], "198.18.1.42"));
        Assert.True(await Lab.IsApartAsync(red[0], "198.18.1.42"));
        Assert.True(await Lab.IsApartAsync(blue[0], "198.18.1.41"));
        await Lab.Lab.DeleteAsync([.. red, .. blue]);
    }

    [SkippableFact]
    public async Task A_large_packet_passes_whole_and_one_beyond_the_networks_mtu_does_not()
    {
        const int headers = 28;
        var (one, other) = (await Lab.BootAsync("net=red"), await Lab.BootAsync("net=red"));
        var address = await Lab.AddressAsync(other);

        Assert.Equal(0, (await Ping(1400 - headers)).ExitCode);
        Assert.NotEqual(0, (await Ping(1400 - headers + 1)).ExitCode);
        await Lab.Lab.DeleteAsync(one, other);

        Task<CommandResult> Ping(int bytes) =>
            Lab.InsideAsync(one, "ping", "-c", "1", "-W", "10", "-M", "do", "-s", $"{bytes}", address);
    }

    [SkippableFact]
    public async Task A_process_finds_its_name_its_servers_and_its_routes()
    {
        var id = await Lab.BootAsync("net=red,ip=198.18.1.77,ip=fd18:1::77", "--command", "sh", "-c", "cat /etc/hosts /etc/resolv.conf; hostname; exec sleep 3600");

        var said = await Lab.Lab.SaidAsync(id, "nameserver 198.18.1.53\n", "\tnet");
        Assert.Contains("198.18.1.77\tnet", said, StringComparison.Ordinal);
        Assert.Contains("nameserver 198.18.1.53\n", said, StringComparison.Ordinal);
        var routes = (await Lab.InsideAsync(id, "ip", "route")).Expect(0).Out;
        Assert.Contains("default via 198.18.1.1 dev eth0", routes, StringComparison.Ordinal);
        Assert.Contains("198.18.9.0/24 via 198.18.1.2 dev eth0", routes, StringComparison.Ordinal);
        Assert.Contains("default via fd18:1::1", (await Lab.InsideAsync(id, "ip", "-6", "route")).Expect(0).Out, StringComparison.Ordinal);
        await Lab.Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task Of_several_ports_one_has_the_default_route()
    {
        var row = await Lab.Lab.BootAsync("several", "--nic", "net=blue", "--nic", "net=red", "--nic", "net=small");
        var id = row.Text("id")!;

        Assert.Equal(["eth0", "eth1", "eth2"], (await Lab.PortsAsync(id)).Select(port => port!.Text("interface")));
        var routes = (await Lab.InsideAsync(id, "ip", "route", "show", "default")).Expect(0).Out;
        Assert.Equal("default via 198.18.1.1 dev eth1", Assert.Single(routes.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Trim());
        await Lab.Lab.DeleteAsync(id);
    }

    /// <summary>The program asks once, at once, and waits for nothing but the answer. The gateway is the machine.</summary>
    [SkippableFact]
    public async Task The_first_instruction_finds_its_addresses_and_its_gateway_a_hundred_times_of_a_hundred()
    {
        var neighbour = await Lab.BootAsync("net=red");
        (await NetworkLab.HostAsync("ip", "addr", "add", "198.18.1.1/24", "dev", Lab.Red)).Expect(0);
        var said = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Times), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (_, _) =>
            {
                var id = CommanderIds.NewInstanceId();
                await Lab.Lab.EndOfAsync(await Lab.Lab.Client.BootAsync(
                    Lab.Wish(id, "red") with
                    {
                        Command = ["sh", "-c", "ip addr show eth0 | grep -c inet; ping -c 1 -W 10 198.18.1.1 >/dev/null && echo there || echo lost; exec sleep 3600"],
                    },
                    CancellationToken.None));
                var console = await Eventually.BecomesAsync(
                    () => Lab.Lab.Client.GetConsoleOutputAsync(id, 10), output => output.Text.Split('\n').Length > 2, $"{id} has spoken");
                said.Add(console.Text);
                await Lab.Lab.DeleteAsync(id.ToString());
            });

        Assert.Equal(Enumerable.Repeat("3\nthere\n", Times), said);
        await Lab.Lab.DeleteAsync(neighbour);
    }

    [SkippableFact]
    public async Task Without_ports_there_is_no_sandbox()
    {
        var id = (await Lab.Lab.BootAsync("plain")).Text("id")!;

        Assert.Null(await Lab.Lab.Engine.ContainerAsync($"nova-{id}-sandbox"));
        Assert.DoesNotContain(
            await Lab.Lab.HistoryAsync(id), row => row.Text("event")!.Contains("sandbox", StringComparison.Ordinal));
        var refused = await Lab.Lab.RunAsync("interface-attach", id, "--nic", "net=red");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("booted without ports", refused.Error, StringComparison.Ordinal);
        await Lab.Lab.DeleteAsync(id);
    }
}
