using System.Text;
using System.Text.Json;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>
/// Devices that a driver of the Engine finds: a list of <c>{Driver, Count, DeviceIDs, Capabilities, Options}</c>, written down
/// as compact JSON in the Engine's words.
/// </summary>
internal static class DeviceRequests
{
    private static readonly string[][] RequestFields =
    [
        ["Driver", "driver"], ["Count", "count"], ["DeviceIDs", "device_ids"], ["Capabilities", "capabilities"],
        ["Options", "options"],
    ];

    /// <summary>Reads the list.</summary>
    public static Found<OptionValue.Words>? Read(Spot spot)
    {
        var requests = new WordGatherer(spot.Findings);
        foreach (var item in Lists.Items(spot).Where(item => !item.IsUnset))
        {
            if (Request(item) is { } request)
                requests.Add(request, item.Mark, item.Path);
        }

        return requests.ToFound();
    }

    private static string? Request(Spot item)
    {
        var before = item.Findings.Count;
        if (Fields.Read(item, RequestFields) is not { } fields)
        {
            if (item.Findings.Count == before)
                item.Expect("a mapping of Driver, Count, DeviceIDs, Capabilities, Options is expected");
            return null;
        }

        var driver = fields["Driver"]?.Word(Names.Line);
        var count = fields["Count"]?.Word(Count);
        var ids = Words(fields["DeviceIDs"]);
        var capabilities = fields["Capabilities"] is { } sets
            ? Lists.Items(sets).Select(Words).Where(set => set.Count > 0).ToList()
            : [];
        var options = fields["Options"] is { } given ? PairForms.DriverOptions(given)?.Value.Values : null;
        if (item.Findings.Count > before)
            return null;
        if ((count is null) == (ids.Count == 0))
            item.Fault("has to have either 'Count' (-1 for all) or 'DeviceIDs'.");
        else if (driver is null && capabilities.Count == 0)
            item.Fault("has to have 'Driver' or 'Capabilities', by which the Engine finds the driver.");
        else
            return Json(driver, count, ids, capabilities, options ?? EquatableMap<string>.Empty);
        return null;
    }

    private static string Json(
        string? driver,
        string? count,
        IReadOnlyList<string> ids,
        List<IReadOnlyList<string>> capabilities,
        EquatableMap<string> options)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (driver is not null)
                json.WriteString("Driver", driver);
            if (count is not null)
                json.WriteNumber("Count", Numbers.Whole(count));
            if (ids.Count > 0)
                Write(json, "DeviceIDs", ids);
            if (capabilities.Count > 0)
            {
                json.WriteStartArray("Capabilities");
                foreach (var set in capabilities)
                    Write(json, null, set);
                json.WriteEndArray();
            }

            if (options.Count > 0)
            {
                json.WriteStartObject("Options");
                foreach (var (name, value) in options)
                    json.WriteString(name, value);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string? name, IEnumerable<string> words)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (var word in words)
            json.WriteStringValue(word);
        json.WriteEndArray();
    }

    private static IReadOnlyList<string> Words(Spot? spot) =>
        spot is null ? [] : [.. Lists.Items(spot).Select(item => item.Word(Names.Line)).OfType<string>()];

    private static Verdict Count(string text) => !Numbers.IsWhole(text, out var number)
        ? Verdict.Not("a number of devices, or -1 for all, is expected")
        : number == 0 ? Verdict.Unset : Verdict.When(number >= -1, text, "a number of devices, or -1 for all, is expected");
}
