using static NovaDocker.UserData.Documents.UserDataNode;

namespace NovaDocker.UserData.Documents;

/// <summary>
/// Composes a tree from what a reader comes upon, one piece after the other, and keeps the rules that are the same for YAML and
/// JSON: how deep and how large a document may be, what a key is, and that none comes twice. It holds the open collections in
/// a list of its own, so that no document, however deep, deepens the stack of the thread.
/// </summary>
/// <param name="faults">
/// Where faults go. Reading goes on behind one, to find the others, unless <see cref="IsStopped"/>; what is composed then is of no
/// use to anybody else.
/// </param>
internal sealed class TreeBuilder(FaultList faults)
{
    /// <summary>How many collections may lie in one another. The deepest option, a port's bindings, needs five.</summary>
    public const int MaxDepth = 16;

    /// <summary>
    /// How many nodes (collections, scalars, keys) a document may have. An alias counts for all that it stands for, since
    /// whoever walks the tree comes by all of it; so ten lines of aliases cannot stand for a billion nodes.
    /// </summary>
    public const int MaxNodes = 10_000;

    /// <summary>How the brace of a brace comes about.</summary>
    private const string TemplateHint = "; a template such as {{ name }} is not filled in, and goes in quotes";

    private readonly List<OpenCollection> _open = [];
    private readonly Dictionary<string, Composed?> _anchors = new(StringComparer.Ordinal);
    private int _nodes;
    private bool _isStopped;

    /// <summary>True once reading on is of no use.</summary>
    public bool IsStopped => _isStopped || faults.IsFull;

    /// <summary>The outermost node; null until it is complete.</summary>
    public UserDataNode? Root { get; private set; }

    /// <summary>True where no collection is open.</summary>
    public bool IsOutermost => _open.Count == 0;

    /// <summary>Where the reader is, as messages name it: <c>HostConfig.Binds[0]</c>.</summary>
    public string Path => PathOf(_open);

    /// <summary>What a node is, as a message says what was found.</summary>
    public static string KindOf(UserDataNode node) => node switch
    {
        Sequence => "a list",
        Mapping => "a mapping",
        Scalar { IsNull: true } => "nothing",
        Scalar => "a text",
        _ => "something else",
    };

    /// <summary>A list or a mapping begins.</summary>
    /// <param name="isMapping">Which of them.</param>
    /// <param name="mark">Where; null where the reader cannot tell, and the first thing inside says it.</param>
    /// <param name="anchor">The name aliases call it by.</param>
    public void Begin(bool isMapping, Mark? mark, string? anchor = null)
    {
        var place = mark ?? _open.LastOrDefault()?.Mark ?? new Mark(1, 1);
        if (_open.Count == MaxDepth)
        {
            Stop(place, $"lies deeper than {MaxDepth} levels; no option needs that");
            return;
        }

        var isKey = ExpectsKey;
        if (isKey)
            RefuseKey(place, isMapping ? "a mapping" : "a list", isMapping ? TemplateHint : string.Empty);
        if (anchor is not null)
            _anchors[anchor] = null;
        _open.Add(new OpenCollection(isMapping, mark, anchor, _nodes) { IsKey = isKey });
        Count(1, place);
    }

    /// <summary>The innermost collection ends.</summary>
    public void End()
    {
        var ended = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        var composed = new Composed(ended.Close(), _nodes - ended.NodesBefore, ended.Height);
        if (ended.IsKey)
            Remember(ended.Anchor, composed);
        else
            Complete(composed, ended.Anchor);
    }

    /// <summary>A scalar: a value or, where one is due, a key.</summary>
    public void Add(Scalar scalar, string? anchor = null)
    {
        Count(1, scalar.Mark);
        if (scalar.Text.Contains('\0'))
        {
            Fault(scalar.Mark, "holds the character NUL, which no option can hold");
            scalar = scalar with { Text = scalar.Text.Replace('\0', ' ') };
        }

        var composed = new Composed(scalar, 1, 0);
        if (ExpectsKey)
        {
            TakeKey(scalar);
            Remember(anchor, composed);
        }
        else
        {
            Complete(composed, anchor);
        }
    }

