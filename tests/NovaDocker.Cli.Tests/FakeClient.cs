using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cli.Tests;

/// <summary>Plays a node: answers what a test lays down, and remembers what it was asked.</summary>
internal sealed partial class FakeClient : INovaDockerClient
{
    public List<InstanceView> Instances { get; } = [];

    public List<ImageDescription> Images { get; } = [];

    public List<HistoryEntry> History { get; } = [];

    public List<object> Sent { get; } = [];

    /// <summary>The answer to every command; by default it is accepted.</summary>
    public Func<InstanceId, CommandReply> Reply { get; set; } = id => new Accepted(id, Samples.Operation, 1);

    /// <summary>What is seen while waiting; the last one is the end.</summary>
    public Func<InstanceId, IReadOnlyList<InstanceView>> Course { get; set; } = id => [Samples.View(id)];

    /// <summary>Thrown by every question; null answers them.</summary>
    public Exception? Failure { get; set; }

    /// <summary>A wait that does not end by itself; completes when somebody waits.</summary>
    public TaskCompletionSource? Hang { get; set; }

    public byte[] Uploaded { get; private set; } = [];

    public bool Disposed { get; private set; }

    public Task<CommandReply> BootAsync(ComputeProtocol.BootInstance boot, CancellationToken cancellationToken = default) => Answer(boot, () => Reply(boot.InstanceId));

    public Task<CommandReply> SendAsync(VerbCommand command, CancellationToken cancellationToken = default) => Answer(command, () => Reply(command.InstanceId));

    public Task<InstanceView?> GetInstanceAsync(InstanceId instanceId, CancellationToken cancellationToken = default) =>
        Answer(new GetInstance(instanceId), () => Instances.Find(view => view.Id == instanceId));

    public Task<InstanceView?> GetInstanceAtAsync(InstanceId instanceId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        Answer(new ComputeProtocol.GetInstanceAt(instanceId, at), () => at >= Samples.Noon ? Instances.Find(view => view.Id == instanceId) : null);

    public Task<InstanceView> AwaitRevisionAsync(
        InstanceId instanceId, long revision, TimeSpan patience, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The command waits through WaitAsync.");

    public async Task<InstanceView> WaitAsync(
        Accepted accepted, IProgress<InstanceView>? progress = null, CancellationToken cancellationToken = default)
    {
        if (Hang is { } hang)
        {
            hang.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        var course = Course(accepted.InstanceId);
        foreach (var view in course)
            progress?.Report(view);
        return course[^1];
    }

    public async IAsyncEnumerable<InstanceView> ListInstancesAsync(
        bool includeDeleted = false, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Answer("list", () => 0);
        foreach (var view in Instances.Where(view => includeDeleted || view.Phase != InstancePhase.Deleted))
            yield return view;
    }

    public Task<ConsoleOutput> GetConsoleOutputAsync(InstanceId instanceId, int lines, CancellationToken cancellationToken = default) =>
        Answer(new GetConsoleOutput(instanceId, lines), () => new ConsoleOutput(instanceId, "hello\nworld", Truncated: lines > 10));

    public async IAsyncEnumerable<HistoryEntry> GetHistoryAsync(
        InstanceId instanceId, long afterSequence = 0, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Answer(new ComputeProtocol.GetHistory(instanceId, afterSequence, 1), () => 0);
        foreach (var entry in History)
            yield return entry;
    }

    public IAsyncEnumerable<HistoryEntry> FollowHistoryAsync(
        InstanceId instanceId, long afterSequence = 0, CancellationToken cancellationToken = default) =>
        GetHistoryAsync(instanceId, afterSequence, cancellationToken);

    /// <summary>On whose behalf the store was asked last.</summary>
    public ImageCaller? Caller { get; private set; }

    public async IAsyncEnumerable<ImageDescription> ListImagesAsync(
        ImageCaller? caller = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Caller = caller;
        await Answer("images", () => 0);
        foreach (var image in Images)
            yield return image;
    }

    public async Task<ImageDescription> AddImageAsync(
        Stream archive,
        string name,
        EquatableMap<string> properties,
        IProgress<long>? progress = null,
        ImageCaller? caller = null,
        CancellationToken cancellationToken = default)
    {
        Caller = caller;
        await Answer("image-add", () => 0);
        using var copy = new MemoryStream();
        await archive.CopyToAsync(copy, cancellationToken);
        Uploaded = copy.ToArray();
        progress?.Report(Uploaded.Length);
        return Samples.Image(9, name) with { Properties = properties, SizeBytes = Uploaded.Length };
    }

    public Task<EquatableArray<HostView>> ListHostsAsync(CancellationToken cancellationToken = default) =>
        Answer("hosts", () => (EquatableArray<HostView>)[Host]);

    public HostView Host { get; set; } = Samples.HostView();

    public Task<EquatableArray<HostProtocol.HostReconciled>> ReconcileAsync(bool dryRun, CancellationToken cancellationToken = default) =>
        Answer(dryRun ? "reconcile-dry" : "reconcile", () => (EquatableArray<HostProtocol.HostReconciled>)[Reconciled]);

    public HostProtocol.HostReconciled Reconciled { get; set; } = new(new HostId("host-1"), [], 0, null);

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }

    private Task<T> Answer<T>(object question, Func<T> answer)
    {
        Sent.Add(question);
        return Failure is null ? Task.FromResult(answer()) : Task.FromException<T>(Failure);
    }
}
