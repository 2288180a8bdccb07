using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;

namespace NovaDocker.EndToEnd.Tests.Networks;

/// <summary>Ports stay through everything that happens to the instance and to what they are plugged into.</summary>
public sealed class LifeOfPortsTests(RunningNetworkLab running) : IClassFixture<RunningNetworkLab>
{
    private NetworkLab Lab => running.Lab;

    [SkippableFact]
    public async Task Reboots_stop_and_start_and_a_crash_keep_the_port_and_its_carrier()
    {
        var (id, other) = (await Lab.BootAsync("net=red", "--restart", "always"), await Lab.BootAsync("net=red"));
        var (device, address) = (await Lab.DeviceAsync(id), await Lab.AddressAsync(id));
        var (index, carrier) = (await IndexAsync(device), await NetworkLab.CarrierChangesAsync(device));

        foreach (string[] verb in new string[][] { ["reboot", id], ["reboot", "--hard", id], ["stop", id], ["start", id] })
        {
            (await Lab.Lab.RunAsync(verb)).Expect(0);
            Assert.Equal(address, await Lab.AddressAsync(id));
        }

        Assert.True(await Lab.ReachesAsync(other, address));
        await Lab.Lab.Engine.KillContainerAsync($"nova-{id}");
        await Eventually.BecomesAsync(
            () => Lab.Lab.HistoryAsync(id), rows => rows[^1].Text("event") == "restart-completed", "it is up again");
        Assert.True(await Lab.ReachesAsync(other, address));
        Assert.Equal((index, carrier), (await IndexAsync(device), await NetworkLab.CarrierChangesAsync(device)));
        await Lab.Lab.DeleteAsync(id, other);
    }

    [SkippableTheory]
    [InlineData("active")]
    [InlineData("paused")]
    [InlineData("stopped")]
    public async Task A_port_comes_and_goes_whatever_the_instance_is(string phase)
    {
        var (id, other) = (await Lab.BootAsync("net=red"), await Lab.BootAsync("net=small,ip=198.18.7.10"));
        if (phase != "active")
            (await Lab.Lab.RunAsync(phase == "paused" ? "pause" : "stop", id)).Expect(0);

        (await Lab.Lab.RunAsync("interface-attach", id, "--nic", "net=small,ip=198.18.7.11")).Expect(0);
        Assert.Equal(phase, (await Lab.Lab.DoAsync("show", id)).Text("state"));
        if (phase != "active")
            (await Lab.Lab.RunAsync(phase == "paused" ? "unpause" : "start", id)).Expect(0);

        Assert.True(await Lab.ReachesAsync(other, "198.18.7.11"));
        var second = (await Lab.PortsAsync(id))[1]!;
        Assert.Equal("eth1", second.Text("interface"));
        (await Lab.Lab.RunAsync("interface-detach", id, second.Text("id")!)).Expect(0);
        Assert.True(await Lab.IsApartAsync(other, "198.18.7.11"));
        Assert.Single(await Lab.PortsAsync(id));
        Assert.Contains("default via", (await Lab.InsideAsync(id, "ip", "route")).Out, StringComparison.Ordinal);
        await Lab.Lab.DeleteAsync(id, other);
    }

    [SkippableFact]
    public async Task With_the_port_that_had_it_the_default_route_passes_to_another()
    {
        var id = (await Lab.Lab.BootAsync("routes", "--nic", "net=red", "--nic", "bridge=" + Lab.Blue + ",ip=198.18.5.5/24,gateway=198.18.5.1")).Text("id")!;

        (await Lab.Lab.RunAsync("interface-detach", id, (await Lab.PortsAsync(id))[0]!.Text("id")!)).Expect(0);

        var routes = (await Lab.InsideAsync(id, "ip", "route", "show", "default")).Expect(0).Out;
        Assert.Equal("default via 198.18.5.1 dev eth1", routes.Trim());
        await Lab.Lab.DeleteAsync(id);
    }

    [SkippableTheory]
    [InlineData("device")]
    [InlineData("bridge")]
    [InlineData("out of its bridge")]
    [InlineData("down")]
    public async Task What_somebody_breaks_is_plugged_again_and_the_history_says_so(string what)
    {
        var (id, other) = (await Lab.BootAsync("net=red"), await Lab.BootAsync("net=red"));
        var (device, address) = (await Lab.DeviceAsync(id), await Lab.AddressAsync(id));

        (await NetworkLab.HostAsync(what switch
        {
            "device" => ["ip", "link", "del", device],
            "bridge" => ["ip", "link", "del", Lab.Red],
            "down" => ["ip", "link", "set", device, "down"],
            _ => ["ip", "link", "set", device, "nomaster"],
        })).Expect(0);

        await Eventually.BecomesAsync(
            () => Lab.Lab.HistoryAsync(id), rows => rows[^1].Text("event") == "repair-completed", "it is repaired", TimeSpan.FromSeconds(30));
        var broken = Assert.Single(await Lab.Lab.HistoryAsync(id), row => row.Text("event") == "vifs-broken");
        Assert.Equal(("observation", "active"), (broken.Text("kind"), broken.Text("state")));
        await Lab.WillReachAsync(other, address);
        await Lab.Lab.DeleteAsync(id, other);
    }

