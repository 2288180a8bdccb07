using System.Globalization;
using System.Text.Json;
using NovaDocker.Domain.Common;

namespace NovaDocker.Http.Requests;

/// <summary>
/// Reads the members of a JSON object, each by name and kind, and collects what is wrong instead of stopping at the first fault. A
/// member that is null counts as absent. What nobody asked for by the end is unknown.
/// </summary>
/// <param name="json">The object.</param>
/// <param name="path">Where it stands in the body: empty for the body itself, else such as <c>vifs[0].network</c>.</param>
/// <param name="faults">Collects what is wrong.</param>
internal sealed class BodyReader(JsonElement json, string path, Faults faults)
{
    private const int MaxShown = 60;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The object's place, for messages.</summary>
    public string Path => path;

    /// <summary>A text; null where it is absent.</summary>
    public string? Text(string name, bool isRequired = false) =>
        Find(name, "a text", isRequired, out var value) && Is(name, value, JsonValueKind.String, "a text") ? value.GetString() : null;

    /// <summary>A text that is read as something; null where it is absent or cannot be read.</summary>
    /// <param name="name">The member.</param>
    /// <param name="parse">Reads it; null where it is none.</param>
    /// <param name="allowed">What it may be.</param>
    /// <param name="isRequired">True where it must be there.</param>
    /// <typeparam name="T">What it is read as.</typeparam>
    public T? Parsed<T>(string name, Func<string, T?> parse, string allowed, bool isRequired = false)
    {
        if (!Find(name, allowed, isRequired, out var value) || !Is(name, value, JsonValueKind.String, allowed))
            return default;
        var text = value.GetString()!;
        if (parse(text) is { } parsed)
            return parsed;
        faults.Add(At(name), Shown(text), allowed);
        return default;
    }

    /// <summary>A whole number within limits; null where it is absent.</summary>
    public long? Number(string name, long least = long.MinValue, long most = long.MaxValue, bool isRequired = false)
    {
        var allowed = (least, most) switch
        {
            (long.MinValue, long.MaxValue) => "a whole number",
            (_, long.MaxValue) => $"a whole number of at least {least}",
            _ => $"a whole number from {least} to {most}",
        };
        if (!Find(name, allowed, isRequired, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        faults.Add(At(name), Shown(value), allowed);
        return null;
    }

    /// <summary>True or false; null where it is absent.</summary>
    public bool? Flag(string name, bool isRequired = false)
    {
        if (!Find(name, "true or false", isRequired, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        faults.Add(At(name), Shown(value), "true or false");
        return null;
    }

    /// <summary>A list of texts; empty where it is absent.</summary>
    public EquatableArray<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var (element, place) in Elements(name, "a list of texts", isRequired: false))
        {
            if (element.ValueKind == JsonValueKind.String)
                texts.Add(element.GetString()!);
            else
                faults.Add(place, Shown(element), "a text");
        }

        return texts.ToEquatableArray();
    }

    /// <summary>An object whose members are texts; empty where it is absent.</summary>
    public EquatableMap<string> TextMap(string name)
    {
        var entries = new List<KeyValuePair<string, string>>();
        foreach (var member in Members(name))
        {
            if (member.Value.ValueKind == JsonValueKind.String)
                entries.Add(KeyValuePair.Create(member.Name, member.Value.GetString()!));
            else
                faults.Add($"{At(name)}.{member.Name}", Shown(member.Value), "a text");
        }

        return new EquatableMap<string>(entries);
    }

    /// <summary>An object of plain values, each as text: true, 4094, or the text itself; empty where it is absent.</summary>
    public EquatableMap<string> LooseMap(string name) => new(
        from member in Members(name)
        where member.Value.ValueKind != JsonValueKind.Null
        select KeyValuePair.Create(member.Name, Loose(member.Value)));

    /// <summary>An object within this one; null where it is absent.</summary>
    public BodyReader? Object(string name, bool isRequired = false) =>
        Find(name, "an object", isRequired, out var value) && Is(name, value, JsonValueKind.Object, "an object")
            ? new BodyReader(value, At(name), faults)
            : null;

    /// <summary>A list of objects; empty where it is absent.</summary>
    public IReadOnlyList<BodyReader> Objects(string name, bool isRequired = false)
    {
        var objects = new List<BodyReader>();
        foreach (var (element, place) in Elements(name, "a list of objects", isRequired))
        {
            if (element.ValueKind == JsonValueKind.Object)
                objects.Add(new BodyReader(element, place, faults));
            else
                faults.Add(place, Shown(element), "an object");
        }

        return objects;
    }

    /// <summary>Notes that a member cannot be.</summary>
    public void Fault(string name, string found, string allowed) => faults.Add(At(name), found, allowed);

    /// <summary>Notes what is wrong in a sentence of its own.</summary>
    public void Fault(string sentence) => faults.Add(sentence);

    /// <summary>Ends the reading of this object: a member that nobody asked for is a fault.</summary>
    public void RefuseOthers()
    {
        foreach (var member in json.EnumerateObject().Where(member => !_known.Contains(member.Name)))
        {
            var meant = Spelling.Nearest(member.Name, _known) is { } nearest ? $"did you mean {nearest}? " : "";
            faults.Add($"{At(member.Name)} is no member; {meant}{Known}.");
        }
    }

    private string Known => _known.Count == 0 ? "none is known here" : $"known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}";

    private string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private bool Find(string name, string allowed, bool isRequired, out JsonElement value)
    {
        _known.Add(name);
        if (json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null)
            return true;
        if (isRequired)
            faults.Add(At(name), "missing", allowed);
        return false;
    }

    private bool Is(string name, JsonElement value, JsonValueKind kind, string allowed)
    {
        if (value.ValueKind == kind)
            return true;
        faults.Add(At(name), Shown(value), allowed);
        return false;
    }

    private IEnumerable<(JsonElement Element, string Place)> Elements(string name, string allowed, bool isRequired) =>
        Find(name, allowed, isRequired, out var value) && Is(name, value, JsonValueKind.Array, allowed)
            ? value.EnumerateArray().Select((element, index) =>
                (element, string.Create(CultureInfo.InvariantCulture, $"{At(name)}[{index}]")))
            : [];

    private IEnumerable<JsonProperty> Members(string name) =>
        Find(name, "an object", isRequired: false, out var value) && Is(name, value, JsonValueKind.Object, "an object")
            ? value.EnumerateObject()
            : Enumerable.Empty<JsonProperty>();

    private static string Loose(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => Shown(value.GetString()!),
        _ => value.GetRawText(),
    };

    private static string Shown(string text) => $"'{(text.Length <= MaxShown ? text : text[..MaxShown] + "…")}'";
}
