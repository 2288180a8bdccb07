using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using NovaDocker.Benchmarks.Equipment;
using NovaDocker.Benchmarks.Harness;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Client;

namespace NovaDocker.Benchmarks.Commands;

/// <summary>
/// How many commands a second does a host carry out where the Engine costs nothing, against an actor that only stores the
/// same events? A command is a stop or a start, asked for at the door and waited for until it has ended: four events in two
/// writes. The baseline stores four events of the same kinds in two writes, in the same actor system, into the same journal.
/// </summary>
internal sealed class CommandsBenchmark(Workbench bench)
{
    private const int EventsOfCommand = 4;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(60);

    private int _lastBareActor;

    /// <summary>Measures and writes the result.</summary>
    /// <param name="counts">Numbers of instances that are commanded at once.</param>
    /// <param name="rounds">Pairs for each.</param>
    /// <param name="length">How long each half of a pair is.</param>
    public async Task RunAsync(IReadOnlyList<int> counts, int rounds, TimeSpan length)
    {
        var host = await FakeHost.StartAsync(Path.Combine(bench.Directory, "n")).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            var instances = new List<LoadedInstance>();
            var writes = Array.Empty<InstanceProtocol.InstanceEvent[]>();
            foreach (var count in counts)
            {
                while (instances.Count < count)
                {
                    var instance = new LoadedInstance(host, CommanderIds.NewInstanceId());
                    await instance.BootAsync().ConfigureAwait(false);
                    await instance.CommandAsync().ConfigureAwait(false);
                    instances.Add(instance);
                }

                if (writes.Length == 0)
                    writes = await WritesOfLastCommandAsync(host, instances[0].Id).ConfigureAwait(false);
                var bare = Enumerable.Range(0, count).Select(_ => NewBareActor(host, writes)).ToArray();
                var (times, bareTimes) = (new ConcurrentBag<double>(), new ConcurrentBag<double>());
                var pairs = await bench.PairAsync(
                    $"{count} at once", rounds,
                    () => RateAsync(instances.Take(count), instance => instance.CommandAsync(), length, times),
                    () => RateAsync(bare, actor => actor.Ask<BareActor.Done>(BareActor.Go.Instance, AnswerTime), length, bareTimes)).ConfigureAwait(false);
                var (each, bareEach) = (new Samples(times), new Samples(bareTimes));
                Workbench.Write(new Table($"{count} at once, {rounds} pairs of {length.TotalSeconds:0} s")
                    .Add("commands", "bare persistent actor", pairs, "a second", "0")
                    .Add("one command takes", each, "ms", "0.00", SlowestOf(each))
                    .Add("the same of the bare actor", bareEach, "ms", "0.00", SlowestOf(bareEach)));
                foreach (var actor in bare)
                    await actor.GracefulStop(AnswerTime).ConfigureAwait(false);
            }

            Workbench.Write("A command is a stop or a start, from the door until its end: 4 events in 2 writes, synchronous FULL.");
        }
    }

    /// <summary>The events that a command stored, as it stored them: two and two.</summary>
    private static async Task<InstanceProtocol.InstanceEvent[][]> WritesOfLastCommandAsync(FakeHost host, InstanceId id)
    {
        var journal = PersistenceQuery.Get(host.System).ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier);
        var stored = await journal.CurrentEventsByPersistenceId(id.PersistenceId, 0, long.MaxValue)
            .Select(envelope => (InstanceProtocol.InstanceEvent)envelope.Event)
            .RunWith(Sink.Seq<InstanceProtocol.InstanceEvent>(), host.System.Materializer()).ConfigureAwait(false);
        return [.. stored.TakeLast(EventsOfCommand).GroupBy(e => e.Header.CommandId).Select(write => write.ToArray())];
    }

    private IActorRef NewBareActor(FakeHost host, InstanceProtocol.InstanceEvent[][] writes) =>
        host.System.ActorOf(BareActor.Props($"bare-{++_lastBareActor}", writes));

    /// <summary>Has each go on with one command after the other, all at once, and counts and times those that ended.</summary>
    private async Task<double> RateAsync<T>(
        IEnumerable<T> subjects, Func<T, Task> command, TimeSpan length, ConcurrentBag<double> times)
    {
        var done = 0;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(subjects.Select(subject => Task.Run(
            async () =>
            {
                while (Stopwatch.GetElapsedTime(began) < length)
                {
                    bench.Cancelled.ThrowIfCancellationRequested();
                    times.Add(await Workbench.TimeAsync(() => command(subject)).ConfigureAwait(false));
                    Interlocked.Increment(ref done);
                }
            },
            bench.Cancelled))).ConfigureAwait(false);
        return done / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static string SlowestOf(Samples samples) =>
        string.Create(CultureInfo.InvariantCulture, $"one in a hundred: over {samples.Slowest:0.0} ms");

    /// <summary>An instance that is stopped and started in turns.</summary>
    private sealed class LoadedInstance(FakeHost host, InstanceId id)
    {
        private bool _isStopped;

        public InstanceId Id => id;

        public Task BootAsync() => host.BootAsync(id);

        public async Task CommandAsync()
        {
            await (_isStopped ? host.StartAsync(id) : host.StopAsync(id)).ConfigureAwait(false);
            _isStopped = !_isStopped;
        }
    }
}
