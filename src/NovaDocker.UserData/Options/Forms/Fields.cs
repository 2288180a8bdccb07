using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>The fields of a mapping that has a fixed set of them, each by the Engine's name or docker-py's.</summary>
internal sealed class Fields
{
    private readonly Dictionary<string, Spot> _values = new(StringComparer.Ordinal);

    private Fields()
    {
    }

    /// <summary>The value of a field by its first name; null where it is not given, and where it is null.</summary>
    public Spot? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Reads a mapping; null where it is none. An unknown field, or one given by both names, is a fault.</summary>
    /// <param name="spot">The mapping.</param>
    /// <param name="known">The names of each field; the first is the one to ask for it by.</param>
    public static Fields? Read(Spot spot, params string[][] known)
    {
        if (spot.Node is not UserDataNode.Mapping)
        {
            if (!spot.IsUnset)
                spot.Expect($"a mapping of {string.Join(", ", known.Select(names => names[0]))} is expected");
            return null;
        }

        var fields = new Fields();
        foreach (var (key, value) in spot.Entries())
        {
            var names = Array.Find(known, names => names.Contains(key.Text, StringComparer.Ordinal));
            if (names is null)
            {
                value.At(key.Mark).Fault(
                    Wording.Unknown(key.Text, known.SelectMany(names => names))
                    ?? $"is not a known key; {string.Join(", ", known.Select(names => names[0]))} are.");
            }
            else if (!value.IsNull && !fields._values.TryAdd(names[0], value))
            {
                value.Fault($"is the same as {fields._values[names[0]].Path}; give it once.");
            }
        }

        return fields;
    }
}
