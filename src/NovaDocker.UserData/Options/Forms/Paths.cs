namespace NovaDocker.UserData.Options.Forms;

/// <summary>Rules for paths.</summary>
internal static class Paths
{
    private const string Absolute = "an absolute path inside the container is expected";

    /// <summary>An absolute path inside the container, in its shortest form.</summary>
    public static Verdict Directory(string text) => !text.StartsWith('/') ? Verdict.Not(Absolute)
        : text.Contains('\0', StringComparison.Ordinal) ? Verdict.Not("a path holds no NUL character")
        : Verdict.Of(Shortest(text));

    /// <summary>A path inside the container at which something may be mounted: not its root, and without a colon.</summary>
    public static Verdict InContainer(string text)
    {
        var verdict = Directory(text);
        if (verdict.Value is not { } path)
            return verdict;
        return path == "/" ? Verdict.Not("a path below the root of the container is expected")
            : path.Contains(':', StringComparison.Ordinal) ? Verdict.Not("a path without ':' is expected")
            : verdict;
    }

    /// <summary>
    /// An absolute path of the host, as it stands: what <c>..</c> and links in it lead to, only the host can say.
    /// </summary>
    public static Verdict OnHost(string text) =>
        !text.StartsWith('/') ? Verdict.Not("an absolute path of the host is expected (volumes with names are not offered)")
        : text.Contains('\0', StringComparison.Ordinal) ? Verdict.Not("a path holds no NUL character")
        : Verdict.When(!text.Contains(':', StringComparison.Ordinal), text, "a path without ':' is expected");

    /// <summary>Without empty parts, <c>.</c> and <c>..</c>, as the Engine cleans a path.</summary>
    private static string Shortest(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else if (part.Length > 0 && part != ".")
                parts.Add(part);
        }

        return $"/{string.Join('/', parts)}";
    }
}
