using System.Text;
using System.Text.Json.Nodes;

namespace NovaDocker.Images.Tests;

/// <summary>Builds archives in the layout of OCI, blob by blob.</summary>
internal sealed class OciBuilder
{
    public const string ImageType = "application/vnd.oci.image.manifest.v1+json";
    public const string IndexType = "application/vnd.oci.image.index.v1+json";
    public const string ConfigType = "application/vnd.oci.image.config.v1+json";
    public const string LayerType = "application/vnd.oci.image.layer.v1.tar";

    private const string Marker = """{"imageLayoutVersion":"1.0.0"}""";

    private readonly List<(string Name, byte[] Bytes)> _files = [];

    /// <summary>Puts index and marker before the blobs, where most tools put them behind.</summary>
    public bool IndexFirst { get; init; }

    /// <summary>Adds a blob and returns its digest.</summary>
    public string Blob(byte[] bytes)
    {
        var digest = ArchiveBuilder.Checksum(bytes);
        var path = PathOf(digest);
        if (_files.All(file => file.Name != path))
            _files.Add((path, bytes));
        return digest;
    }

    public string Blob(JsonNode json) => Blob(Encoding.UTF8.GetBytes(json.ToJsonString()));

    /// <summary>Adds an image of one layer and returns the digests of its manifest and of its configuration.</summary>
    /// <param name="layer">The layer, a plain tar.</param>
    /// <param name="platform">What the configuration says it is for.</param>
    /// <param name="layerType">The media type of the layer.</param>
    /// <param name="configType">The media type of the configuration.</param>
    /// <param name="pack">How the layer is packed.</param>
    public (string Manifest, string Config) Image(
        byte[] layer,
        string platform = "linux/amd64",
        string layerType = LayerType,
        string configType = ConfigType,
        Func<byte[], byte[]>? pack = null)
    {
        var config = Platform(platform);
        config["config"] = new JsonObject { ["Cmd"] = new JsonArray("/none") };
        config["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(ArchiveBuilder.Checksum(layer)) };
        var configDigest = Blob(config);
        var manifest = Blob(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ImageType,
            ["config"] = Descriptor(configDigest, configType),
            ["layers"] = new JsonArray(Descriptor(Blob(pack?.Invoke(layer) ?? layer), layerType)),
        });
        return (manifest, configDigest);
    }

    /// <summary>Adds an index and returns its digest.</summary>
    public string Index(params JsonObject[] descriptors) => Blob(ListOf(descriptors));

    /// <summary>A reference to another blob.</summary>
    /// <param name="digest">The other blob.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="name">The short name; null for none.</param>
    /// <param name="fullName">The full name; null for none.</param>
    /// <param name="platform">The platform; null for none.</param>
    public static JsonObject Descriptor(
        string digest, string mediaType = ImageType, string? name = null, string? fullName = null, string? platform = null)
    {
        var descriptor = new JsonObject { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = 1 };
        var notes = new JsonObject();
        if (name is not null)
            notes["org.opencontainers.image.ref.name"] = name;
        if (fullName is not null)
            notes["io.containerd.image.name"] = fullName;
        if (notes.Count > 0)
            descriptor["annotations"] = notes;
        if (platform is not null)
            descriptor["platform"] = Platform(platform);
        return descriptor;
    }

    /// <summary>Where a blob is.</summary>
    public static string PathOf(string digest) => $"blobs/{digest.Replace(':', '/')}";

    /// <summary>The archive, with an index of what is named.</summary>
    public byte[] Build(params JsonObject[] descriptors) => Build(ListOf(descriptors).ToJsonString());

    /// <summary>The archive, with any text for an index.</summary>
    public byte[] Build(string? index)
    {
        var archive = new ArchiveBuilder();
        if (IndexFirst)
            AddIndex();
        archive.Directory("blobs/").Directory("blobs/sha256/");
        foreach (var (name, bytes) in _files)
            archive.File(name, bytes);
        if (!IndexFirst)
            AddIndex();
        return archive.Build();

        void AddIndex()
        {
            if (index is not null)
                archive.File("index.json", index);
            archive.File("oci-layout", Marker);
        }
    }

    /// <summary>Takes a blob away that others refer to.</summary>
    public void Remove(string digest) => _files.RemoveAll(file => file.Name == PathOf(digest));

    /// <summary>Puts other bytes in the place of a blob.</summary>
    public void Replace(string digest, byte[] bytes)
    {
        Remove(digest);
        _files.Add((PathOf(digest), bytes));
    }

    private static JsonObject ListOf(JsonObject[] descriptors) => new()
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = IndexType,
        ["manifests"] = new JsonArray([.. descriptors.Select(descriptor => descriptor.DeepClone())]),
    };

    private static JsonObject Platform(string platform)
    {
        var words = platform.Split('/');
        var json = new JsonObject { ["os"] = words[0], ["architecture"] = words[1] };
        if (words.Length > 2)
            json["variant"] = words[2];
        return json;
    }
}
