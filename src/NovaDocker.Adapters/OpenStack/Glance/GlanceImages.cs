using System.Collections.Immutable;
using System.Text.Json;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Adapters.OpenStack.Glance;

/// <summary>Images as Glance's Image API v2 writes them in JSON.</summary>
internal static class GlanceImages
{
    private const string Root = "/v2/";

    /// <summary>Attributes of Glance's own; whatever else an image has is a property.</summary>
    private static readonly HashSet<string> Attributes = new(
        [
            "id", "name", "status", "visibility", "protected", "os_hidden", "checksum", "os_hash_algo", "os_hash_value",
            "size", "virtual_size", "min_ram", "min_disk", "owner", "created_at", "updated_at", "tags", "self", "file",
            "schema", "stores", "container_format", "disk_format", "locations", "direct_url", "os_glance_failed_import",
            "os_glance_importing_to_stores",
        ],
        StringComparer.Ordinal);

    private static readonly HashSet<string> Checkable = new(["md5", "sha1", "sha256", "sha512"], StringComparer.Ordinal);

    /// <summary>The image of a JSON object.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ImageDescription Parse(JsonElement json)
    {
        try
        {
            var id = ImageId.TryParse(json.GetProperty("id").GetString(), out var read)
                ? read
                : throw new JsonException("An image's id is no UUID.");
            return new ImageDescription(
                id, Text(json, "name"), ChecksumOf(json), Number(json, "size"),
                json.GetProperty("created_at").GetDateTimeOffset(), PropertiesOf(json))
            {
                State = StateOf(Text(json, "status")),
                ContainerFormat = Text(json, "container_format"),
                DiskFormat = Text(json, "disk_format"),
                MinRamMb = Number(json, "min_ram"),
                MinDiskGb = Number(json, "min_disk"),
                Owner = Text(json, "owner"),
                Visibility = Text(json, "visibility"),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException($"An image cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The images of a page, and the path of the next; null where there is none.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static (ImmutableArray<ImageDescription> Images, string? Next) ParsePage(JsonElement json)
    {
        ImmutableArray<ImageDescription> images = [.. json.GetProperty("images").EnumerateArray().Select(Parse)];
        var next = Text(json, "next");
        if (next.Length == 0)
            return (images, null);
        return next.StartsWith(Root, StringComparison.Ordinal) && images.Length > 0
            ? (images, next[Root.Length..])
            : throw new JsonException($"The next page is '{next}'; a path below {Root} is expected, after a page with images");
    }

    /// <summary>True for a name that no property can have.</summary>
    public static bool IsAttribute(string name) => Attributes.Contains(name);

    /// <summary>What Glance calls <c>status</c>; one that is not known here is not usable.</summary>
    private static ImageState StateOf(string status) => status switch
    {
        "active" => ImageState.Active,
        "queued" => ImageState.Queued,
        "saving" => ImageState.Saving,
        "uploading" or "importing" => ImageState.Importing,
        "killed" => ImageState.Killed,
        "deactivated" => ImageState.Deactivated,
        "deleted" or "pending_delete" => ImageState.Deleted,
        _ => throw new JsonException($"An image has the status '{status}', which is not known."),
    };

    /// <summary>The strong one where it can be checked here, else MD5; empty while there is none.</summary>
    private static string ChecksumOf(JsonElement json)
    {
        var algorithm = Text(json, "os_hash_algo");
        if (Checkable.Contains(algorithm) && Text(json, "os_hash_value") is { Length: > 0 } strong)
            return $"{algorithm}:{strong}";
        return Text(json, "checksum") is { Length: > 0 } weak ? $"md5:{weak}" : "";
    }

    private static EquatableMap<string> PropertiesOf(JsonElement json) => new(json.EnumerateObject()
        .Where(member => member.Value.ValueKind == JsonValueKind.String && !Attributes.Contains(member.Name))
        .Select(member => KeyValuePair.Create(member.Name, member.Value.GetString()!)));

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static long Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;
}
