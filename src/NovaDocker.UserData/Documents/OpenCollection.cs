using static NovaDocker.UserData.Documents.UserDataNode;

namespace NovaDocker.UserData.Documents;

/// <summary>A list or a mapping that is being composed.</summary>
/// <param name="isMapping">Which of them.</param>
/// <param name="mark">Where it begins; null where its first key says it.</param>
/// <param name="anchor">The name aliases call it by.</param>
/// <param name="nodesBefore">How many nodes the document had before it.</param>
internal sealed class OpenCollection(bool isMapping, Mark? mark, string? anchor, int nodesBefore)
{
    private readonly List<UserDataNode> _items = [];
    private readonly List<UserDataEntry> _entries = [];
    private readonly Dictionary<string, Mark> _keys = new(StringComparer.Ordinal);

    /// <summary>A mapping, or a list.</summary>
    public bool IsMapping => isMapping;

    /// <summary>True where it stands in the place of a key, which it cannot be.</summary>
    public bool IsKey { get; init; }

    /// <summary>Where it begins.</summary>
    public Mark? Mark { get; private set; } = mark;

    /// <summary>The name aliases call it by.</summary>
    public string? Anchor => anchor;

    /// <summary>How many nodes the document had before it.</summary>
    public int NodesBefore => nodesBefore;

    /// <summary>How many collections lie in one another from here, this one included.</summary>
    public int Height { get; private set; } = 1;

    /// <summary>The key whose value comes next; null where a key is due.</summary>
    public Scalar? Key { get; private set; }

    /// <summary>Its part of a path: <c>.key</c>, <c>[2]</c>, or nothing between two keys.</summary>
    public string Step => isMapping
        ? Key is null ? string.Empty : "." + Shown.Piece(Key.Text)
        : $"[{_items.Count}]";

    /// <summary>A key, whose value comes next.</summary>
    public void TakeKey(Scalar key)
    {
        Mark ??= key.Mark;
        Key = key;
    }

    /// <summary>Where the same key stood before; null where it is new, and known from now on.</summary>
    public Mark? FindEarlier(Scalar key) => _keys.TryAdd(key.Text, key.Mark) ? null : _keys[key.Text];

    /// <summary>The next item, or the value of the key.</summary>
    public void TakeValue(TreeBuilder.Composed value)
    {
        Height = Math.Max(Height, value.Height + 1);
        if (!isMapping)
            _items.Add(value.Node);
        else
            _entries.Add(new UserDataEntry(Key!, value.Node));
        Key = null;
    }

    /// <summary>The finished node. A key without a value has none because its reader lost its way, and has said so.</summary>
    public UserDataNode Close()
    {
        var begin = Mark ?? new Mark(1, 1);
        return isMapping ? new Mapping(begin, [.. _entries]) : new Sequence(begin, [.. _items]);
    }
}
