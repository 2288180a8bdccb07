using System.Collections.Immutable;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>
/// The index, manifests and configurations of an OCI layout, gathered while an archive goes by, in any order. Of them is
/// kept what says where the parts of an image are, and no more than <see cref="MaxKeptBytes"/>.
/// </summary>
internal sealed class OciLayout
{
    /// <summary>The name of the entry that lists the images.</summary>
    public const string IndexName = "index.json";

    /// <summary>The name of the entry that says this is an OCI layout.</summary>
    public const string MarkerName = "oci-layout";

    /// <summary>The directory of everything else.</summary>
    public const string Blobs = "blobs/";

    /// <summary>Length of a blob in bytes that is looked at: a layer is no JSON, or longer.</summary>
    public const int MaxBlobBytes = 1024 * 1024;

    /// <summary>
    /// Length of all indexes and manifests together, with a surcharge for each reference, which is an object here.
    /// </summary>
    public const int MaxKeptBytes = 8 * 1024 * 1024;

    private const int ReferenceBytes = 256;

    private readonly Dictionary<string, OciBlob> _blobs = new(StringComparer.Ordinal);
    private ReadOnlyMemory<byte>? _index;
    private long _keptBytes;

    /// <summary>True where a blob of that name may be an index, a manifest or a configuration.</summary>
    public static bool MayBePart(string name, long length) =>
        length is > 0 and <= MaxBlobBytes && name.StartsWith(Blobs, StringComparison.Ordinal);

    /// <summary>Takes in the text of the entry that lists the images.</summary>
    public void SetIndex(ReadOnlyMemory<byte> json) => _index = json;

    /// <summary>Takes in a blob.</summary>
    /// <param name="digest">Its digest, <c>sha256:…</c>, as its bytes have it and not its name.</param>
    /// <param name="bytes">Its bytes.</param>
    public void Add(string digest, ReadOnlyMemory<byte> bytes)
    {
        if (_keptBytes > MaxKeptBytes || OciBlob.Parse(bytes) is not { } blob)
            return;
        _keptBytes += blob is OciBlob.Configuration ? 0 : bytes.Length + (long)blob.References * ReferenceBytes;
        _blobs[digest] = blob;
    }

    /// <summary>The image that is wanted; null where the archive is no OCI layout.</summary>
    /// <exception cref="ArchiveRefusedException">It is one, and there is no such image.</exception>
    public ArchivedImage? Choose(ArchiveSelection selection)
    {
        if (_index is not { } index)
            return null;
        if (_keptBytes > MaxKeptBytes)
            throw new ArchiveRefusedException($"the indexes and manifests in it take more than {MaxKeptBytes} bytes");
        if (OciBlob.Parse(index) is not OciBlob.Index list)
            throw new ArchiveRefusedException("its index.json is no index of images");

        var images = list.Manifests.Where(IsPartOfImage)
            .GroupBy(descriptor => descriptor.Digest, StringComparer.Ordinal)
            .Select(same => (Names: NamesOf(same), Descriptor: same.First()))
            .GroupBy(image => string.Join('\n', image.Names), StringComparer.Ordinal)
            .Select(same => (same.First().Names, Forms: same.Select(image => image.Descriptor).ToArray()))
            .ToImmutableArray();
        if (images.IsEmpty)
            throw new ArchiveRefusedException("it holds no image");
        var chosen = ArchiveNames.Choose(images, image => image.Names, selection.Name);
        var forms = new OciForms(this).Of(chosen.Forms);
        return ToImage(forms.Choose(selection.Platform), chosen.Names);
    }

    /// <summary>The blob of a descriptor; null where it is not in the archive.</summary>
    public OciBlob? Find(OciDescriptor descriptor) => _blobs.GetValueOrDefault(descriptor.Digest);

    /// <summary>False for what is known to be no image.</summary>
    public bool IsPartOfImage(OciDescriptor descriptor) =>
        !descriptor.IsAttestation && Find(descriptor) is not OciBlob.Manifest { IsImage: false };

    private static ImmutableArray<string> NamesOf(IEnumerable<OciDescriptor> same) =>
    [
        .. same.Select(descriptor => descriptor.Name).Where(name => name.Length > 0)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private ArchivedImage ToImage(OciDescriptor form, ImmutableArray<string> names)
    {
        if (Find(form) is not OciBlob.Manifest manifest)
            throw new ArchiveRefusedException($"the image's manifest '{form.Path}' is missing from it, or is none");
        if (manifest.Layers.FirstOrDefault(layer => OciMediaTypes.IsEncrypted(layer.MediaType)) is { } encrypted)
            throw new ArchiveRefusedException($"the image's layer '{encrypted.Path}' is encrypted; decrypt the image first");
        return new ArchivedImage(manifest.Config.Path, names, [.. manifest.Layers.Select(layer => layer.Path)])
        {
            ConfigDigest = manifest.Config.Digest,
        };
    }
}
