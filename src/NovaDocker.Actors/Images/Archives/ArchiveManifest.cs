using System.Collections.Immutable;
using System.Text.Json;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>The <c>manifest.json</c> by which <c>docker save</c> says which images an archive holds.</summary>
internal static class ArchiveManifest
{
    /// <summary>The name of the entry.</summary>
    public const string EntryName = "manifest.json";

    /// <summary>Path of an image's configuration.</summary>
    public const string ConfigMember = "Config";

    /// <summary>An image's names.</summary>
    public const string TagsMember = "RepoTags";

    /// <summary>Paths of an image's layers.</summary>
    public const string LayersMember = "Layers";

    /// <summary>Where layers that are not in the archive come from.</summary>
    public const string LayerSourcesMember = "LayerSources";

    /// <summary>Reads its text.</summary>
    /// <returns>The images, at least one. One that comes twice is there once, with the names of both.</returns>
    /// <exception cref="ArchiveRefusedException">It is malformed, or describes no image.</exception>
    public static ImmutableArray<ArchivedImage> Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var images = document.RootElement;
            if (images.ValueKind != JsonValueKind.Array)
                throw new ArchiveRefusedException("its manifest.json is not a list of images");
            if (images.GetArrayLength() == 0)
                throw new ArchiveRefusedException("it holds no image");
            return [.. images.EnumerateArray().Select(Read).GroupBy(image => image.Config, StringComparer.Ordinal).Select(Merge)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ArchiveRefusedException($"its manifest.json cannot be read ({e.Message})", e);
        }
    }

    private static ArchivedImage Read(JsonElement image) =>
        new(
            image.GetProperty(ConfigMember).GetString()
                ?? throw new ArchiveRefusedException("its manifest.json names no configuration"),
            Texts(image, TagsMember),
            Texts(image, LayersMember))
        {
            LayerSources = image.TryGetProperty(LayerSourcesMember, out var sources) && sources.ValueKind == JsonValueKind.Object
                ? sources.Clone()
                : default,
        };

    private static ArchivedImage Merge(IEnumerable<ArchivedImage> same)
    {
        var all = same.ToArray();
        return all[0] with { Names = [.. all.SelectMany(image => image.Names).Distinct(StringComparer.Ordinal)] };
    }

    private static ImmutableArray<string> Texts(JsonElement image, string member) =>
        image.TryGetProperty(member, out var list) && list.ValueKind != JsonValueKind.Null
            ? [.. list.EnumerateArray().Select(text => text.GetString() ?? "")]
            : [];
}
