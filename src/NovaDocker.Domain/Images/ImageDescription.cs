using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Images;

/// <summary>What an image store says of one of its images.</summary>
/// <param name="Id">The identity; a name may be shared by several images.</param>
/// <param name="Name">The name given at its creation.</param>
/// <param name="Checksum">Of the stored bytes, as <c>algorithm:hex</c> (<c>sha256:…</c>, <c>sha512:…</c>, <c>md5:…</c>).</param>
/// <param name="SizeBytes">Length of the stored archive.</param>
/// <param name="CreatedAt">When it was stored, UTC.</param>
/// <param name="Properties">Free properties, as Glance's: <c>image_location=snapshot</c>, <c>instance_uuid</c>, …</param>
public sealed record ImageDescription(
    ImageId Id,
    string Name,
    string Checksum,
    long SizeBytes,
    DateTimeOffset CreatedAt,
    EquatableMap<string> Properties)
{
    /// <summary>How far it is; only one that is active has a checksum and a size.</summary>
    public ImageState State { get; init; } = ImageState.Active;

    /// <summary>Glance's <c>container_format</c>; <c>docker</c> is what an Engine can be given. Empty where it is not set yet.</summary>
    public string ContainerFormat { get; init; } = ImageUse.ContainerFormat;

    /// <summary>Glance's <c>disk_format</c>; empty where it is not set yet.</summary>
    public string DiskFormat { get; init; } = "raw";

    /// <summary>The memory that a flavor must have for it, MiB; 0 for any.</summary>
    public long MinRamMb { get; init; }

    /// <summary>The disk that it needs once it is unpacked, GiB; 0 where nobody says.</summary>
    public long MinDiskGb { get; init; }

    /// <summary>The project that it belongs to; empty where the store knows no projects.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Who may see it: <c>public</c>, <c>community</c>, <c>shared</c> or <c>private</c>; empty where the store knows no projects.</summary>
    public string Visibility { get; init; } = "";
}
