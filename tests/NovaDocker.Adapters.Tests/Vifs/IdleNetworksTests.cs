using System.Text.Json.Nodes;
using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Adapters.Vifs.Kinds;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>
/// What of a listing of devices was made here for networks and is in use by nobody, and what of it is taken away. Most kernels
/// that tests run on have no VLANs, so the listings are written down.
/// </summary>
public sealed class IdleNetworksTests : ICommandRunner
{
    private static readonly HostId Host = new("host-1");
    private static readonly NetworkId Blue = new("blue");

    private readonly JsonArray _links = [];
    private readonly List<string> _deleted = [];
    private readonly List<string> _lines = [];
    private readonly NetworkTools _tools;
    private readonly BridgeNetworks _networks;

    public IdleNetworksTests()
    {
        _tools = new NetworkTools(VifLab.Settings, this);
        var files = new KernelFiles();
        _networks = new BridgeNetworks(Host, _tools, files, new EngineFilter(_tools, files, isWanted: false), mayCreate: true);
    }

    [Fact]
    public async Task A_bridge_of_ours_is_idle_with_its_VLAN_and_they_go_together()
    {
        Add("brq1", "bridge", Mark("brq1"));
        Add("vlan7", "vlan", Mark("brq1"), "brq1");

        Assert.Equal([new NetworkDevice("brq1", "blue", "brq1")], await IdleAsync());
        Assert.Equal<string>(["vlan7", "brq1"], await _networks.TidyAsync("brq1", default));
        Assert.Equal(["vlan7", "brq1"], _deleted);
    }

    [Fact]
    public async Task A_bridge_of_ours_is_idle_with_the_interface_that_was_put_into_it_which_stays()
    {
        Add("brq1", "bridge", Mark("brq1", way: "eth1"));
        Add("eth1", "", "", "brq1");

        Assert.Equal(["brq1"], (await IdleAsync()).Select(device => device.Device));
        Assert.Equal<string>(["brq1"], await _networks.TidyAsync("brq1", default));
    }

    [Theory]
    [InlineData("veth", "")]
    [InlineData("", "")]
    [InlineData("vlan", "novadocker host=host-2 network=blue bridge=brq1")]
    public async Task A_bridge_of_ours_that_somebody_else_is_in_is_not_idle(string kind, string alias)
    {
        Add("brq1", "bridge", Mark("brq1", way: "eth1"));
        Add("other", kind, alias, "brq1");

        Assert.Empty(await IdleAsync());
        Assert.Empty(await _networks.TidyAsync("brq1", default));
        Assert.Empty(_deleted);
    }

    [Theory]
    [InlineData("br-lan", true)]
    [InlineData(null, true)]
    [InlineData(null, false)]
    public async Task A_VLAN_of_ours_is_idle_by_itself_and_alone_in_a_bridge_of_somebody_else(string? master, bool hasBridge)
    {
        if (hasBridge)
            Add("br-lan", "bridge", "");
        Add("vlan7", "vlan", Mark("br-lan"), master);

        Assert.Equal([new NetworkDevice("vlan7", "blue", "br-lan")], await IdleAsync());
        Assert.Equal<string>(["vlan7"], await _networks.TidyAsync("br-lan", default));
        Assert.Equal(["vlan7"], _deleted);
    }

    [Fact]
    public async Task A_VLAN_of_ours_in_a_bridge_that_is_in_use_is_not_idle()
    {
        Add("br-lan", "bridge", "");
        Add("vlan7", "vlan", Mark("br-lan"), "br-lan");
        Add("tap0", "veth", "", "br-lan");

        Assert.Empty(await IdleAsync());
        Assert.Empty(await _networks.TidyAsync("br-lan", default));
        Assert.Empty(_deleted);
    }

