using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Client;

/// <summary>
/// Commands nodes over Akka remoting, through a ClusterClient, and is no member of the cluster; nothing is connected before the
/// first request. Or the node of its own process (<see cref="Within"/>). Safe for concurrent use.
/// </summary>
public sealed partial class NovaDockerClient : INovaDockerClient
{
    private const int InstancesPerPage = 50;
    private const int ImagesPerPage = 100;
    private const int EventsPerPage = 100;

    /// <summary>The way back of an open answer is forgotten by the node after 30 s without traffic.</summary>
    private static readonly TimeSpan MaxPatience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(500);

    private readonly IDoor _door;

    /// <summary>Makes a client.</summary>
    /// <exception cref="ArgumentException">The options are impossible.</exception>
    public NovaDockerClient(NovaDockerClientOptions? options = null)
        : this(new Door(options ?? new NovaDockerClientOptions()))
    {
    }

    private NovaDockerClient(IDoor door) => _door = door;

    /// <summary>A client of the node that runs in this very process: what it says goes to the node's actors as it is.</summary>
    /// <param name="system">The node's actor system; it stays its owner's.</param>
    /// <param name="timeout">How long an answer may take; a question that waits for news has its patience on top of it.</param>
    public static NovaDockerClient Within(ActorSystem system, TimeSpan timeout) => new(new LocalDoor(system, timeout));

    /// <summary>
    /// What an actor system needs beside remoting to carry a client: the serializers, and a ClusterClient that notices a
    /// restarted node within seconds. For <see cref="NovaDockerClientOptions.ActorSystem"/>.
    /// </summary>
    public static Config Configuration => ConfigurationFactory.ParseString(
        """
        akka.cluster.client {
          establishing-get-contacts-interval = 1s
          heartbeat-interval = 1s
          acceptable-heartbeat-pause = 4s
          use-legacy-serialization = off
        }
        # A question is one small write: it must not wait for others to share a packet with.
        akka.remote.dot-netty.tcp.batching.enabled = off
        """)
        .WithFallback(SerializationConfig.Value)
        .WithFallback(ClusterClientReceptionist.DefaultConfig())
        .WithFallback(DistributedPubSub.DefaultConfig());

    /// <inheritdoc/>
    public Task<CommandReply> BootAsync(BootInstance boot, CancellationToken cancellationToken = default) =>
        AskAsync<CommandReply>(boot, cancellationToken);

    /// <inheritdoc/>
    public Task<CommandReply> SendAsync(VerbCommand command, CancellationToken cancellationToken = default) =>
        AskAsync<CommandReply>(command, cancellationToken);

    /// <inheritdoc/>
    public async Task<InstanceView?> GetInstanceAsync(InstanceId instanceId, CancellationToken cancellationToken = default) =>
        (await AskAsync<IInstanceReply>(new GetInstance(instanceId), cancellationToken).ConfigureAwait(false) as InstanceFound)?.View;

