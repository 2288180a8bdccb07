using System.Collections.Immutable;
using System.Text.Json;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>One image of an archive: where its parts are, and what it is called there.</summary>
/// <param name="Config">Path of its configuration in the archive.</param>
/// <param name="Names">The names that the archive gives it.</param>
/// <param name="Layers">Paths of its layers, the lowest first.</param>
internal sealed record ArchivedImage(string Config, ImmutableArray<string> Names, ImmutableArray<string> Layers)
{
    /// <summary>The digest that its configuration must have, <c>sha256:…</c>; null where the archive does not say.</summary>
    public string? ConfigDigest { get; init; }

    /// <summary>Where layers that are not in the archive come from, kept as written; undefined for none.</summary>
    public JsonElement LayerSources { get; init; }

    /// <summary>
    /// The text of a <c>manifest.json</c> that gives the image one tag and knows no other. Only members known here are
    /// written: the Engine reads member names without regard to case, and an unknown one could be a second list of tags.
    /// </summary>
    public byte[] ToManifest(string repositoryTag)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString(ArchiveManifest.ConfigMember, Config);
            json.WriteStartArray(ArchiveManifest.TagsMember);
            json.WriteStringValue(repositoryTag);
            json.WriteEndArray();
            json.WriteStartArray(ArchiveManifest.LayersMember);
            foreach (var layer in Layers)
                json.WriteStringValue(layer);
            json.WriteEndArray();
            if (LayerSources.ValueKind == JsonValueKind.Object)
            {
                json.WritePropertyName(ArchiveManifest.LayerSourcesMember);
                LayerSources.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteEndArray();
        }

        return buffer.ToArray();
    }
}
