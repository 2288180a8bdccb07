namespace NovaDocker.Actors.Images.Archives;

/// <summary>A name of an image as Docker reads it.</summary>
/// <param name="Repository">The repository, with registry and owner: <c>docker.io/library/busybox</c>.</param>
/// <param name="Tag">The tag; null where the name has none.</param>
internal readonly record struct ImageReference(string Repository, string? Tag)
{
    private const string DefaultRegistry = "docker.io";
    private const string DefaultOwner = "library";
    private const string DefaultTag = "latest";

    /// <summary>The same with the tag that is meant where there is none.</summary>
    public ImageReference Full => this with { Tag = Tag ?? DefaultTag };

    /// <summary>Reads a name. Whatever is no name of an image comes out as one that no image has.</summary>
    public static ImageReference Parse(string name)
    {
        var colon = name.LastIndexOf(':');
        var hasTag = colon > name.LastIndexOf('/');
        var (path, tag) = hasTag ? (name[..colon], name[(colon + 1)..]) : (name, null);

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : path[..slash];
        var isRegistry = first == "localhost" || first.Any(c => c is '.' or ':' || char.IsUpper(c));
        var (registry, rest) = isRegistry ? (first, path[(slash + 1)..]) : (DefaultRegistry, path);
        if (registry == "index.docker.io")
            registry = DefaultRegistry;
        if (registry == DefaultRegistry && !rest.Contains('/', StringComparison.Ordinal))
            rest = $"{DefaultOwner}/{rest}";
        return new ImageReference($"{registry}/{rest}", tag);
    }
}
