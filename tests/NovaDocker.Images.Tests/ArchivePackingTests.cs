using NovaDocker.Actors.Images;
using NovaDocker.Actors.Images.Archives;
using NovaDocker.Domain.Common;

namespace NovaDocker.Images.Tests;

/// <summary>Archives that are packed as a whole, and how far they may swell.</summary>
public sealed class ArchivePackingTests
{
    private static readonly byte[] Plain = ArchiveBuilder.Saved("a:1");

    public static TheoryData<string, byte[]> Packings() => new()
    {
        { "gzip", ArchiveBuilder.Gzip(Plain) },
        { "gzip in two members", [.. ArchiveBuilder.Gzip(Plain[..1000]), .. ArchiveBuilder.Gzip(Plain[1000..])] },
        { "zstd", Packed.Zstd(Plain) },
        { "zstd in frames", [.. Plain.Chunk(700).SelectMany(Packed.Zstd)] },
        { "zstd with an empty frame", [.. Packed.Zstd([]), .. Packed.Zstd(Plain)] },
        {
            "zstd with frames to pass over",
            [.. Packed.Skippable(5), .. Packed.Zstd(Plain[..1000]), .. Packed.Skippable(70_000), .. Packed.Zstd(Plain[1000..]), .. Packed.Skippable(0)]
        },
    };

    [Theory]
    [MemberData(nameof(Packings), DisableDiscoveryEnumeration = true)]
    public async Task Archive_is_unpacked(string packing, byte[] packed)
    {
        var (copy, contents) = await Retagging.RunAsync(packed);

        Assert.True(copy.ContainsKey("manifest.json"), packing);
        Assert.Equal(Plain.Length, contents.UnpackedBytes);
        Assert.Equal(ArchiveBuilder.ConfigDigest, contents.ConfigDigest);
    }

    [Fact]
    public async Task Window_of_gigabytes_is_refused_without_taking_them()
    {
        Assert.Contains(
            $"a window of more than {128 << 20} bytes; pack it anew without --long",
            await Retagging.RefusalAsync(Packed.ZstdWindow(28)),
            StringComparison.Ordinal);
        Assert.Contains("a window of more than", await Retagging.RefusalAsync(Packed.ZstdWindow(41)), StringComparison.Ordinal);
        Assert.DoesNotContain("window", await Retagging.RefusalAsync(Packed.ZstdWindow(27)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x28, 0xb5, 0x2f, 0xfd })]
    [InlineData(new byte[] { 0x28, 0xb5, 0x2f, 0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x50, 0x2a, 0x4d, 0x18, 0x00, 0x00, 0x00, 0x00 })]
    [InlineData(new byte[] { 0x1f, 0x8b, 0x08 })]
    [InlineData(new byte[] { 0x1f, 0x8b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    public async Task Packing_that_holds_nothing_or_nonsense_is_refused(byte[] packed) => await Retagging.RefusalAsync(packed);

    [Theory]
    [MemberData(nameof(Packings), DisableDiscoveryEnumeration = true)]
    public async Task Archive_that_unpacks_to_more_than_allowed_is_refused_for_want_of_room(string packing, byte[] packed)
    {
        var exact = new ArchiveSelection("a") { MaxUnpackedBytes = Plain.Length };
        await Retagging.RunRawAsync(packed, exact);

        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => Retagging.RunRawAsync(packed, exact with { MaxUnpackedBytes = Plain.Length - 1 }));

        Assert.True(error.Code == FaultCode.NoCapacity, packing);
        Assert.Contains($"it unpacks to more than {Plain.Length - 1} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bomb_is_put_down_when_the_limit_is_reached()
    {
        var head = new RootFileSystemBuilder().Entry("x", '0', length: "77777777777").BuildOpen();
        var zeros = ArchiveBuilder.Gzip(new byte[64 << 20]);
        var bomb = new MemoryStream([.. ArchiveBuilder.Gzip(head), .. zeros, .. zeros]);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => DockerArchive.InspectAsync(
            "image 1", bomb, new ArchiveSelection("a") { MaxUnpackedBytes = 1 << 20 }, default));

        Assert.Equal(FaultCode.NoCapacity, error.Code);
        Assert.True(bomb.Position < bomb.Length / 2, $"{bomb.Position} of {bomb.Length} bytes were read.");
    }
}
