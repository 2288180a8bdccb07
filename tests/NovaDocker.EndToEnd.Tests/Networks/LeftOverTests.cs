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
        var device = await net.DeviceAsync(id);
        var mark = (await NetworkLab.LinksAsync()).Single(link => link!.Text("ifname") == device)!.Text("ifalias")!;
        var (left, foreign) = ("tap" + CommanderIds.NewInstanceId().ToString()[^11..], "tap" + CommanderIds.NewInstanceId().ToString()[^11..]);
        await AddAsync(foreign, mark.Replace("host=", "host=another-", StringComparison.Ordinal));
        var sandbox = await net.Lab.Engine.CopyContainerAsync($"nova-{id}-sandbox");
        try
        {
            // The same port twice is not possible; one of an instance that nobody knows is.
            var port = (await net.PortsAsync(id))[0]!.Text("id")!;
            await AddAsync(left, mark.Replace(port, CommanderIds.NewInstanceId().ToString(), StringComparison.Ordinal));

            await Eventually.BecomesAsync(
                NetworkLab.LinksAsync, links => links.All(link => link!.Text("ifname") != left), $"{left} is gone", TimeSpan.FromSeconds(30));
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
    public async Task A_dry_run_only_tells_of_them()
    {
        await using var net = await NetworkLab.StartAsync("host.reconcile-interval=1h");
        var id = await net.BootAsync("net=red");
        var device = await net.DeviceAsync(id);
        await net.Lab.Node.KillAsync();
        (await NetworkLab.HostAsync("ip", "link", "set", device, "down")).Expect(0);
        await net.Lab.StartNodeAsync();
        await net.Lab.EngineAnswersAsync();

        var rows = (await net.Lab.RunAsync("reconcile", "--dry-run", "--json")).Expect(0).Rows;

        Assert.All(rows.Where(row => row.Text("finding") == "broken-vif"), row => Assert.Equal("reported", row.Text("action")));
        await net.Lab.DeleteAsync(id);
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

    private static async Task AddAsync(string device, string mark)
    {
        (await NetworkLab.HostAsync("ip", "link", "add", device, "type", "veth", "peer", "name", "p" + device[3..])).Expect(0);
        (await NetworkLab.HostAsync("ip", "link", "set", device, "alias", mark)).Expect(0);
    }
}
