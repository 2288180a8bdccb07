using CsCheck;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Images.Archives;
using NovaDocker.Domain.Common;

namespace NovaDocker.Images.Tests;

/// <summary>What holds for every archive, however its bytes come in and wherever they end.</summary>
public sealed class ArchiveLawTests
{
    private static readonly byte[] Saved = ArchiveBuilder.Saved("a:1");
    private static readonly byte[] Oci = MakeOci();
    private static readonly byte[] Exported = RootFileSystemBuilder.Small();

    public static TheoryData<string, byte[], bool> Archives()
    {
        var data = new TheoryData<string, byte[], bool>();
        foreach (var (name, plain, isExport) in new[] { ("saved", Saved, false), ("OCI", Oci, false), ("exported", Exported, true) })
        {
            data.Add(name, plain, isExport);
            data.Add($"{name}, gzip", ArchiveBuilder.Gzip(plain), isExport);
            data.Add($"{name}, zstd", Packed.Zstd(plain), isExport);
            data.Add($"{name}, zstd in frames", [.. plain.Chunk(1500).SelectMany(Packed.Zstd)], isExport);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Archives), DisableDiscoveryEnumeration = true)]
    public async Task Cut_off_anywhere_it_is_refused_and_the_copy_has_no_end(string name, byte[] archive, bool isExport)
    {
        var whole = await CopyAsync(new MemoryStream(archive), isExport);
        for (var length = 0; length < NeededOf(archive); length++)
        {
            var copy = new MemoryStream();
            var error = await Assert.ThrowsAsync<ImageStoreException>(
                () => CopyAsync(new MemoryStream(archive, 0, length), isExport, copy));

            Assert.True(error.Code == FaultCode.Invalid, $"{name}, {length} bytes: {error.Message}");
            Assert.True(copy.Length < whole.Length, $"{name}, {length} bytes: the copy is as long as that of the whole.");
            Assert.False(IsComplete(copy.ToArray(), isExport), $"{name}, {length} bytes: the copy is one that an Engine takes.");
        }
    }

    [Theory]
    [MemberData(nameof(Archives), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_pieces_the_source_comes_in_the_copy_is_the_same(string name, byte[] archive, bool isExport)
    {
        var expected = await CopyAsync(new MemoryStream(archive), isExport);
        await Gen.Int[1, 3000].Array[1, 40].SampleAsync(
            async pieces =>
            {
                var copy = await CopyAsync(new PiecemealStream(archive, pieces), isExport);
                Assert.True(expected.AsSpan().SequenceEqual(copy), name);
            },
            iter: 40,
            threads: PoolShare.Sample);
    }

    [Theory]
    [MemberData(nameof(Archives), DisableDiscoveryEnumeration = true)]
    public async Task Wrong_bytes_anywhere_make_another_copy_or_a_refusal_and_no_other_failure(string name, byte[] archive, bool isExport) =>
        await Gen.Select(Gen.Int[0, archive.Length - 1], Gen.Byte).Array[1, 5].SampleAsync(
            async changes =>
            {
                var bad = (byte[])archive.Clone();
                foreach (var (at, value) in changes)
                    bad[at] = value;
                try
                {
                    await CopyAsync(new MemoryStream(bad), isExport);
                }
                catch (ImageStoreException e)
                {
                    Assert.True(e.Code == FaultCode.Invalid, name);
                }
            },
            iter: 400,
            threads: PoolShare.Sample);

    [Theory]
    [MemberData(nameof(Archives), DisableDiscoveryEnumeration = true)]
    public async Task Source_that_proves_wrong_at_its_very_end_leaves_a_copy_without_an_end(string name, byte[] archive, bool isExport)
    {
        var source = new MemoryStream(archive);
        var copy = new MemoryStream();

        await Assert.ThrowsAsync<TimeoutException>(() => CopyAsync(source, isExport, copy, () =>
        {
            Assert.Equal(source.Length, source.Position);
            throw new TimeoutException();
        }));

        Assert.False(IsComplete(copy.ToArray(), isExport), name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_follows_the_archive_is_read_before_it_is_verified(bool isExport)
    {
        var source = new MemoryStream([.. ArchiveBuilder.Gzip(isExport ? Exported : Saved), .. new byte[1 << 20]]);
        var read = 0L;

        await CopyAsync(source, isExport, verify: () => read = source.Position);

        Assert.Equal(source.Length, read);
    }

    /// <summary>How much of it must be there: packing has an end of its own, and a tar the zeros; what follows is filling.</summary>
    private static int NeededOf(byte[] archive)
    {
        var lastEntry = archive.AsSpan().LastIndexOfAnyExcept((byte)0);
        var end = (lastEntry / 512 + 1) * 512 + 1024;
        return archive.Length % 512 == 0 ? Math.Min(archive.Length, end) : archive.Length;
    }

    /// <summary>True where an Engine would make an image of it: by its manifest, or by the zeros at its end.</summary>
    private static bool IsComplete(byte[] copy, bool isExport) => isExport
        ? copy.Length >= 1024 && copy.Length % 512 == 0 && !copy.AsSpan(copy.Length - 1024).ContainsAnyExcept((byte)0)
        : copy.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Retagging.Tag)) >= 0;

    private static async Task<byte[]> CopyAsync(
        Stream source, bool isExport, MemoryStream? destination = null, Action? verify = null)
    {
        var copy = destination ?? new MemoryStream();
        var selection = new ArchiveSelection("a") { Platform = new ImagePlatform("linux", "amd64") };
        if (isExport)
            await RootFileSystemArchive.CopyAsync("image 1", source, copy, selection, verify ?? Good, default);
        else
            await DockerArchive.RetagAsync("image 1", source, copy, Retagging.Tag, selection, verify ?? Good, default);
        return copy.ToArray();

        static void Good()
        {
        }
    }

    private static byte[] MakeOci()
    {
        var oci = new OciBuilder();
        var layer = new ArchiveBuilder().File("f", "text").Build();
        var forms = new[] { "linux/amd64", "linux/arm64" }
            .Select(platform => OciBuilder.Descriptor(oci.Image(layer, platform, pack: ArchiveBuilder.Gzip).Manifest, platform: platform));
        return oci.Build(OciBuilder.Descriptor(oci.Index([.. forms]), OciBuilder.IndexType, name: "a:1"));
    }
}
