using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Gathers the words of an option, one by one, each with its place. The same word twice is one.</summary>
internal sealed class WordGatherer(Findings findings)
{
    private readonly int _faultsBefore = findings.Count;
    private readonly List<(string Word, Mark Mark, string Path)> _words = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    /// <summary>Adds a word.</summary>
    public void Add(string word, Mark mark, string path)
    {
        if (_known.Add(word))
            _words.Add((word, mark, path));
    }

    /// <summary>Adds a word of which a part may come once only, such as the path that a bind appears at.</summary>
    /// <param name="word">The word.</param>
    /// <param name="mark">Where it stands.</param>
    /// <param name="spot">Where a fault is said to be.</param>
    /// <param name="part">The part.</param>
    /// <param name="taken">What the message says of it: <c>has the container path</c>.</param>
    public void AddOnce(string word, Mark mark, Spot spot, string part, string taken)
    {
        if (_known.Contains(word))
            return;
        if (_owners.TryAdd(part, spot.Path))
            Add(word, mark, spot.Path);
        else
            spot.Fault($"{taken} {Wording.Quoted(part)}, as {_owners[part]} has; one of them has to go.");
    }

    /// <summary>What was gathered; null for nothing, and where there were faults since it began.</summary>
    public Found<OptionValue.Words>? ToFound() => _words.Count == 0 || findings.Count > _faultsBefore
        ? null
        : new(
            new OptionValue.Words(_words.Select(word => word.Word).ToEquatableArray()),
            [.. _words.Select(word => (word.Mark, word.Path))]);
}

/// <summary>Gathers the pairs of an option, each with its place.</summary>
internal sealed class PairGatherer(Findings findings)
{
    private readonly int _faultsBefore = findings.Count;
    private readonly SortedDictionary<string, (string Value, Mark Mark, string Path)> _pairs = new(StringComparer.Ordinal);

    /// <summary>Adds a pair. The same name with another value is a fault, which does not show the values.</summary>
    public void Add(string name, string value, Mark mark, Spot spot)
    {
        if (_pairs.TryAdd(name, (value, mark, spot.Path)) || _pairs[name].Value == value)
            return;
        spot.Fault($"gives {Wording.Quoted(name)} another value than {_pairs[name].Path} does; give it once.");
    }

    /// <summary>What was gathered; null for nothing, and where there were faults since it began.</summary>
    public Found<OptionValue.Pairs>? ToFound() => _pairs.Count == 0 || findings.Count > _faultsBefore
        ? null
        : new(
            new OptionValue.Pairs(new EquatableMap<string>(_pairs.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Value)))),
            [.. _pairs.Values.Select(pair => (pair.Mark, pair.Path))]);
}
