using NovaDocker.Domain.Images;

namespace NovaDocker.Domain.Hosts;

/// <summary>Where a pull stands. Numbers are on the wire and never change.</summary>
public enum PullState
{
    /// <summary>The Engine had the image already; nothing was moved.</summary>
    Present = 1,

    /// <summary>The image is being brought.</summary>
    Pulling = 2,

    /// <summary>It was brought.</summary>
    Pulled = 3,

    /// <summary>It could not be brought.</summary>
    Failed = 4,

    /// <summary>It was not begun: there is no such image, or it cannot be used.</summary>
    Refused = 5,
}

/// <summary>What becomes, or became, of an image in a collection. Numbers are on the wire and never change.</summary>
public enum ImageFate
{
    /// <summary>It stays.</summary>
    Stays = 1,

    /// <summary>It would go: only a report was asked for.</summary>
    WouldGo = 2,

    /// <summary>It is gone.</summary>
    Gone = 3,

    /// <summary>It was to go, and is still there.</summary>
    Failed = 4,
}

/// <summary>What a commander is shown of an image in a host's Engine.</summary>
/// <param name="ImageId">Its id in the store.</param>
/// <param name="Name">Its name; empty where the ledger does not know it.</param>
/// <param name="EngineImageId">Its id in the Engine.</param>
/// <param name="Bytes">Its size on disk; layers that others share are counted in.</param>
/// <param name="LoadedAt">Since when it is there; null where the ledger does not know it.</param>
/// <param name="LastUsed">When it was last known to be used; null where the ledger does not know it.</param>
/// <param name="Instances">Instances of the host that have a container of it.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Reason">By which rule it goes; null where it stays.</param>
/// <param name="FreedBytes">What its going frees at most.</param>
/// <param name="Why">Why it stays, or goes, in a sentence.</param>
public sealed record HostImageView(
    ImageId ImageId,
    string Name,
    string EngineImageId,
    long Bytes,
    DateTimeOffset? LoadedAt,
    DateTimeOffset? LastUsed,
    int Instances,
    ImageFate Fate,
    CollectReason? Reason,
    long FreedBytes,
    string Why);
