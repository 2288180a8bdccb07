using System.Text;
using System.Text.Json;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.Vifs.Commands;

/// <summary>JSON that tools write: one value for each thing that they were asked, one behind the other.</summary>
internal static class JsonOutput
{
    private static readonly JsonReaderOptions Several = new() { AllowMultipleValues = true };

    /// <summary>The values in it.</summary>
    /// <exception cref="VifException">It is something else.</exception>
    public static List<JsonElement> Parse(string step, string text)
    {
        var values = new List<JsonElement>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Several);
        try
        {
            while (reader.Read())
            {
                using var document = JsonDocument.ParseValue(ref reader);
                values.Add(document.RootElement.Clone());
            }
        }
        catch (JsonException e)
        {
            throw new VifException(FaultCode.Transient, step, $"what the tool wrote is no JSON: {e.Message}", e);
        }

        return values;
    }

    /// <summary>The text of a property; null where there is none.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The number of a property; 0 where there is none.</summary>
    public static int Number(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    /// <summary>The elements of a property; none where there is no such list.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>True where a list of words has one of them.</summary>
    public static bool HasWord(this JsonElement element, string name, string word) =>
        element.Elements(name).Any(entry => entry.ValueKind == JsonValueKind.String && entry.ValueEquals(word));
}
