using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Wire.Client;

/// <summary>
/// What a commander can do with NovaDocker nodes. The verbs of one instance are in
/// <see cref="NovaDockerClientVerbs"/>. Every method throws a <see cref="HostUnreachableException"/> where no node
/// answers in time, a <see cref="MessageTooBigException"/> where a message does not fit into a frame of the remoting, and
/// a <see cref="QueryFailedException"/> where the node cannot answer.
/// </summary>
public partial interface INovaDockerClient : IAsyncDisposable
{
    /// <summary>
    /// Boots an instance. An acceptance says that the boot is in the journal; <see cref="WaitAsync"/> tells how it ends.
    /// </summary>
    Task<InstanceProtocol.CommandReply> BootAsync(ComputeProtocol.BootInstance boot, CancellationToken cancellationToken = default);

    /// <summary>Sends a command; its request id makes it safe to repeat, which is done where an answer stays away.</summary>
    Task<InstanceProtocol.CommandReply> SendAsync(InstanceProtocol.VerbCommand command, CancellationToken cancellationToken = default);

    /// <summary>An instance as it is; null where there is none of that id.</summary>
    Task<InstanceView?> GetInstanceAsync(InstanceId instanceId, CancellationToken cancellationToken = default);

    /// <summary>An instance as it was; null where it did not exist at that time.</summary>
    Task<InstanceView?> GetInstanceAtAsync(InstanceId instanceId, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>The instance as soon as it has more events than the revision given, or when the patience is at its end.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="revision">The last revision known.</param>
    /// <param name="patience">How long to wait at most; cut to 20 seconds, which is what an open answer's way back lives for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    Task<InstanceView> AwaitRevisionAsync(
        InstanceId instanceId, long revision, TimeSpan patience, CancellationToken cancellationToken = default);

    /// <summary>Waits until an accepted operation has ended, well or not: the view's phase and fault tell which.</summary>
    /// <param name="accepted">The acceptance.</param>
    /// <param name="progress">Told of the instance at each event, and twice a second in between: a transfer's bytes are no events.</param>
    /// <param name="cancellationToken">Ends the wait; the operation goes on.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    Task<InstanceView> WaitAsync(
        InstanceProtocol.Accepted accepted, IProgress<InstanceView>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>The instances, sorted by id.</summary>
    IAsyncEnumerable<InstanceView> ListInstancesAsync(bool includeDeleted = false, CancellationToken cancellationToken = default);

    /// <summary>The last lines of an instance's console.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="QueryRefusedException">It has no console at present.</exception>
    Task<InstanceProtocol.ConsoleOutput> GetConsoleOutputAsync(
        InstanceId instanceId, int lines, CancellationToken cancellationToken = default);

    /// <summary>The events of an instance, deleted or not, after a sequence number; 0 begins.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    IAsyncEnumerable<HistoryEntry> GetHistoryAsync(
        InstanceId instanceId, long afterSequence = 0, CancellationToken cancellationToken = default);

    /// <summary>The same, and then each further event as it happens; ends with the instance's deletion.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    IAsyncEnumerable<HistoryEntry> FollowHistoryAsync(
        InstanceId instanceId, long afterSequence = 0, CancellationToken cancellationToken = default);

    /// <summary>The images in the store, sorted by id.</summary>
    /// <param name="caller">On whose behalf; null for the operator, who sees all of them.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    IAsyncEnumerable<ImageDescription> ListImagesAsync(
        ImageCaller? caller = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Brings an image into the store. The stream is read once, from where it stands to its end, and is not closed. On a
    /// failure nothing of the image stays in the store.
    /// </summary>
    /// <param name="archive">An archive of <c>docker save</c>, an OCI layout, or what the properties say it is.</param>
    /// <param name="name">The image's name.</param>
    /// <param name="properties">Free properties.</param>
    /// <param name="progress">Told how many bytes the store has acknowledged.</param>
    /// <param name="caller">On whose behalf: the image belongs to that project; null for the operator.</param>
    /// <param name="cancellationToken">Ends the upload; nothing of the image stays.</param>
    /// <exception cref="QueryFailedException">The store does not take it.</exception>
    Task<ImageDescription> AddImageAsync(
        Stream archive,
        string name,
        EquatableMap<string> properties,
        IProgress<long>? progress = null,
        ImageCaller? caller = null,
        CancellationToken cancellationToken = default);

    /// <summary>The hosts, sorted by name.</summary>
    Task<EquatableArray<HostView>> ListHostsAsync(CancellationToken cancellationToken = default);

    /// <summary>Has every host compare its Engine with the journal now, and tells what was found and done.</summary>
    /// <param name="dryRun">True only reports.</param>
    /// <param name="cancellationToken">Ends the wait; the comparison goes on.</param>
    Task<EquatableArray<HostProtocol.HostReconciled>> ReconcileAsync(bool dryRun, CancellationToken cancellationToken = default);
}
