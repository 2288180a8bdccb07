using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Options that are lists of words.</summary>
internal static class Lists
{
    /// <summary>A list of words that a rule judges.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="orOne">True where docker-py takes a single word in place of a list of one.</param>
    public static Form<OptionValue.Words> Words(Rule rule, bool orOne = false) => spot =>
    {
        var words = new WordGatherer(spot.Findings);
        foreach (var item in Items(spot, orOne))
        {
            if (item.Word(rule) is { } word)
                words.Add(word, item.Mark, item.Path);
        }

        return words.ToFound();
    };

    /// <summary>A list of words of which a part may come once only.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="part">The part of a word in its canonical form.</param>
    /// <param name="taken">What the message says of it: <c>has the container path</c>.</param>
    public static Form<OptionValue.Words> Once(Rule rule, Func<string, string> part, string taken) => spot =>
    {
        var words = new WordGatherer(spot.Findings);
        foreach (var item in Items(spot))
        {
            if (item.Word(rule) is { } word)
                words.AddOnce(word, item.Mark, item, part(word), taken);
        }

        return words.ToFound();
    };

    /// <summary>
    /// The words of a command: a list, or a line that is split as a shell splits it. Here an empty word among others is a
    /// word, and the same one may come twice.
    /// </summary>
    public static Found<OptionValue.Words>? Command(Spot spot)
    {
        var before = spot.Findings.Count;
        var words = spot.Node is UserDataNode.Scalar
            ? Line(spot).Select(word => (Word: (string?)word, At: spot)).ToList()
            : [.. Items(spot).Where(item => !item.IsNull).Select(item => (Argument(item), item))];
        return spot.Findings.Count > before || words.TrueForAll(word => word.Word!.Length == 0)
            ? null
            : new(
                new OptionValue.Words(words.Select(word => word.Word!).ToEquatableArray()),
                [.. words.Select(word => (word.At.Mark, word.At.Path))]);
    }

    /// <summary>The same for what has to begin with a program.</summary>
    public static Found<OptionValue.Words>? Program(Spot spot)
    {
        var words = Command(spot);
        if (words is null || words.Value.Values[0].Length > 0)
            return words;
        spot.Fault("begins with an empty word; the path or name of a program is expected.");
        return null;
    }

    /// <summary>The elements of a list; none, and a fault, where it is something else that is set.</summary>
    public static IEnumerable<Spot> Items(Spot spot, bool orOne = false)
    {
        if (spot.Node is UserDataNode.Sequence || spot.IsUnset)
            return spot.Items();
        if (orOne && spot.Node is UserDataNode.Scalar)
            return [spot];
        spot.Expect(orOne ? "a list, or a single value, is expected" : "a list is expected");
        return [];
    }

    private static IReadOnlyList<string> Line(Spot spot)
    {
        if (spot.IsUnset || Argument(spot) is not { } line)
            return [];
        if (ShellWords.Split(line, out var problem) is { } words)
            return words;
        spot.Expect(problem!);
        return [];
    }

    private static string? Argument(Spot spot)
    {
        if (spot.Text is not { } text)
            spot.Expect("a single word is expected");
        else if (text.Contains('\0', StringComparison.Ordinal))
            spot.Expect("no process can be given a NUL character");
        else
            return text;
        return null;
    }
}
