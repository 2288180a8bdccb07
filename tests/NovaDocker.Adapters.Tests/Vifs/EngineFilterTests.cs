using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>
/// A machine whose Docker Engine lets nothing be forwarded. It is a namespace: the tools are run in it, so that the filter of
/// the machine itself is left alone.
/// </summary>
public sealed class EngineFilterTests : IAsyncLifetime
{
    private readonly VifLab _lab = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("ndt").FullName;
    private string _machine = "";

    public Task InitializeAsync() => _lab.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _lab.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [SkippableFact]
    public async Task Traffic_between_ports_passes_the_filter_of_an_engine()
    {
        var settings = await MachineAsync();
        var network = _lab.Open(settings);
        var vif = VifLab.NewVif("br0", "10.1.0.5/24", "fd00:1::5/64");
        var left = await _lab.PlugAsync(network, vif);
        await _lab.PlugAsync(network, VifLab.NewVif("br0", "10.1.0.6/24", "fd00:1::6/64"));

        Assert.True(await _lab.PingsAsync(left.Namespace, "10.1.0.6"));
        Assert.True(await _lab.PingsAsync(left.Namespace, "fd00:1::6"));

        await _lab.InsideAsync(_machine, "iptables", "-F", "DOCKER-USER");
        Assert.False(await _lab.PingsAsync(left.Namespace, "10.1.0.6", "-W", "1"));
        await network.PrepareNetworkAsync(vif, default);
        await network.PrepareNetworkAsync(vif, default);
        Assert.True(await _lab.PingsAsync(left.Namespace, "10.1.0.6"));
        Assert.Single(await RulesAsync("iptables"));
        Assert.Single(await RulesAsync("ip6tables"));
    }

    [SkippableFact]
    public async Task The_rule_goes_with_the_last_port()
    {
        var network = _lab.Open(await MachineAsync());
        var vif = VifLab.NewVif("br0", "10.1.0.5/24");
        var plug = await _lab.PlugAsync(network, vif);

        await network.ReleaseNetworkAsync(vif, default);
        Assert.Single(await RulesAsync("iptables"));
        await network.UnplugAsync(vif, plug.Owner, default);
        await network.ReleaseNetworkAsync(vif, default);

        Assert.Empty(await RulesAsync("iptables"));
        Assert.Empty(await RulesAsync("ip6tables"));
    }

    [SkippableFact]
    public async Task Nothing_is_opened_where_it_is_switched_off_or_no_engine_closes_anything()
    {
        var settings = await MachineAsync();
        await _lab.Open(settings with { OpenEngineFilter = false }).PrepareNetworkAsync(VifLab.NewVif("br0", "10.1.0.5/24"), default);
        Assert.Empty(await RulesAsync("iptables"));

        foreach (var tool in new[] { "iptables", "ip6tables" })
        {
            await _lab.InsideAsync(_machine, tool, "-F", "FORWARD");
            await _lab.InsideAsync(_machine, tool, "-X", "DOCKER-USER");
        }

        await _lab.Open(settings).PrepareNetworkAsync(VifLab.NewVif("br0", "10.1.0.5/24"), default);
        await _lab.Open(settings with { Iptables = "ndt-no-iptables" }).PrepareNetworkAsync(VifLab.NewVif("br0", "10.1.0.5/24"), default);
    }

    [SkippableFact]
    public async Task A_preparation_that_fails_leaves_no_rule()
    {
        var settings = await MachineAsync();
        var vif = VifLab.NewVif("br0", "10.1.0.5/24");
        for (var (at, isBroken) = (0, true); isBroken; at++)
        {
            foreach (var how in new[] { Break.Before, Break.After, Break.Cancelled })
            {
                var runner = new BreakingRunner(at, how);
                Assert.Equal(
                    (await Record.ExceptionAsync(() => _lab.Open(settings, runner).PrepareNetworkAsync(vif, default))) is not null,
                    isBroken = runner.Broken is not null);
                if (isBroken)
                {
                    Assert.Empty(await RulesAsync("iptables"));
                    Assert.Empty(await RulesAsync("ip6tables"));
                }
            }
        }
    }

    private async Task<IReadOnlyList<string>> RulesAsync(string tool) =>
        [.. (await _lab.RunAsync("nsenter", $"--net={_machine}", tool, "-S", "DOCKER-USER")).Output.Split('\n')
            .Where(rule => rule.Contains("--comment novadocker", StringComparison.Ordinal))];

    /// <summary>Makes the machine, and the tools that work in it.</summary>
    private async Task<NetworkSettings> MachineAsync()
    {
        _lab.SkipWithoutRights();
        var hasFilter = new Tool("iptables", "").Find() is not null && new Tool("ip6tables", "").Find() is not null;
        Skip.IfNot(hasFilter, "needs iptables");
        Skip.IfNot(
            File.Exists("/proc/sys/net/bridge/bridge-nf-call-iptables")
            && (await File.ReadAllTextAsync("/proc/sys/net/bridge/bridge-nf-call-iptables")).Trim() == "1",
            "needs a kernel that shows bridged packets to iptables (net.bridge.bridge-nf-call-iptables = 1)");
        _machine = await _lab.NewNamespaceAsync();
        foreach (var tool in new[] { "iptables", "ip6tables" })
        {
            await _lab.InsideAsync(_machine, tool, "-N", "DOCKER-USER");
            await _lab.InsideAsync(_machine, tool, "-A", "FORWARD", "-j", "DOCKER-USER");
            await _lab.InsideAsync(_machine, tool, "-P", "FORWARD", "DROP");
        }

        return VifLab.Settings with { Ip = await WrapAsync("ip"), Iptables = await WrapAsync("iptables", "ip6tables") };
    }

    private async Task<string> WrapAsync(params string[] tools)
    {
        foreach (var tool in tools)
        {
            var text = Path.Combine(_directory, $"{tool}.sh");
            await File.WriteAllTextAsync(
                text,
                $"""
                #!/bin/sh
                [ "$(readlink /proc/self/ns/net)" = "{new FileInfo("/proc/self/ns/net").LinkTarget}" ] || exec {tool} "$@"
                exec nsenter --net={_machine} {tool} "$@"

                """);
            // A program that this process has open, or a child that it forks meanwhile, cannot be run: "Text file busy".
            await _lab.RunAsync("install", "-m", "0500", text, Path.Combine(_directory, tool));
        }

        return Path.Combine(_directory, tools[0]);
    }
}
