using System.Collections.Immutable;
using System.Diagnostics;
using NovaDocker.Actors.Docker;
using NovaDocker.Adapters.Docker;
using NovaDocker.Benchmarks.Harness;
using NovaDocker.Testing.Processes;

namespace NovaDocker.Benchmarks.Equipment;

/// <summary>The real Engine of a benchmark: its own, or one that was given, in which nothing is left behind.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private const string ClusterLabel = "org.novadocker.cluster";

    private readonly EngineProcess? _own;
    private readonly string _socketDirectory;
    private readonly List<string> _tags = [];

    private Engine(EngineProcess? own, string address)
    {
        _own = own;
        Address = address;
        _socketDirectory = Path.GetDirectoryName(new Uri(address).AbsolutePath)!;
        Client = new DockerContainerEngineFactory(TimeProvider.System).Open(new EngineSettings { Host = new Uri(address) });
    }

    /// <summary>Its address, <c>unix:///PATH</c>.</summary>
    public string Address { get; }

    /// <summary>The client that the node uses, too, with connections of its own.</summary>
    public IContainerEngine Client { get; }

    /// <summary>The name of the cluster of the measured node: the Engine's containers that are its own carry it.</summary>
    public string Cluster { get; } = $"bench-node-{Environment.ProcessId}";

    /// <summary>The same for containers that the benchmark makes itself; as long, and none of the node's business.</summary>
    public string PlainCluster { get; } = $"bench-bare-{Environment.ProcessId}";

    /// <summary>Takes the Engine given, or starts one in the benchmark's directory.</summary>
    public static async Task<Engine> StartAsync(Workbench bench, string? given)
    {
        if (given is null && Environment.UserName != "root")
            throw new BenchmarkException("An Engine of its own needs root. Run as root, or name an Engine by --engine unix:///PATH.");
        if (given is null)
            bench.Say("starting an Engine");
        var own = given is null ? await EngineProcess.StartAsync(Path.Combine(bench.Directory, "e")).ConfigureAwait(false) : null;
        var engine = new Engine(own, given ?? own!.Address);
        try
        {
            var info = await engine.Client.GetInfoAsync(bench.Cancelled).ConfigureAwait(false);
            Console.WriteLine($"Engine {info.Version} at {engine.Address}{(given is null ? ", of its own" : "")}");
            return engine;
        }
        catch (EngineException e)
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw new BenchmarkException($"The Engine at {engine.Address} does not answer: {e.Message}");
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Names an image that is to be removed at the end.</summary>
    public void RemoveAtEnd(string tag) => _tags.Add(tag);

    /// <summary>Processor time that dockerd and its containerd have used so far; null where they are not found.</summary>
    public TimeSpan? ProcessorTime()
    {
        var total = TimeSpan.Zero;
        var isFound = false;
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (process.ProcessName is not ("dockerd" or "containerd") || !CommandLine(process.Id).Contains(_socketDirectory, StringComparison.Ordinal))
                    continue;
                isFound = true;
                total += process.TotalProcessorTime;
            }
        }

        return isFound ? total : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
            await _own.DisposeAsync().ConfigureAwait(false);
        else
            await RemoveOursAsync().ConfigureAwait(false);
        await Client.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RemoveOursAsync()
    {
        try
        {
            foreach (var cluster in new[] { Cluster, PlainCluster })
            {
                var labels = ImmutableSortedDictionary<string, string>.Empty.Add(ClusterLabel, cluster);
                foreach (var container in await Client.ListContainersAsync(labels, CancellationToken.None).ConfigureAwait(false))
                    await Client.RemoveContainerAsync(container.Id, CancellationToken.None).ConfigureAwait(false);
            }

            foreach (var tag in _tags)
                await Client.RemoveImageAsync(tag, CancellationToken.None).ConfigureAwait(false);
        }
        catch (EngineException e)
        {
            await Console.Error.WriteLineAsync($"What was made in the Engine may be left there: {e.Message}").ConfigureAwait(false);
        }
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
