using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using NovaDocker.Actors.Images;
using NovaDocker.Benchmarks.Harness;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Benchmarks.Equipment;

/// <summary>The node as it is shipped, in a process of its own, with a commander's client to it.</summary>
internal sealed class LiveNode : IAsyncDisposable
{
    /// <summary>Memory limit of the instances, MiB: a shell that sleeps needs no more.</summary>
    public const int MemoryMb = 16;

    private const string ImageName = "benchmark";
    private const string ReferenceName = "novadocker-benchmark/busybox:1";

    private static readonly TimeSpan AnswerTime = TimeSpan.FromMinutes(5);
    private static readonly Initiator Commander = new("benchmark", "project", "benchmark");

    private readonly Workbench _bench;
    private readonly NodeProcess _process;
    private readonly string _heapSocket;
    private NovaDockerClient? _client;

    private LiveNode(Workbench bench, string directory, string engine, string cluster, string[] settings)
    {
        _bench = bench;
        _heapSocket = $"{directory}.heap";
        HttpSocket = $"{directory}.http";
        _process = new NodeProcess(
            directory, engine,
            // Room for more small instances than a machine of this size would be given.
            [$"novadocker.cluster-name={cluster}", "novadocker.host.memory-allocation-ratio=100", "novadocker.host.cpu-allocation-ratio=1000",
                $"novadocker.http.socket={HttpSocket}", .. settings])
        {
            Environment = new Dictionary<string, string>
            {
                ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
                [StartupHook.SocketVariable] = _heapSocket,
            },
        };
    }

    /// <summary>The way to it. There is one once it runs.</summary>
    public NovaDockerClient Client => _client!;

    /// <summary>Processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetProcessById(_process.ProcessId!.Value);
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The socket that it answers HTTP on.</summary>
    public string HttpSocket { get; }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.ProcessId!.Value;