    /// <summary>An alias, which stands for a node that had an anchor.</summary>
    public void AddAlias(string anchor, Mark mark)
    {
        var shown = Shown.Piece(anchor);
        if (!_anchors.TryGetValue(anchor, out var found))
        {
            Stop(mark, $"refers to '*{shown}', but no anchor '&{shown}' stands before it; text that begins with '*' goes in quotes");
            return;
        }

        if (found is not { } composed)
        {
            Stop(mark, $"refers to '*{shown}' inside of '&{shown}' itself; a node cannot contain itself");
            return;
        }

        if (_open.Count + composed.Height > MaxDepth)
        {
            Stop(mark, $"leads with '*{shown}' deeper than {MaxDepth} levels; no option needs that");
            return;
        }

        Count(composed.Size, mark);
        if (!ExpectsKey)
            Complete(composed, null);
        else if (composed.Node is Scalar key)
            TakeKey(key with { Mark = mark });
        else
            RefuseKey(mark, $"{KindOf(composed.Node)} by the name of '*{shown}'");
    }

    /// <summary>Adds a fault of the piece that comes next, or of the collection as a whole where a key is due.</summary>
    /// <param name="mark">Where.</param>
    /// <param name="problem">The rest of a sentence that begins with the path.</param>
    public void Fault(Mark mark, string problem)
    {
        var path = Path;
        faults.Add(mark, path, path.Length == 0 ? "the document " + problem : problem);
    }

    private bool ExpectsKey => _open.Count > 0 && _open[^1] is { IsMapping: true, Key: null };

    private void TakeKey(Scalar key)
    {
        var mapping = _open[^1];
        if (key.Text.Length == 0 || key.IsNull)
        {
            if (key.Text.Length == 0)
                RefuseKey(key.Mark, "nothing");
            else
                RefuseKey(key.Mark, $"'{key.Text}'", ", and this is YAML for nothing; as a text it goes in quotes");

            // YAML's reader loses its way behind a key that is not there at all; what it reports after it cannot be relied on.
            _isStopped |= key is { IsPlain: true, Text.Length: 0 };
            return;
        }

        mapping.TakeKey(key);
        if (key is { IsPlain: true, Text: "<<" })
            Fault(key.Mark, "is a merge key, which is not supported; write the keys out, or use an alias for a value");
        else if (mapping.FindEarlier(key) is { } earlier)
            Fault(key.Mark, $"comes twice: the same key stands at {earlier}");
    }

    /// <summary>Says that it is no key, and has something stand for it, so that the value that follows is taken for one.</summary>
    private void RefuseKey(Mark mark, string found, string hint = "")
    {
        // Inside of what is no key itself there is nothing more to say.
        if (!_open.Exists(collection => collection.IsKey))
            Fault(mark, $"has {found} for a key; a text is expected{hint}");
        _open[^1].TakeKey(new Scalar(mark, "?", true));
    }

    private void Complete(Composed composed, string? anchor)
    {
        Remember(anchor, composed);
        if (_open.Count == 0)
            Root = composed.Node;
        else
            _open[^1].TakeValue(composed);
    }

    private void Remember(string? anchor, Composed composed)
    {
        if (anchor is not null)
            _anchors[anchor] = composed;
    }

    private void Count(int nodes, Mark mark)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes && !IsStopped)
        {
            faults.Add(
                mark,
                string.Empty,
                $"the document has more than {MaxNodes} nodes, with aliases counted for what they stand for; no set of options needs that");
            _isStopped = true;
        }
    }

    private void Stop(Mark mark, string problem)
    {
        Fault(mark, problem);
        _isStopped = true;
    }

    private static string PathOf(IEnumerable<OpenCollection> open) =>
        string.Concat(open.Select(collection => collection.Step)).TrimStart('.');

    /// <summary>A node with what it takes to judge an alias to it.</summary>
    /// <param name="Node">The node.</param>
    /// <param name="Size">How many nodes it is, with aliases counted for what they stand for.</param>
    /// <param name="Height">How many collections lie in one another in it.</param>
    internal readonly record struct Composed(UserDataNode Node, int Size, int Height);
}
