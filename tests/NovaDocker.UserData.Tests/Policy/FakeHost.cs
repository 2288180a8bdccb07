using NovaDocker.UserData.Policy;

namespace NovaDocker.UserData.Tests.Policy;

/// <summary>
/// A file system of nodes that know their parents. It walks as a kernel does and knows nothing of paths as texts, so that what is
/// said of texts can be held against it.
/// </summary>
internal sealed class FakeHost : IHostDirectories
{
    private const int MostLinks = 40;

    public Node Root { get; } = new(null, "", null);

    /// <summary>Makes directories; a path that leads over links is followed.</summary>
    public FakeHost With(params string[] directories)
    {
        foreach (var directory in directories)
            Make(directory);
        return this;
    }

    /// <summary>Puts a link at a path, in the place of whatever is there.</summary>
    public FakeHost WithLink(string path, string target)
    {
        var parent = Make(path[..path.LastIndexOf('/')]);
        var name = path[(path.LastIndexOf('/') + 1)..];
        parent.Children[name] = new Node(parent, name, target);
        return this;
    }

    /// <summary>The node that a path leads to; null where there is none.</summary>
    public Node? Find(string path)
    {
        var walk = new Walk(this);
        return walk.To(Root, path) && walk.Missing.Count == 0 ? walk.Here : null;
    }

    public IEnumerable<Node> All() => Root.WithAllBelow();

    public (string Path, bool Exists) Resolve(string path)
    {
        var walk = new Walk(this);
        if (!walk.To(Root, path))
            throw new IOException($"{path}: too many links.");
        return walk.Missing.Count == 0
            ? (walk.Here.Path, true)
            : ($"{walk.Here.Path.TrimEnd('/')}/{string.Join('/', walk.Missing)}", false);
    }

    public IReadOnlyList<string> PlacesOnTheWay(string path)
    {
        var walk = new Walk(this);
        return walk.To(Root, path) ? walk.Places : throw new IOException($"{path}: too many links.");
    }

    public void MakeDirectories(string root, IReadOnlyList<string> below)
    {
        var here = Root;
        foreach (var name in root.Split('/', StringSplitOptions.RemoveEmptyEntries).Concat(below))
        {
            if (!here.Children.TryGetValue(name, out var next))
                here.Children[name] = next = new Node(here, name, null);
            here = next.Target is null ? next : throw new IOException($"{next.Path} is a link.");
        }
    }

    /// <summary>What there is, for who reads why a law does not hold.</summary>
    public override string ToString() =>
        string.Join(' ', All().Select(node => node.Target is null ? node.Path : $"{node.Path}->{node.Target}"));

    private Node Make(string path)
    {
        var here = Root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!here.Children.ContainsKey(name))
                here.Children[name] = new Node(here, name, null);
            here = Find($"{here.Path}/{name}") ?? throw new InvalidOperationException($"{path} leads over a dangling link.");
        }

        return here;
    }

    internal sealed class Node(Node? parent, string name, string? target)
    {
        public Node? Parent => parent;

        public string? Target => target;

        public SortedDictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public string Path => parent is null ? "/" : $"{parent.Path.TrimEnd('/')}/{name}";

        public IEnumerable<Node> WithAllBelow() => Children.Values.SelectMany(child => child.WithAllBelow()).Prepend(this);

        public IEnumerable<Node> WithAllAbove()
        {
            for (var node = this; node is not null; node = node.Parent)
                yield return node;
        }
    }

    private sealed class Walk(FakeHost host)
    {
        private int _links;

        public Node Here { get; private set; } = host.Root;

        public List<string> Missing { get; } = [];

        public List<string> Places { get; } = [];

        /// <summary>False where there are too many links.</summary>
        public bool To(Node from, string path)
        {
            Here = path.StartsWith('/') ? host.Root : from;
            foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                if (Missing.Count > 0 && name == "..")
                    return false;
                if (Missing.Count > 0)
                {
                    Missing.Add(name);
                    continue;
                }

                if (name is "." or "..")
                {
                    Here = name == "." ? Here : Here.Parent ?? Here;
                    continue;
                }

                Places.Add($"{Here.Path.TrimEnd('/')}/{name}");
                if (!Here.Children.TryGetValue(name, out var next))
                    Missing.Add(name);
                else if (next.Target is null)
                    Here = next;
                else if (++_links > MostLinks || !To(Here, next.Target))
                    return false;
            }

            return true;
        }
    }
}