    /// <summary>Its working set, bytes.</summary>
    public long WorkingSet
    {
        get
        {
            using var process = Process.GetProcessById(_process.ProcessId!.Value);
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts a node and returns when it says that it is up.</summary>
    /// <param name="bench">The benchmark.</param>
    /// <param name="directory">Its data directory.</param>
    /// <param name="engine">The Engine's address; nobody need listen there.</param>
    /// <param name="cluster">The name of its cluster.</param>
    /// <param name="settings">What is set otherwise for it, <c>key=value</c>.</param>
    public static async Task<LiveNode> StartAsync(
        Workbench bench, string directory, string engine, string cluster = "bench", params string[] settings)
    {
        var node = new LiveNode(bench, directory, engine, cluster, settings);
        try
        {
            await node._process.StartAsync().ConfigureAwait(false);
            node._client = new NovaDockerClient(new NovaDockerClientOptions
            {
                Contacts = [new NodeAddress("127.0.0.1", node._process.Port)],
                Timeout = AnswerTime,
            });
            return node;
        }
        catch
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts a node with the Engine and gives it an image, made by <c>docker/make-image.sh</c>, that sleeps.</summary>
    public static async Task<LiveNode> StartWithImageAsync(Workbench bench, Engine engine)
    {
        var archive = await Script.RunAsync(
            "docker/make-image.sh", "--output", Path.Combine(bench.Directory, "image.tar"), "--name", ReferenceName,
            "--cmd", "sleep", "--cmd", "3600").ConfigureAwait(false);
        var node = await StartAsync(bench, Path.Combine(bench.Directory, "n"), engine.Address, engine.Cluster).ConfigureAwait(false);
        try
        {
            await Eventually.BecomesAsync(
                () => node.Client.ListHostsAsync(bench.Cancelled), hosts => hosts is [{ EngineState: EngineState.Healthy }],
                "the node sees its Engine").ConfigureAwait(false);
            var file = File.OpenRead(archive.Trim());
            await using (file.ConfigureAwait(false))
            {
                var image = await node.Client.AddImageAsync(
                    file, ImageName, EquatableMap<string>.Empty, cancellationToken: bench.Cancelled).ConfigureAwait(false);
                engine.RemoveAtEnd(ImageTags.ForImage(image.Id));
            }

            return node;
        }
        catch
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Boots an instance and waits until it is Active, as a commander does who waits.</summary>
    public Task<InstanceView> BootAsync(InstanceId id) => BootAsync(id, ImageName);

    /// <summary>The same, with ports.</summary>
    public Task<InstanceView> BootAsync(InstanceId id, params NicRequest[] nics) => BootAsync(id, ImageName, nics);

    /// <summary>The same, of another image.</summary>
    public Task<InstanceView> BootAsync(InstanceId id, string image, params NicRequest[] nics) =>
        BootAsync(Request(id, image) with { Nics = nics.ToEquatableArray() });

    /// <summary>The same on Nova's terms: the process is watched for a moment.</summary>
    public Task<InstanceView> BootAsNovaAsync(InstanceId id) =>
        BootAsync(Request(id, ImageName) with { Terms = new OperationTerms { MustStayUp = true } });

    /// <summary>Makes a snapshot of an instance and waits until it is in the store.</summary>
    public async Task SnapshotAsync(InstanceId id, SnapshotTarget target) => await EndAsync(
        await Client.SnapshotAsync(id, NewRequest(), target, _bench.Cancelled).ConfigureAwait(false), InstancePhase.Active)
        .ConfigureAwait(false);

    /// <summary>How long a step of an instance's last operation that has it took, from its intent to its result, milliseconds.</summary>
    public async Task<double> StepTimeAsync(InstanceId id, string step)
    {
        var (began, ended) = (default(DateTimeOffset), default(DateTimeOffset));
        await foreach (var entry in Client.GetHistoryAsync(id, cancellationToken: _bench.Cancelled).ConfigureAwait(false))
        {
            if (entry.Event == $"{step}-started")
                began = entry.OccurredAt;
            else if (entry.Event == $"{step}-completed")
                ended = entry.OccurredAt;
        }

        return ended > began
            ? (ended - began).TotalMilliseconds
            : throw new BenchmarkException($"Instance {id} has done no step {step}.");
    }

    /// <summary>Deletes an instance and waits until it is gone.</summary>
    public async Task DeleteAsync(InstanceId id) => await EndAsync(
        await Client.DeleteAsync(id, NewRequest(), _bench.Cancelled).ConfigureAwait(false), InstancePhase.Deleted).ConfigureAwait(false);

    /// <summary>What is alive on its managed heap after a full collection, bytes.</summary>
    public async Task<long> HeapAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_heapSocket), _bench.Cancelled).ConfigureAwait(false);
        var stream = new NetworkStream(socket);
        await using (stream.ConfigureAwait(false))
        {
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return long.Parse(await reader.ReadToEndAsync(_bench.Cancelled).ConfigureAwait(false), CultureInfo.InvariantCulture);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync().ConfigureAwait(false);
        await _process.DisposeAsync().ConfigureAwait(false);
        File.Delete(_heapSocket);
    }

    private static ComputeProtocol.BootInstance Request(InstanceId id, string image) =>
        new(id, NewRequest(), $"bench-{id}", image, MemoryMb, 1, [], EquatableMap<string>.Empty);

    private async Task<InstanceView> BootAsync(ComputeProtocol.BootInstance boot) => await EndAsync(
        await Client.BootAsync(boot, _bench.Cancelled).ConfigureAwait(false), InstancePhase.Active).ConfigureAwait(false);

    private async Task<InstanceView> EndAsync(CommandReply reply, InstancePhase expected)
    {
        if (reply is not Accepted accepted)
            throw new BenchmarkException($"A command was not accepted: {reply}");
        var view = await Client.WaitAsync(accepted, cancellationToken: _bench.Cancelled).ConfigureAwait(false);
        return view.Phase == expected
            ? view
            : throw new BenchmarkException($"An instance is {view.Phase} and should be {expected}: {view.Fault?.Message}");
    }

    private static RequestContext NewRequest() => new(CommanderIds.NewRequestId(), Commander);
}
