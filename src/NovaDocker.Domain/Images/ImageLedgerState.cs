using System.Collections.Immutable;
using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Images.ImageLedgerEvents;

namespace NovaDocker.Domain.Images;

/// <summary>An image that the ledger says is in the Engine.</summary>
/// <param name="Id">Its id in the store.</param>
/// <param name="Name">Its name when it came.</param>
/// <param name="EngineImageId">Its id in the Engine.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="LoadedAt">When it came.</param>
/// <param name="LastUsed">When it was last known to be needed: when it came, or when a use of it was noted.</param>
/// <param name="IsInUse">True where the last note says that a container uses it.</param>
/// <param name="UseNotedAt">When its use was noted last; null where it never was.</param>
/// <param name="Collecting">The collection that is under way, or was when the node was killed; null where none is.</param>
public sealed record HeldImage(
    ImageId Id,
    string Name,
    string EngineImageId,
    string Source,
    DateTimeOffset LoadedAt,
    DateTimeOffset LastUsed,
    bool IsInUse,
    DateTimeOffset? UseNotedAt,
    CollectionBegun? Collecting);

/// <summary>A pull that was accepted and has not ended.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="Name">Its name.</param>
/// <param name="Request">Who asked.</param>
public sealed record PendingPull(ImageId ImageId, string Name, RequestContext Request);

/// <summary>How a pull ended.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fault">Why it failed; null where the image came.</param>
public sealed record EndedPull(ImageId ImageId, string Name, Fault? Fault);

/// <summary>What is true of a host's images, as its ledger says. Made of events alone.</summary>
public sealed record ImageLedgerState
{
    /// <summary>How many ended pulls are remembered, so that a repeated request gets the first answer.</summary>
    public const int RememberedPulls = 64;

    /// <summary>The ledger of a host that has written nothing.</summary>
    public static readonly ImageLedgerState Empty = new();

    private ImmutableQueue<string> _endedInOrder = [];

    private ImageLedgerState()
    {
    }

    /// <summary>Number of events so far.</summary>
    public long Revision { get; private init; }

    /// <summary>The images that came and have not gone.</summary>
    public ImmutableDictionary<ImageId, HeldImage> Images { get; private init; } = ImmutableDictionary<ImageId, HeldImage>.Empty;

    /// <summary>The pulls under way, by their request's id.</summary>
    public ImmutableSortedDictionary<string, PendingPull> Pulls { get; private init; } =
        ImmutableSortedDictionary.Create<string, PendingPull>(StringComparer.Ordinal);

    /// <summary>The last pulls that ended, by their request's id.</summary>
    public ImmutableDictionary<string, EndedPull> EndedPulls { get; private init; } =
        ImmutableDictionary.Create<string, EndedPull>(StringComparer.Ordinal);

    /// <summary>The state after an event.</summary>
    public ImageLedgerState Apply(LedgerEvent @event)
    {
        var (id, name, at) = (@event.Header.ImageId, @event.Header.Name, @event.Header.OccurredAt);
        var next = @event switch
        {
            PullRequested pull => this with
            {
                Pulls = Pulls.SetItem(pull.Request.RequestId, new PendingPull(id, name, pull.Request)),
            },
            Loaded loaded => (this with
            {
                Images = Images.SetItem(id, new HeldImage(
                    id, name, loaded.EngineImageId, loaded.Source, at, at, IsInUse: false, UseNotedAt: null, Collecting: null)),
            }).WithPullsEnded(id, null),
            LoadFailed failed => WithPullsEnded(id, failed.Fault),
            UseChanged use when Images.TryGetValue(id, out var held) => this with
            {
                Images = Images.SetItem(id, held with { LastUsed = at, IsInUse = use.InUse, UseNotedAt = at }),
            },
            CollectionBegun begun when Images.TryGetValue(id, out var held) => this with
            {
                Images = Images.SetItem(id, held with { Collecting = begun }),
            },
            CollectionFailed when Images.TryGetValue(id, out var held) => this with
            {
                Images = Images.SetItem(id, held with { Collecting = null }),
            },
            Collected or Vanished => this with { Images = Images.Remove(id) },
            _ => this,
        };
        return next with { Revision = Revision + 1 };
    }

    private ImageLedgerState WithPullsEnded(ImageId image, Fault? fault)
    {
        var next = this;
        foreach (var (request, pull) in Pulls.Where(entry => entry.Value.ImageId == image))
        {
            next = next with
            {
                Pulls = next.Pulls.Remove(request),
                EndedPulls = next.EndedPulls.SetItem(request, new EndedPull(image, pull.Name, fault)),
                _endedInOrder = next._endedInOrder.Enqueue(request),
            };
            if (next.EndedPulls.Count > RememberedPulls)
            {
                next = next with
                {
                    _endedInOrder = next._endedInOrder.Dequeue(out var oldest),
                    EndedPulls = next.EndedPulls.Remove(oldest),
                };
            }
        }

        return next;
    }
}
