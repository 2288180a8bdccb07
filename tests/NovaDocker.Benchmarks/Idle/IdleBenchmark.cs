using System.Diagnostics;
using NovaDocker.Benchmarks.Equipment;
using NovaDocker.Benchmarks.Harness;
using NovaDocker.Domain.Common;
using NovaDocker.Wire.Client;

namespace NovaDocker.Benchmarks.Idle;

/// <summary>
/// What does a node cost while nobody asks anything of it: processor time a minute and memory with many live containers,
/// against the same node with none: its memory before they are booted, its processor time after they are deleted, when it
/// has compiled what it needs.
/// </summary>
internal sealed class IdleBenchmark(Workbench bench, string? givenEngine)
{
    private const int BootsAtOnce = 8;
    private const double Mebi = 1024 * 1024;

    /// <summary>What follows a boot or a deletion, and the collections after it, is not the idle state.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>Measures and writes the result.</summary>
    /// <param name="instances">Live containers.</param>
    /// <param name="rounds">Windows in each state.</param>
    /// <param name="window">Length of a window.</param>
    public async Task RunAsync(int instances, int rounds, TimeSpan window)
    {
        var engine = await Engine.StartAsync(bench, givenEngine).ConfigureAwait(false);
        await using (engine.ConfigureAwait(false))
        {
            var node = await LiveNode.StartWithImageAsync(bench, engine).ConfigureAwait(false);
            await using (node.ConfigureAwait(false))
                await RunAsync(engine, node, instances, rounds, window).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(Engine engine, LiveNode node, int instances, int rounds, TimeSpan window)
    {
        // The first boot loads the image and compiles what boots need: not what containers cost.
        var first = CommanderIds.NewInstanceId();
        await node.BootAsync(first).ConfigureAwait(false);
        await node.DeleteAsync(first).ConfigureAwait(false);

        var before = await MeasureAsync("before", engine, node, 0, window).ConfigureAwait(false);
        InstanceId[] ids = [.. Enumerable.Range(0, instances).Select(_ => CommanderIds.NewInstanceId())];
        bench.Say($"booting {instances} instances");
        await bench.EachAsync(ids, BootsAtOnce, node.BootAsync).ConfigureAwait(false);
        var with = await MeasureAsync($"with {instances} containers", engine, node, rounds, window).ConfigureAwait(false);
        bench.Say($"deleting {instances} instances");
        await bench.EachAsync(ids, BootsAtOnce, node.DeleteAsync).ConfigureAwait(false);
        var without = await MeasureAsync("without containers", engine, node, rounds, window).ConfigureAwait(false);

        var pairs = new Pairs();
        foreach (var (one, other) in with.Windows.Zip(without.Windows))
            pairs.Add(one.Node, other.Node);
        Workbench.Write(new Table($"processor time a minute, {rounds} windows of {window.TotalSeconds:0} s")
            .Add($"node with {instances} containers", "node without", pairs, "s", "0.00")
            .Add($"dockerd with {instances} containers", Of(with, reading => reading.Engine), "s", "0.00")
            .Add("dockerd without", Of(without, reading => reading.Engine), "s", "0.00"));
        Workbench.Write(new Table("memory of the node")
            .Add($"working set with {instances} containers", with.WorkingSet / Mebi, "MiB")
            .Add("working set before", before.WorkingSet / Mebi, "MiB")
            .Add("RATIO", (double)with.WorkingSet / before.WorkingSet, "", "0.00")
            .Add($"live managed heap with {instances} containers", with.Heap / Mebi, "MiB")
            .Add("live managed heap before", before.Heap / Mebi, "MiB")
            .Add("RATIO", (double)with.Heap / before.Heap, "", "0.00"));
        Workbench.Write("dockerd is dockerd with its containerd, without the containers' shims; NaN where its process was not found.");
    }

    private async Task<State> MeasureAsync(string what, Engine engine, LiveNode node, int rounds, TimeSpan window)
    {
        await Task.Delay(Settling, bench.Cancelled).ConfigureAwait(false);
        var windows = new List<Window>();
        for (var round = 0; round < rounds; round++)
        {
            var (nodeBefore, engineBefore, began) = (node.ProcessorTime, engine.ProcessorTime(), Stopwatch.GetTimestamp());
            await Task.Delay(window, bench.Cancelled).ConfigureAwait(false);
            var (ofNode, ofEngine) = (node.ProcessorTime - nodeBefore, engine.ProcessorTime() - engineBefore);
            var minutes = Stopwatch.GetElapsedTime(began).TotalMinutes;
            windows.Add(new Window(ofNode.TotalSeconds / minutes, (ofEngine?.TotalSeconds ?? double.NaN) / minutes));
            bench.Say($"{what}: {round + 1} of {rounds}");
        }

        return new State(windows, node.WorkingSet, await node.HeapAsync().ConfigureAwait(false));
    }

    private static Samples Of(State state, Func<Window, double> select) => new(state.Windows.Select(select));

    /// <summary>Processor seconds a minute.</summary>
    private sealed record Window(double Node, double Engine);

    private sealed record State(IReadOnlyList<Window> Windows, long WorkingSet, long Heap);
}
