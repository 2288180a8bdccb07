using System.Collections.Immutable;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NovaDocker.Testing;

/// <summary>An image as <c>docker save</c> writes it: a manifest, a configuration and layers in a tar archive.</summary>
/// <param name="Config">The configuration, JSON; its digest is the image's id.</param>
/// <param name="Tags">The tags, <c>repository:tag</c>.</param>
/// <param name="Layers">The layers, tar archives.</param>
public sealed record DockerArchive(byte[] Config, ImmutableArray<string> Tags, ImmutableArray<byte[]> Layers)
{
    /// <summary>The image's id, <c>sha256:…</c>.</summary>
    public string Id => $"sha256:{Hex(Config)}";

    /// <summary>The image's labels.</summary>
    public ImmutableSortedDictionary<string, string> Labels =>
        JsonNode.Parse(Config)?["config"]?[nameof(Labels)] is JsonObject labels
            ? labels.ToImmutableSortedDictionary(l => l.Key, l => l.Value?.GetValue<string>() ?? "", StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The command that the image's containers run unless they are given one.</summary>
    public ImmutableArray<string> Command =>
        [.. JsonNode.Parse(Config)?["config"]?["Cmd"]?.AsArray().Select(w => w!.GetValue<string>()) ?? []];

    /// <summary>An image of the layers given.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="command">Its command.</param>
    /// <param name="layers">Its layers, tar archives.</param>
    public static DockerArchive Create(
        string tag, IReadOnlyDictionary<string, string> labels, IReadOnlyList<string> command, params byte[][] layers)
    {
        var config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            created = "2024-01-01T00:00:00Z",
            config = new { Cmd = command, Env = new[] { "PATH=/bin" }, Labels = labels },
            rootfs = new { type = "layers", diff_ids = layers.Select(l => $"sha256:{Hex(l)}") },
            history = layers.Select(_ => new { created = "2024-01-01T00:00:00Z", created_by = "test" }),
        });
        return new DockerArchive(config, [tag], [.. layers]);
    }

    /// <summary>The same image with another command, and with labels added to its own.</summary>
    public DockerArchive With(ImmutableArray<string> command, IReadOnlyDictionary<string, string> added)
    {
        var config = JsonNode.Parse(Config)!;
        config["config"]!["Cmd"] = JsonSerializer.SerializeToNode(command);
        config["config"]![nameof(Labels)] = JsonSerializer.SerializeToNode(Labels.SetItems(added));
        return this with { Config = JsonSerializer.SerializeToUtf8Bytes(config) };
    }

    /// <summary>The same image with more in its configuration, in the words of a Dockerfile's JSON: <c>User</c>, <c>Healthcheck</c>, …</summary>
    public DockerArchive Saying(JsonObject more)
    {
        var config = JsonNode.Parse(Config)!;
        foreach (var (name, value) in more)
            config["config"]![name] = value?.DeepClone();
        return this with { Config = JsonSerializer.SerializeToUtf8Bytes(config) };
    }

    /// <summary>The archive's bytes.</summary>
    public byte[] ToBytes()
    {
        var configName = $"{Hex(Config)}.json";
        var layerNames = Layers.Select(l => $"{Hex(l)}/layer.tar").ToArray();
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            Write(tar, configName, Config);
            for (var i = 0; i < layerNames.Length; i++)
                Write(tar, layerNames[i], Layers[i]);

            var manifest = new[] { new { Config = configName, RepoTags = Tags.ToArray(), Layers = layerNames } };
            Write(tar, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(manifest));
        }

        return bytes.ToArray();
    }

    /// <summary>Reads an archive with one image.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such archive.</exception>
    public static async Task<DockerArchive> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            await using var tar = new TarReader(stream, leaveOpen: true);
            while (await tar.GetNextEntryAsync(copyData: true, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                if (entry.DataStream is { } data)
                {
                    var content = new byte[data.Length];
                    await data.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
                    entries[entry.Name] = content;
                }
            }
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The archive breaks off.", e);
        }

        if (!entries.TryGetValue("manifest.json", out var manifestBytes)
            || JsonNode.Parse(manifestBytes)?[0] is not { } manifest)
        {
            throw new InvalidDataException("The archive has no manifest.json.");
        }

        return new DockerArchive(
            entries[manifest[nameof(Config)]!.GetValue<string>()],
            [.. manifest["RepoTags"]?.AsArray().Select(t => t!.GetValue<string>()) ?? []],
            [.. manifest[nameof(Layers)]!.AsArray().Select(l => entries[l!.GetValue<string>()])]);
    }

    /// <summary>True where the bytes are a tar archive, as an Engine sees it: nothing at all is one.</summary>
    public static bool IsTar(byte[] bytes)
    {
        try
        {
            using var tar = new TarReader(new MemoryStream(bytes));
            while (tar.GetNextEntry() is not null)
            {
                // Only whether it can be read is asked.
            }

            return true;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            return false;
        }
    }

    private static void Write(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            ModificationTime = DateTimeOffset.UnixEpoch,
            DataStream = new MemoryStream(content),
        });

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
