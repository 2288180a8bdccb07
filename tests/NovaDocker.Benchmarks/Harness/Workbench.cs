using System.Diagnostics;
using System.Globalization;

namespace NovaDocker.Benchmarks.Harness;

/// <summary>
/// What every benchmark needs: a directory that goes with it, rounds in pairs, a place for progress and one for results.
/// </summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly string _name;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Makes the directory and names the machine.</summary>
    /// <param name="name">The benchmark.</param>
    /// <param name="cancelled">Ends it.</param>
    public Workbench(string name, CancellationToken cancelled)
    {
        _name = name;
        Cancelled = cancelled;
        // The path of a socket below it must be short.
        Directory = System.IO.Directory.CreateTempSubdirectory("ndb").FullName;
        Console.WriteLine($"{name} on {Machine.Describe()}");
    }

    /// <summary>Ends the benchmark.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>A directory of the benchmark's own.</summary>
    public string Directory { get; }

    /// <summary>Says what is going on, on standard error.</summary>
    public void Say(string text) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{_name} {_clock.Elapsed.TotalSeconds,5:0.0} s] {text}"));

    /// <summary>Writes results, on standard output.</summary>
    public static void Write(Table table) => Console.Write($"\n{table}");

    /// <summary>Says how a result is to be read, on standard output.</summary>
    public static void Write(string text) => Console.WriteLine($"\n{text}");

    /// <summary>
    /// Measures product and baseline in turns, the one that goes first changing from pair to pair. One pair goes ahead that
    /// does not count.
    /// </summary>
    /// <param name="what">What is measured, for the progress.</param>
    /// <param name="rounds">How many pairs count.</param>
    /// <param name="product">Takes one reading of the product.</param>
    /// <param name="baseline">Takes one reading of the baseline.</param>
    /// <param name="warmUps">How many pairs go ahead.</param>
    public async Task<Pairs> PairAsync(
        string what, int rounds, Func<Task<double>> product, Func<Task<double>> baseline, int warmUps = 1)
    {
        var pairs = new Pairs();
        for (var round = -warmUps; round < rounds; round++)
        {
            Cancelled.ThrowIfCancellationRequested();
            var (first, second) = round % 2 == 0 ? (product, baseline) : (baseline, product);
            var one = await first().ConfigureAwait(false);
            var other = await second().ConfigureAwait(false);
            var (ofProduct, ofBaseline) = round % 2 == 0 ? (one, other) : (other, one);
            if (round >= 0)
                pairs.Add(ofProduct, ofBaseline);
            if (round == -1)
                Say($"{what}: warmed up");
            else if (round >= 0 && (round + 1) % Math.Max(1, rounds / 4) == 0)
                Say($"{what}: {round + 1} of {rounds}");
        }

        return pairs;
    }

    /// <summary>How long the work takes, milliseconds.</summary>
    public static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work().ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>Does the work for each of the items, so many at once.</summary>
    public Task EachAsync<T>(IEnumerable<T> items, int atOnce, Func<T, Task> work) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = Cancelled },
        async (item, _) => await work(item).ConfigureAwait(false));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        return ValueTask.CompletedTask;
    }
}
