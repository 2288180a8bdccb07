using System.Collections.Immutable;
using System.Text.Json;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>The one image that an archive's <c>manifest.json</c> describes.</summary>
/// <param name="Config">Path of its configuration in the archive.</param>
/// <param name="RepositoryTags">The tags it was saved under.</param>
/// <param name="Layers">Paths of its layers, the lowest first.</param>
/// <param name="LayerSources">Where layers that are not in the archive come from, kept as written; undefined for none.</param>
internal sealed record ArchiveManifest(
    string Config, ImmutableArray<string> RepositoryTags, ImmutableArray<string> Layers, JsonElement LayerSources)
{
    /// <summary>The name of the entry.</summary>
    public const string EntryName = "manifest.json";

    private const int NamedImages = 5;
    private const string ConfigMember = "Config";
    private const string TagsMember = "RepoTags";
    private const string LayersMember = "Layers";
    private const string LayerSourcesMember = "LayerSources";

    /// <summary>Reads the text of <c>manifest.json</c>.</summary>
    /// <exception cref="ArchiveRefusedException">It is malformed, or describes no image or several.</exception>
    public static ArchiveManifest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var images = document.RootElement;
            if (images.ValueKind != JsonValueKind.Array)
                throw new ArchiveRefusedException("its manifest.json is not a list of images");
            if (images.GetArrayLength() == 0)
                throw new ArchiveRefusedException("it holds no image");
            if (images.GetArrayLength() > 1)
                throw new ArchiveRefusedException($"it holds {images.GetArrayLength()} images ({Names(images)}) where one is expected");

            var image = images[0];
            return new ArchiveManifest(
                image.GetProperty(ConfigMember).GetString()
                    ?? throw new ArchiveRefusedException("its manifest.json names no configuration"),
                Texts(image, TagsMember),
                Texts(image, LayersMember),
                image.TryGetProperty(LayerSourcesMember, out var sources) && sources.ValueKind == JsonValueKind.Object
                    ? sources.Clone()
                    : default);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ArchiveRefusedException($"its manifest.json cannot be read ({e.Message})", e);
        }
    }

    /// <summary>
    /// The text of a manifest that gives the image one tag. Only members known here are written: the Engine reads member
    /// names without regard to case, and an unknown one could be a second list of tags.
    /// </summary>
    public byte[] WithTag(string repositoryTag)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString(ConfigMember, Config);
            json.WriteStartArray(TagsMember);
            json.WriteStringValue(repositoryTag);
            json.WriteEndArray();
            json.WriteStartArray(LayersMember);
            foreach (var layer in Layers)
                json.WriteStringValue(layer);
            json.WriteEndArray();
            if (LayerSources.ValueKind == JsonValueKind.Object)
            {
                json.WritePropertyName(LayerSourcesMember);
                LayerSources.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private static ImmutableArray<string> Texts(JsonElement image, string member) =>
        image.TryGetProperty(member, out var list) && list.ValueKind != JsonValueKind.Null
            ? [.. list.EnumerateArray().Select(text => text.GetString() ?? "")]
            : [];

    private static string Names(JsonElement images)
    {
        var names = images.EnumerateArray().Take(NamedImages)
            .Select(image => Texts(image, TagsMember) is [var first, ..] ? first : "one without a tag");
        return string.Join(", ", names) + (images.GetArrayLength() > NamedImages ? ", …" : "");
    }
}
