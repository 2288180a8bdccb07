using System.Formats.Tar;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>What is to become of an entry.</summary>
internal enum EntryFate
{
    /// <summary>It goes through.</summary>
    Pass,

    /// <summary>It is left out.</summary>
    Drop,

    /// <summary>It is the manifest, which is read and written anew.</summary>
    Manifest,
}

/// <summary>
/// The entries of an archive seen so far: judges each by those before it, and in the end whether they make up one image.
/// Its size is bounded by <see cref="DockerArchive.MaxEntries"/>.
/// </summary>
internal sealed class ArchiveIndex
{
    // The Engine would take tags from either: from 'repositories' where there is no manifest, from an OCI index before
    // it looks for the manifest.
    private static readonly HashSet<string> TagBearing =
        new(["repositories", "index.json", "oci-layout"], StringComparer.Ordinal);

    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _links = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);
    private bool _isOciLayout;

    /// <summary>How many entries were judged.</summary>
    public int Count { get; private set; }

    /// <summary>The manifest, once it came by.</summary>
    public ArchiveManifest? Manifest { get; set; }

    /// <summary>Judges an entry.</summary>
    /// <param name="entry">The entry as read.</param>
    /// <param name="name">Its normalized name.</param>
    /// <exception cref="ArchiveRefusedException">The archive is not one to be loaded.</exception>
    public EntryFate Judge(TarEntry entry, out string name)
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
                throw new ArchiveRefusedException($"its entry '{name}' is a {entry.EntryType}");
        }

        if (name == ArchiveManifest.EntryName)
        {
            return _files.Contains(name)
                ? EntryFate.Manifest
                : throw new ArchiveRefusedException("its manifest.json is a link");
        }

        _isOciLayout |= name == "oci-layout";
        return TagBearing.Contains(name) ? EntryFate.Drop : EntryFate.Pass;
    }

    /// <summary>Notes the digest of an entry's bytes, <c>sha256:…</c>.</summary>
    public void AddDigest(string name, string digest) => _digests[name] = digest;

    /// <summary>Says what the archive holds, when all of it was read.</summary>
    /// <param name="unpackedBytes">Its length as a plain tar.</param>
    /// <exception cref="ArchiveRefusedException">The entries do not make up one image.</exception>
    public ArchiveContents Complete(long unpackedBytes)
    {
        if (Count == 0)
            throw new ArchiveRefusedException("it is empty");
        if (Manifest is null)
        {
            throw new ArchiveRefusedException(_isOciLayout
                ? "it is an OCI layout without the manifest.json that docker save adds"
                : "it has no manifest.json, as the file system of a container (docker export) has none");
        }

        var config = ArchivePath.Normalize(Manifest.Config);
        if (!_files.Contains(config))
            throw new ArchiveRefusedException($"the image's configuration '{config}' is missing from it");
        if (!_digests.TryGetValue(config, out var digest))
        {
            throw new ArchiveRefusedException(
                $"the image's configuration '{config}' is longer than {DockerArchive.MaxConfigurationBytes} bytes");
        }

        foreach (var layer in Manifest.Layers.Select(ArchivePath.Normalize))
        {
            if (!_files.Contains(layer) && !_links.Contains(layer))
                throw new ArchiveRefusedException($"the image's layer '{layer}' is missing from it");
        }

        return new ArchiveContents(digest, Manifest.RepositoryTags, Manifest.Layers.Length, Count, unpackedBytes);
    }

    private void AddFile(string name, HashSet<string> kind)
    {
        if (name.Length == 0 || _directories.Contains(name) || _files.Contains(name) || _links.Contains(name))
            throw new ArchiveRefusedException($"its entry '{name}' comes twice");
        kind.Add(name);
        AddDirectories(name, ArchivePath.Parents(name));
    }

    private void AddDirectories(string name, IEnumerable<string> directories)
    {
        foreach (var directory in directories)
        {
            if (_files.Contains(directory) || _links.Contains(directory))
                throw new ArchiveRefusedException($"its entry '{name}' goes through '{directory}', which is no directory");
            _directories.Add(directory);
        }
    }
}
