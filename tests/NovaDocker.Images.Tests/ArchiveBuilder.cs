using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NovaDocker.Images.Tests;

/// <summary>Builds archives, well-formed and otherwise, entry by entry.</summary>
internal sealed class ArchiveBuilder
{
    public const string Config = """{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}""";
    public const string Layer = "layer bytes";

    private readonly List<PaxTarEntry> _entries = [];

    public static string ConfigDigest => "sha256:" + Hex(Encoding.UTF8.GetBytes(Config));

    /// <summary>An archive as <c>docker save</c> of a classic Engine writes it, with one layer.</summary>
    public static byte[] Saved(params string[] tags) =>
        new ArchiveBuilder()
            .Directory("layer1/")
            .File("layer1/VERSION", "1.0")
            .File("layer1/layer.tar", Layer)
            .File("config.json", Config)
            .Manifest(Image("config.json", tags, "layer1/layer.tar"))
            .File("repositories", """{"busybox":{"latest":"layer1"}}""")
            .Build();

    public static string Image(string config, string[] tags, params string[] layers) =>
        $$"""{"Config":"{{config}}","RepoTags":{{Json(tags)}},"Layers":{{Json(layers)}}}""";

    public static string Checksum(byte[] bytes) => "sha256:" + Hex(bytes);

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    public static Dictionary<string, string> Read(byte[] archive)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = new TarReader(new MemoryStream(archive));
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            using var text = new StreamReader(entry.DataStream ?? Stream.Null);
            entries.Add(entry.Name, entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink
                ? "-> " + entry.LinkName
                : text.ReadToEnd());
        }

        return entries;
    }

    public ArchiveBuilder File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    public ArchiveBuilder File(string name, byte[] content) =>
        Write(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });

    public ArchiveBuilder Directory(string name) => Write(new PaxTarEntry(TarEntryType.Directory, name));

    public ArchiveBuilder Link(string name, string target, TarEntryType type = TarEntryType.SymbolicLink) =>
        Write(new PaxTarEntry(type, name) { LinkName = target });

    public ArchiveBuilder Special(string name) => Write(new PaxTarEntry(TarEntryType.Fifo, name));

    public ArchiveBuilder Manifest(params string[] images) => File("manifest.json", $"[{string.Join(',', images)}]");

    /// <summary>A good image beside whatever else the archive holds.</summary>
    public ArchiveBuilder GoodImage() =>
        File("config.json", Config).File("l.tar", Layer).Manifest(Image("config.json", ["a:1"], "l.tar"));

    public byte[] Build()
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in _entries)
                writer.WriteEntry(entry);
        }

        return bytes.ToArray();
    }

    private static string Json(string[] texts) => JsonSerializer.Serialize(texts);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private ArchiveBuilder Write(PaxTarEntry entry)
    {
        _entries.Add(entry);
        return this;
    }
}
