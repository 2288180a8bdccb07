using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;

namespace NovaDocker.EndToEnd.Tests.Networks;

/// <summary>Instances with ports in a real Open vSwitch: tags keep them apart, and its restart is survived.</summary>
[Collection(nameof(Networks))]
public sealed class OpenVSwitchTests
{
    [SkippableFact]
    public async Task Tags_keep_ports_of_one_bridge_apart()
    {
        await using var ovs = await TestSwitch.CreateAsync();
        await using var net = await StartAsync();
        var (ten, alsoTen, twenty) = (
            await net.BootAsync(ovs.Nic("198.18.20.1/24,vlan=10")), await net.BootAsync(ovs.Nic("198.18.20.2/24,vlan=10")),
            await net.BootAsync(ovs.Nic("198.18.20.3/24,vlan=20")));

        Assert.True(await net.ReachesAsync(ten, "198.18.20.2"));
        Assert.True(await net.IsApartAsync(ten, "198.18.20.3"));
        Assert.True(await net.IsApartAsync(twenty, "198.18.20.1"));
        var device = await net.DeviceAsync(ten);
        var ids = await TestSwitch.VsctlAsync("get", "Interface", device, "external_ids");
        var port = (await net.PortsAsync(ten))[0]!;
        Assert.Contains($"iface-id=\"{port.Text("id")}\"", ids, StringComparison.Ordinal);
        Assert.Contains($"attached-mac=\"{port.Text("mac")}\"", ids, StringComparison.Ordinal);
        Assert.Contains($"vm-uuid=\"{ten}\"", ids, StringComparison.Ordinal);
        Assert.Contains("iface-status=active", ids, StringComparison.Ordinal);

        await net.Lab.DeleteAsync(ten, alsoTen, twenty);
        Assert.Empty(await ovs.PortsAsync());
    }

    [SkippableFact]
    public async Task The_switch_is_restarted_and_a_port_is_taken_out_and_traffic_goes_on()
    {
        await using var ovs = await TestSwitch.CreateAsync();
        await using var net = await StartAsync();
        var (one, other) = (await net.BootAsync(ovs.Nic("198.18.21.1/24")), await net.BootAsync(ovs.Nic("198.18.21.2/24")));

        await TestSwitch.RestartAsync();
        await net.WillReachAsync(one, "198.18.21.2");

        await TestSwitch.VsctlAsync("del-port", ovs.Bridge, await net.DeviceAsync(other));
        await Eventually.BecomesAsync(
            () => net.Lab.HistoryAsync(other), rows => rows[^1].Text("event") == "repair-completed", "it is repaired", TimeSpan.FromSeconds(30));
        await net.WillReachAsync(one, "198.18.21.2");
        await net.Lab.DeleteAsync(one, other);
    }

    [SkippableFact]
    public async Task A_bridge_that_is_missing_is_named_and_nothing_is_left_on_the_host()
    {
        await using var ovs = await TestSwitch.CreateAsync();
        await using var net = await StartAsync("instances.retry.max-attempts=1");

        var result = await net.Lab.RunAsync(
            "boot", "--name", "nowhere", "--image", net.Lab.ImageName, "--nic", "net=x,vif-type=ovs,bridge=ndo-missing,ip=198.18.22.1/24");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ndo-missing", result.Error, StringComparison.Ordinal);
        var id = Assert.Single(await net.Lab.InstancesAsync()).Id.ToString();
        Assert.Contains(await net.Lab.HistoryAsync(id), row => row.Text("event") == "plug-vifs-failed");
        Assert.Empty(await net.DevicesAsync());
        Assert.Empty((await net.SandboxesAsync()).Select(sandbox => sandbox!.ToJsonString()));
        await net.Lab.DeleteAsync(id);
    }

    private static Task<NetworkLab> StartAsync(params string[] settings) => NetworkLab.StartAsync([TestSwitch.Setting, .. settings]);
}
