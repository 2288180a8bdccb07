using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests.Networks;

/// <summary>
/// The node is killed (SIGKILL) while ports come and go, and so is dockerd: afterwards every instance has its ports once, and
/// when all are deleted the machine is as it was before.
/// </summary>
[Collection(nameof(Networks))]
public sealed class KilledTests(ITestOutputHelper output) : IDisposable
{
    private const int Boots = 200;
    private const int Kills = 8;
    private const int AtOnce = 8;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nd");

    public void Dispose() => _directory.Delete(recursive: true);

    [SkippableFact]
    public async Task Traffic_goes_on_while_the_node_is_dead_and_after_it_is_back()
    {
        await using var net = await NetworkLab.StartAsync();
        var (one, other) = (await net.BootAsync("net=red"), await net.BootAsync("net=red"));
        var (device, address) = (await net.DeviceAsync(other), await net.AddressAsync(other));
        var carrier = await NetworkLab.CarrierChangesAsync(device);

        await net.Lab.Node.KillAsync();
        Assert.True(await net.ReachesAsync(one, address));
        await net.Lab.StartNodeAsync();
        await net.Lab.EngineAnswersAsync();
        (await net.Lab.RunAsync("reconcile")).Expect(0);

        Assert.True(await net.ReachesAsync(one, address));
        Assert.Equal(carrier, await NetworkLab.CarrierChangesAsync(device));
        Assert.DoesNotContain(await net.Lab.HistoryAsync(other), row => row.Text("event") == "vifs-broken");
        await net.Lab.DeleteAsync(one, other);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_dockerd_was_killed_the_same_addresses_answer_again(bool isLiveRestore)
    {
        TestEngine.AddressOrSkip();
        Skip.If(Environment.UserName != "root", "needs root: devices are made");
        await using var engine = await EngineProcess.StartAsync(Path.Combine(_directory.FullName, "e"), isLiveRestore);
        await using var net = await NetworkLab.CreateAsync(new Uri(engine.Address));
        await net.Lab.OpenAsync();
        var (one, other) = (await net.BootAsync("net=red", "--restart", "always"), await net.BootAsync("net=red", "--restart", "always"));
        var (first, second) = (await net.AddressAsync(one), await net.AddressAsync(other));

        await engine.KillDaemonAsync();
        await net.Lab.EngineAnswersAsync(answers: false);
        await engine.RestartAsync();
        await net.Lab.EngineAnswersAsync();
        foreach (var id in new[] { one, other })
        {
            if (!isLiveRestore)
            {
                await Eventually.BecomesAsync(
                    () => net.Lab.HistoryAsync(id), rows => rows.Any(row => row.Text("event") == "restart-completed"), $"{id} is up again");
            }

            await net.Lab.RestsAsync(id, InstancePhase.Active);
        }

        await net.WillReachAsync(one, second);
        await net.WillReachAsync(other, first);
        Assert.Equal((first, second), (await net.AddressAsync(one), await net.AddressAsync(other)));
        Assert.Equal(
            isLiveRestore,
            (await net.Lab.HistoryAsync(one)).All(row => row.Text("event") is not ("container-exited" or "sandbox-lost")));
        await net.Lab.DeleteAsync(one, other);
        output.WriteLine(net.Lab.Log);
    }

    [SkippableFact]
    public async Task Two_hundred_boots_and_deletions_with_kills_in_between_leave_the_machine_as_it_was()
    {
        await using var ovs = await TestSwitch.CreateAsync();
        await using var net = await NetworkLab.StartAsync(
            TestSwitch.Setting, "host.memory-allocation-ratio=100", "host.cpu-allocation-ratio=1000");
        var ids = new List<InstanceId>();
        for (var round = 0; round < Kills; round++)
        {
            InstanceId[] batch = [.. Enumerable.Range(0, Boots / Kills).Select(_ => CommanderIds.NewInstanceId())];
            ids.AddRange(batch);
            // The commands are accepted; then the node dies at whatever it is at with them.
            foreach (var (i, id) in batch.Index())
            {
                var wish = net.Wish(id, "red");
                Assert.IsType<InstanceProtocol.Accepted>(
                    await net.Lab.Client.BootAsync(i % 2 == 0 ? wish : wish with { Nics = wish.Nics.Add(ovs.Nic()) }));
            }

            foreach (var id in ids.Take(ids.Count - (batch.Length / 2)))
                await net.Lab.Client.DeleteAsync(id, Lab.NewRequest());
            await net.Lab.Node.KillAsync();
            await net.Lab.StartNodeAsync();
            // A boot is refused while the Engine has not answered yet, with what the dead node asked of it still under way.
            await net.Lab.EngineAnswersAsync();
        }

        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (id, _) =>
        {
            if (await net.Lab.Client.DeleteAsync(id, Lab.NewRequest(), CancellationToken.None) is InstanceProtocol.Accepted accepted)
            {
                var end = await net.Lab.EndOfAsync(accepted);
                Assert.True(end.Phase == InstancePhase.Deleted, $"{id} is {end.Phase}: {end.Fault}");
            }
        });

        // The kills fell into what was under way.
        var resumed = 0;
        foreach (var id in ids)
        {
            if ((await net.Lab.Client.GetHistoryAsync(id).ReadAllAsync()).Any(row => row.Event == "work-resumed"))
                resumed++;
        }

        Assert.InRange(resumed, Kills, Boots);
        Assert.Equal(Boots, ids.Count);
        Assert.Empty(await net.DevicesAsync());
        Assert.Empty(await ovs.PortsAsync());
        Assert.Empty((await net.SandboxesAsync()).Select(sandbox => sandbox!.ToJsonString()));
        // By name as well, since one that was made and not yet marked says nothing of itself; other tests have devices of their own.
        var devices = new HashSet<string>();
        foreach (var id in ids)
            devices.UnionWith((await net.Lab.Client.GetInstanceAsync(id))!.Ports.Select(port => port.Vif.Device));
        Assert.Equal(Boots + (Kills * (Boots / Kills / 2)), devices.Count);
        Assert.DoesNotContain((await NetworkLab.LinksAsync()).Select(link => link!.Text("ifname")!), devices.Contains);
        output.WriteLine(net.Lab.Log);
    }
}
