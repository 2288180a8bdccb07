namespace NovaDocker.Actors.Images.Archives;

/// <summary>Which image of an archive is wanted, and how much the archive may be.</summary>
/// <param name="Name">
/// The image's name in the image store. It chooses among the images of an archive that has several, as Docker reads
/// names; where there is one, it does not matter.
/// </param>
public sealed record ArchiveSelection(string Name)
{
    /// <summary>The platform that is wanted where the archive has the image for several; null takes any.</summary>
    public ImagePlatform? Platform { get; init; }

    /// <summary>Bytes that the archive may have as a plain tar, such as the room on a disk; null for any number.</summary>
    public long? MaxUnpackedBytes { get; init; }
}
