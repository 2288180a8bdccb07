using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>Where image bytes lie and how long moving them may take: <c>novadocker.images</c> in HOCON.</summary>
public sealed record ImageSettings
{
    /// <summary>True takes images from Glance, false from the embedded store.</summary>
    public bool IsGlance { get; init; }

    /// <summary>The directory of the embedded image store.</summary>
    public required string StoreDirectory { get; init; }

    /// <summary>
    /// A directory of archives, <c>&lt;image id&gt;.tar</c> or <c>&lt;image name&gt;.tar</c>, that is tried before the
    /// image store; null for none.
    /// </summary>
    public string? SharedDirectory { get; init; }

    /// <summary>Transfers under way at once on this host; more wait their turn.</summary>
    public int MaxTransfers { get; init; } = 2;

    /// <summary>How long a source may go without a byte before the transfer counts as stalled.</summary>
    public TimeSpan InactivityTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one transfer may take in all, the Engine's unpacking included.</summary>
    public TimeSpan TransferTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How a download that breaks off is taken up again.</summary>
    public ResumeSettings Resume { get; init; } = new();

    /// <summary>How long an upload by a commander may go without a chunk before it is forgotten.</summary>
    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the next transfer of an image waits after one that failed in a way that may pass; doubled after each further one.</summary>
    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most that it waits.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What must be left free on the Engine's file system beside an image that is loaded, MiB.</summary>
    public int DiskReserveMb { get; init; }

    /// <summary>How often images that nobody uses are looked for; null never takes any away by itself.</summary>
    public TimeSpan? CollectInterval { get; init; }

    /// <summary>Which of them go.</summary>
    public CollectionRules Collection { get; init; } =
        new(TimeSpan.FromHours(24), HighPercent: 85, LowPercent: 80, TimeSpan.FromMinutes(2));
}
