using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Testing;

/// <summary>
/// An Engine in memory that keeps the port's contract, can be told to fail at any call, and remembers what it was asked.
/// Its images are real <c>docker save</c> archives; its containers run <see cref="FakeProgram"/>s.
/// </summary>
/// <param name="time">Its clock.</param>
public sealed partial class FakeContainerEngine(TimeProvider time) : IContainerEngine
{
    private readonly Lock _gate = new();
    private readonly List<RecordedCall> _calls = [];
    private readonly Dictionary<string, FakeContainer> _containers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DockerArchive> _images = new(StringComparer.Ordinal);
    private int _lastNumber;

    /// <summary>Makes one with the machine's clock.</summary>
    public FakeContainerEngine()
        : this(TimeProvider.System)
    {
    }

    /// <summary>What is to go wrong.</summary>
    public EngineFaults Faults { get; } = new();

    /// <summary>Decides what a container does when it is started; runs on until stopped unless told.</summary>
    public Func<ContainerSpec, FakeProgram> Programs { get; set; } = _ => new FakeProgram();

    /// <summary>What the Engine says of itself.</summary>
    public EngineInfo Info { get; set; } = new("FAKE", "20.10.24", "1.41", 4, 8L << 30, "x86_64")
    {
        RootDirectory = "/var/lib/docker",
    };

    /// <summary>The grace of the last stop; null where there was none.</summary>
    public TimeSpan? LastStopGrace { get; private set; }

    /// <summary>Every call so far, in the order they came.</summary>
    public ImmutableArray<RecordedCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    /// <summary>How often a call was made, failed ones included.</summary>
    public int CountOf(EngineCall call) => Calls.Count(c => c.Call == call);

    /// <summary>Every container as it is, without asking the Engine: no fault meets it and it is not recorded.</summary>
    public ImmutableArray<ContainerSnapshot> Containers
    {
        get
        {
            lock (_gate)
                return [.. _containers.Values.Select(c => c.ToSnapshot())];
        }
    }

    /// <summary>What a container was made of, with what it inherits from its image.</summary>
    public ContainerSpec SpecOf(string idOrName)
    {
        lock (_gate)
            return Get(idOrName).Spec;
    }

    /// <summary>Puts an image into the Engine and returns its id.</summary>
    public string AddImage(DockerArchive image)
    {
        lock (_gate)
            return Put(image);
    }

    /// <summary>Lets a container's process end by itself.</summary>
    public void Exit(string idOrName, int exitCode, bool outOfMemory = false)
    {
        lock (_gate)
        {
            var container = Get(idOrName);
            if (outOfMemory)
                Publish(container, "oom");

            container.OutOfMemory = outOfMemory;
            End(container, exitCode);
        }
    }

    /// <summary>Lets a container write to its console.</summary>
    public void Print(string idOrName, string text)
    {
        lock (_gate)
            Get(idOrName).Console.Append(text);
    }

    /// <summary>Gives a container another name, as <c>docker rename</c> does.</summary>
    public void Rename(string idOrName, string name)
    {
        lock (_gate)
        {
            var container = Get(idOrName);
            container.Name = name;
            Publish(container, "rename");
        }
    }

    /// <summary>Lets a container's health check come to a verdict.</summary>
    public void SetHealth(string idOrName, HealthStatus health)
    {
        lock (_gate)
            Judge(Get(idOrName), health);
    }

    /// <inheritdoc/>
    public Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        CallAsync(EngineCall.GetInfo, "", () => Info, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        DropEventStreams();
        return ValueTask.CompletedTask;
    }

    private Task<T> CallAsync<T>(EngineCall call, string subject, Func<T> work, CancellationToken cancellationToken) =>
        CallAsync(call, subject, _ => work(), cancellationToken);

    private async Task<T> CallAsync<T>(
        EngineCall call, string subject, Func<EngineFault, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EngineFault fault;
        lock (_gate)
        {
            var recorded = new RecordedCall(call, subject);
            _calls.Add(recorded);
            fault = Faults.Next(recorded);
        }

        var going = GoAsync(fault, work, fault.Abandoned is null ? cancellationToken : CancellationToken.None);
        if (fault.Abandoned is { } abandoned)
            await abandoned(going, cancellationToken).ConfigureAwait(false);
        return await going.ConfigureAwait(false);
    }

    private async Task<T> GoAsync<T>(EngineFault fault, Func<EngineFault, T> work, CancellationToken cancellationToken)
    {
        if (fault.Before is { } before)
            await before(cancellationToken).ConfigureAwait(false);

        T result;
        lock (_gate)
            result = work(fault);

        if (fault.After is { } after)
            await after(cancellationToken).ConfigureAwait(false);

        return result;
    }

    private Task<bool> CallAsync(EngineCall call, string subject, Action work, CancellationToken cancellationToken) =>
        CallAsync(
            call,
            subject,
            () =>
            {
                work();
                return true;
            },
            cancellationToken);

    private int NextNumber() => ++_lastNumber;

    private static string HexOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string TextOf(IReadOnlyDictionary<string, string> labels) =>
        string.Join(',', labels.Select(label => $"{label.Key}={label.Value}"));

    private static bool Carries(
        ImmutableSortedDictionary<string, string> labels, IReadOnlyDictionary<string, string> wanted) =>
        wanted.All(w => labels.TryGetValue(w.Key, out var value) && value == w.Value);
}
