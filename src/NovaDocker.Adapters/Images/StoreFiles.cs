using NovaDocker.Domain.Images;

namespace NovaDocker.Adapters.Images;

/// <summary>The files of one image in the store's directory.</summary>
/// <param name="Directory">The store's directory.</param>
/// <param name="Id">The image.</param>
internal readonly record struct StoreFiles(string Directory, ImageId Id)
{
    /// <summary>Ending of metadata files.</summary>
    public const string MetadataEnding = ".json";

    /// <summary>Ending of files that are being written.</summary>
    public const string PartialEnding = ".partial";

    private const string ArchiveEnding = ".tar";

    /// <summary>The archive.</summary>
    public string Archive => Path.Combine(Directory, Id + ArchiveEnding);

    /// <summary>The archive while it is being written.</summary>
    public string PartialArchive => Archive + PartialEnding;

    /// <summary>The metadata. Where it exists, the image is complete.</summary>
    public string Metadata => Path.Combine(Directory, Id + MetadataEnding);

    /// <summary>The metadata before it gets its name. Where it exists, an archive without metadata is a leftover.</summary>
    public string PartialMetadata => Metadata + PartialEnding;

    /// <summary>The image whose file it is; null for a file that is none of the store's.</summary>
    /// <param name="path">A file in the store's directory.</param>
    /// <param name="ending">The ending that follows the id.</param>
    public static StoreFiles? Of(string path, string ending)
    {
        var name = Path.GetFileName(path);
        return name.EndsWith(ending, StringComparison.Ordinal)
            && ImageId.TryParse(name[..^ending.Length], out var id)
            && name == id + ending
                ? new StoreFiles(Path.GetDirectoryName(path) ?? "", id)
                : null;
    }

    /// <summary>Ending of an archive that is being written.</summary>
    public static string PartialArchiveEnding => ArchiveEnding + PartialEnding;

    /// <summary>Ending of metadata that are being written.</summary>
    public static string PartialMetadataEnding => MetadataEnding + PartialEnding;
}
