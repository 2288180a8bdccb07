using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Images;

/// <summary>
/// What a host writes down of the images in its Engine, in the journal under <c>host-images-&lt;host id&gt;</c>. An instance's own
/// journal says which image it runs; this says how that image came, when it was needed last, and why it went.
/// </summary>
public static class ImageLedgerEvents
{
    /// <summary>What every persistence id of a ledger begins with; the host's id follows.</summary>
    public const string PersistenceIdPrefix = "host-images-";

    /// <summary>What every event says beside its own content.</summary>
    /// <param name="EventId">Names the event; never used twice.</param>
    /// <param name="OccurredAt">When it was decided, UTC.</param>
    /// <param name="Host">Whose Engine.</param>
    /// <param name="ImageId">Which image, by its id in the store.</param>
    /// <param name="Name">The image's name at that time; empty where it was not known.</param>
    public sealed record LedgerHeader(Guid EventId, DateTimeOffset OccurredAt, HostId Host, ImageId ImageId, string Name);

    /// <summary>Something that became true of an image in the Engine.</summary>
    /// <param name="Header">When, where and of which image.</param>
    public abstract record LedgerEvent(LedgerHeader Header) : IWireMessage
    {
        /// <summary>What it is evidence of.</summary>
        public abstract EventKind Kind { get; }

        /// <summary>How what it tells of turned out.</summary>
        public virtual EventOutcome Outcome => EventOutcome.Success;
    }

    /// <summary>Somebody wants the image in the Engine before any instance needs it. It is brought in whatever is killed meanwhile.</summary>
    /// <param name="Header">When, where and of which image.</param>
    /// <param name="Request">Who asked, by which request.</param>
    public sealed record PullRequested(LedgerHeader Header, RequestContext Request) : LedgerEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Intent;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Pending;
    }

    /// <summary>The image is in the Engine. All pulls of it end with that.</summary>
    /// <param name="Header">When, where and of which image.</param>
    /// <param name="EngineImageId">Its id in the Engine.</param>
    /// <param name="Checksum">Of the archive's bytes; empty where the Engine had it already.</param>
    /// <param name="Bytes">How many bytes came over; 0 where the Engine had it already.</param>
    /// <param name="Source">Where they came from: <c>engine</c>, <c>shared-directory</c> or <c>store</c>.</param>
    /// <param name="Cause">For whom.</param>
    public sealed record Loaded(
        LedgerHeader Header, string EngineImageId, string Checksum, long Bytes, string Source, LoadCause Cause)
        : LedgerEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Result;
    }

    /// <summary>The image could not be brought into the Engine. All pulls of it end with that; a boot tries again by its own rules.</summary>
    /// <param name="Header">When, where and of which image.</param>
    /// <param name="Fault">Why.</param>
    /// <param name="RetryAt">Before when nobody's next try begins; null where none has to wait.</param>
    /// <param name="Cause">For whom.</param>
    public sealed record LoadFailed(LedgerHeader Header, Fault Fault, DateTimeOffset? RetryAt, LoadCause Cause)
        : LedgerEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Result;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Failure;
    }

    /// <summary>The first container of the image was seen, or the last one is gone. Once an hour at most.</summary>
    /// <param name="Header">When, where and of which image.</param>
    /// <param name="InUse">True where a container uses it.</param>
    public sealed record UseChanged(LedgerHeader Header, bool InUse) : LedgerEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Observation;
    }

    /// <summary>The image is no longer in the Engine, and it was not this host that removed it.</summary>
    /// <param name="Header">When, where and of which image.</param>
    public sealed record Vanished(LedgerHeader Header) : LedgerEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Observation;
    }

    /// <summary>Its tag is about to be taken away from the Engine.</summary>
    /// <param name="Header">When, where and of which image.</param>
    /// <param name="Reason">By which rule.</param>
    /// <param name="Bytes">Its size on disk; 0 where it stays under tags of others.</param>
    public sealed record CollectionBegun(LedgerHeader Header, CollectReason Reason, long Bytes) : LedgerEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Intent;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Pending;
    }

    /// <summary>Its tag was taken away from the Engine, and with the last tag the image.</summary>
    /// <param name="Header">When, where and of which image.</param>
    /// <param name="EngineImageId">Its id in the Engine.</param>
    /// <param name="Reason">By which rule.</param>
    /// <param name="Bytes">Its size on disk; 0 where it stays under tags of others.</param>
    public sealed record Collected(LedgerHeader Header, string EngineImageId, CollectReason Reason, long Bytes)
        : LedgerEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Result;
    }

    /// <summary>It was to be taken away and was not: the Engine refused, or did not answer.</summary>
    /// <param name="Header">When, where and of which image.</param>
    /// <param name="Reason">By which rule it was to go.</param>
    /// <param name="Fault">Why it did not.</param>
    public sealed record CollectionFailed(LedgerHeader Header, CollectReason Reason, Fault Fault) : LedgerEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Result;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Failure;
    }
}

/// <summary>For whom an image was brought into the Engine: whoever came first of those who waited.</summary>
/// <param name="Instance">The instance whose operation needed it; null for a pull.</param>
/// <param name="RequestId">The request of the pull; empty for an instance.</param>
public sealed record LoadCause(InstanceId? Instance, string RequestId)
{
    /// <summary>For an instance.</summary>
    public static LoadCause Of(InstanceId instance) => new(instance, "");

    /// <summary>For a pull.</summary>
    public static LoadCause Of(RequestContext request) => new(null, request.RequestId);
}
