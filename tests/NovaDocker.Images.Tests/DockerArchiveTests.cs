using System.Formats.Tar;
using System.Text;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Images.Archives;
using NovaDocker.Domain.Common;

namespace NovaDocker.Images.Tests;

public sealed class DockerArchiveTests
{
    private const string Tag = "novadocker/image:1";

    [Fact]
    public async Task Retagged_archive_has_our_tag_only_and_its_manifest_last()
    {
        var (bytes, contents) = await RetagAsync(ArchiveBuilder.Saved("busybox:latest", "user/app:7"));

        var entries = ArchiveBuilder.Read(bytes);
        Assert.Equal(["layer1/", "layer1/VERSION", "layer1/layer.tar", "config.json", "manifest.json"], entries.Keys);
        Assert.Equal(
            $$"""[{"Config":"config.json","RepoTags":["{{Tag}}"],"Layers":["layer1/layer.tar"]}]""", entries["manifest.json"]);
        Assert.Equal(ArchiveBuilder.Layer, entries["layer1/layer.tar"]);
        Assert.Equal(ArchiveBuilder.Config, entries["config.json"]);
        Assert.Equal(ArchiveBuilder.ConfigDigest, contents.ConfigDigest);
        Assert.Equal<string>(["busybox:latest", "user/app:7"], contents.RepositoryTags);
        Assert.Equal((1, 6), (contents.Layers, contents.Entries));
    }

    [Fact]
    public async Task Archive_packed_with_gzip_is_unpacked()
    {
        var plain = ArchiveBuilder.Saved("a:1");
        var (bytes, contents) = await RetagAsync(ArchiveBuilder.Gzip(plain));

        Assert.Contains("manifest.json", ArchiveBuilder.Read(bytes));
        Assert.Equal(plain.Length, contents.UnpackedBytes);
    }

    [Fact]
    public async Task Oci_index_of_a_newer_archive_is_left_out_so_that_its_names_are_not_applied()
    {
        var digest = ArchiveBuilder.ConfigDigest["sha256:".Length..];
        var archive = new ArchiveBuilder()
            .Directory("blobs/").Directory("blobs/sha256/")
            .File($"blobs/sha256/{digest}", ArchiveBuilder.Config)
            .File("blobs/sha256/aa", ArchiveBuilder.Layer)
            .File("index.json", """{"manifests":[{"annotations":{"io.containerd.image.name":"docker.io/library/a:1"}}]}""")
            .Manifest(ArchiveBuilder.Image($"blobs/sha256/{digest}", ["a:1"], "blobs/sha256/aa"))
            .File("oci-layout", """{"imageLayoutVersion":"1.0.0"}""")
            .Build();

        var (bytes, contents) = await RetagAsync(archive);

        Assert.Equal(
            ["blobs/", "blobs/sha256/", $"blobs/sha256/{digest}", "blobs/sha256/aa", "manifest.json"],
            ArchiveBuilder.Read(bytes).Keys);
        Assert.Equal(ArchiveBuilder.ConfigDigest, contents.ConfigDigest);
    }

    [Fact]
    public async Task Members_of_a_manifest_that_an_Engine_could_read_as_tags_do_not_pass()
    {
        var archive = new ArchiveBuilder()
            .File("c.json", ArchiveBuilder.Config)
            .Manifest("""{"Config":"c.json","RepoTags":null,"Layers":null,"repotags":["victim:latest"],"Parent":"sha256:00"}""")
            .Build();

        var (bytes, _) = await RetagAsync(archive);

        Assert.Equal(
            $$"""[{"Config":"c.json","RepoTags":["{{Tag}}"],"Layers":[]}]""", ArchiveBuilder.Read(bytes)["manifest.json"]);
    }

    [Fact]
    public async Task Links_between_layers_pass()
    {
        var archive = new ArchiveBuilder()
            .File("one/layer.tar", ArchiveBuilder.Layer)
            .Link("two/layer.tar", "../one/layer.tar")
            .Link("three/layer.tar", "one/layer.tar", TarEntryType.HardLink)
            .File("./config.json", ArchiveBuilder.Config)
            .Manifest(ArchiveBuilder.Image("config.json", [], "one/layer.tar", "two/layer.tar", "three/layer.tar"))
            .Build();

        var (bytes, contents) = await RetagAsync(archive);

        var entries = ArchiveBuilder.Read(bytes);
        Assert.Equal("-> ../one/layer.tar", entries["two/layer.tar"]);
        Assert.Equal("-> one/layer.tar", entries["three/layer.tar"]);
        Assert.Equal(3, contents.Layers);
    }

    [Fact]
    public async Task Wrong_source_is_found_out_before_the_manifest_is_written()
    {
        var source = new MemoryStream(ArchiveBuilder.Saved("a:1"));
        var copy = new MemoryStream();
        var readToEnd = false;

        await Assert.ThrowsAsync<TimeoutException>(() => DockerArchive.RetagAsync("image 1", source, copy, Tag, new ArchiveSelection("a"), Verify, default));

        Assert.True(readToEnd);
        Assert.DoesNotContain("manifest.json", Encoding.UTF8.GetString(copy.ToArray()), StringComparison.Ordinal);

        void Verify()
        {
            readToEnd = source.Position == source.Length;
            throw new TimeoutException();
        }
    }

