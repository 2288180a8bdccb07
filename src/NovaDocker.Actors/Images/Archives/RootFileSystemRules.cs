namespace NovaDocker.Actors.Images.Archives;

/// <summary>Judges the entries of a container's file system, one by one, without remembering them.</summary>
internal sealed class RootFileSystemRules
{
    private int _entries;
    private bool _hasManifest;
    private bool _hasParts;

    /// <summary>Judges an entry.</summary>
    /// <exception cref="ArchiveRefusedException">The archive is not one to be imported.</exception>
    public void Judge(TarItem entry)
    {
        if (++_entries > RootFileSystemArchive.MaxEntries)
            throw new ArchiveRefusedException($"it has more than {RootFileSystemArchive.MaxEntries} entries");
        if (!entry.IsOfKnownKind)
        {
            throw new ArchiveRefusedException(
                $"its entry '{ArchiveNames.Shown(entry.Name)}' is of the kind '{ArchiveNames.Shown(entry.Kind.ToString())}', "
                + "which an Engine cannot unpack; files, directories, links, devices and pipes are expected");
        }

        if (ProblemOf(entry.Name) is { } problem)
            throw new ArchiveRefusedException($"its entry '{ArchiveNames.Shown(entry.Name)}' has {problem}");
        if (entry.IsHardLink && ProblemOf(entry.Target) is { } bad)
        {
            throw new ArchiveRefusedException(
                $"the target of its link '{ArchiveNames.Shown(entry.Name)}', '{ArchiveNames.Shown(entry.Target)}', has {bad}");
        }

        Recognize(entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name);
    }

    /// <summary>Judges the whole, when all of it was read.</summary>
    /// <exception cref="ArchiveRefusedException">The archive is not one to be imported.</exception>
    public void Complete()
    {
        if (_entries == 0)
            throw new ArchiveRefusedException("it is empty");
        if (_hasManifest && _hasParts)
        {
            throw new ArchiveRefusedException(
                $"it is an archive of docker save, or an OCI layout, and no file system; leave out {ArchiveForms.Property}="
                + ArchiveForms.Export);
        }
    }

    private static string? ProblemOf(string path)
    {
        if (path.StartsWith('/'))
            return "an absolute path";
        if (path.Contains('\0', StringComparison.Ordinal))
            return "a NUL in its path";
        return path.Contains("..", StringComparison.Ordinal) && path.Split('/').Contains("..") ? "'..' in its path" : null;
    }

    private void Recognize(string name)
    {
        _hasManifest |= name is ArchiveManifest.EntryName or OciLayout.IndexName;
        _hasParts |= name == OciLayout.MarkerName
            || name.StartsWith("blobs/sha256/", StringComparison.Ordinal)
            || name.EndsWith("/layer.tar", StringComparison.Ordinal);
    }
}
