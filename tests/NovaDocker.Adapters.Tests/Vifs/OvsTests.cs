using System.Net;
using System.Net.Sockets;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>Ports in a real Open vSwitch: what it is told, whether packets pass, and what a failure leaves.</summary>
public sealed class OvsTests : IAsyncLifetime
{
    private const int Port = 5000;

    private readonly VifLab _lab = new();
    private readonly OvsLab _ovs;

    public OvsTests() => _ovs = new OvsLab(_lab);

    public Task InitializeAsync() => _lab.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _ovs.CleanAsync();
        await _lab.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_ports_reach_each_other_by_ping_and_by_tcp(bool isHybrid)
    {
        var network = _ovs.Open();
        var bridge = await _ovs.NewBridgeAsync();
        var left = await _lab.PlugAsync(network, OvsLab.NewVif(bridge, "10.1.0.5/24", isHybrid: isHybrid));
        var right = await _lab.PlugAsync(network, OvsLab.NewVif(bridge, "10.1.0.6/24", isHybrid: isHybrid));

        Assert.True(await _lab.PingsAsync(left.Namespace, "10.1.0.6"));
        Assert.Equal(1_000_000, await SendAsync(left.Namespace, right.Namespace, "10.1.0.6"));
        Assert.True(await network.PlugAsync(left, default));
        Assert.Empty((await network.LookAsync([left.Vif, right.Vif], default)).Problems);
    }

