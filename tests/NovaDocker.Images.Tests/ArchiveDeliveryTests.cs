using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests;

/// <summary>Which call of the Engine brings an archive in, and what becomes of one that is wrong.</summary>
public sealed class ArchiveDeliveryTests : IAsyncDisposable
{
    private static readonly ImageId Id = new(new Guid("6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c01"));

    private readonly StubEngine _engine = new();

    private static string Tag => ImageTags.ForImage(Id);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task File_system_is_imported_under_our_tag_plain_and_whole()
    {
        var plain = RootFileSystemBuilder.Small();

        var id = await DeliverAsync(Packed.Zstd(plain), "export");

        Assert.Equal(plain, _engine.Imported);
        Assert.Equal((id, 1), (_engine.Tags[Tag], _engine.Tags.Count));
    }

    [Fact]
    public async Task File_system_with_a_wrong_checksum_is_not_imported()
    {
        var bytes = RootFileSystemBuilder.Small();

        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => DeliverAsync(bytes, "export", promised: ArchiveBuilder.Checksum([])));

        Assert.Equal(FaultCode.ChecksumMismatch, error.Code);
        Assert.Empty(_engine.Tags);
        Assert.Empty(_engine.Imported);
    }

    [Fact]
    public async Task File_system_that_is_none_is_told_in_our_words_and_not_in_the_Engine_s()
    {
        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => DeliverAsync(RootFileSystemBuilder.Small()[..^1024], "export"));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains("the zeros that end a tar are missing", error.Message, StringComparison.Ordinal);
        Assert.Empty(_engine.Tags);
    }

    [Fact]
    public async Task Engine_that_fails_in_the_middle_of_an_import_ends_it()
    {
        _engine.LoadFailure = (100, new EngineException(EngineErrorKind.Transient, "no space left on device"));

        var error = await Assert.ThrowsAsync<EngineException>(() => DeliverAsync(RootFileSystemBuilder.Small(), "export"));

        Assert.Contains("no space left", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kind_of_archive_that_is_none_reaches_no_Engine()
    {
        var error = await Assert.ThrowsAsync<ImageStoreException>(() => DeliverAsync([], "tarball"));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Equal(0, _engine.Loads);
    }

    [Theory]
    [InlineData("x86_64", "linux/amd64")]
    [InlineData("aarch64", "linux/arm64")]
    public async Task Image_for_several_platforms_comes_in_the_Engine_s_form(string machine, string platform)
    {
        _engine.Info = _engine.Info with { Architecture = machine };
        var oci = new OciBuilder();
        var forms = new[] { "linux/arm64", "linux/amd64" }.ToDictionary(form => form, form => oci.Image("x"u8.ToArray(), form));
        var index = oci.Index([.. forms.Select(form => OciBuilder.Descriptor(form.Value.Manifest, platform: form.Key))]);

        var id = await DeliverAsync(oci.Build(OciBuilder.Descriptor(index, OciBuilder.IndexType)), "save");

        Assert.Equal(forms[platform].Config, id);
        Assert.Equal(id, _engine.Tags[Tag]);
    }

    [Fact]
    public async Task Of_several_images_the_one_that_the_name_means_comes_in_and_no_other_tag()
    {
        var archive = new ArchiveBuilder().File("c.json", ArchiveBuilder.Config).File("d.json", "{}").Manifest(
            ArchiveBuilder.Image("d.json", ["nginx:1"]), ArchiveBuilder.Image("c.json", ["busybox:1"])).Build();

        await DeliverAsync(archive, null);

        Assert.Equal([KeyValuePair.Create(Tag, ArchiveBuilder.ConfigDigest)], _engine.Tags);
        Assert.Equal(ArchiveBuilder.ConfigDigest, Assert.Single(_engine.Ids));
    }

    private async Task<string> DeliverAsync(byte[] archive, string? kind, string? promised = null)
    {
        var properties = kind is null
            ? EquatableMap<string>.Empty
            : new EquatableMap<string>([KeyValuePair.Create("docker_archive", kind)]);
        var image = new ImageDescription(
            Id, "busybox", promised ?? ArchiveBuilder.Checksum(archive), archive.Length, DateTimeOffset.UnixEpoch, properties);
        await using var source = new VerifyingStream("image 1", new MemoryStream(archive), image.Checksum);
        return await new ArchiveDelivery(_engine).DeliverAsync("image 1", source, image, default);
    }
}