    /// <inheritdoc/>
    public async Task<InstanceView?> GetInstanceAtAsync(
        InstanceId instanceId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        (await AskAsync<IInstanceReply>(new GetInstanceAt(instanceId, at), cancellationToken).ConfigureAwait(false) as InstanceFound)?.View;

    /// <inheritdoc/>
    public async Task<InstanceView> AwaitRevisionAsync(
        InstanceId instanceId, long revision, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        patience = patience < MaxPatience ? patience : MaxPatience;
        return await AwaitAsync(new AwaitRevision(instanceId, revision, patience), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<InstanceView> WaitAsync(
        Accepted accepted, IProgress<InstanceView>? progress = null, CancellationToken cancellationToken = default)
    {
        var known = accepted.Revision;
        while (true)
        {
            // Who does not look on is told of the end alone.
            var wait = progress is null
                ? new AwaitRevision(accepted.InstanceId, known, MaxPatience) { UntilEndOf = accepted.OperationId }
                : new AwaitRevision(accepted.InstanceId, known, ProgressInterval);
            var view = await AwaitAsync(wait, cancellationToken).ConfigureAwait(false);
            progress?.Report(view);
            if (view.Revision > accepted.Revision && view.Operation?.Id != accepted.OperationId)
                return view;
            known = view.Revision;
        }
    }

    private async Task<InstanceView> AwaitAsync(AwaitRevision wait, CancellationToken cancellationToken) =>
        (await AskAsync<InstanceFound>(wait, cancellationToken, wait.Patience).ConfigureAwait(false)).View;

    /// <inheritdoc/>
    public async IAsyncEnumerable<InstanceView> ListInstancesAsync(
        bool includeDeleted = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        InstanceId? after = null;
        do
        {
            var page = await AskAsync<InstancePage>(
                new ListInstances(after, InstancesPerPage, includeDeleted), cancellationToken).ConfigureAwait(false);
            foreach (var instance in page.Instances)
                yield return instance;
            after = page.Next;
        }
        while (after is not null);
    }

    /// <inheritdoc/>
    public Task<ConsoleOutput> GetConsoleOutputAsync(
        InstanceId instanceId, int lines, CancellationToken cancellationToken = default) =>
        AskAsync<ConsoleOutput>(new GetConsoleOutput(instanceId, lines), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<HistoryEntry> GetHistoryAsync(
        InstanceId instanceId, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var page = await AskAsync<HistoryPage>(
                new GetHistory(instanceId, afterSequence, EventsPerPage), cancellationToken).ConfigureAwait(false);
            if (page.Entries.IsEmpty)
                yield break;
            foreach (var entry in page.Entries)
                yield return entry;
            afterSequence = page.Entries[^1].Sequence;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<HistoryEntry> FollowHistoryAsync(
        InstanceId instanceId, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var view = await AwaitRevisionAsync(instanceId, afterSequence, MaxPatience, cancellationToken).ConfigureAwait(false);
            var phase = view.Phase;
            if (view.Revision > afterSequence)
            {
                // Reading may go further than the view does: the last event tells where the instance stands.
                await foreach (var entry in GetHistoryAsync(instanceId, afterSequence, cancellationToken).ConfigureAwait(false))
                {
                    afterSequence = entry.Sequence;
                    phase = entry.State;
                    yield return entry;
                }
            }

            if (phase == InstancePhase.Deleted)
                yield break;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ImageDescription> ListImagesAsync(
        ImageCaller? caller = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ImageId? after = null;
        do
        {
            var page = await AskAsync<ImagePage>(
                new ListImages(after, ImagesPerPage) { Caller = caller ?? ImageCaller.Nobody }, cancellationToken).ConfigureAwait(false);
            foreach (var image in page.Images)
                yield return image;
            after = page.Next;
        }
        while (after is not null);
    }

    /// <inheritdoc/>
    public async Task<ImageDescription> AddImageAsync(
        Stream archive,
        string name,
        EquatableMap<string> properties,
        IProgress<long>? progress = null,
        ImageCaller? caller = null,
        CancellationToken cancellationToken = default)
    {
        var id = CommanderIds.NewImageId();
        try
        {
            await AskAsync<ImageUploadReady>(
                new BeginImageUpload(id, name, properties) { Caller = caller ?? ImageCaller.Nobody }, cancellationToken)
                .ConfigureAwait(false);

            // The buffer is used again only once its bytes are acknowledged. A late copy of an older chunk may then carry
            // newer bytes, but its offset is behind, and such a chunk is not stored.
            var buffer = new byte[MaxImageChunk];
            var offset = 0L;
            int read;
            while ((read = await archive.ReadAtLeastAsync(buffer, buffer.Length, false, cancellationToken).ConfigureAwait(false)) > 0)
            {
                var ready = await AskAsync<ImageUploadReady>(
                    new ImageChunk(id, offset, buffer.AsMemory(0, read)), cancellationToken).ConfigureAwait(false);
                offset += read;
                if (ready.Offset != offset)
                {
                    throw new QueryFailedException(new Fault(
                        FaultCode.Conflict,
                        $"The store asks for byte {ready.Offset} of image {id} where {offset} was due: it lost the upload; begin again."));
                }

                progress?.Report(offset);
            }

            var uploaded = await AskAsync<ImageUploaded>(
                new ImageChunk(id, offset, ReadOnlyMemory<byte>.Empty), cancellationToken).ConfigureAwait(false);
            return uploaded.Image;
        }
        catch
        {
            _door.Tell(new AbandonImageUpload(id));
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<EquatableArray<HostView>> ListHostsAsync(CancellationToken cancellationToken = default) =>
        (await AskAsync<HostList>(new ListHosts(), cancellationToken).ConfigureAwait(false)).Hosts;

    /// <inheritdoc/>
    public async Task<EquatableArray<HostProtocol.HostReconciled>> ReconcileAsync(
        bool dryRun, CancellationToken cancellationToken = default) =>
        (await AskAsync<ReconcileReport>(new Reconcile(dryRun), cancellationToken, MaxPatience).ConfigureAwait(false)).Hosts;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _door.DisposeAsync();

    private async Task<TReply> AskAsync<TReply>(
        IWireMessage question, CancellationToken cancellationToken, TimeSpan patience = default)
        where TReply : class
    {
        var answer = await _door.AskAsync(question, patience, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            TReply reply => reply,
            NotFound notFound => throw new InstanceNotFoundException(notFound.InstanceId),
            Refused refused => throw new QueryRefusedException(refused),
            QueryFailed failed => throw new QueryFailedException(failed.Fault),
            _ => throw new InvalidOperationException(
                $"A node answered {question.GetType().Name} by {answer.GetType().Name}; it speaks another version."),
        };
    }
}
