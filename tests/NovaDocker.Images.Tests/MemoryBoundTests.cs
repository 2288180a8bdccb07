using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests;

[CollectionDefinition(nameof(MemoryBoundTests), DisableParallelization = true)]
[Collection(nameof(MemoryBoundTests))]
public sealed class MemoryBoundTests
{
    private const long LayerBytes = 256L << 20;
    private const long LookEvery = 16L << 20;
    private const long AllowedGrowth = 16L << 20;

    [Theory]
    [InlineData("save")]
    [InlineData("export")]
    public async Task Memory_does_not_grow_with_the_image(string kind)
    {
        var (head, tail) = Around(LayerBytes, kind);
        var description = new ImageDescription(
            new ImageId(new Guid("6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c01")),
            "large",
            await ChecksumAsync(new SyntheticStream(head, LayerBytes, tail)),
            head.Length + LayerBytes + tail.Length,
            DateTimeOffset.UnixEpoch,
            new EquatableMap<string>([KeyValuePair.Create("docker_archive", kind)]));
        var engine = new StubEngine();
        var transfer = new ImageTransfer(
            engine,
            new StubStore(() => new SyntheticStream(head, LayerBytes, tail)),
            new ImageSettings { StoreDirectory = "unused" },
            TimeProvider.System,
            NullLogger<ImageTransfer>.Instance);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (highest, nextLook) = (0L, LookEvery);
        engine.OnBytes = bytes =>
        {
            if (bytes < nextLook)
                return;
            nextLook += LookEvery;
            highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: true) - before);
        };

        var loaded = await transfer.LoadAsync(description, ImageCaller.Nobody, new ListProgress(), default);

        Assert.Equal(ImageSource.Store, loaded.Source);
        Assert.True(nextLook > LayerBytes, "Memory was looked at all along the way.");
        Assert.InRange(highest, long.MinValue, AllowedGrowth);
    }

    /// <summary>An archive with one layer, or one file, of zeros, as what comes before these and what comes after.</summary>
    private static (byte[] Head, byte[] Tail) Around(long zeros, string kind)
    {
        var header = new byte[512];
        Put(0, "layer.tar");
        Put(100, "0000644\0");
        Put(124, Convert.ToString(zeros, 8).PadLeft(11, '0') + "\0");
        Put(136, "00000000000\0");
        Put(156, "0");
        Put(257, "ustar\00000");
        Put(148, "        ");
        Put(148, Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        var tail = new ArchiveBuilder()
            .File("config.json", ArchiveBuilder.Config)
            .Manifest(ArchiveBuilder.Image("config.json", ["a:1"], "layer.tar"))
            .Build();
        return (header, kind == "save" ? tail : new byte[1024]);

        void Put(int offset, string text) => Encoding.ASCII.GetBytes(text).CopyTo(header, offset);
    }

    private static async Task<string> ChecksumAsync(Stream stream) =>
        "sha256:" + Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(stream));
}