    [Fact]
    public async Task A_VLAN_of_ours_that_somebody_put_into_another_bridge_is_not_idle()
    {
        Add("br-other", "bridge", "");
        Add("vlan7", "vlan", Mark("br-lan"), "br-other");

        Assert.Empty(await IdleAsync());
        Assert.Empty(await _networks.TidyAsync("br-lan", default));
        Assert.Empty(_deleted);
    }

    [Fact]
    public async Task A_VLAN_of_ours_says_into_which_bridge_it_comes()
    {
        Add("eth0", "", "");
        Add("brq1", "bridge", Mark("brq1"));
        Add("vlan7", "vlan", Mark("brq0"), on: "eth0");

        await _networks.PrepareAsync(Vlan7, "brq1", default);

        Assert.Equal(
            [$"link set dev vlan7 alias \"{Mark("brq1")}\"", "link set dev vlan7 master brq1 up"],
            _lines.Where(line => line.Contains("vlan7", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_bridge_of_ours_says_which_interface_of_the_host_is_put_into_it()
    {
        Add("eth1", "", "", "brq1");
        Add("brq1", "bridge", Mark("brq1"));
        var network = new VifNetwork(Blue, []) { ShouldCreateBridge = true, BridgeInterface = "eth1" };

        await _networks.PrepareAsync(network, "brq1", default);

        Assert.Contains($"link set dev brq1 alias \"{Mark("brq1", way: "eth1")}\"", _lines);
    }

    [Fact]
    public async Task What_another_host_made_and_what_says_nothing_is_not_idle()
    {
        Add("brq1", "bridge", "novadocker host=host-2 network=blue bridge=brq1");
        Add("brq2", "bridge", "somebody's");
        Add("brq3", "bridge", "", address: DeviceMark.BirthAddress(Host, "brq3"));

        Assert.Empty(await IdleAsync());
        Assert.Empty(await _networks.TidyAsync("brq1", default));
        Assert.Empty(await _networks.TidyAsync("brq2", default));
        Assert.Empty(_deleted);
    }

    [Fact]
    public async Task A_VLAN_whose_making_was_broken_off_is_known_by_its_network_when_that_is_released()
    {
        Add("brq1", "bridge", Mark("brq1"));
        Add("vlan7", "vlan", "", address: DeviceMark.BirthAddress(Host, "vlan7"));
        Add("vlan8", "vlan", "", address: DeviceMark.BirthAddress(Host, "vlan8"));

        await _networks.ReleaseAsync(Vlan7, "brq1", default);

        Assert.Equal(["vlan7", "brq1"], _deleted);
    }

    /// <inheritdoc/>
    public Task<CommandResult> RunAsync(Command command, CancellationToken cancellationToken)
    {
        string[] delete = ["link", "delete", "dev"];
        if (command.Arguments.Take(delete.Length).SequenceEqual(delete))
            _deleted.Add(command.Arguments[^1]);
        _lines.AddRange((command.Input ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return Task.FromResult(new CommandResult(command, 0, _links.ToJsonString(), ""));
    }

    private static VifNetwork Vlan7 => new(Blue, []) { ShouldCreateVlan = true, Vlan = 7, BridgeInterface = "eth0" };

    private static string Mark(string bridge, string? way = null) => DeviceMark.Of(Host, Blue, bridge, way);

    private async Task<IReadOnlyList<NetworkDevice>> IdleAsync() =>
        [.. _networks.Idle(await _tools.LinksAsync("a test", default))];

    private void Add(
        string name, string kind, string alias, string? master = null, string address = "02:00:00:00:00:01", string? on = null)
    {
        var data = kind == "vlan" ? new JsonObject { ["id"] = 7 } : null;
        _links.Add(new JsonObject
        {
            ["ifname"] = name, ["ifindex"] = _links.Count + 1, ["master"] = master, ["ifalias"] = alias, ["address"] = address,
            ["link"] = on, ["flags"] = new JsonArray("UP"),
            ["linkinfo"] = new JsonObject { ["info_kind"] = kind, ["info_data"] = data },
        });
    }
}
