using NovaDocker.Actors.Hosting;
using NovaDocker.Benchmarks.Equipment;
using NovaDocker.Benchmarks.Harness;
using NovaDocker.Domain.Common;
using NovaDocker.Wire.Client;

namespace NovaDocker.Benchmarks.Recover;

/// <summary>
/// How long after its start does a node answer for every instance in its journal, against a plain read of the same rows, and
/// what memory does it need for them? The node is the one that is shipped, in a process of its own: its start belongs to
/// the time, and its memory is nobody else's. There is no Engine at its address, so that nothing is measured but the
/// journal; instances at rest need none.
/// </summary>
internal sealed class RecoverBenchmark(Workbench bench)
{
    private const int QuestionsAtOnce = 64;
    private const int WritersAtOnce = 128;
    private const double Mebi = 1024 * 1024;
    private const double Kibi = 1024;

    private string NoEngine => $"unix://{bench.Directory}/none.sock";

    /// <summary>Measures and writes the result.</summary>
    /// <param name="instances">Instances in the journal.</param>
    /// <param name="rounds">Starts.</param>
    public async Task RunAsync(int instances, int rounds)
    {
        var data = Path.Combine(bench.Directory, "n");
        InstanceId[] ids = [.. Enumerable.Range(0, instances).Select(_ => CommanderIds.NewInstanceId())];
        await WriteAsync(data, ids).ConfigureAwait(false);
        var rows = new JournalRows(JournalFiles.JournalOf(Path.Combine(data, "journal")));
        var (count, bytes) = rows.Read();
        bench.Say($"{count} events, {bytes / Mebi:0.0} MiB");

        var readings = new List<NodeReading>();
        var empty = new List<NodeReading>();
        var pairs = await bench.PairAsync(
            "start", rounds,
            async () =>
            {
                empty.Add(await StartAsync($"{data}{empty.Count + 1}", []).ConfigureAwait(false));
                readings.Add(await StartAsync(data, ids).ConfigureAwait(false));
                return readings[^1].Seconds;
            },
            async () => await Workbench.TimeAsync(() => Task.Run(rows.Read)).ConfigureAwait(false) / 1000,
            warmUps: 0).ConfigureAwait(false);
        var folded = await Workbench.TimeAsync(() => Task.Run(() => rows.Fold())).ConfigureAwait(false) / 1000;

        var (workingSets, heaps) = (new Pairs(), new Pairs());
        foreach (var (with, without) in readings.Zip(empty))
        {
            workingSets.Add(with.WorkingSet / Mebi, without.WorkingSet / Mebi);
            heaps.Add(with.Heap / Mebi, without.Heap / Mebi);
        }

        Workbench.Write(new Table($"{instances} instances, {count} events, {rounds} starts")
            .Add("start of the process until all answer", "plain read of the rows", pairs, "s", "0.00")
            .Add("processor time of the node until then", Of(readings, reading => reading.ProcessorSeconds), "s", "0.00")
            .Add("start of a node without instances", Of(empty, reading => reading.Seconds), "s", "0.00")
            .Add("its processor time", Of(empty, reading => reading.ProcessorSeconds), "s", "0.00")
            .Add("asking all again, all in memory", Of(readings, reading => reading.AgainSeconds), "s", "0.00")
            .Add("rows read, deserialized, applied, one thread", folded, "s", "0.00"));
        Workbench.Write(new Table("memory of the node")
            .Add($"working set, {instances} instances", "working set, none", workingSets, "MiB")
            .Add($"live managed heap, {instances} instances", "live managed heap, none", heaps, "MiB")
            .Add("heap for each instance", (heaps.Product.Median - heaps.Baseline.Median) * Kibi / instances, "KiB"));
    }

    /// <summary>
    /// Lets a host on an Engine in memory write the journal, so that rows and what the shards remember are what they would
    /// be. Boot (10 events), stop (4), start (4), and two starts that are done already.
    /// </summary>
    private async Task WriteAsync(string directory, InstanceId[] ids)
    {
        bench.Say($"writing the journal of {ids.Length} instances");
        var written = 0;
        var host = await FakeHost.StartAsync(directory).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            await bench.EachAsync(
                ids, WritersAtOnce,
                async id =>
                {
                    await host.BootAsync(id).ConfigureAwait(false);
                    await host.StopAsync(id).ConfigureAwait(false);
                    await host.StartAsync(id).ConfigureAwait(false);
                    await host.StartAsync(id).ConfigureAwait(false);
                    await host.StartAsync(id).ConfigureAwait(false);
                    if (Interlocked.Increment(ref written) % 1000 == 0)
                        bench.Say($"{written} written");
                }).ConfigureAwait(false);
        }
    }

    /// <summary>Starts a node, asks for all instances, and looks at its memory.</summary>
    private async Task<NodeReading> StartAsync(string directory, InstanceId[] ids)
    {
        LiveNode? node = null;
        try
        {
            var seconds = await Workbench.TimeAsync(async () =>
            {
                node = await LiveNode.StartAsync(bench, directory, NoEngine).ConfigureAwait(false);
                await AskAllAsync(node, ids).ConfigureAwait(false);
            }).ConfigureAwait(false) / 1000;
            var (processorTime, workingSet) = (node!.ProcessorTime, node.WorkingSet);
            var again = await Workbench.TimeAsync(() => AskAllAsync(node, ids)).ConfigureAwait(false) / 1000;
            return new NodeReading(seconds, processorTime.TotalSeconds, again, workingSet, await node.HeapAsync().ConfigureAwait(false));
        }
        finally
        {
            if (node is not null)
                await node.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task AskAllAsync(LiveNode node, InstanceId[] ids)
    {
        await node.Client.ListHostsAsync(bench.Cancelled).ConfigureAwait(false);
        await bench.EachAsync(
            ids, QuestionsAtOnce,
            async id =>
            {
                if (await node.Client.GetInstanceAsync(id, bench.Cancelled).ConfigureAwait(false) is not { Revision: JournalRows.EventsOfInstance })
                    throw new BenchmarkException($"Instance {id} was not brought back with all its events.");
            }).ConfigureAwait(false);
    }

    private static Samples Of(IEnumerable<NodeReading> readings, Func<NodeReading, double> select) => new(readings.Select(select));

    /// <summary>One start.</summary>
    /// <param name="Seconds">From the start of the process until all instances had answered.</param>
    /// <param name="ProcessorSeconds">Processor time that the node had used by then.</param>
    /// <param name="AgainSeconds">How long asking them all again took.</param>
    /// <param name="WorkingSet">Bytes, when all had answered.</param>
    /// <param name="Heap">Bytes that were alive on the managed heap.</param>
    private sealed record NodeReading(double Seconds, double ProcessorSeconds, double AgainSeconds, long WorkingSet, long Heap);
}
