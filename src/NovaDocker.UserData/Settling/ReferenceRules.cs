using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Settling;

/// <summary>Links and volumes of other instances: names become ids, and what names none is a fault.</summary>
public static class ReferenceRules
{
    private static readonly OptionKey<OptionValue.Words>[] Keys = [OptionKeys.Links, OptionKeys.VolumesFrom];

    /// <summary>The names of other instances that the user data gives, each once.</summary>
    public static IReadOnlyCollection<string> Names(UserDataReading reading) =>
        Keys.SelectMany(key => WordsOf(reading, key)).Select(word => Split(word).Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Names that mean no instance.</summary>
    internal static IEnumerable<UserDataFault> Faults(UserDataReading reading, Func<string, NamedInstance>? find)
    {
        if (find is null)
            yield break;
        foreach (var asked in Keys.Select(reading.Find).OfType<AskedOption>())
        {
            var words = ((OptionValue.Words)asked.Value).Values;
            for (var i = 0; i < words.Count; i++)
            {
                var (mark, path) = asked.PlaceOf(i);
                var name = Split(words[i]).Name;
                if (find(name) is { Problem: { } problem })
                    yield return new UserDataFault(mark, path, $"names '{name}'; {problem}");
            }
        }
    }

    /// <summary>The option with ids in the place of names.</summary>
    internal static OptionValue Resolve(OptionValue value, Func<string, NamedInstance> find) =>
        new OptionValue.Words(((OptionValue.Words)value).Values
            .Select(word => Split(word))
            .Select(word => $"{find(word.Name).Id}:{word.Tail}")
            .ToEquatableArray());

    /// <summary>True of options that name instances.</summary>
    internal static bool IsReference(string option) => Keys.Any(key => key.Name == option);

    private static EquatableArray<string> WordsOf(UserDataReading reading, OptionKey<OptionValue.Words> key) =>
        reading.Find(key) is { Value: OptionValue.Words { Values: var words } } ? words : [];

    /// <summary>A name may hold colons itself; what stands behind the last one is the alias or the mode.</summary>
    private static (string Name, string Tail) Split(string word)
    {
        var colon = word.LastIndexOf(':');
        return colon < 0 ? (word, "") : (word[..colon], word[(colon + 1)..]);
    }
}