    [SkippableFact]
    public async Task Tags_separate_ports()
    {
        var network = _ovs.Open();
        var bridge = await _ovs.NewBridgeAsync();
        var left = await _lab.PlugAsync(network, OvsLab.NewVif(bridge, "10.1.0.5/24", tag: 7));
        await _lab.PlugAsync(network, OvsLab.NewVif(bridge, "10.1.0.6/24", tag: 7));
        await _lab.PlugAsync(network, OvsLab.NewVif(bridge, "10.1.0.7/24", tag: 8));

        Assert.True(await _lab.PingsAsync(left.Namespace, "10.1.0.6"));
        Assert.False(await _lab.PingsAsync(left.Namespace, "10.1.0.7", "-W", "1"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_vSwitch_is_told_all_by_which_agents_and_controllers_know_a_port(bool isHybrid)
    {
        var network = _ovs.Open();
        var vif = OvsLab.NewVif(await _ovs.NewBridgeAsync(), "10.1.0.5/24", isHybrid: isHybrid) with { OvsInterfaceId = "other-id" };
        var plug = await _lab.PlugAsync(network, vif);
        var device = isHybrid ? "qvo" + vif.Id.Short : vif.Device;

        var ids = await _ovs.VsctlAsync("get", "Interface", device, "external_ids");

        Assert.Contains("iface-id=other-id", ids, StringComparison.Ordinal);
        Assert.Contains("iface-status=active", ids, StringComparison.Ordinal);
        Assert.Contains($"attached-mac=\"{vif.Mac}\"", ids, StringComparison.Ordinal);
        Assert.Contains($"vm-uuid=\"{plug.Owner.Instance}\"", ids, StringComparison.Ordinal);
        Assert.Equal(vif.Network.Bridge, (await _ovs.VsctlAsync("port-to-br", device)).Trim());
        await network.UnplugAsync(vif, plug.Owner, default);
        Assert.Empty(await LeftAsync(vif));
    }

    [SkippableFact]
    public async Task What_is_wrong_in_the_switch_is_seen_and_mended()
    {
        var network = _ovs.Open();
        var (bridge, other) = (await _ovs.NewBridgeAsync(), await _ovs.NewBridgeAsync());
        var plug = await _lab.PlugAsync(network, OvsLab.NewVif(bridge, "10.1.0.5/24", tag: 7));
        var device = plug.Vif.Device;
        (string[] Meddling, string Problem)[] cases =
        [
            (["set", "Interface", device, "external_ids:iface-id=wrong"], "the iface-id of"),
            (["set", "Port", device, "tag=9"], "the tag of"),
            (["del-port", device], "is not in Open vSwitch"),
            (["del-port", device, "--", "add-port", other, device], $"is in {other} of Open vSwitch"),
        ];
        foreach (var (meddling, problem) in cases)
        {
            await _ovs.VsctlAsync(meddling);
            Assert.Contains(problem, (await network.LookAsync([plug.Vif], default)).Problems[plug.Vif.Id], StringComparison.Ordinal);

            Assert.False(await network.PlugAsync(plug, default));

            Assert.Empty((await network.LookAsync([plug.Vif], default)).Problems);
            Assert.True(await network.PlugAsync(plug, default));
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_device_that_somebody_deleted_is_seen_and_a_new_one_takes_its_place_in_the_switch(bool isHybrid)
    {
        var network = _ovs.Open();
        var bridge = await _ovs.NewBridgeAsync();
        var left = await _lab.PlugAsync(network, OvsLab.NewVif(bridge, "10.1.0.5/24", isHybrid: isHybrid));
        var right = await _lab.PlugAsync(network, OvsLab.NewVif(bridge, "10.1.0.6/24", isHybrid: isHybrid));
        foreach (var name in isHybrid ? new[] { "qvo", "qbr", "tap" } : ["tap"])
        {
            await _lab.DoAsync("ip", "link", "delete", "dev", name + left.Vif.Id.Short);
            Assert.Contains(left.Vif.Id, (await network.LookAsync([left.Vif], default)).Problems.Keys);

            Assert.False(await network.PlugAsync(left, default));

            Assert.Empty((await network.LookAsync([left.Vif], default)).Problems);
            Assert.True(await network.PlugAsync(left, default));
            Assert.Equal(1_000_000, await SendAsync(left.Namespace, right.Namespace, "10.1.0.6"));
        }
    }

    /// <summary>It lets go of a device with the flags that it remembers; several times, since that hangs on how far it has come.</summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_switch_that_lags_leaves_no_new_device_down(bool isHybrid)
    {
        const int times = 12;
        var network = _ovs.Open();
        var plug = await _lab.PlugAsync(network, OvsLab.NewVif(await _ovs.NewBridgeAsync(), "10.1.0.5/24", isHybrid: isHybrid));
        using var lag = OvsLab.Lag();
        for (var time = 0; time < times; time++)
        {
            await _lab.DoAsync("ip", "link", "delete", "dev", (isHybrid ? "qvo" : "tap") + plug.Vif.Id.Short);

            await network.PlugAsync(plug, default);

            Assert.Empty((await network.LookAsync([plug.Vif], default)).Problems);
        }
    }

    [SkippableFact]
    public async Task A_missing_bridge_is_named_with_those_that_are_there()
    {
        var network = _ovs.Open();
        var bridge = await _ovs.NewBridgeAsync();
        var vif = OvsLab.NewVif("ndt-no-bridge", "10.1.0.5/24");

        var failure = await Assert.ThrowsAsync<VifException>(async () =>
            await network.PlugAsync(_lab.PlugOf(vif, await _lab.NewNamespaceAsync()), default));

        Assert.Equal(FaultCode.Invalid, failure.Code);
        Assert.Contains("network.bridge is 'ndt-no-bridge'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(bridge, failure.Message, StringComparison.Ordinal);
        Assert.Empty(await LeftAsync(vif));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_switch_that_was_killed_is_said_and_nothing_is_left(bool isHybrid)
    {
        var network = _ovs.Open();
        var bridge = await _ovs.NewBridgeAsync();
        var vif = OvsLab.NewVif(bridge, "10.1.0.5/24", isHybrid: isHybrid);
        var plug = _lab.PlugOf(vif, await _lab.NewNamespaceAsync());
        var hasty = _ovs.Open(settings: OvsLab.Settings with { CommandTimeout = TimeSpan.FromSeconds(6) });
        await OvsLab.KillSwitchAsync();
        try
        {
            var failure = await Assert.ThrowsAsync<VifException>(() => hasty.PlugAsync(plug, default));

            Assert.Equal(FaultCode.Unavailable, failure.Code);
            Assert.Contains("ovs-vswitchd", failure.Message, StringComparison.Ordinal);
            Assert.Empty(await LeftAsync(vif));
        }
        finally
        {
            await OvsLab.StartAsync();
        }

        Assert.False(await network.PlugAsync(plug, default));
    }

    [SkippableFact]
    public async Task A_database_that_does_not_answer_is_said_and_nothing_is_left()
    {
        _ovs.Open();
        var network = _lab.Open(OvsLab.Settings with { OvsDatabase = "unix:/tmp/ndt-no-database.sock" });
        var vif = OvsLab.NewVif("br-int", "10.1.0.5/24");

        var failure = await Assert.ThrowsAsync<VifException>(async () =>
            await network.PlugAsync(_lab.PlugOf(vif, await _lab.NewNamespaceAsync()), default));
        await network.UnplugAsync(vif, new VifOwner(_lab.Host, default), default);

        Assert.Equal(FaultCode.Unavailable, failure.Code);
        Assert.Empty(await LeftAsync(vif));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_fails_in_a_plug_nothing_of_the_port_is_left(bool isHybrid)
    {
        _ovs.Open();
        var faults = new PluggingFaults(_lab, OvsLab.Settings) { Left = LeftAsync };

        Assert.InRange(await faults.RunAsync(OvsLab.NewVif(await _ovs.NewBridgeAsync(), "10.1.0.5/24", isHybrid: isHybrid)), 20, 200);
    }

    /// <summary>What there is of a port, in the kernel and in the switch.</summary>
    private async Task<IReadOnlyList<string>> LeftAsync(Vif vif)
    {
        string[] names = [vif.Device, "qbr" + vif.Id.Short, "qvb" + vif.Id.Short, "qvo" + vif.Id.Short];
        var ports = (await _ovs.VsctlAsync("--columns=name", "--format=csv", "--no-headings", "list", "Port")).Split('\n');
        return
        [
            .. await _lab.LeftAsync(),
            .. names.Where(name => Directory.Exists($"/sys/class/net/{name}")),
            .. ports.Where(name => names.Contains(name.Trim('"', ' '))).Select(name => $"{name} in Open vSwitch"),
        ];
    }

    /// <summary>Sends a million bytes from one namespace into another, and returns how many came.</summary>
    private static async Task<int> SendAsync(string from, string to, string address)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var listener = NamespaceThread.Run(to, () =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Any, Port));
            socket.Listen();
            return socket;
        });
        using var sender = NamespaceThread.Run(from, () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        await sender.ConnectAsync(IPAddress.Parse(address), Port, limit.Token);
        using var receiver = await listener.AcceptAsync(limit.Token);
        var sending = SendAllAsync();
        var (total, buffer) = (0, new byte[65536]);
        while (await receiver.ReceiveAsync(buffer, limit.Token) is > 0 and var count)
            total += count;
        await sending;
        return total;

        async Task SendAllAsync()
        {
            for (var i = 0; i < 1000; i++)
                await sender.SendAsync(new byte[1000], limit.Token);
            sender.Shutdown(SocketShutdown.Send);
        }
    }
}
