using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Options;
using NovaDocker.Testing;

namespace NovaDocker.Images.Tests;

public sealed class ImageTransferTests : IDisposable
{
    private static readonly byte[] Archive = ArchiveBuilder.Saved("busybox:latest");
    private static readonly ImageId Id = new(new Guid("6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c01"));

    private readonly TemporaryDirectory _shared = new();
    private readonly ManualTime _time = new();
    private readonly StubEngine _engine = new();
    private readonly ListProgress _progress = new();
    private readonly ListLogger<ImageTransfer> _log = new();

    private static string Tag => $"novadocker/image:{Id}";

    public void Dispose() => _shared.Dispose();

    [Fact]
    public async Task Image_is_loaded_from_the_store_under_our_tag_and_no_other()
    {
        _engine.Tag("busybox:latest", "sha256:the-users-own");
        var transfer = Transfer(StoreOf(Archive));

        var loaded = await transfer.LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default);

        Assert.Equal(new LoadedImage(Tag, ArchiveBuilder.ConfigDigest, ImageSource.Store), loaded);
        Assert.Equal("sha256:the-users-own", _engine.Tags["busybox:latest"]);
        Assert.Equal(ArchiveBuilder.ConfigDigest, _engine.Tags[Tag]);
        Assert.Equal(new TransferProgress(Archive.Length, Archive.Length), _progress.Reports[^1]);
    }

    [Fact]
    public async Task Image_that_the_Engine_has_is_not_moved_again()
    {
        _engine.Tag(Tag, "sha256:present");
        var store = StoreOf(Archive);

        var loaded = await Transfer(store).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default);

        Assert.Equal(new LoadedImage(Tag, "sha256:present", ImageSource.Engine), loaded);
        Assert.Equal((0, 0), (_engine.Loads, store.Opened));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task What_the_image_says_of_its_containers_is_told_without_a_further_look(bool present, int finds)
    {
        _engine.Defaults = new ContainerOptions(new EquatableMap<OptionValue>(
            [new(OptionKeys.User.Name, new OptionValue.Text("1:2"))]));
        if (present)
            _engine.Tag(Tag, "sha256:present");

        var loaded = await Transfer(StoreOf(Archive)).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default);

        Assert.Equal(_engine.Defaults, loaded.Defaults);
        Assert.Equal(_engine.Defaults, loaded.ToResult(Description(Archive)).Defaults);
        Assert.Equal(finds, _engine.Finds);
    }

    [Fact]
    public async Task Bytes_that_are_not_the_bytes_promised_are_not_loaded()
    {
        var other = ArchiveBuilder.Saved("busybox:evil");

        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => Transfer(StoreOf(other)).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default));

        Assert.Equal(FaultCode.ChecksumMismatch, error.Code);
        Assert.Contains(Id.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Empty(_engine.Tags);
        Assert.Empty(_engine.Ids);
    }

    [Fact]
    public async Task Archive_that_is_none_is_told_as_such_and_not_in_the_Engine_s_words()
    {
        var bytes = "hello"u8.ToArray();

        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => Transfer(StoreOf(bytes)).LoadAsync(Description(bytes), ImageCaller.Nobody, _progress, default));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains("not a tar archive at all", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c01.tar")]
    [InlineData("cirros.tar")]
    public async Task Shared_directory_is_tried_first(string file)
    {
        await File.WriteAllBytesAsync(_shared.Combine(file), Archive);
        var store = StoreOf(Archive);

        var loaded = await Transfer(store).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default);

        Assert.Equal(ImageSource.SharedDirectory, loaded.Source);
        Assert.Equal(0, store.Opened);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Shared_file_of_other_bytes_is_noted_and_the_store_used()
    {
        var other = (byte[])Archive.Clone();
        other[^1] = 1;
        await File.WriteAllBytesAsync(_shared.Combine("cirros.tar"), other);

        var loaded = await Transfer(StoreOf(Archive)).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default);

        Assert.Equal(ImageSource.Store, loaded.Source);
        Assert.Contains(ArchiveBuilder.Checksum(other), Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_file_of_another_length_is_not_even_read()
    {
        await File.WriteAllBytesAsync(_shared.Combine("cirros.tar"), Archive[1..]);

        var loaded = await Transfer(StoreOf(Archive)).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default);

        Assert.Equal((ImageSource.Store, 1), (loaded.Source, _engine.Loads));
        Assert.Contains("bytes where the image has", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside", "around/outside.tar")]
    [InlineData("..", "around/.tar", "around.tar")]
    [InlineData("{root}/elsewhere/outside", "elsewhere/outside.tar")]
    [InlineData("", "around/in/.tar", "around/in.tar")]
    [InlineData("nul\0", "around/in/nul", "around/in/nul.tar")]
    public async Task Image_s_name_does_not_lead_out_of_the_shared_directory(string name, params string[] misread)
    {
        var settings = Settings with { SharedDirectory = _shared.Combine("around/in") };
        Directory.CreateDirectory(settings.SharedDirectory);
        foreach (var file in misread.Select(_shared.Combine))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, Archive);
        }

        var image = Description(Archive) with { Name = name.Replace("{root}", _shared.Path, StringComparison.Ordinal) };
        var loaded = await Transfer(StoreOf(Archive), settings).LoadAsync(image, ImageCaller.Nobody, _progress, default);

        Assert.Equal(ImageSource.Store, loaded.Source);
    }

    [Fact]
    public async Task Failing_Engine_ends_the_transfer_and_closes_the_source()
    {
        _engine.LoadFailure = (100, new EngineException(EngineErrorKind.Transient, "no space left on device"));
        var source = new SilentStream(Archive[..4000]);

        var error = await Assert.ThrowsAsync<EngineException>(
            () => Transfer(new StubStore(() => source)).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default));

        Assert.Contains("no space left", error.Message, StringComparison.Ordinal);
        Assert.True(source.IsDisposed);
        Assert.Empty(_engine.Tags);
    }

    [Fact]
    public async Task Source_that_falls_silent_ends_the_transfer_and_nothing_is_loaded()
    {
        var source = new SilentStream(Archive[..4000]);
        var loading = Transfer(new StubStore(() => source)).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default);
        await source.Silent;

        _time.Advance(Settings.InactivityTimeout);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => loading);
        Assert.Equal(FaultCode.TimedOut, error.Code);
        Assert.Contains("gave no byte for 120 s", error.Message, StringComparison.Ordinal);
        Assert.Empty(_engine.Tags);
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public async Task Transfer_that_takes_too_long_in_all_is_told_as_such()
    {
        var source = new SilentStream(Archive[..4000]);
        var settings = Settings with { InactivityTimeout = TimeSpan.FromDays(1) };
        var loading = Transfer(new StubStore(() => source), settings).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default);
        await source.Silent;

        _time.Advance(Settings.TransferTimeout);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => loading);
        Assert.Equal(FaultCode.TimedOut, error.Code);
        Assert.Contains("longer than 60 min", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transfer_that_trickles_goes_on_until_it_took_too_long_in_all()
    {
        // A minute a byte is no silence, and more than an hour for the whole.
        var minutes = 0;
        var source = new CountingStream(new TrickleStream(Archive), _ =>
        {
            minutes++;
            _time.Advance(TimeSpan.FromMinutes(1));
        });

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => Transfer(new StubStore(() => source))
            .LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default));

        Assert.Equal(FaultCode.TimedOut, error.Code);
        Assert.Contains("longer than 60 min", error.Message, StringComparison.Ordinal);
        Assert.Equal(60, minutes);
    }

    [Fact]
    public async Task Transfer_that_is_called_off_is_cancelled_and_not_timed_out()
    {
        using var stop = new CancellationTokenSource();
        var source = new SilentStream(Archive[..4000]);
        var loading = Transfer(new StubStore(() => source)).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, stop.Token);
        await source.Silent;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
        Assert.Empty(_engine.Tags);
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public async Task Tag_that_another_client_moved_is_a_conflict()
    {
        _engine.AfterLoad = () => _engine.Tag(Tag, "sha256:another");

        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => Transfer(StoreOf(Archive)).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default));

        Assert.Equal(FaultCode.Conflict, error.Code);
        Assert.Contains("sha256:another", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_that_names_images_by_another_digest_is_believed()
    {
        _engine.ContainerdId = "sha256:of-the-manifest";

        var loaded = await Transfer(StoreOf(Archive)).LoadAsync(Description(Archive), ImageCaller.Nobody, _progress, default);

        Assert.Equal("sha256:of-the-manifest", loaded.EngineImageId);
    }

    [Fact]
    public async Task Snapshot_goes_from_the_Engine_to_the_store()
    {
        var store = StoreOf([]);
        var source = new MemoryStream(Archive);
        _engine.Saved = () => source;

        var image = await Transfer(store).SaveAsync(ImageTags.ForSnapshot(Id), Snapshot, ImageCaller.Nobody, _progress, default);

        Assert.Equal(Archive, store.Added);
        Assert.Equal(Id, image.Id);
        Assert.False(source.CanRead);
        Assert.Equal(new TransferProgress(Archive.Length, null), _progress.Reports[^1]);
    }

    [Fact]
    public async Task Snapshot_of_an_Engine_that_falls_silent_times_out()
    {
        var source = new SilentStream(Archive[..4000]);
        _engine.Saved = () => source;
        var saving = Transfer(StoreOf([])).SaveAsync(ImageTags.ForSnapshot(Id), Snapshot, ImageCaller.Nobody, _progress, default);
        await source.Silent;

        _time.Advance(Settings.InactivityTimeout);

        Assert.Equal(FaultCode.TimedOut, (await Assert.ThrowsAsync<ImageStoreException>(() => saving)).Code);
        Assert.True(source.IsDisposed);
    }

    private static NewImage Snapshot => new(Id, "snap", EquatableMap<string>.Empty);

    private ImageSettings Settings => new()
    {
        StoreDirectory = "unused",
        SharedDirectory = _shared.Path,
        Resume = new ResumeSettings { MaxAttempts = 0 },
    };

    private static ImageDescription Description(byte[] archive) => new(
        Id,
        "cirros",
        ArchiveBuilder.Checksum(archive),
        archive.Length,
        DateTimeOffset.UnixEpoch,
        EquatableMap<string>.Empty);

    private static StubStore StoreOf(byte[] archive) => new(() => new MemoryStream(archive));

    private ImageTransfer Transfer(StubStore store, ImageSettings? settings = null) =>
        new(_engine, store, settings ?? Settings, _time, _log);

    /// <summary>Gives a byte at a time, and none to who has called it off.</summary>
    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
        }
    }
}
