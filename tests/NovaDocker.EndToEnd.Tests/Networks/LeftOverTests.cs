using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;

namespace NovaDocker.EndToEnd.Tests.Networks;

/// <summary>What is left over of ours is found and goes after the grace time; what is somebody else's is never touched.</summary>
public sealed class LeftOverTests
{
    [SkippableFact]
    public async Task A_device_and_a_sandbox_that_nobody_has_are_found_and_removed_after_the_grace_time()
    {
        await using var net = await NetworkLab.StartAsync("host.orphan-grace=1s", "host.reconcile-interval=500ms");
        var id = await net.BootAsync("net=red");
        var (left, foreign) = (Name("tap"), Name("tap"));
        var mark = await MarkOfAnotherPortAsync(net, id, foreign, net.Red);
        await AddAsync(foreign, mark.Replace("host=", "host=another-", StringComparison.Ordinal));
        var sandbox = await net.Lab.Engine.CopyContainerAsync($"nova-{id}-sandbox");
        try
        {
            // The same port twice is not possible; one that the instance does not have is.
            await AddAsync(left, await MarkOfAnotherPortAsync(net, id, left, net.Red));

            await GoneAsync(left);
            await Eventually.BecomesAsync(
                () => net.Lab.Engine.ContainerAsync(sandbox), found => found is null, "the second sandbox is gone", TimeSpan.FromSeconds(30));
            Assert.Contains(await NetworkLab.LinksAsync(), link => link!.Text("ifname") == foreign);
            Assert.NotNull(await net.Lab.Engine.ContainerAsync($"nova-{id}-sandbox"));
        }
        finally
        {
            await NetworkLab.HostAsync("ip", "link", "del", foreign);
        }

        await net.Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_bridge_that_no_port_needs_goes_with_what_is_left_over_in_it_and_after_a_crash_by_itself()
    {
        await using var net = await NetworkLab.StartAsync("host.orphan-grace=1s", "host.reconcile-interval=500ms");
        var id = await net.BootAsync("net=red");
        var (filled, empty, foreign, used) = (Name("ndl"), Name("ndl"), Name("ndl"), Name("ndl"));
        var host = await HostIdAsync(net);
        var (left, other) = (Name("tap"), Name("ndv"));
        try
        {
            await AddBridgeAsync(foreign, $"novadocker host=another-{host} network=gone bridge={foreign}");
            await AddAsync(other, "somebody's");
            await AddBridgeAsync(used, $"novadocker host={host} network=gone bridge={used}", with: other);
            await AddAsync(left, "");
            await AddBridgeAsync(filled, $"novadocker host={host} network=gone bridge={filled}", with: left);
            await MarkAsync(left, await MarkOfAnotherPortAsync(net, id, left, filled));

            await GoneAsync(left);
            await GoneAsync(filled);
            Assert.DoesNotContain($"OrphanNetwork {filled}", net.Lab.Log, StringComparison.Ordinal);

            await net.Lab.Node.KillAsync();
            await AddBridgeAsync(empty, $"novadocker host={host} network=gone bridge={empty}");
            await net.Lab.StartNodeAsync();

            await GoneAsync(empty);
            await Eventually.HoldsAsync(
                () => net.Lab.Log.Contains($"OrphanNetwork {empty}: Removed", StringComparison.Ordinal), "the removal is told of");
            Assert.Equal(
                new[] { foreign, used, net.Red }.Order(), (await NamesAsync()).Intersect([foreign, used, net.Red]).Order());
        }
        finally
        {
            foreach (var device in new[] { foreign, used, filled, empty, left, other }.Intersect(await NamesAsync()))
                await NetworkLab.HostAsync("ip", "link", "del", device);
        }

        await net.Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_dry_run_only_tells_of_them()
    {
        await using var net = await NetworkLab.StartAsync("host.orphan-grace=0s", "host.reconcile-interval=1h");
        var id = await net.BootAsync("net=red");
        var (bridge, left) = (Name("ndl"), Name("tap"));
        var expected = new[] { ("orphan-network", bridge), ("orphan-vif", left) };
        try
        {
            await AddBridgeAsync(bridge, $"novadocker host={await HostIdAsync(net)} network=gone bridge={bridge}");
            await AddAsync(left, await MarkOfAnotherPortAsync(net, id, left, ""));

            Assert.Equal(expected.Select(left => (left.Item1, left.Item2, "reported")), await FoundAsync("--dry-run"));
            Assert.Equal(2, (await NamesAsync()).Intersect([bridge, left]).Count());
            Assert.Equal(expected.Select(left => (left.Item1, left.Item2, "removed")), await FoundAsync());
            Assert.Empty((await NamesAsync()).Intersect([bridge, left]));
            Assert.Empty(await FoundAsync());
        }
        finally
        {
            foreach (var device in new[] { bridge, left }.Intersect(await NamesAsync()))
                await NetworkLab.HostAsync("ip", "link", "del", device);
        }

        await net.Lab.DeleteAsync(id);

        async Task<IEnumerable<(string, string, string)>> FoundAsync(params string[] options) =>
        [
            .. (await net.Lab.RunAsync(["reconcile", "--json", .. options])).Expect(0).Rows
                .Select(row => (row.Text("kind")!, row.Text("subject")!, row.Text("action")!)).Order(),
        ];
    }

    [SkippableFact]
    public async Task A_sandbox_that_somebody_kills_is_missed_and_the_next_start_makes_its_network_again()
    {
        await using var net = await NetworkLab.StartAsync();
        var (id, other) = (await net.BootAsync("net=red"), await net.BootAsync("net=red"));
        var address = await net.AddressAsync(id);

        await net.Lab.Engine.KillContainerAsync($"nova-{id}-sandbox");
        await Eventually.BecomesAsync(
            () => net.Lab.HistoryAsync(id), rows => rows.Any(row => row.Text("event") == "sandbox-lost"), "it is missed");
        Assert.True(await net.ReachesAsync(other, address));

        (await net.Lab.RunAsync("reboot", id)).Expect(0);

        Assert.True(await net.ReachesAsync(other, address));
        await net.Lab.DeleteAsync(id, other);
    }

    [SkippableFact]
    public async Task A_sandbox_that_somebody_removes_ends_the_container_s_life_with_its_next_stop_and_a_snapshot_leads_out()
    {
        await using var net = await NetworkLab.StartAsync();
        var id = await net.BootAsync("net=red");
        (await net.Lab.RunAsync("stop", id)).Expect(0);

        await net.Lab.Engine.RemoveContainerAsync($"nova-{id}-sandbox");
        await Eventually.BecomesAsync(
            () => net.Lab.HistoryAsync(id), rows => rows.Any(row => row.Text("event") == "sandbox-lost"), "it is missed");

        var started = (await net.Lab.RunAsync("start", id)).Expect(1);
        Assert.Contains("Make a snapshot of the instance and boot that", started.Error, StringComparison.Ordinal);
        (await net.Lab.RunAsync("snapshot", id, "--name", "way-out")).Expect(0);
        await net.Lab.DeleteAsync(id);
        var second = (await net.Lab.DoAsync("boot", "--name", "second", "--image", "way-out", "--memory-mb", "32", "--nic", "net=red")).Text("id")!;
        Assert.Equal("active", (await net.Lab.DoAsync("show", second)).Text("state"));
        await net.Lab.DeleteAsync(second);
    }

    /// <summary>A name for a device that nobody else has.</summary>
    private static string Name(string prefix) => prefix + CommanderIds.NewInstanceId().ToString()[^11..];

    private static async Task<string> HostIdAsync(NetworkLab net) =>
        (await File.ReadAllTextAsync(Path.Combine(net.Lab.DataDirectory, "host-id"))).Trim();

    /// <summary>What a device would say that was made for a port that its instance does not have.</summary>
    private static async Task<string> MarkOfAnotherPortAsync(NetworkLab net, string id, string device, string bridge)
    {
        var own = await net.DeviceAsync(id);
        var mark = (await NetworkLab.LinksAsync()).Single(link => link!.Text("ifname") == own)!.Text("ifalias")!;
        var port = (await net.PortsAsync(id))[0]!.Text("id")!;
        return mark.Replace(port, CommanderIds.NewInstanceId().ToString(), StringComparison.Ordinal)
            .Replace($"device={own}", $"device={device}", StringComparison.Ordinal)
            .Replace($"bridge={net.Red}", $"bridge={bridge}", StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> NamesAsync() =>
        (await NetworkLab.LinksAsync()).Select(link => link!.Text("ifname")!);

    private static Task<IEnumerable<string>> GoneAsync(string device) => Eventually.BecomesAsync(
        NamesAsync, names => !names.Contains(device), $"{device} is gone", TimeSpan.FromSeconds(30));

    /// <summary>Makes a bridge, which is marked only once a device is in it: the node is looking.</summary>
    private static async Task AddBridgeAsync(string name, string mark, string? with = null)
    {
        (await NetworkLab.HostAsync("ip", "link", "add", name, "type", "bridge")).Expect(0);
        if (with is not null)
            (await NetworkLab.HostAsync("ip", "link", "set", with, "master", name)).Expect(0);
        await MarkAsync(name, mark);
    }

    private static async Task AddAsync(string device, string mark)
    {
        (await NetworkLab.HostAsync("ip", "link", "add", device, "type", "veth", "peer", "name", "p" + device[3..])).Expect(0);
        await MarkAsync(device, mark);
    }

    private static async Task MarkAsync(string device, string mark) =>
        (await NetworkLab.HostAsync("ip", "link", "set", device, "alias", mark)).Expect(0);
}
