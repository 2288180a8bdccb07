using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Compute;

/// <summary>
/// What a commander says to a node's door, beside the commands and queries of one instance
/// (<see cref="InstanceProtocol"/>). Long answers come in pages: a frame of the remoting is bounded.
/// </summary>
public static partial class ComputeProtocol
{
    /// <summary>The most entries of one page: what is asked for beyond that comes with the next.</summary>
    public const int MaxPage = 100;

    /// <summary>
    /// Boot an instance. The door finds image and host, seals the environment and sends
    /// <see cref="InstanceProtocol.Boot"/>; answered by an <see cref="InstanceProtocol.CommandReply"/>.
    /// </summary>
    /// <param name="InstanceId">The id it is to have, chosen by the commander so that it may ask twice.</param>
    /// <param name="Request">Who asks, by which request.</param>
    /// <param name="Name">Display name.</param>
    /// <param name="ImageReference">An image's id or name.</param>
    /// <param name="MemoryMb">Memory limit, MiB.</param>
    /// <param name="Vcpus">Processors.</param>
    /// <param name="Command">Words in place of the image's command; empty keeps the image's.</param>
    /// <param name="Environment">Environment variables in clear; stored sealed.</param>
    public sealed record BootInstance(
        InstanceId InstanceId,
        RequestContext Request,
        string Name,
        string ImageReference,
        long MemoryMb,
        int Vcpus,
        EquatableArray<string> Command,
        EquatableMap<string> Environment) : IWithInstanceId, IWireMessage
    {
        /// <summary>Its health check; null for the image's own, where that has one.</summary>
        public HealthCheck? HealthCheck { get; init; }

        /// <summary>What it shall do by itself to stay up.</summary>
        public UpkeepPolicy Upkeep { get; init; } = UpkeepPolicy.None;

        /// <summary>True refuses while the Engine is away; false lets the boot wait for it.</summary>
        public bool RefuseIfEngineAway { get; init; }

        /// <summary>
        /// User data as Nova stores it: plain or base64, at most 65,535 bytes; empty for none. Container options in it are
        /// settled under the policy of the host; anything else is left to the metadata service.
        /// </summary>
        public ReadOnlyMemory<byte> UserData { get; init; }

        /// <summary>The instance's metadata (Nova's <c>--property</c>), which becomes environment variables.</summary>
        public EquatableMap<string> Metadata { get; init; } = EquatableMap<string>.Empty;

        /// <summary>The public key of the instance's key pair, one line as in <c>authorized_keys</c>; null for none.</summary>
        public string? PublicKey { get; init; }

        /// <summary>
        /// A Keystone token of the request, which images are fetched with as long as it is valid; null leaves that to the
        /// host's own credentials. Never stored and never logged.
        /// </summary>
        public RequestToken? Token { get; init; }

        /// <summary>The ports that it is to have; empty for none, and then it has no network.</summary>
        public EquatableArray<NicRequest> Nics { get; init; } = [];

        /// <summary>The host that it is to live on; null leaves that to the node.</summary>
        public HostId? HostId { get; init; }

        /// <summary>How it is to be booted.</summary>
        public OperationTerms Terms { get; init; } = OperationTerms.Usual;

        /// <summary>True boots it once more where it was deleted, as <see cref="InstanceProtocol.Boot.IsAgain"/> says.</summary>
        public bool IsAgain { get; init; }

        /// <summary>
        /// Files that are to be in its container. The host keeps them and binds them, read-only; of their contents nothing but a
        /// digest is in the journal.
        /// </summary>
        public EquatableArray<InstanceFile> Files { get; init; } = [];
    }

    /// <summary>The instances there are, sorted by id; answered by <see cref="InstancePage"/>.</summary>
    /// <param name="After">The last id already known; null begins.</param>
    /// <param name="Limit">How many at most.</param>
    /// <param name="IncludeDeleted">True shows those that are deleted, too.</param>
    public sealed record ListInstances(InstanceId? After, int Limit, bool IncludeDeleted) : IWireMessage;

    /// <summary>Some instances.</summary>
    /// <param name="Instances">In order of id.</param>
    /// <param name="Next">Where the next page begins; null where this was the last.</param>
    public sealed record InstancePage(EquatableArray<InstanceView> Instances, InstanceId? Next) : IWireMessage;

    /// <summary>An instance's events; answered by <see cref="HistoryPage"/> or <see cref="InstanceProtocol.NotFound"/>.</summary>
    /// <param name="InstanceId">The instance, which may be deleted.</param>
    /// <param name="AfterSequence">The last sequence number already known; 0 begins.</param>
    /// <param name="Limit">How many at most.</param>
    public sealed record GetHistory(InstanceId InstanceId, long AfterSequence, int Limit) : IWithInstanceId, IWireMessage;

    /// <summary>Some of an instance's events.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Entries">In order of sequence number; empty where there is no more.</param>
    public sealed record HistoryPage(InstanceId InstanceId, EquatableArray<HistoryEntry> Entries) : IWithInstanceId, IWireMessage;

    /// <summary>
    /// An instance as it was; answered by <see cref="InstanceProtocol.InstanceFound"/>, or by
    /// <see cref="InstanceProtocol.NotFound"/> where it did not exist at that time.
    /// </summary>
    public sealed record GetInstanceAt(InstanceId InstanceId, DateTimeOffset At) : IWithInstanceId, IWireMessage;

    /// <summary>The hosts there are; answered by <see cref="HostList"/>.</summary>
    public sealed record ListHosts : IWireMessage;

    /// <summary>The hosts, sorted by name.</summary>
    public sealed record HostList(EquatableArray<HostView> Hosts) : IWireMessage;

    /// <summary>
    /// Have every host compare its Engine with the journal now; answered by <see cref="ReconcileReport"/>.
    /// </summary>
    /// <param name="DryRun">True only reports.</param>
    public sealed record Reconcile(bool DryRun) : IWireMessage;

    /// <summary>What the hosts found.</summary>
    public sealed record ReconcileReport(EquatableArray<HostProtocol.HostReconciled> Hosts) : IWireMessage;

    /// <summary>A question that could not be answered.</summary>
    /// <param name="Fault">Why, and what to do.</param>
    public sealed record QueryFailed(Fault Fault) : IWireMessage;
}
