using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using NovaDocker.Testing;

namespace NovaDocker.Benchmarks.Images;

/// <summary>A <c>docker save</c> archive of an image of any size, which cannot be packed: a shell that sleeps, and chance.</summary>
internal static class BigImage
{
    private const int Piece = 1024 * 1024;

    /// <summary>Writes one into a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="tag">The image's tag.</param>
    /// <param name="mebibytes">Its size.</param>
    /// <param name="shell">An image with a shell, whose only layer lies below.</param>
    public static async Task WriteAsync(string file, string tag, int mebibytes, DockerArchive shell)
    {
        var layer = file + ".layer";
        await WriteLayerAsync(layer, mebibytes).ConfigureAwait(false);
        var below = shell.Layers.Single();
        var config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            created = "2024-01-01T00:00:00Z",
            config = new { Cmd = new[] { "sleep", "3600" }, Env = new[] { "PATH=/bin" } },
            rootfs = new
            {
                type = "layers",
                diff_ids = new[]
                {
                    $"sha256:{Convert.ToHexStringLower(SHA256.HashData(below))}",
                    $"sha256:{await DigestAsync(layer).ConfigureAwait(false)}",
                },
            },
        });
        var name = $"{Convert.ToHexStringLower(SHA256.HashData(config))}.json";
        var writer = new TarWriter(File.Create(file), TarEntryFormat.Pax);
        await using (writer.ConfigureAwait(false))
        {
            await WriteAsync(writer, name, new MemoryStream(config)).ConfigureAwait(false);
            await WriteAsync(writer, "below/layer.tar", new MemoryStream(below)).ConfigureAwait(false);
            var bytes = File.OpenRead(layer);
            await using (bytes.ConfigureAwait(false))
                await WriteAsync(writer, "layer/layer.tar", bytes).ConfigureAwait(false);
            var manifest = new[] { new { Config = name, RepoTags = new[] { tag }, Layers = new[] { "below/layer.tar", "layer/layer.tar" } } };
            await WriteAsync(writer, "manifest.json", new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest))).ConfigureAwait(false);
        }

        File.Delete(layer);
    }

    private static async Task WriteLayerAsync(string file, int mebibytes)
    {
        var noise = file + ".noise";
        var random = File.Create(noise);
        await using (random.ConfigureAwait(false))
        {
            var piece = new byte[Piece];
            for (var i = 0; i < mebibytes; i++)
            {
                RandomNumberGenerator.Fill(piece);
                await random.WriteAsync(piece).ConfigureAwait(false);
            }
        }

        var writer = new TarWriter(File.Create(file), TarEntryFormat.Pax);
        await using (writer.ConfigureAwait(false))
        {
            var bytes = File.OpenRead(noise);
            await using (bytes.ConfigureAwait(false))
                await WriteAsync(writer, "noise", bytes).ConfigureAwait(false);
        }

        File.Delete(noise);
    }

    private static async Task WriteAsync(TarWriter writer, string name, Stream bytes) => await writer.WriteEntryAsync(
        new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute,
            DataStream = bytes,
        }).ConfigureAwait(false);

    private static async Task<string> DigestAsync(string file)
    {
        var bytes = File.OpenRead(file);
        await using (bytes.ConfigureAwait(false))
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes).ConfigureAwait(false));
    }
}
