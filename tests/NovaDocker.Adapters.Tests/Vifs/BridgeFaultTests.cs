using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>What becomes of a port, and of a bridge, when a tool fails: nothing, and the next attempt makes it.</summary>
public sealed class BridgeFaultTests : IAsyncLifetime
{
    private readonly VifLab _lab = new();

    public Task InitializeAsync() => _lab.InitializeAsync();

    public Task DisposeAsync() => _lab.DisposeAsync();

    [SkippableFact]
    public async Task Whatever_fails_in_a_plug_nothing_of_the_port_is_left()
    {
        var faults = new PluggingFaults(_lab, VifLab.Settings) { Left = LeftAsync };

        Assert.InRange(await faults.RunAsync(VifLab.NewVif(_lab.NewName(), "10.1.0.5/24", "fd00:1::5/64")), 15, 100);
    }

    [SkippableFact]
    public async Task Whatever_fails_in_a_preparation_no_bridge_is_left()
    {
        var vif = VifLab.NewVif(_lab.NewName(), "10.1.0.5/24");
        var whole = _lab.Open();
        var cases = from at in Enumerable.Range(0, 3)
                    from how in Enum.GetValues<Break>()
                    from line in Enumerable.Range(1, how == Break.Between ? 2 : 1)
                    select (at, how, line);
        foreach (var (at, how, line) in cases)
        {
            var runner = new BreakingRunner(at, how, line);
            var failure = await Record.ExceptionAsync(() => _lab.Open(runner: runner).PrepareNetworkAsync(vif, default));
            Assert.Equal(runner.Broken is not null, failure is not null);
            Assert.Equal(runner.Broken is null, Directory.Exists($"/sys/class/net/{vif.Bridge}"));

            await whole.PrepareNetworkAsync(vif, default);
            Assert.True(Directory.Exists($"/sys/class/net/{vif.Bridge}"));
            await whole.ReleaseNetworkAsync(vif, default);
            Assert.False(Directory.Exists($"/sys/class/net/{vif.Bridge}"));
        }
    }

