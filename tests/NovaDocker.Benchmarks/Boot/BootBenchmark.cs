using System.Collections.Immutable;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Images;
using NovaDocker.Benchmarks.Equipment;
using NovaDocker.Benchmarks.Harness;
using NovaDocker.Domain.Common;
using NovaDocker.Wire.Client;

namespace NovaDocker.Benchmarks.Boot;

/// <summary>
/// What does a user wait for until an instance is Active, and how many come up in a second, against the two calls that make
/// a container of the same options in the same Engine? The product is the node as it is shipped, in a process of its own,
/// commanded over remoting; the image is in the Engine already.
/// </summary>
/// <remarks>
/// The baseline is what a user would ask for, a container with network mode <c>none</c>. The node asks the Engine to leave the
/// network alone, which saves it a process; a second baseline does so too, and shows what the node itself costs.
/// </remarks>
internal sealed class BootBenchmark(Workbench bench, string? givenEngine)
{
    private const long MiB = 1024 * 1024;
    private const long NanosPerCpu = 1_000_000_000;

    private static readonly Target AtMost = new(1.10, IsMost: true);
    private static readonly Target AtLeast = new(0.95, IsMost: false);

    private readonly BootTimes _times = new();

    /// <summary>Measures and writes the result.</summary>
    /// <param name="rounds">Pairs of one and one.</param>
    /// <param name="batches">Pairs of batches.</param>
    /// <param name="instances">Instances of a batch.</param>
    /// <param name="atOnce">How many of a batch are under way at once.</param>
    public async Task RunAsync(int rounds, int batches, int instances, int atOnce)
    {
        var engine = await Engine.StartAsync(bench, givenEngine).ConfigureAwait(false);
        await using (engine.ConfigureAwait(false))
        {
            var node = await LiveNode.StartWithImageAsync(bench, engine).ConfigureAwait(false);
            await using (node.ConfigureAwait(false))
            {
                // The first boot brings the image into the Engine.
                var first = CommanderIds.NewInstanceId();
                var image = ImageTags.ForImage((await node.BootAsync(first).ConfigureAwait(false)).Image.Id);
                await node.DeleteAsync(first).ConfigureAwait(false);

                await MeasureAsync("", isNetworkDisabled: false, AtMost, AtLeast).ConfigureAwait(false);
                await MeasureAsync(", network disabled", isNetworkDisabled: true, null, null).ConfigureAwait(false);
                Workbench.Write(_times.ToTable());

                async Task MeasureAsync(string how, bool isNetworkDisabled, Target? atMost, Target? atLeast)
                {
                    var plain = new PlainContainers(engine, image, isNetworkDisabled, bench.Cancelled);
                    var one = await bench.PairAsync(
                        $"one at a time{how}", rounds, () => BootOneAsync(node), () => PlainOneAsync(plain), warmUps: 3)
                        .ConfigureAwait(false);
                    var many = await bench.PairAsync(
                        $"{atOnce} at a time{how}", batches, () => BootManyAsync(node, instances, atOnce),
                        () => PlainManyAsync(plain, instances, atOnce)).ConfigureAwait(false);
                    Workbench.Write(new Table($"one at a time, {one.Count} pairs")
                        .Add("boot: request until Active", $"create + start{how}", one, "ms", target: atMost));
                    Workbench.Write(new Table($"{atOnce} at a time, {many.Count} pairs of batches of {instances}")
                        .Add("boot: request until Active", $"create + start{how}", many, "a second", "0.00", atLeast));
                }
            }
        }
    }

    private async Task<double> BootOneAsync(LiveNode node)
    {
        var id = CommanderIds.NewInstanceId();
        var asked = TimeProvider.System.GetUtcNow();
        var time = await Workbench.TimeAsync(() => node.BootAsync(id)).ConfigureAwait(false);
        await _times.AddAsync(node, id, asked, time, bench.Cancelled).ConfigureAwait(false);
        await node.DeleteAsync(id).ConfigureAwait(false);
        return time;
    }

    private async Task<double> BootManyAsync(LiveNode node, int instances, int atOnce)
    {
        InstanceId[] ids = [.. Enumerable.Range(0, instances).Select(_ => CommanderIds.NewInstanceId())];
        var time = await Workbench.TimeAsync(() => bench.EachAsync(ids, atOnce, node.BootAsync)).ConfigureAwait(false);
        await bench.EachAsync(ids, atOnce, node.DeleteAsync).ConfigureAwait(false);
        return PerSecond(instances, time);
    }

    private async Task<double> PlainOneAsync(PlainContainers plain)
    {
        var id = "";
        var created = await Workbench.TimeAsync(async () => id = await plain.CreateAsync().ConfigureAwait(false)).ConfigureAwait(false);
        var started = await Workbench.TimeAsync(() => plain.StartAsync(id)).ConfigureAwait(false);
        _times.AddPlain(created, started);
        await plain.RemoveAsync(id).ConfigureAwait(false);
        return created + started;
    }

    private async Task<double> PlainManyAsync(PlainContainers plain, int instances, int atOnce)
    {
        var ids = new string[instances];
        var time = await Workbench.TimeAsync(() => bench.EachAsync(
            Enumerable.Range(0, instances), atOnce,
            async i =>
            {
                ids[i] = await plain.CreateAsync().ConfigureAwait(false);
                await plain.StartAsync(ids[i]).ConfigureAwait(false);
            })).ConfigureAwait(false);
        await bench.EachAsync(ids, atOnce, plain.RemoveAsync).ConfigureAwait(false);
        return PerSecond(instances, time);
    }

    private static double PerSecond(int instances, double milliseconds) => instances * 1000 / milliseconds;

    /// <summary>The baseline: containers as the node makes them, under labels of as many letters that are not the node's.</summary>
    private sealed class PlainContainers(Engine engine, string image, bool isNetworkDisabled, CancellationToken cancelled)
    {
        private readonly string _host = CommanderIds.NewInstanceId().ToString();

        public Task<string> CreateAsync()
        {
            var id = CommanderIds.NewInstanceId();
            return engine.Client.CreateContainerAsync(
                new ContainerSpec
                {
                    Name = $"bare-{id}",
                    Image = image,
                    Hostname = $"bench-{id}",
                    Labels = ImmutableSortedDictionary<string, string>.Empty
                        .Add("org.novadocker.instance-id", id.ToString())
                        .Add("org.novadocker.host-id", _host)
                        .Add("org.novadocker.cluster", engine.PlainCluster)
                        .Add("org.novadocker.memory-mb", $"{LiveNode.MemoryMb}")
                        .Add("org.novadocker.vcpus", "1"),
                    MemoryBytes = LiveNode.MemoryMb * MiB,
                    CpuShares = 1024,
                    NanoCpus = NanosPerCpu,
                    NetworkMode = "none",
                    IsNetworkDisabled = isNetworkDisabled,
                },
                cancelled);
        }

        public Task StartAsync(string id) => engine.Client.StartContainerAsync(id, cancelled);

        public Task RemoveAsync(string id) => engine.Client.RemoveContainerAsync(id, cancelled);
    }
}
