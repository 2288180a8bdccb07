namespace NovaDocker.Adapters.Docker;

/// <summary>
/// Ids, names and references as the client puts them into a path, which it does as they stand: without escaping, one
/// with a <c>?</c> or a <c>..</c> in it would ask the Engine for something else.
/// </summary>
internal static class EnginePath
{
    /// <summary>A container's id or name as one segment of a path.</summary>
    public static string OfContainer(string idOrName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idOrName);
        return Segment(idOrName);
    }

    /// <summary>An image's id or tag as a path; slashes, colons and the at sign are part of a reference.</summary>
    public static string OfImage(string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        return string.Join('/', reference.Split('/').Select(Segment))
            .Replace("%3A", ":", StringComparison.Ordinal)
            .Replace("%40", "@", StringComparison.Ordinal);
    }

    private static string Segment(string text) => text is "" or "." or ".."
        ? throw new ArgumentException($"'{text}' names no container and no image.", nameof(text))
        : Uri.EscapeDataString(text);
}
