using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Options that are values by name: a mapping, or a list of <c>name=value</c>.</summary>
internal static class PairForms
{
    /// <summary>Environment variables. An empty value is a value; one that is null, or has no <c>=</c>, is not set.</summary>
    public static Found<OptionValue.Pairs>? Environment(Spot spot) => Read(spot, new PairShape
    {
        Name = Names.Variable,
        Value = Names.Argument,
        KeepsEmpty = true,
        IsSecret = true,
    });

    /// <summary>Labels. A name without a value is set, and empty.</summary>
    public static Found<OptionValue.Pairs>? Labels(Spot spot) => Read(spot, new PairShape
    {
        Name = Names.Label,
        Value = Names.Argument,
        KeepsEmpty = true,
        Bare = string.Empty,
    });

    /// <summary>Kernel parameters.</summary>
    public static Found<OptionValue.Pairs>? Sysctls(Spot spot) => Read(spot, new PairShape
    {
        Name = Names.Sysctl,
        Value = Names.Line,
    });

    /// <summary>Memory file systems: paths with mount options behind a colon, or a mapping.</summary>
    public static Found<OptionValue.Pairs>? Tmpfs(Spot spot) => Read(spot, new PairShape
    {
        Name = Paths.InContainer,
        Value = Names.TmpfsOptions,
        Separator = ':',
        KeepsEmpty = true,
        Bare = string.Empty,
        NullIsBare = true,
    });

    /// <summary>Options of a driver that finds devices: a mapping alone.</summary>
    public static Found<OptionValue.Pairs>? DriverOptions(Spot spot) => Read(spot, new PairShape
    {
        Name = Names.Line,
        Value = Names.Argument,
        MappingOnly = true,
    });

    /// <summary>Options of a log driver: a mapping alone.</summary>
    public static Found<OptionValue.Pairs>? LogOptions(Spot spot) => Read(spot, new PairShape
    {
        Name = Names.LogOption,
        Value = Names.Argument,
        IsSecret = true,
        MappingOnly = true,
    });

    private static Found<OptionValue.Pairs>? Read(Spot spot, PairShape shape)
    {
        var pairs = new PairGatherer(spot.Findings);
        if (spot.Node is UserDataNode.Mapping)
        {
            foreach (var (key, value) in spot.Entries())
                Add(pairs, key.Text, value.IsNull && shape.NullIsBare ? shape.Bare : Value(value), value, key.Mark, shape);
        }
        else if (shape.MappingOnly && !spot.IsUnset)
        {
            spot.Expect("a mapping of names and values is expected");
        }
        else
        {
            foreach (var item in ListOf(spot, shape))
                AddItem(pairs, item, shape);
        }

        return pairs.ToFound();
    }

    private static IEnumerable<Spot> ListOf(Spot spot, PairShape shape)
    {
        if (spot.Node is UserDataNode.Sequence || spot.IsUnset)
            return spot.Items();
        spot.Expect($"a mapping, or a list of name{shape.Separator}value, is expected");
        return [];
    }

    private static void AddItem(PairGatherer pairs, Spot item, PairShape shape)
    {
        if (item.IsUnset)
            return;
        if (item.Text is not { } text)
        {
            item.Expect($"name{shape.Separator}value is expected");
            return;
        }

        var at = text.IndexOf(shape.Separator, StringComparison.Ordinal);
        Add(pairs, at < 0 ? text : text[..at], at < 0 ? shape.Bare : text[(at + 1)..], item, item.Mark, shape);
    }

    private static void Add(PairGatherer pairs, string name, string? value, Spot spot, Mark mark, PairShape shape)
    {
        var nameVerdict = shape.Name(name);
        if (nameVerdict.Problem is { } problem)
            spot.At(mark).Fault($"has the name {Wording.Quoted(name)}; {problem}.");
        if (value is null || (value.Length == 0 && !shape.KeepsEmpty))
            return;
        var judged = value.Length == 0 ? value : spot.Judge(value, shape.Value, shape.IsSecret);
        if (judged is not null && nameVerdict.Value is { } known)
            pairs.Add(known, judged, mark, spot);
    }

    private static string? Value(Spot spot)
    {
        if (spot.IsNull)
            return null;
        if (spot.Text is null)
            spot.Expect("a single value is expected");
        return spot.Text;
    }

    /// <summary>How pairs are written, and what they may be.</summary>
    private sealed record PairShape
    {
        /// <summary>Judges a name.</summary>
        public required Rule Name { get; init; }

        /// <summary>Judges a value that is not empty.</summary>
        public required Rule Value { get; init; }

        /// <summary>Stands between name and value in a list.</summary>
        public char Separator { get; init; } = '=';

        /// <summary>The value of a name without one in a list; null where that means "not set".</summary>
        public string? Bare { get; init; }

        /// <summary>True where null in a mapping is the same as a name without a value.</summary>
        public bool NullIsBare { get; init; }

        /// <summary>True where an empty value is a value.</summary>
        public bool KeepsEmpty { get; init; }

        /// <summary>True where messages show no value.</summary>
        public bool IsSecret { get; init; }

        /// <summary>True where no list is taken.</summary>
        public bool MappingOnly { get; init; }
    }
}
