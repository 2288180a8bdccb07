using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Images;

/// <summary>When an image that nobody uses is taken away from the Engine.</summary>
/// <param name="UnusedFor">From which time of not being used on it goes; null keeps it whatever its age.</param>
/// <param name="HighPercent">How full the disk may be before images go for the sake of room.</param>
/// <param name="LowPercent">How full it may be for that to end.</param>
/// <param name="MinAge">How long an image stays in any case after it came.</param>
public sealed record CollectionRules(TimeSpan? UnusedFor, int HighPercent, int LowPercent, TimeSpan MinAge);

/// <summary>The file system that the Engine keeps its images on.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="TotalBytes">How much it holds.</param>
/// <param name="FreeBytes">How much of that is free.</param>
public sealed record DiskUse(string Path, long TotalBytes, long FreeBytes)
{
    /// <summary>How much is used, in bytes.</summary>
    public long UsedBytes => TotalBytes - FreeBytes;

    /// <summary>How full it is, in per cent.</summary>
    public double UsedPercent => TotalBytes > 0 ? 100.0 * UsedBytes / TotalBytes : 0;
}

/// <summary>What is known of an image of ours at the time of a collection.</summary>
/// <param name="Id">Its id in the store.</param>
/// <param name="Name">Its name.</param>
/// <param name="EngineImageId">Its id in the Engine, which two images of the store may share.</param>
/// <param name="Bytes">Its size on disk; layers that others share are counted in.</param>
/// <param name="LoadedAt">When it came.</param>
/// <param name="LastUsed">When it was last known to be used.</param>
public sealed record ImageStanding(
    ImageId Id, string Name, string EngineImageId, long Bytes, DateTimeOffset LoadedAt, DateTimeOffset LastUsed)
{
    /// <summary>All tags that the image has in the Engine, ours among them.</summary>
    public int Tags { get; init; } = 1;

    /// <summary>Instances of this host that have a container of it.</summary>
    public int Instances { get; init; }

    /// <summary>Containers of it, whosever they are.</summary>
    public int Containers { get; init; }

    /// <summary>What is under way that needs it; null where nothing is.</summary>
    public string? Need { get; init; }

    /// <summary>False where it carries our tag and this host's ledger does not know it: another host of this Engine may need it.</summary>
    public bool IsInLedger { get; init; } = true;
}

/// <summary>What becomes of an image, and why.</summary>
/// <param name="Image">The image.</param>
/// <param name="Reason">By which rule it goes; null where it stays.</param>
/// <param name="FreedBytes">What that frees at most; 0 where it stays, or stays under tags of others.</param>
/// <param name="Why">In a sentence.</param>
public sealed record ImageVerdict(ImageStanding Image, CollectReason? Reason, long FreedBytes, string Why);

/// <summary>
/// Which images are taken away from the Engine: never one that is used or needed, that is young, or that is not this host's; by
/// age, and for the sake of room those that were used longest ago first. Pure.
/// </summary>
public static class ImageCollection
{
    /// <summary>The verdict on each image, those that go first, each group in the order of last use.</summary>
    /// <param name="images">The images that carry our tag.</param>
    /// <param name="disk">The Engine's file system; null where it cannot be seen, and nothing goes for the sake of room.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="now">The time.</param>
    /// <param name="isDemanded">True where somebody asked for all that can go.</param>
    public static EquatableArray<ImageVerdict> Plan(
        IReadOnlyCollection<ImageStanding> images, DiskUse? disk, CollectionRules rules, DateTimeOffset now, bool isDemanded)
    {
        var tagsLeft = images.GroupBy(image => image.EngineImageId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(image => image.Tags), StringComparer.Ordinal);
        var going = new List<ImageVerdict>();
        var staying = new List<ImageVerdict>();
        var unused = new List<ImageStanding>();
        foreach (var image in images.OrderBy(image => image.LastUsed).ThenBy(image => image.Id.ToString(), StringComparer.Ordinal))
        {
            if (Protection(image, rules, now) is { } protection)
                staying.Add(new ImageVerdict(image, null, 0, protection));
            else if (isDemanded)
                Take(image, CollectReason.OnDemand, "Nobody uses it.");
            else if (rules.UnusedFor is { } limit && now - image.LastUsed >= limit)
                Take(image, CollectReason.Age, $"Nobody has used it for {Show(now - image.LastUsed)}; {Show(limit)} is allowed.");
            else
                unused.Add(image);
        }

        var excess = Excess(disk, rules, going.Sum(verdict => verdict.FreedBytes));
        foreach (var image in unused)
        {
            // What stays under tags of others makes no room.
            if (excess > 0 && tagsLeft[image.EngineImageId] == 1)
            {
                Take(image, CollectReason.Disk, $"The disk is more than {rules.HighPercent} % full, and nobody uses it.");
                excess -= going[^1].FreedBytes;
            }
            else
                staying.Add(new ImageVerdict(image, null, 0, Rest(image, rules, now)));
        }

        return going.Concat(staying).ToEquatableArray();

        void Take(ImageStanding image, CollectReason reason, string why)
        {
            var isLastTag = --tagsLeft[image.EngineImageId] == 0;
            going.Add(new ImageVerdict(
                image, reason, isLastTag ? image.Bytes : 0, isLastTag ? why : $"{why} It has further tags, and loses ours alone."));
        }
    }

    /// <summary>Why an image stays whatever the rules say of age and room; null where nothing keeps it.</summary>
    private static string? Protection(ImageStanding image, CollectionRules rules, DateTimeOffset now) => image switch
    {
        { IsInLedger: false } => "It is not in the ledger of this host: it was never loaded for it, or another host of this Engine did.",
        { Instances: > 0 } => $"Used by {image.Instances} {(image.Instances == 1 ? "instance" : "instances")}.",
        { Containers: > 0 } => $"Used by {image.Containers} {(image.Containers == 1 ? "container" : "containers")} of somebody else.",
        { Need: { } need } => need,
        _ when now - image.LoadedAt < rules.MinAge => $"It came {Show(now - image.LoadedAt)} ago; for {Show(rules.MinAge)} it stays in any case.",
        _ => null,
    };

    private static long Excess(DiskUse? disk, CollectionRules rules, long freed)
    {
        if (disk is null)
            return 0;
        var used = disk.UsedBytes - freed;
        return used > Share(disk.TotalBytes, rules.HighPercent) ? used - Share(disk.TotalBytes, rules.LowPercent) : 0;
    }

    private static long Share(long bytes, int percent) => (long)(bytes / 100.0 * percent);

    private static string Rest(ImageStanding image, CollectionRules rules, DateTimeOffset now)
    {
        var since = $"Nobody uses it; it was last used {Show(now - image.LastUsed)} ago";
        return rules.UnusedFor is { } limit ? $"{since}, and {Show(limit)} is allowed." : $"{since}.";
    }

    private static string Show(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => $"{(int)time.TotalDays} days",
        { TotalHours: >= 2 } => $"{(int)time.TotalHours} h",
        { TotalMinutes: >= 2 } => $"{(int)time.TotalMinutes} min",
        { TotalSeconds: > 0 } => $"{(int)time.TotalSeconds} s",
        _ => "0 s",
    };
}
