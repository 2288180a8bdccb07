using System.Collections.Frozen;
using NovaDocker.UserData.Options.Forms;

namespace NovaDocker.UserData.Options;

/// <summary>Finds keys in <see cref="OptionTable"/>, and what somebody meant whose key is not in it.</summary>
internal static class KnownKeys
{
    private const string AtTheTop = "is in the wrong place; it belongs at the top of the document.";
    private static readonly string[] HostConfigs = ["HostConfig", "host_config"];
    private static readonly FrozenDictionary<string, UserDataKey> ByName = OptionTable.Rows
        .SelectMany(row => row.Keys)
        .DistinctBy(key => key.Name, StringComparer.Ordinal)
        .ToFrozenDictionary(key => key.Name, StringComparer.Ordinal);

    /// <summary>True of the two names of the mapping that holds keys of its own.</summary>
    public static bool IsHostConfig(string name) => HostConfigs.Contains(name, StringComparer.Ordinal);

    /// <summary>The key of that name; null where there is none in that place.</summary>
    public static UserDataKey? Find(string name, KeyPlaces place) =>
        ByName.TryGetValue(name, out var key) && key.Places.HasFlag(place) ? key : null;

    /// <summary>What to say of a key that is not known in that place.</summary>
    /// <param name="name">The key.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="guess">False where no near one is looked for.</param>
    public static string Unknown(string name, KeyPlaces place, bool guess)
    {
        if (ByName.TryGetValue(name, out var elsewhere))
        {
            var home = elsewhere.Vocabulary == Vocabulary.Engine ? HostConfigs[0] : HostConfigs[1];
            return elsewhere.Places == KeyPlaces.HostConfig ? $"is in the wrong place; it belongs in {home}." : AtTheTop;
        }

        if (IsHostConfig(name))
            return AtTheTop;
        var near = guess ? Wording.Unknown(name, NamesAt(place)) ?? Wording.Unknown(name, ByName.Keys.Concat(HostConfigs)) : null;
        return near ?? "is not a known key; all keys are listed by 'novadocker user-data --help'.";
    }

    private static IEnumerable<string> NamesAt(KeyPlaces place) =>
        ByName.Values.Where(key => key.Places.HasFlag(place)).Select(key => key.Name)
            .Concat(place == KeyPlaces.Root ? HostConfigs : []);
}
