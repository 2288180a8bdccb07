using System.Globalization;
using System.Text.Json.Nodes;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Adapters.OpenStack.Glance;

/// <summary>The record of a new image as Glance is to have it.</summary>
/// <remarks>What was given as a property but is an attribute of Glance's goes there, as its command line does it.</remarks>
internal static class GlanceRecord
{
    private const string Instance = "instance_uuid";

    private static readonly HashSet<string> Numbers = new(["min_ram", "min_disk"], StringComparer.Ordinal);
    private static readonly HashSet<string> Formats = new(["container_format", "disk_format"], StringComparer.Ordinal);

    /// <summary>The text of a new record.</summary>
    /// <param name="image">The image.</param>
    /// <param name="owner">The project it belongs to; null for that of the token.</param>
    /// <exception cref="ImageStoreException">Invalid: a property has a name that Glance keeps for itself.</exception>
    public static string Create(NewImage image, string? owner)
    {
        var json = new JsonObject
        {
            ["id"] = image.Id.ToString(),
            ["name"] = image.Name,
            ["visibility"] = "private",
            ["container_format"] = ImageUse.ContainerFormat,
            ["disk_format"] = "raw",
        };
        if (owner is not null)
            json["owner"] = owner;
        foreach (var (name, value) in image.Properties)
            json[name] = ValueOf(image, name, value);
        return json.ToJsonString();
    }

    /// <summary>
    /// What a record that somebody else made, as Nova does for its snapshots, lacks of it: a JSON patch; null where it lacks
    /// nothing. What is there already stays as it is.
    /// </summary>
    public static string? Complete(NewImage image, ImageDescription record)
    {
        var patch = new JsonArray();
        if (record.ContainerFormat.Length == 0)
            patch.Add(Change("container_format", ImageUse.ContainerFormat));
        if (record.DiskFormat.Length == 0)
            patch.Add(Change("disk_format", "raw"));
        foreach (var (name, value) in image.Properties)
        {
            if (IsMissing(name, record))
                patch.Add(Change(name, ValueOf(image, name, value)));
        }

        return patch.Count > 0 ? patch.ToJsonString() : null;
    }

    /// <summary>
    /// True for a record that somebody made for this very image in another project than its own, as Nova does where an
    /// administrator asks for a snapshot: both name the same instance.
    /// </summary>
    public static bool IsMeantFor(NewImage image, ImageDescription record) =>
        image.Properties.TryGetValue(Instance, out var instance)
        && record.Properties.TryGetValue(Instance, out var named)
        && instance == named;

    private static bool IsMissing(string name, ImageDescription record) => name switch
    {
        "min_ram" => record.MinRamMb == 0,
        "min_disk" => record.MinDiskGb == 0,
        _ => !Formats.Contains(name) && !record.Properties.ContainsKey(name),
    };

    private static JsonObject Change(string name, JsonNode value) => new()
    {
        ["op"] = Formats.Contains(name) ? "replace" : "add",
        ["path"] = "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal),
        ["value"] = value,
    };

    private static JsonNode ValueOf(NewImage image, string name, string value)
    {
        if (Numbers.Contains(name))
        {
            return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Wrong($"its property {name} is '{value}', where a whole number is expected");
        }

        return !GlanceImages.IsAttribute(name) || Formats.Contains(name)
            ? value
            : throw Wrong($"its property {name} is an attribute of Glance's, which is not set this way");

        ImageStoreException Wrong(string reason) => new(
            FaultCode.Invalid, $"Image {image.Id} ('{image.Name}') cannot be created in Glance: {reason}.");
    }
}
