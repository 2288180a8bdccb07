using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Images.Archives;
using NovaDocker.Adapters.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests;

/// <summary>Archives of every kind on their whole way through the store into a real Engine, and what stays there of them.</summary>
[Collection(RealEngine.Tests)]
public sealed class RealArchiveTests
{
    private const string UserTag = "novadocker-images-tests/archives:1";

    // An id of these tests alone, so that what they load can be told and removed.
    private static readonly ImageId Id = new(new Guid("7a51f3de-0000-4000-8000-000000000003"));

    private static string Tag => ImageTags.ForImage(Id);

    [SkippableFact]
    public async Task Of_several_images_nothing_but_the_wanted_one_stays_in_the_Engine()
    {
        var (one, two) = (LayerOf("one"), LayerOf("two"));
        var archive = new ArchiveBuilder()
            .File("one/layer.tar", one).File("one.json", ConfigOf(one))
            .File("two/layer.tar", two).File("two.json", ConfigOf(two))
            .Manifest(
                ArchiveBuilder.Image("one.json", ["other:1"], "one/layer.tar"),
                ArchiveBuilder.Image("two.json", [UserTag, "other:2"], "two/layer.tar"))
            .Build();

        await LoadsAsync(archive, ArchiveBuilder.Checksum(System.Text.Encoding.UTF8.GetBytes(ConfigOf(two))));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task An_OCI_layout_is_loaded_however_it_is_packed(string packing)
    {
        var oci = new OciBuilder();
        var (manifest, config) = oci.Image(LayerOf("oci"), layerType: OciBuilder.LayerType + "+gzip", pack: ArchiveBuilder.Gzip);
        var (other, _) = oci.Image(LayerOf("oci, the other one"));
        var plain = oci.Build(OciBuilder.Descriptor(other, name: "other:1"), OciBuilder.Descriptor(manifest, name: UserTag));

        await LoadsAsync(Pack(plain, packing), config);
    }

    [SkippableFact]
    public async Task An_OCI_layout_for_several_platforms_is_loaded_in_the_Engine_s_form()
    {
        await using var engine = RealEngine.OpenOrSkip();
        var machine = ImagePlatform.Of(await engine.GetInfoAsync(default)).ToString();
        var oci = new OciBuilder();
        var (wanted, config) = oci.Image(LayerOf("for this machine"), machine);
        var (foreign, _) = oci.Image(LayerOf("for another"), "linux/s390x");
        var (note, _) = oci.Image(LayerOf("no image"), "unknown/unknown");
        var index = oci.Index(
            OciBuilder.Descriptor(foreign, platform: "linux/s390x"),
            OciBuilder.Descriptor(wanted, platform: machine),
            OciBuilder.Descriptor(note, platform: "unknown/unknown"));

        await LoadsAsync(oci.Build(OciBuilder.Descriptor(index, OciBuilder.IndexType, fullName: UserTag)), config);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task A_file_system_is_imported_however_it_is_packed(string packing) =>
        await LoadsAsync(Pack(RootFileSystemBuilder.Small(), packing), null);

    [SkippableTheory]
    [InlineData("")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task A_file_system_that_proves_wrong_leaves_no_trace_in_the_Engine(string packing)
    {
        await using var engine = RealEngine.OpenOrSkip();
        var before = await RealEngine.ImagesAsync(engine);
        var whole = Pack(RootFileSystemBuilder.Small(), packing);

        await FailsAsync(engine, whole, ArchiveBuilder.Checksum([]), FaultCode.ChecksumMismatch);
        foreach (var length in new[] { whole.Length - 1, whole.Length / 2, 1, 0 })
            await FailsAsync(engine, whole[..length], ArchiveBuilder.Checksum(whole[..length]), FaultCode.Invalid);

        Assert.Null(await engine.FindImageAsync(Tag, default));
        Assert.Equal(before, await RealEngine.ImagesAsync(engine));
    }

    /// <summary>Why such layers are refused: an Engine that learns to read them fails here, and wants them allowed.</summary>
    [SkippableFact]
    public async Task Layers_packed_with_zstd_are_none_to_this_Engine()
    {
        await using var engine = RealEngine.OpenOrSkip();
        var version = (await engine.GetInfoAsync(default)).Version;
        var major = int.Parse(version.Split('.')[0], CultureInfo.InvariantCulture);
        Skip.If(major >= 23, $"Engine {version} reads layers packed with zstd");
        var layer = LayerOf("zstd");
        var archive = new ArchiveBuilder().File("l.tar", Packed.Zstd(layer)).File("c.json", ConfigOf(layer))
            .Manifest(ArchiveBuilder.Image("c.json", [Tag], "l.tar")).Build();

        var error = await Assert.ThrowsAsync<EngineException>(() => engine.LoadImageAsync(new MemoryStream(archive), default));

        Assert.Equal(EngineErrorKind.Invalid, error.Kind);
        Assert.Null(await engine.FindImageAsync(Tag, default));
    }

    /// <summary>Adds an archive to a store, loads it, and sees that there is one image more in the Engine, under our tag.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="engineId">The id of the image; null for a file system, which has none before it is imported.</param>
    private static async Task LoadsAsync(byte[] archive, string? engineId)
    {
        await using var engine = RealEngine.OpenOrSkip();
        using var directory = new TemporaryDirectory();
        var store = new DirectoryImageStore(directory.Path, TimeProvider.System);
        var before = await RealEngine.ImagesAsync(engine);
        try
        {
            var image = await store.AddAsync(
                new NewImage(Id, UserTag, Saying(engineId is null ? "export" : "save")), new MemoryStream(archive), ImageCaller.Nobody, default);
            var loaded = await Transfer(engine, store).LoadAsync(image, ImageCaller.Nobody, new ListProgress(), default);

            Assert.Equal(engineId ?? loaded.EngineImageId, loaded.EngineImageId);
            Assert.Equal([loaded.EngineImageId], (await RealEngine.ImagesAsync(engine)).Except(before));
            Assert.Equal(Tag, Assert.Single((await engine.FindImageAsync(loaded.EngineImageId, default))!.Tags));
            Assert.Null(await engine.FindImageAsync(UserTag, default));
        }
        finally
        {
            await engine.RemoveImageAsync(Tag, default);
        }
    }

    private static async Task FailsAsync(IContainerEngine engine, byte[] archive, string checksum, FaultCode code)
    {
        var image = new ImageDescription(Id, "broken", checksum, archive.Length, DateTimeOffset.UnixEpoch, Saying("export"));
        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => Transfer(engine, new StubStore(() => new MemoryStream(archive))).LoadAsync(image, ImageCaller.Nobody, new ListProgress(), default));
        Assert.Equal(code, error.Code);
    }

    private static ImageTransfer Transfer(IContainerEngine engine, IImageStore store) => new(
        engine, store, new ImageSettings { StoreDirectory = "unused" }, TimeProvider.System, NullLogger<ImageTransfer>.Instance);

    private static EquatableMap<string> Saying(string kind) => new([KeyValuePair.Create(ArchiveForms.Property, kind)]);

    private static byte[] Pack(byte[] plain, string packing) => packing switch
    {
        "gzip" => ArchiveBuilder.Gzip(plain),
        "zstd" => Packed.Zstd(plain),
        _ => plain,
    };

    private static byte[] LayerOf(string text) => new ArchiveBuilder().File("hello.txt", text).Build();

    private static string ConfigOf(byte[] layer) =>
        $$"""
        {
          "architecture": "amd64", "os": "linux", "config": { "Cmd": ["/none"] },
          "rootfs": { "type": "layers", "diff_ids": ["{{ArchiveBuilder.Checksum(layer)}}"] }
        }
        """;
}
