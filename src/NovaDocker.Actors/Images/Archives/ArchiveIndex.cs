using System.Collections.Immutable;
using System.Formats.Tar;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>What is to become of an entry.</summary>
internal enum EntryFate
{
    /// <summary>It goes through.</summary>
    Pass,

    /// <summary>It is left out.</summary>
    Drop,

    /// <summary>It says which images there are; it is read, and left out.</summary>
    Read,
}

/// <summary>
/// The entries of an archive seen so far: judges each by those before it, and in the end whether the image that is wanted
/// is among them. Its size is bounded by <see cref="DockerArchive.MaxEntries"/> and <see cref="OciLayout.MaxKeptBytes"/>.
/// </summary>
internal sealed class ArchiveIndex
{
    private const string ExportHint =
        $"for the file system of a container (docker export) give the image the property {ArchiveForms.Property}="
        + ArchiveForms.Export;

    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _links = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _zstd = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);
    private readonly OciLayout _layout = new();
    private ImmutableArray<ArchivedImage> _images;
    private bool _isOciLayout;
    private bool _hasImageParts;

    /// <summary>How many entries were judged.</summary>
    public int Count { get; private set; }

    /// <summary>Judges an entry.</summary>
    /// <param name="entry">The entry as read.</param>
    /// <param name="name">Its normalized name.</param>
    /// <exception cref="ArchiveRefusedException">The archive is not one to be loaded.</exception>
    public EntryFate Judge(TarEntry entry, out string name)
    {
        try
        {
            return JudgeNext(entry, out name);
        }
        catch (ArchiveRefusedException e) when (!_hasImageParts)
        {
            // A file system has devices, links to anywhere, and any number of files.
            throw new ArchiveRefusedException($"{e.Message}; {ExportHint}", e);
        }
    }

    /// <summary>Takes in what an entry that was read says.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="json">Its bytes.</param>
    public void Read(string name, ReadOnlyMemory<byte> json)
    {
        if (name == ArchiveManifest.EntryName)
            _images = ArchiveManifest.Parse(json);
        else
            _layout.SetIndex(json);
    }

    /// <summary>Takes in what was learned of an entry that went through.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="digest">The digest of its bytes, <c>sha256:…</c>; null where it was not computed.</param>
    /// <param name="data">Its data, all of which went by.</param>
    public void Learn(string name, string? digest, ArchiveEntryData data)
    {
        if (data.IsZstd)
            _zstd.Add(name);
        if (digest is null)
            return;
        _digests[name] = digest;
        if (data.Kept is { } json)
            _layout.Add(digest, json);
    }

    /// <summary>Finds the image that is wanted, when all of the archive was read.</summary>
    /// <param name="selection">Which is wanted.</param>
    /// <param name="configDigest">The digest of its configuration.</param>
    /// <exception cref="ArchiveRefusedException">The entries do not make up such an image.</exception>
    public ArchivedImage Choose(ArchiveSelection selection, out string configDigest)
    {
        if (Count == 0)
            throw new ArchiveRefusedException("it is empty");
        var image = _images.IsDefault
            ? _layout.Choose(selection) ?? throw NoImages()
            : ArchiveNames.Choose(_images, candidate => candidate.Names, selection.Name);
        configDigest = DigestOfConfig(image);
        foreach (var layer in image.Layers.Select(ArchivePath.Normalize))
            CheckLayer(layer);
        return image;
    }

    private EntryFate JudgeNext(TarEntry entry, out string name)
    {
        name = "";
        if (++Count > DockerArchive.MaxEntries)
            throw new ArchiveRefusedException($"it has more than {DockerArchive.MaxEntries} entries");
        if (entry.EntryType == TarEntryType.GlobalExtendedAttributes)
            return EntryFate.Drop;

        name = ArchivePath.Normalize(entry.Name);
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                AddFile(name, _files);
                break;
            case TarEntryType.SymbolicLink:
                ArchivePath.CheckSymbolicLink(name, entry.LinkName);
                AddFile(name, _links);
                break;
            case TarEntryType.HardLink:
                ArchivePath.CheckHardLink(name, entry.LinkName);
                AddFile(name, _links);
                break;
            case TarEntryType.Directory:
                AddDirectories(name, ArchivePath.Parents(name).Prepend(name));
                return name.Length == 0 ? EntryFate.Drop : EntryFate.Pass;
            default:
                throw new ArchiveRefusedException($"its entry '{ArchiveNames.Shown(name)}' is a {entry.EntryType}");
        }

        return FateOf(name);
    }

    private EntryFate FateOf(string name)
    {
        _hasImageParts |= name.StartsWith(OciLayout.Blobs, StringComparison.Ordinal)
            || name.EndsWith("/layer.tar", StringComparison.Ordinal)
            || (name.EndsWith(".json", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal));

        // The Engine would take tags from each of these: from 'repositories' where there is no manifest, from an OCI
        // index before it looks for the manifest.
        if (name is ArchiveManifest.EntryName or OciLayout.IndexName)
        {
            return _files.Contains(name)
                ? EntryFate.Read
                : throw new ArchiveRefusedException($"its {name} is a link");
        }

        _isOciLayout |= name == OciLayout.MarkerName;
        return name is "repositories" or OciLayout.MarkerName ? EntryFate.Drop : EntryFate.Pass;
    }

    private ArchiveRefusedException NoImages() => new(_isOciLayout
        ? "it is an OCI layout without its index.json"
        : $"it has neither the manifest.json of docker save nor the index.json of an OCI layout; {ExportHint}");

    private string DigestOfConfig(ArchivedImage image)
    {
        var config = ArchivePath.Normalize(image.Config);
        var shown = ArchiveNames.Shown(config);
        if (!_files.Contains(config))
            throw new ArchiveRefusedException($"the image's configuration '{shown}' is missing from it");
        if (!_digests.TryGetValue(config, out var digest))
        {
            throw new ArchiveRefusedException(
                $"the image's configuration '{shown}' is longer than {DockerArchive.MaxConfigurationBytes} bytes");
        }

        return image.ConfigDigest is null || image.ConfigDigest == digest
            ? digest
            : throw new ArchiveRefusedException(
                $"the image's configuration '{shown}' has other bytes than its name says, {digest}");
    }

    private void CheckLayer(string layer)
    {
        var shown = ArchiveNames.Shown(layer);
        if (!_files.Contains(layer) && !_links.Contains(layer))
            throw new ArchiveRefusedException($"the image's layer '{shown}' is missing from it");
        if (_zstd.Contains(layer))
        {
            throw new ArchiveRefusedException(
                $"the image's layer '{shown}' is packed with zstd, which Engines before 23.0 cannot load; pack the layers with "
                + "gzip or not at all (skopeo copy --dest-compress-format gzip)");
        }
    }

    private void AddFile(string name, HashSet<string> kind)
    {
        if (name.Length == 0 || _directories.Contains(name) || _files.Contains(name) || _links.Contains(name))
            throw new ArchiveRefusedException($"its entry '{ArchiveNames.Shown(name)}' comes twice");
        kind.Add(name);
        AddDirectories(name, ArchivePath.Parents(name));
    }

    private void AddDirectories(string name, IEnumerable<string> directories)
    {
        foreach (var directory in directories)
        {
            if (_files.Contains(directory) || _links.Contains(directory))
            {
                throw new ArchiveRefusedException(
                    $"its entry '{ArchiveNames.Shown(name)}' goes through '{ArchiveNames.Shown(directory)}', "
                    + "which is no directory");
            }

            _directories.Add(directory);
        }
    }
}
