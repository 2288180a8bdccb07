using NovaDocker.Actors.Images;
using NovaDocker.Adapters.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Testing;

namespace NovaDocker.Images.Tests;

public sealed class DirectoryImageStoreTests : ImageStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();
    private readonly ListLogger<DirectoryImageStore> _log = new();
    private readonly DirectoryImageStore _store;

    public DirectoryImageStoreTests()
        : base(new ImageId(new Guid("6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c01"))) => _store = new DirectoryImageStore(_directory.Path, _time, _log);

    protected override IImageStore Store => _store;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Image_is_an_archive_and_its_metadata_and_outlives_the_process()
    {
        var added = await _store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);

        Assert.Equal([$"{Cirros.Id}.json", $"{Cirros.Id}.tar"], _directory.Files);
        Assert.Equal(ArchiveBuilder.Checksum(Archive), added.Checksum);
        Assert.Equal(_time.GetUtcNow(), added.CreatedAt);
        var later = new DirectoryImageStore(_directory.Path, _time);
        Assert.Equal(0, later.RemovePartials());
        AssertSame(added, await later.FindAsync(Cirros.Id, ImageCaller.Nobody, default));
    }

    [Fact]
    public async Task Archive_that_is_packed_is_stored_as_it_is()
    {
        var packed = ArchiveBuilder.Gzip(Archive);

        var added = await _store.AddAsync(Cirros, new MemoryStream(packed), ImageCaller.Nobody, default);

        Assert.Equal(ArchiveBuilder.Checksum(packed), added.Checksum);
        Assert.Equal(packed, await ReadAsync(Cirros.Id));
    }

    [Fact]
    public async Task What_is_no_image_is_refused_by_name_and_leaves_no_file()
    {
        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => _store.AddAsync(Cirros, new MemoryStream("hello"u8.ToArray()), ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains("('cirros')", error.Message, StringComparison.Ordinal);
        Assert.Empty(_directory.Files);
    }

    [Fact]
    public async Task Name_chooses_among_several_images_when_they_are_added_and_one_that_none_has_is_refused()
    {
        var several = new ArchiveBuilder().File("a.json", ArchiveBuilder.Config).Manifest(
            ArchiveBuilder.Image("a.json", ["busybox:1.36"]), ArchiveBuilder.Image("b.json", ["cirros:1"])).Build();

        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => _store.AddAsync(Cirros with { Name = "nginx" }, new MemoryStream(several), ImageCaller.Nobody, default));
        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains("none of them called 'nginx': busybox:1.36, cirros:1", error.Message, StringComparison.Ordinal);
        Assert.Empty(_directory.Files);

        await _store.AddAsync(Cirros with { Name = "busybox" }, new MemoryStream(several), ImageCaller.Nobody, default);
        Assert.Equal(several, await ReadAsync(Cirros.Id));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("")]
    public async Task File_system_is_taken_where_the_image_says_that_it_is_one(string packing)
    {
        var plain = RootFileSystemBuilder.Small();
        var bytes = packing switch { "zstd" => Packed.Zstd(plain), "gzip" => ArchiveBuilder.Gzip(plain), _ => plain };

        var added = await _store.AddAsync(Saying("export"), new MemoryStream(bytes), ImageCaller.Nobody, default);

        Assert.Equal(ArchiveBuilder.Checksum(bytes), added.Checksum);
        Assert.Equal("export", added.Properties["docker_archive"]);
        Assert.Equal(bytes, await ReadAsync(Cirros.Id));
    }

    [Fact]
    public async Task Archive_of_another_kind_than_the_image_says_leaves_no_file()
    {
        var asExport = await Assert.ThrowsAsync<ImageStoreException>(
            () => _store.AddAsync(Saying("export"), new MemoryStream(Archive), ImageCaller.Nobody, default));
        var asSave = await Assert.ThrowsAsync<ImageStoreException>(
            () => _store.AddAsync(Saying("save"), new MemoryStream(RootFileSystemBuilder.Small()), ImageCaller.Nobody, default));

        Assert.Contains("leave out docker_archive=export", asExport.Message, StringComparison.Ordinal);
        Assert.Contains("give the image the property docker_archive=export", asSave.Message, StringComparison.Ordinal);
        Assert.Empty(_directory.Files);
    }

    [Fact]
    public async Task Kind_of_archive_that_is_none_is_refused_before_a_byte_is_read()
    {
        var unread = new MemoryStream(Archive);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => _store.AddAsync(Saying("Import"), unread, ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains("The property docker_archive of image", error.Message, StringComparison.Ordinal);
        Assert.Contains("is 'Import'; save (", error.Message, StringComparison.Ordinal);
        Assert.Contains("or export (", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, unread.Position);
        Assert.Empty(_directory.Files);
    }

    [Fact]
    public async Task Source_that_breaks_off_is_not_reported_as_a_failure_of_the_disk()
    {
        var broken = new CountingStream(new MemoryStream(Archive), _ => throw new IOException("connection reset"));

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => _store.AddAsync(Cirros, broken, ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.Transient, error.Code);
        Assert.Contains("connection reset", error.Message, StringComparison.Ordinal);
        Assert.Empty(_directory.Files);
    }

    [Fact]
    public async Task Directory_that_is_missing_is_made_by_the_first_image()
    {
        var store = new DirectoryImageStore(_directory.Combine("a/b"), _time);
        Assert.Empty(await store.ListAsync(null, ImageCaller.Nobody, default));

        await store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);

        Assert.Single(await store.ListAsync(null, ImageCaller.Nobody, default));
    }

    [Fact]
    public async Task Directory_that_cannot_be_written_is_named()
    {
        await File.WriteAllTextAsync(_directory.Combine("file"), "");
        var store = new DirectoryImageStore(_directory.Combine("file/images"), _time);

        var adding = await Assert.ThrowsAsync<ImageStoreException>(
            () => store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default));
        var cleaning = Assert.Throws<ImageStoreException>(() => store.RemovePartials());

        Assert.Equal((FaultCode.Unavailable, FaultCode.Unavailable), (adding.Code, cleaning.Code));
        Assert.Contains(_directory.Combine("file/images"), adding.Message, StringComparison.Ordinal);
        Assert.Contains(_directory.Combine("file/images"), cleaning.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Full_disk_is_told_as_such()
    {
        Skip.IfNot(File.Exists("/dev/full"), "Needs /dev/full, the device of Linux that is always full.");
        File.CreateSymbolicLink(_directory.Combine($"{Cirros.Id}.tar.partial"), "/dev/full");

        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => _store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.NoCapacity, error.Code);
        Assert.Contains(_directory.Path, error.Message, StringComparison.Ordinal);
        Assert.Empty(_directory.Files);
    }

    [Fact]
    public async Task Leftovers_of_a_crash_are_removed_and_other_files_are_not()
    {
        var complete = await _store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);
        const string Halfway = "00000000-0000-4000-8000-000000000001";
        const string BeforeItsMetadata = "00000000-0000-4000-8000-000000000002";
        const string Foreign = "00000000-0000-4000-8000-000000000003";
        foreach (var name in new[]
        {
            $"{Halfway}.tar.partial", $"{BeforeItsMetadata}.tar", $"{BeforeItsMetadata}.json.partial", $"{Foreign}.tar",
            "notes.partial", "mine.tar.partial",
        })
        {
            await File.WriteAllTextAsync(_directory.Combine(name), "x");
        }

        Assert.Equal(3, _store.RemovePartials());

        Assert.Equal(
            [$"{Foreign}.tar", $"{Cirros.Id}.json", $"{Cirros.Id}.tar", "mine.tar.partial", "notes.partial"],
            _directory.Files);
        AssertSame(complete, Assert.Single(await _store.ListAsync(null, ImageCaller.Nobody, default)));
    }

    public static TheoryData<string> Broken => new()
    {
        "",
        "null",
        "{",
        "[]",
        """{"format":1}""",
        """{"format":2,"id":"6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c01","name":"n","checksum":"c","sizeBytes":1,"createdAt":"2026-01-01T00:00:00Z","properties":{}}""",
        """{"format":1,"id":"6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c02","name":"n","checksum":"c","sizeBytes":1,"createdAt":"2026-01-01T00:00:00Z","properties":{}}""",
        """{"format":1,"id":"6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c01","name":null,"checksum":"c","sizeBytes":1,"createdAt":"2026-01-01T00:00:00Z","properties":{}}""",
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Image_with_broken_metadata_fails_by_the_file_s_name_and_does_not_hide_the_others(string metadata)
    {
        var other = Cirros with { Id = new(new Guid("00000000-0000-4000-8000-000000000009")) };
        await _store.AddAsync(other, new MemoryStream(Archive), ImageCaller.Nobody, default);
        var path = _directory.Combine($"{Cirros.Id}.json");
        await File.WriteAllTextAsync(path, metadata);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => _store.FindAsync(Cirros.Id, ImageCaller.Nobody, default));
        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);

        Assert.Equal(other.Id, Assert.Single(await _store.ListAsync(null, ImageCaller.Nobody, default)).Id);
        Assert.Contains(path, Assert.Single(_log.Lines), StringComparison.Ordinal);

        await _store.RemoveAsync(Cirros.Id, ImageCaller.Nobody, default);
        Assert.Null(await _store.FindAsync(Cirros.Id, ImageCaller.Nobody, default));
    }

    [Fact]
    public async Task Image_that_lost_its_archive_says_so()
    {
        await _store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);
        File.Delete(_directory.Combine($"{Cirros.Id}.tar"));

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => _store.OpenReadAsync(Cirros.Id, 0, ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains("has lost its archive", error.Message, StringComparison.Ordinal);
    }

    private NewImage Saying(string kind) => Cirros with
    {
        Properties = new EquatableMap<string>([KeyValuePair.Create("docker_archive", kind)]),
    };
}
