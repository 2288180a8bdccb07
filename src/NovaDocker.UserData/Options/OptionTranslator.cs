using System.Collections.Immutable;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;
using NovaDocker.UserData.Options.Forms;

namespace NovaDocker.UserData.Options;

/// <summary>
/// Turns a document into options, by <see cref="OptionTable"/>. Nothing in a document makes it throw: what cannot be taken
/// is a fault, and it goes on, so that all faults come at once.
/// </summary>
public static class OptionTranslator
{
    private static readonly ImmutableHashSet<string> Ordered =
        [.. OptionTable.Rows.Where(row => row.OrderMatters).Select(row => row.Option!)];

    /// <summary>Reads the keys of a document and those in its <c>HostConfig</c>.</summary>
    /// <param name="root">The document.</param>
    public static OptionTranslation Translate(UserDataNode.Mapping root)
    {
        var findings = new Findings();
        var asked = new List<AskedOption>();
        foreach (var entry in root.Entries)
        {
            if (KnownKeys.IsHostConfig(entry.Key.Text))
                asked.AddRange(HostConfig(new Spot(entry.Value, entry.Key.Text, findings)));
            else
                asked.AddRange(Key(entry, KeyPlaces.Root, new Spot(entry.Value, Wording.InPath(entry.Key.Text), findings)));
        }

        var merged = Merge(asked, findings);
        var clashing = Clashes.Find(merged, findings);
        return new OptionTranslation(merged.RemoveRange(clashing), findings.Notes(), findings.Faults());
    }

    private static IEnumerable<AskedOption> HostConfig(Spot spot)
    {
        if (spot.IsUnset)
            return [];
        if (spot.Node is UserDataNode.Mapping mapping)
            return [.. mapping.Entries.SelectMany(entry => Key(entry, KeyPlaces.HostConfig, spot.Entry(entry)))];
        spot.Expect("a mapping of keys such as Binds is expected");
        return [];
    }

    private static IEnumerable<AskedOption> Key(UserDataEntry entry, KeyPlaces place, Spot spot)
    {
        if (KnownKeys.Find(entry.Key.Text, place) is not { } key)
        {
            spot.At(entry.Key.Mark).Fault(KnownKeys.Unknown(entry.Key.Text, place, spot.Findings.MayGuess()));
            return [];
        }

        return
        [
            .. key.Form!(spot).Select(setting =>
                new AskedOption(setting.Option, setting.Value, entry.Key.Mark, spot.Path) { Elements = setting.Elements }),
        ];
    }

    private static ImmutableSortedDictionary<string, AskedOption> Merge(IEnumerable<AskedOption> asked, Findings findings)
    {
        var merged = ImmutableSortedDictionary.CreateBuilder<string, AskedOption>(StringComparer.Ordinal);
        foreach (var option in asked.GroupBy(option => option.Option, StringComparer.Ordinal))
        {
            var first = option.First();
            var others = option.Skip(1).Where(other => !IsSame(first, other)).ToList();
            foreach (var other in others)
            {
                findings.Add(
                    other.Mark,
                    other.Path,
                    $"sets the option {other.Option} to another value than {first.Path} at {first.Mark}; give it once.");
            }

            if (others.Count == 0)
                merged.Add(first.Option, first);
        }

        return merged.ToImmutable();
    }

    private static bool IsSame(AskedOption left, AskedOption right) =>
        (left.Value, right.Value) switch
        {
            (OptionValue.Words one, OptionValue.Words other) when !Ordered.Contains(left.Option) =>
                one.Values.ToHashSet(StringComparer.Ordinal).SetEquals(other.Values),
            var (one, other) => one == other,
        };
}
