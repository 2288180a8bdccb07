using System.Collections.Immutable;
using System.Text.Json;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>What of an OCI layout is in JSON, as far as it says where the parts of an image are.</summary>
internal abstract record OciBlob
{
    private const string Nothing = "";
    private const int LongestPlatform = 64;

    /// <summary>How many other blobs it refers to.</summary>
    public virtual int References => 0;

    /// <summary>Reads a blob.</summary>
    /// <returns>Null for what is none of these: a layer, an attestation, whatever else an artifact is made of.</returns>
    public static OciBlob? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            if (root.TryGetProperty("manifests", out var manifests))
                return new Index(Descriptors(manifests));
            if (root.TryGetProperty("config", out var config) && root.TryGetProperty("layers", out var layers))
                return new Manifest(Descriptor(config), Descriptors(layers));
            return root.TryGetProperty("rootfs", out _) && PlatformOf(root) is { } platform ? new Configuration(platform) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static ImmutableArray<OciDescriptor> Descriptors(JsonElement list) =>
        list.ValueKind == JsonValueKind.Null ? [] : [.. list.EnumerateArray().Select(Descriptor)];

    private static OciDescriptor Descriptor(JsonElement descriptor)
    {
        var hasNotes = descriptor.TryGetProperty("annotations", out var notes) && notes.ValueKind == JsonValueKind.Object;
        return new OciDescriptor(
            Text(descriptor, "mediaType"),
            descriptor.GetProperty("digest").GetString() ?? Nothing,
            descriptor.TryGetProperty("platform", out var platform) ? PlatformOf(platform) : null,
            hasNotes ? Name(notes) : Nothing,
            hasNotes && Text(notes, "vnd.docker.reference.type") == "attestation-manifest");
    }

    /// <summary>The full name where there is one; the short one may be a tag alone.</summary>
    private static string Name(JsonElement notes) => Text(notes, "io.containerd.image.name") is { Length: > 0 } full
        ? full
        : Text(notes, "org.opencontainers.image.ref.name");

    private static ImagePlatform? PlatformOf(JsonElement platform)
    {
        if (platform.ValueKind != JsonValueKind.Object)
            return null;
        var named = new ImagePlatform(Text(platform, "os"), Text(platform, "architecture"), Text(platform, "variant"));
        return named.Architecture.Length > 0 && named.ToString().Length <= LongestPlatform ? named : null;
    }

    private static string Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : Nothing;

    /// <summary>A list of images, or of one image's forms for several platforms.</summary>
    public sealed record Index(ImmutableArray<OciDescriptor> Manifests) : OciBlob
    {
        /// <inheritdoc/>
        public override int References => Manifests.Length;
    }

    /// <summary>An image for one platform.</summary>
    public sealed record Manifest(OciDescriptor Config, ImmutableArray<OciDescriptor> Layers) : OciBlob
    {
        /// <inheritdoc/>
        public override int References => Layers.Length + 1;

        /// <summary>False for what only has the form of an image: a signature, an attestation, a chart.</summary>
        public bool IsImage =>
            OciMediaTypes.IsConfig(Config.MediaType) && Layers.All(layer => OciMediaTypes.IsLayer(layer.MediaType));
    }

    /// <summary>An image's configuration.</summary>
    public sealed record Configuration(ImagePlatform Platform) : OciBlob;
}