    public static TheoryData<string, byte[]> Refused() => new()
    {
        { "it is empty", [] },
        { "not a tar archive at all", "hello"u8.ToArray() },
        { "not a tar archive at all", [.. Enumerable.Repeat((byte)'x', 5000)] },
        { "packed with bzip2", [0x42, 0x5a, 0x68, 0x39, 0, 0, 0, 0] },
        { "packed with xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0] },
        { "give the image the property docker_archive=export", new ArchiveBuilder().File("bin/sh", "x").Build() },
        { "OCI layout without its index.json", new ArchiveBuilder().File("oci-layout", "{}").Build() },
        { "holds no image", new ArchiveBuilder().Manifest().Build() },
        {
            "holds 3 images, none of them called 'a': d:latest, b:1, one without a name",
            new ArchiveBuilder().Manifest(
                ArchiveBuilder.Image("a", ["d:latest"]), ArchiveBuilder.Image("b", ["b:1"]), ArchiveBuilder.Image("c", [])).Build()
        },
        { "its manifest.json cannot be read", new ArchiveBuilder().File("manifest.json", "[{").Build() },
        { "its manifest.json cannot be read", new ArchiveBuilder().File("manifest.json", """[{"Layers":[]}]""").Build() },
        { "its manifest.json cannot be read", new ArchiveBuilder().File("manifest.json", """[{"Config":7}]""").Build() },
        {
            "its manifest.json cannot be read",
            new ArchiveBuilder().File("manifest.json", """[{"Config":"a","RepoTags":["a:1"],"RepoTags":["b:1"]}]""").Build()
        },
        { "not a list of images", new ArchiveBuilder().File("manifest.json", "{}").Build() },
        { "manifest.json is longer than", new ArchiveBuilder().File("manifest.json", new byte[DockerArchive.MaxManifestBytes + 1]).Build() },
        { "manifest.json is a link", new ArchiveBuilder().Link("manifest.json", "other").Build() },
        { "'manifest.json' comes twice", new ArchiveBuilder().GoodImage().Manifest().Build() },
        { "configuration 'config.json' is missing", new ArchiveBuilder().Manifest(ArchiveBuilder.Image("config.json", [])).Build() },
        {
            "configuration 'config.json' is longer",
            new ArchiveBuilder().File("config.json", new byte[DockerArchive.MaxConfigurationBytes + 1])
                .Manifest(ArchiveBuilder.Image("config.json", [])).Build()
        },
        {
            "layer 'l.tar' is missing",
            new ArchiveBuilder().File("config.json", ArchiveBuilder.Config)
                .Manifest(ArchiveBuilder.Image("config.json", [], "l.tar")).Build()
        },
        { "absolute path", new ArchiveBuilder().File("/etc/passwd", "x").GoodImage().Build() },
        { "'..' in its path", new ArchiveBuilder().File("a/../../b", "x").GoodImage().Build() },
        { "leads out of it", new ArchiveBuilder().Link("a/l", "../../etc/passwd").GoodImage().Build() },
        { "leads out of it", new ArchiveBuilder().Link("l", "/etc/passwd").GoodImage().Build() },
        { "leads out of it", new ArchiveBuilder().Link("a/b/l", "c/../../x").GoodImage().Build() },
        { "leads out of it", new ArchiveBuilder().Link("l", "../x", TarEntryType.HardLink).GoodImage().Build() },
        { "not a tar archive at all", new RootFileSystemBuilder().Entry("x", 'x', length: "77777777777").Build() },
        { "its link 'l' to '' is none", Header("l", '2') },
        { "its link 'l' to '' is none", Header("l", '1') },
        { "is none", new ArchiveBuilder().Link("l", new string('x', 100_000)).GoodImage().Build() },
        { "a path of 300 characters, and 255 are taken", new ArchiveBuilder().File(new string('x', 300), "x").GoodImage().Build() },
        { "more than 8 directories", new ArchiveBuilder().File("1/2/3/4/5/6/7/8/9/x", "x").GoodImage().Build() },
        { "a NUL in its path", new RootFileSystemBuilder().Extra("path=a\0b").Entry("a", '0').Build() },
        { "index.json is a link", new ArchiveBuilder().Link("index.json", "other").Build() },
        { "index.json is longer than", new ArchiveBuilder().File("index.json", new byte[DockerArchive.MaxManifestBytes + 1]).Build() },
        { "cut off after 3 entries", new ArchiveBuilder().GoodImage().Build()[..^1024] },
        { "the zeros that end a tar are missing", new ArchiveBuilder().GoodImage().Build()[..^512] },
        { "cut off after 3 entries", new ArchiveBuilder().GoodImage().Build()[..^1] },
        { "goes through 'd', which is no directory", new ArchiveBuilder().Link("d", "e").File("d/x", "x").GoodImage().Build() },
        { "'d' comes twice", new ArchiveBuilder().File("d/x", "x").Link("d", "e").GoodImage().Build() },
        { "is a Fifo", new ArchiveBuilder().Special("pipe").GoodImage().Build() },
        { "more than 4096 entries", ManyEntries() },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Archive_that_is_not_one_image_is_refused_with_the_reason(string reason, byte[] archive)
    {
        var error = await Assert.ThrowsAsync<ImageStoreException>(() => RetagAsync(archive));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains("image 1", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Contains(reason, StringComparison.Ordinal), error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Archive_cut_off_anywhere_before_its_manifest_ends_is_refused(bool packed)
    {
        var plain = new ArchiveBuilder()
            .File("layer1/layer.tar", new byte[3000]).File("config.json", ArchiveBuilder.Config)
            .Manifest(ArchiveBuilder.Image("config.json", ["a:1"], "layer1/layer.tar")).Build();
        var archive = packed ? ArchiveBuilder.Gzip(plain) : plain;
        var needed = packed ? archive.Length / 2 : plain.AsSpan().IndexOf("]}]"u8);

        for (var length = 0; length < needed; length += packed ? 7 : 97)
        {
            var error = await Assert.ThrowsAsync<ImageStoreException>(() => RetagAsync(archive[..length]));
            Assert.Equal(FaultCode.Invalid, error.Code);
        }
    }

    [Fact]
    public async Task Any_byte_of_a_header_may_be_wrong_without_another_kind_of_failure()
    {
        var good = ArchiveBuilder.Saved("a:1");
        var random = new Random(20);
        var refused = 0;
        for (var round = 0; round < 2000; round++)
        {
            var bad = (byte[])good.Clone();
            for (var change = 0; change < 4; change++)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            try
            {
                await RetagAsync(bad);
            }
            catch (ImageStoreException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 2000);
    }

    [Theory]
    [InlineData("mtime=-62135596800")]
    [InlineData("mtime=253402300799.999999999")]
    [InlineData("mtime=99999999999999999999")]
    [InlineData("mtime=NaN")]
    [InlineData("atime=-1", "ctime=1e308")]
    [InlineData("uid=99999999999", "gid=-5", "uname=x")]
    [InlineData("path=\uFFFE\u0001")]
    [InlineData("linkpath=\u0001")]
    [InlineData("SCHILY.dev=abc")]
    public async Task Oddities_of_an_entry_make_a_copy_or_a_refusal(params string[] records)
    {
        foreach (var kind in "0125")
        {
            var archive = new RootFileSystemBuilder().Extra(records).Entry("odd", kind, "target")
                .Raw(new ArchiveBuilder().GoodImage().Build()).Build();
            try
            {
                Assert.Contains("manifest.json", ArchiveBuilder.Read((await RetagAsync(archive)).Bytes));
            }
            catch (ImageStoreException e)
            {
                Assert.Equal(FaultCode.Invalid, e.Code);
            }
        }
    }

    [Fact]
    public async Task Paths_of_a_million_directories_are_not_remembered()
    {
        var archive = new RootFileSystemBuilder().Extra("path=" + string.Concat(Enumerable.Repeat("a/", 500_000))).Entry("x", '0').Build();
        var before = GC.GetTotalAllocatedBytes();

        await Assert.ThrowsAsync<ImageStoreException>(() => RetagAsync(archive));

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }

    [Fact]
    public async Task Header_that_claims_gigabytes_is_refused_without_reading_them()
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes("x").CopyTo(header, 0);
        Encoding.ASCII.GetBytes("0000644\0").CopyTo(header, 100);
        Encoding.ASCII.GetBytes("10000000000\0").CopyTo(header, 124);
        Encoding.ASCII.GetBytes("00000000000\0").CopyTo(header, 136);
        header[156] = (byte)'x';
        Encoding.ASCII.GetBytes("ustar\00000").CopyTo(header, 257);
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        var endless = new SyntheticStream(header, 4L << 30, []);

        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => DockerArchive.InspectAsync("image 1", endless, new ArchiveSelection("a"), default));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.InRange(endless.BytesRead, 512, 4 << 20);
    }

    private static byte[] Header(string name, char kind) => new RootFileSystemBuilder().Entry(name, kind).Build();

    private static byte[] ManyEntries()
    {
        var archive = new ArchiveBuilder();
        for (var i = 0; i <= DockerArchive.MaxEntries; i++)
            archive.Directory($"d{i}/");
        return archive.GoodImage().Build();
    }

    private static async Task<(byte[] Bytes, ArchiveContents Contents)> RetagAsync(byte[] archive)
    {
        var copy = new MemoryStream();
        var contents = await DockerArchive.RetagAsync("image 1", new MemoryStream(archive), copy, Tag, new ArchiveSelection("a"), () => { }, default);
        return (copy.ToArray(), contents);
    }
}
