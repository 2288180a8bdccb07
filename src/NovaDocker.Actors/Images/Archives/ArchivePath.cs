namespace NovaDocker.Actors.Images.Archives;

/// <summary>Names and link targets of archive entries, kept within the archive's root.</summary>
internal static class ArchivePath
{
    /// <summary>Length of a name that is taken. The longest of <c>docker save</c> has 77 characters.</summary>
    public const int MaxLength = 255;

    /// <summary>Directories above a name that are taken; each is remembered.</summary>
    public const int MaxDepth = 8;

    /// <summary>The name without leading <c>./</c> and trailing slash; empty for the root itself.</summary>
    /// <exception cref="ArchiveRefusedException">The name is absolute or climbs, or is too long or too deep.</exception>
    public static string Normalize(string name)
    {
        if (name.StartsWith('/'))
            throw Refused("an absolute path");
        if (name.Contains('\0', StringComparison.Ordinal))
            throw Refused("a NUL in its path");
        if (name.Length > MaxLength)
            throw Refused($"a path of {name.Length} characters, and {MaxLength} are taken");
        var parts = Split(name);
        if (parts.Contains(".."))
            throw Refused("'..' in its path");
        if (parts.Length > MaxDepth + 1)
            throw Refused($"more than {MaxDepth} directories in its path");
        return string.Join('/', parts);

        ArchiveRefusedException Refused(string what) => new($"its entry '{ArchiveNames.Shown(name)}' has {what}");
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
        CheckTarget(name, target);
        if (target.StartsWith('/') || climbs > depth || parts.Skip(climbs).Contains(".."))
            throw LeadsOut(name, target);
    }

    /// <summary>Checks the target of a hard link, which counts from the root.</summary>
    /// <exception cref="ArchiveRefusedException">The link leads out of the archive.</exception>
    public static void CheckHardLink(string name, string target)
    {
        CheckTarget(name, target);
        if (target.StartsWith('/') || Split(target).Contains(".."))
            throw LeadsOut(name, target);
    }

    /// <summary>Every directory above the name, the nearest first.</summary>
    public static IEnumerable<string> Parents(string name)
    {
        for (var slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
            yield return name[..slash];
    }

    private static void CheckTarget(string name, string target)
    {
        if (target.Length is 0 or > MaxLength || target.Contains('\0', StringComparison.Ordinal))
            throw new ArchiveRefusedException($"its link '{ArchiveNames.Shown(name)}' to '{ArchiveNames.Shown(target)}' is none");
    }

    private static string[] Split(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".")];

    private static ArchiveRefusedException LeadsOut(string name, string target) =>
        new($"its link '{ArchiveNames.Shown(name)}' to '{ArchiveNames.Shown(target)}' leads out of it");
}