    [SkippableFact]
    public async Task The_counters_are_the_instances_own()
    {
        var (id, other) = (await Lab.BootAsync("net=red"), await Lab.BootAsync("net=red"));
        var before = (await Lab.Lab.DoAsync("diagnostics", id)).Number("rxPackets");

        (await Lab.InsideAsync(other, "ping", "-c", "10", "-i", "0.01", await Lab.AddressAsync(id))).Expect(0);

        Assert.True((await Lab.Lab.DoAsync("diagnostics", id)).Number("rxPackets") >= before + 10);
        await Lab.Lab.DeleteAsync(id, other);
    }

    [SkippableFact]
    public async Task A_pool_gives_each_address_once_and_takes_back_what_is_free()
    {
        var (first, second) = (await Lab.BootAsync("net=small"), await Lab.BootAsync("net=small"));
        Assert.Equal(("198.18.7.10", "198.18.7.11"), (await Lab.AddressAsync(first), await Lab.AddressAsync(second)));
        var refused = await Lab.Lab.RunAsync("boot", "--name", "third", "--image", Lab.Lab.ImageName, "--nic", "net=small");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("no free address from 198.18.7.10 to 198.18.7.11", refused.Error, StringComparison.Ordinal);

        await Lab.Lab.DeleteAsync(first);

        var third = await Lab.BootAsync("net=small");
        Assert.Equal("198.18.7.10", await Lab.AddressAsync(third));
        var network = (await Lab.Lab.RunAsync("networks", "--json")).Expect(0).Rows.Single(row => row.Text("id") == "small");
        Assert.Equal((2, "bridge"), (network.Number("ports"), network.Text("type")));
        await Lab.Lab.DeleteAsync(second, third);
    }

    [SkippableTheory]
    [InlineData(2, "net=red,mac=fa:16", "mac is 'fa:16'")]
    [InlineData(2, "net=red,ip=198.18.1.300", "ip is '198.18.1.300'")]
    [InlineData(2, "ned=red", "did you mean net?")]
    [InlineData(3, "net=red,ip=198.18.2.5", "ip is 198.18.2.5; an address of network red is expected: 198.18.1.0/24")]
    [InlineData(3, "net=red,ip=198.18.1.1", "which is the gateway of network red")]
    [InlineData(3, "net=red,vif-type=brigde", "brigde")]
    [InlineData(3, "net=red,vlan=7", "bridge-interface is expected")]
    [InlineData(3, "net=other,ip=198.18.1.5", "ADDRESS/BITS is expected")]
    [InlineData(3, "net=red,vif-type=binding_failed", "Neutron found no way to bind it")]
    [InlineData(3, "net=red,vif-type=midonet", "mm-ctl")]
    public async Task What_cannot_be_is_refused_with_the_key_and_what_is_right(int code, string nic, string says)
    {
        var result = await Lab.Lab.RunAsync("boot", "--name", "wrong", "--image", Lab.Lab.ImageName, "--nic", nic);

        Assert.Equal(code, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(await Lab.Lab.InstancesAsync(), instance => instance.Name == "wrong");
    }

    [SkippableFact]
    public async Task A_bridge_that_is_missing_and_may_not_be_made_is_refused()
    {
        await using var net = await NetworkLab.StartAsync("networks.create-bridges=off");

        var result = (await net.Lab.RunAsync("boot", "--name", "wrong", "--image", net.Lab.ImageName, "--nic", "net=red")).Expect(3);

        Assert.Contains($"network.bridge is '{net.Red}', and there is no such bridge", result.Error, StringComparison.Ordinal);
        Assert.Contains("novadocker.networks.create-bridges is off", result.Error, StringComparison.Ordinal);
        Assert.Empty(await net.Lab.InstancesAsync());
    }

    [SkippableFact]
    public async Task An_address_or_a_mac_of_another_instance_is_refused()
    {
        var id = await Lab.BootAsync("net=red,ip=198.18.1.90,mac=fa:16:3e:aa:00:90");

        foreach (var nic in new[] { "net=red,ip=198.18.1.90", "net=red,mac=fa:16:3e:aa:00:90" })
        {
            var result = await Lab.Lab.RunAsync("boot", "--name", "double", "--image", Lab.Lab.ImageName, "--nic", nic);
            Assert.Equal(3, result.ExitCode);
            Assert.Contains($"of instance {id} in the same network", result.Error, StringComparison.Ordinal);
        }

        await Lab.Lab.DeleteAsync(id);
    }

    private static async Task<long> IndexAsync(string device) =>
        long.Parse((await File.ReadAllTextAsync($"/sys/class/net/{device}/ifindex")).Trim(), System.Globalization.CultureInfo.InvariantCulture);
}
