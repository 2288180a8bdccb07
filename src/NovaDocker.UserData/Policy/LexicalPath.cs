using System.Text;

namespace NovaDocker.UserData.Policy;

/// <summary>Paths as texts: what can be said of them without a file system.</summary>
public static class LexicalPath
{
    /// <summary>The longest path that Linux takes, bytes.</summary>
    public const int MaxBytes = 4095;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Why this is no path of a host that could be compared with others; null where it is one.</summary>
    public static string? Problem(string path)
    {
        if (path.Length == 0)
            return "the path is empty; an absolute path of the host is expected.";
        if (path[0] != '/')
            return "an absolute path of the host is expected, one that begins with '/'.";
        if (path.Length > MaxBytes)
            return $"a path has at most {MaxBytes} bytes.";
        if (path.Any(char.IsControl))
            return "a path without control characters is expected.";
        if (path.Contains(':', StringComparison.Ordinal))
            return "a path without colons is expected; the Engine divides a bind there.";
        try
        {
            return Strict.GetByteCount(path) > MaxBytes ? $"a path has at most {MaxBytes} bytes." : null;
        }
        catch (EncoderFallbackException)
        {
            return "a path of whole characters is expected; half of one has no bytes in a file system.";
        }
    }

    /// <summary>An absolute path without <c>.</c>, <c>..</c>, empty components and a slash at its end.</summary>
    /// <remarks><c>..</c> takes away the component before it, also where that is a link; above the root there is the root.</remarks>
    public static string Normalize(string path)
    {
        var components = new List<string>();
        foreach (var component in Components(path))
        {
            if (component != "..")
                components.Add(component);
            else if (components.Count > 0)
                components.RemoveAt(components.Count - 1);
        }

        return $"/{string.Join('/', components)}";
    }

    /// <summary>The components of a path; <c>.</c> and empty ones are none.</summary>
    public static IEnumerable<string> Components(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(component => component != ".");

    /// <summary>True where a path is a directory's own or lies below it, by whole components. Case counts.</summary>
    /// <param name="directory">A path in its normal form.</param>
    /// <param name="path">Another one.</param>
    public static bool Holds(string directory, string path) =>
        path.Equals(directory, StringComparison.Ordinal) || IsAbove(directory, path);

    /// <summary>True where a path lies below a directory, by whole components. Case counts.</summary>
    /// <param name="directory">A path in its normal form.</param>
    /// <param name="path">Another one.</param>
    public static bool IsAbove(string directory, string path) => directory == "/"
        ? path.Length > 1
        : path.Length > directory.Length && path[directory.Length] == '/' && path.StartsWith(directory, StringComparison.Ordinal);
}
