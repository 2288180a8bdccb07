namespace NovaDocker.Actors.Images.Archives;

/// <summary>Names and link targets of archive entries, kept within the archive's root.</summary>
internal static class ArchivePath
{
    /// <summary>The name without leading <c>./</c> and trailing slash; empty for the root itself.</summary>
    /// <exception cref="ArchiveRefusedException">The name is absolute or climbs.</exception>
    public static string Normalize(string name)
    {
        if (name.StartsWith('/'))
            throw new ArchiveRefusedException($"its entry '{name}' has an absolute path");
        var parts = Split(name);
        if (parts.Contains(".."))
            throw new ArchiveRefusedException($"its entry '{name}' has '..' in its path");
        return string.Join('/', parts);
    }

    /// <summary>
    /// Checks the target of a symbolic link. It may climb only at its beginning, as <c>docker save</c> writes it
    /// (<c>../&lt;layer&gt;/layer.tar</c>): a later <c>..</c> could climb from where another link leads to.
    /// </summary>
    /// <exception cref="ArchiveRefusedException">The link leads out of the archive, or might.</exception>
    public static void CheckSymbolicLink(string name, string target)
    {
        var depth = name.Count(c => c == '/');
        var parts = Split(target);
        var climbs = parts.TakeWhile(part => part == "..").Count();
        if (target.StartsWith('/') || climbs > depth || parts.Skip(climbs).Contains(".."))
            throw LeadsOut(name, target);
    }

    /// <summary>Checks the target of a hard link, which counts from the root.</summary>
    /// <exception cref="ArchiveRefusedException">The link leads out of the archive.</exception>
    public static void CheckHardLink(string name, string target)
    {
        if (target.StartsWith('/') || Split(target).Contains(".."))
            throw LeadsOut(name, target);
    }

    /// <summary>Every directory above the name, the nearest first.</summary>
    public static IEnumerable<string> Parents(string name)
    {
        for (var slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
            yield return name[..slash];
    }

    private static string[] Split(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".")];

    private static ArchiveRefusedException LeadsOut(string name, string target) =>
        new($"its link '{name}' to '{target}' leads out of it");
}
