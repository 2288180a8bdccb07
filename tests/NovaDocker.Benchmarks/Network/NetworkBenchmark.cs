using System.Net;
using NovaDocker.Actors.Images;
using NovaDocker.Benchmarks.Boot;
using NovaDocker.Benchmarks.Equipment;
using NovaDocker.Benchmarks.Harness;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;
using NovaDocker.Wire.Client;

namespace NovaDocker.Benchmarks.Network;

/// <summary>
/// What does a user wait for until an instance with a port in a Linux bridge is Active, against what he would pick instead:
/// <c>docker run</c> on a network that he made in the Engine?
/// </summary>
internal sealed class NetworkBenchmark(Workbench bench, string? givenEngine)
{
    private static readonly Target AtMost = new(1.10, IsMost: true);

    private readonly BootTimes _times = new();
    private int _lastAddress;

    /// <summary>Measures and writes the result.</summary>
    /// <param name="rounds">Pairs of one and one.</param>
    /// <param name="batches">Pairs of batches.</param>
    /// <param name="atOnce">Instances of a batch, all at once.</param>
    public async Task RunAsync(int rounds, int batches, int atOnce)
    {
        var engine = await Engine.StartAsync(bench, givenEngine).ConfigureAwait(false);
        await using (engine.ConfigureAwait(false))
        {
            var node = await LiveNode.StartWithImageAsync(bench, engine).ConfigureAwait(false);
            await using (node.ConfigureAwait(false))
            {
                var bridge = await PlainBridge.CreateAsync(engine.Address).ConfigureAwait(false);
                await using (bridge.ConfigureAwait(false))
                    await MeasureAsync(node, bridge, rounds, batches, atOnce).ConfigureAwait(false);
            }
        }
    }

    private async Task MeasureAsync(LiveNode node, PlainBridge bridge, int rounds, int batches, int atOnce)
    {
        // The first boot brings image and sandbox image into the Engine.
        var first = CommanderIds.NewInstanceId();
        var image = ImageTags.ForImage((await node.BootAsync(first, Nic(bridge)).ConfigureAwait(false)).Image.Id);
        await node.DeleteAsync(first).ConfigureAwait(false);

        var one = await bench.PairAsync(
            "one at a time", rounds, () => BootAsync(node, bridge), () => RunPlainAsync(bridge, image), warmUps: 3).ConfigureAwait(false);
        var many = await bench.PairAsync(
            $"{atOnce} at once", batches, () => BootManyAsync(node, bridge, atOnce),
            () => RunManyPlainAsync(bridge, image, atOnce)).ConfigureAwait(false);

        Workbench.Write(new Table($"one at a time, {one.Count} pairs")
            .Add("boot with one port: request until Active", "docker run", one, "ms", target: AtMost));
        Workbench.Write(new Table($"{atOnce} at once, {many.Count} pairs")
            .Add($"{atOnce} boots with one port: until all are Active", $"{atOnce} docker run", many, "ms"));
        Workbench.Write(_times.ToTable());
    }

    private async Task<double> BootAsync(LiveNode node, PlainBridge bridge)
    {
        var id = CommanderIds.NewInstanceId();
        var asked = TimeProvider.System.GetUtcNow();
        var time = await Workbench.TimeAsync(() => node.BootAsync(id, Nic(bridge))).ConfigureAwait(false);
        await _times.AddAsync(node, id, asked, time, bench.Cancelled).ConfigureAwait(false);
        await node.DeleteAsync(id).ConfigureAwait(false);
        return time;
    }

    private async Task<double> BootManyAsync(LiveNode node, PlainBridge bridge, int count)
    {
        InstanceId[] ids = [.. Enumerable.Range(0, count).Select(_ => CommanderIds.NewInstanceId())];
        var time = await Workbench.TimeAsync(
            () => bench.EachAsync(ids, count, id => node.BootAsync(id, Nic(bridge)))).ConfigureAwait(false);
        await bench.EachAsync(ids, count, node.DeleteAsync).ConfigureAwait(false);
        return time;
    }

    private static async Task<double> RunPlainAsync(PlainBridge bridge, string image)
    {
        var name = $"bare-{CommanderIds.NewInstanceId()}";
        var time = await Workbench.TimeAsync(() => RunAsync(bridge, image, name)).ConfigureAwait(false);
        await bridge.DockerAsync("rm", "--force", name).ConfigureAwait(false);
        return time;
    }

    private async Task<double> RunManyPlainAsync(PlainBridge bridge, string image, int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(_ => $"bare-{CommanderIds.NewInstanceId()}")];
        var time = await Workbench.TimeAsync(
            () => bench.EachAsync(names, count, name => RunAsync(bridge, image, name))).ConfigureAwait(false);
        await bench.EachAsync(names, count, name => bridge.DockerAsync("rm", "--force", name)).ConfigureAwait(false);
        return time;
    }

    private static Task RunAsync(PlainBridge bridge, string image, string name) => bridge.DockerAsync(
        "run", "--detach", "--name", name, "--network", bridge.Network, "--memory", $"{LiveNode.MemoryMb}m", "--cpus", "1", image);

    private NicRequest Nic(PlainBridge bridge)
    {
        const int firstOfGiven = 256;
        var number = firstOfGiven + (Interlocked.Increment(ref _lastAddress) % 32768);
        return new NicRequest
        {
            Bridge = bridge.Name,
            Addresses = [new NicAddress(new IPAddress([10, 91, (byte)(number >> 8), (byte)number]), 16)],
        };
    }
}