    [SkippableFact]
    public async Task A_tool_that_is_missing_is_named_with_what_to_do()
    {
        var network = _lab.Open(VifLab.Settings with { Ip = "ndt-no-ip" });
        var vif = VifLab.NewVif(_lab.NewName(), "10.1.0.5/24");

        var failure = await Assert.ThrowsAsync<VifException>(() => network.PrepareNetworkAsync(vif, default));

        Assert.Equal(FaultCode.Invalid, failure.Code);
        Assert.Contains(
            "'ndt-no-ip' was not found on PATH; install iproute2, or set novadocker.networks.tools.ip", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(network.ProblemWith(vif));
        // Nothing can have been plugged that way; but who has a port wants it to be looked at.
        Assert.Empty((await network.LookAsync([], default)).Owned);
        await Assert.ThrowsAsync<VifException>(() => network.LookAsync([vif], default));
    }

    [SkippableFact]
    public async Task A_kernel_without_vlans_is_said_in_words_and_leaves_nothing()
    {
        Skip.If(Directory.Exists("/proc/net/vlan"), "needs a kernel without 802.1Q");
        var way = _lab.NewName();
        var network = _lab.Open();
        await _lab.DoAsync("ip", "link", "add", "name", way, "type", "veth");
        var vif = VifLab.NewVif(_lab.NewName(), "10.1.0.5/24");
        vif = vif with { Network = vif.Network with { ShouldCreateVlan = true, Vlan = 7, BridgeInterface = way } };

        var failure = await Assert.ThrowsAsync<VifException>(() => network.PrepareNetworkAsync(vif, default));

        Assert.Equal(FaultCode.Invalid, failure.Code);
        Assert.Contains("this kernel has no VLANs (802.1Q", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/sys/class/net/{vif.Bridge}"));
    }

    [SkippableFact]
    public async Task An_interface_with_addresses_of_the_host_is_not_put_into_a_bridge()
    {
        var way = _lab.NewName();
        var network = _lab.Open();
        await _lab.DoAsync("ip", "link", "add", "name", way, "type", "veth");
        await _lab.DoAsync("ip", "address", "add", "198.51.100.9/32", "dev", way);
        var vif = VifLab.NewVif(_lab.NewName(), "10.1.0.5/24");
        vif = vif with { Network = vif.Network with { BridgeInterface = way } };

        var failure = await Assert.ThrowsAsync<VifException>(() => network.PrepareNetworkAsync(vif, default));
        Assert.Equal(FaultCode.Invalid, failure.Code);
        Assert.Contains("198.51.100.9", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/sys/class/net/{vif.Bridge}"));

        await _lab.DoAsync("ip", "address", "flush", "dev", way);
        await network.PrepareNetworkAsync(vif, default);
        Assert.Contains($"master {vif.Bridge}", await _lab.DoAsync("ip", "link", "show", "dev", way), StringComparison.Ordinal);
        await network.ReleaseNetworkAsync(vif, default);
        Assert.False(Directory.Exists($"/sys/class/net/{vif.Bridge}"));
        Assert.True(Directory.Exists($"/sys/class/net/{way}"));
    }

    [SkippableFact]
    public async Task A_bridge_that_somebody_else_uses_too_stays()
    {
        var network = _lab.Open();
        var vif = VifLab.NewVif(_lab.NewName(), "10.1.0.5/24");
        await network.PrepareNetworkAsync(vif, default);
        var other = _lab.NewName();
        await _lab.DoAsync("ip", "link", "add", "name", other, "type", "veth");
        await _lab.DoAsync("ip", "link", "set", "dev", other, "master", vif.Bridge);

        await network.ReleaseNetworkAsync(vif, default);
        Assert.True(Directory.Exists($"/sys/class/net/{vif.Bridge}"));
        await _lab.DoAsync("ip", "link", "delete", "dev", other);
        await network.ReleaseNetworkAsync(vif, default);

        Assert.False(Directory.Exists($"/sys/class/net/{vif.Bridge}"));
    }

    [SkippableFact]
    public async Task A_device_that_another_host_or_port_made_is_refused()
    {
        var network = _lab.Open();
        var plug = await _lab.PlugAsync(network, VifLab.NewVif(_lab.NewName(), "10.1.0.5/24"));
        var text = plug.Vif.Id.ToString();
        var likeIt = plug.Vif with { Id = PortId.Parse(text[..^2] + (text.EndsWith("00", StringComparison.Ordinal) ? "01" : "00")) };

        var failure = await Assert.ThrowsAsync<VifException>(() => network.PlugAsync(plug with { Vif = likeIt }, default));
        await network.UnplugAsync(likeIt, plug.Owner, default);

        Assert.Equal(FaultCode.Conflict, failure.Code);
        Assert.Empty((await network.LookAsync([plug.Vif], default)).Problems);
    }

    [SkippableFact]
    public async Task Commands_of_an_operator_are_run_once_and_undone()
    {
        var file = Path.GetTempFileName();
        var type = new CommandVifType(
            [["sh", "-c", "echo \"plug $*\" >>" + file, "sh", "{device}", "{port-id}", "{ipv4}", "{details.vlan}", "{unknown}"]],
            [["sh", "-c", "echo \"unplug $*\" >>" + file, "sh", "{device}"], ["sh", "-c", "echo \"label $*\" >>" + file, "sh", "{network-label}"]]);
        var settings = VifLab.Settings with { CommandTypes = new([KeyValuePair.Create("ndt", type)]) };
        var network = _lab.Open(settings);
        var vif = VifLab.NewVif("", "10.1.0.5/24") with { Type = "ndt", Details = new([KeyValuePair.Create("vlan", "7 $(reboot)")]) };
        vif = vif with { Network = vif.Network with { Label = "blue" } };

        var plug = await _lab.PlugAsync(network, vif);
        Assert.True(await network.PlugAsync(plug, default));
        await network.UnplugAsync(vif, plug.Owner, default);
        await network.UnplugAsync(vif, plug.Owner, default);

        Assert.Equal(
            [$"plug {vif.Device} {vif.Id} 10.1.0.5 7 $(reboot) {{unknown}}", $"unplug {vif.Device}", "label blue"],
            await File.ReadAllLinesAsync(file));
        await new PluggingFaults(_lab, settings) { Left = LeftAsync }.RunAsync(vif);
        File.Delete(file);
    }

    private async Task<IReadOnlyList<string>> LeftAsync(Vif vif) =>
    [
        .. (await _lab.LeftAsync()).Where(link => !link.Contains(" network=", StringComparison.Ordinal)),
        .. new[] { vif.Device }.Where(name => Directory.Exists($"/sys/class/net/{name}")),
    ];
}
