using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Testing;

namespace NovaDocker.Images.Tests;

/// <summary>
/// What every image store does; a store's test class inherits it. The store may hold images of others, and may give an id
/// once only.
/// </summary>
public abstract class ImageStoreContract : IAsyncLifetime
{
    private protected static readonly byte[] Archive = ArchiveBuilder.Saved("busybox:latest");

    private readonly List<ImageId> _ids = [];

    protected abstract IImageStore Store { get; }

    private protected ImageStoreContract(ImageId? id = null) => Cirros = Image(id ?? TestIds.Next());

    /// <summary>An image of this test's own.</summary>
    protected NewImage Cirros { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var id in _ids)
            await Store.RemoveAsync(id, ImageCaller.Nobody, default);
    }

    [SkippableFact]
    public async Task Added_image_is_found_listed_and_read_as_it_was_given()
    {
        var added = await Store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);

        Assert.Equal((Cirros.Id, "cirros", Archive.LongLength), (added.Id, added.Name, added.SizeBytes));
        Assert.Equal("snapshot", added.Properties["image_location"]);
        AssertSame(added, await Store.FindAsync(Cirros.Id, ImageCaller.Nobody, default));
        AssertSame(added, Assert.Single(await ListAsync()));
        Assert.Equal(Archive, await ReadAsync(Cirros.Id));
    }

    [SkippableFact]
    public async Task Checksum_is_that_of_the_bytes_stored()
    {
        var added = await Store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);

        await using var verifying = new VerifyingStream("it", await Store.OpenReadAsync(Cirros.Id, 0, ImageCaller.Nobody, default), added.Checksum);
        await verifying.CopyToAsync(Stream.Null);
        verifying.Verify();
    }

    [SkippableFact]
    public async Task List_is_sorted_by_id()
    {
        var ids = Enumerable.Range(0, 3).Select(_ => TestIds.Next()).OrderDescending(ById).ToArray();
        foreach (var id in ids)
            await Store.AddAsync(Image(id), new MemoryStream(Archive), ImageCaller.Nobody, default);

        Assert.Equal(ids.Order(ById), (await ListAsync()).Select(image => image.Id));
    }

    [SkippableFact]
    public async Task Name_finds_what_is_called_so_and_nothing_else()
    {
        string[] names =
            ["snap: of in:x", "a \"quoted\" one", "back\\slash", "one, two", "one", "Grüße 雪 & co=1+1 #?", "2026-01-02T03:04:05"];
        foreach (var name in names)
            await Store.AddAsync(Image(TestIds.Next(), name), new MemoryStream(Archive), ImageCaller.Nobody, default);

        foreach (var name in names)
            Assert.Equal([name], (await ListAsync(name)).Select(image => image.Name));
    }

    [SkippableFact]
    public async Task Reading_may_begin_at_any_byte()
    {
        await Store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);

        foreach (var offset in new[] { 0, 1, Archive.Length / 2, Archive.Length - 1 })
            Assert.Equal(Archive[offset..], await ReadAsync(Cirros.Id, offset));
    }

    [SkippableFact]
    public async Task Adding_again_gives_the_first_image_and_does_not_read_the_archive()
    {
        var first = await Store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);
        var unread = new MemoryStream([1, 2, 3]);

        var second = await Store.AddAsync(Cirros with { Name = "other" }, unread, ImageCaller.Nobody, default);

        AssertSame(first, second);
        Assert.Equal(0, unread.Position);
    }

    [SkippableFact]
    public async Task Two_adds_at_once_of_one_id_give_one_image()
    {
        var images = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => Store.AddAsync(Cirros with { Name = $"n{i}" }, new MemoryStream(Archive), ImageCaller.Nobody, default))));

        Assert.All(images, image => AssertSame(images[0], image));
        Assert.Equal(Archive, await ReadAsync(Cirros.Id));
    }

    [SkippableFact]
    public async Task Add_whose_archive_breaks_off_leaves_nothing()
    {
        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => Store.AddAsync(Cirros, BreakingOff(), ImageCaller.Nobody, default));

        Assert.Contains("connection reset", error.Message, StringComparison.Ordinal);
        await AssertAbsentAsync();
    }

    [SkippableFact]
    public async Task Add_that_is_tried_again_leaves_at_most_a_record_without_bytes_which_the_next_attempt_fills()
    {
        var snapshot = Cirros with { IsTriedAgain = true };

        await Assert.ThrowsAsync<ImageStoreException>(
            () => Store.AddAsync(snapshot, BreakingOff(), ImageCaller.Nobody, default));

        Assert.Empty(await ListAsync());
        await Eventually.BecomesAsync(
            () => Store.FindAsync(Cirros.Id, ImageCaller.Nobody, default),
            left => left is null or { State: ImageState.Queued, SizeBytes: 0, Checksum: "" },
            "the store notices that the upload broke off");
        var added = await Store.AddAsync(snapshot, new MemoryStream(Archive), ImageCaller.Nobody, default);
        Assert.Equal((ImageState.Active, Archive.LongLength), (added.State, added.SizeBytes));
        Assert.Equal(Archive, await ReadAsync(Cirros.Id));
    }

    [SkippableFact]
    public async Task What_an_add_that_is_tried_again_left_can_be_removed()
    {
        await Assert.ThrowsAsync<ImageStoreException>(
            () => Store.AddAsync(Cirros with { IsTriedAgain = true }, BreakingOff(), ImageCaller.Nobody, default));

        await Store.RemoveAsync(Cirros.Id, ImageCaller.Nobody, default);

        await AssertAbsentAsync();
    }

    [SkippableFact]
    public async Task Add_that_is_called_off_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        var silent = new SilentStream(Archive[..2000]);
        var adding = Store.AddAsync(Cirros, silent, ImageCaller.Nobody, stop.Token);
        await silent.Silent;

        Assert.Empty(await ListAsync());
        Assert.NotEqual(ImageState.Active, (await Store.FindAsync(Cirros.Id, ImageCaller.Nobody, default))?.State);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => adding);
        await AssertAbsentAsync();
    }

    [SkippableFact]
    public async Task Unknown_image_is_null_to_find_and_NotFound_to_read()
    {
        Assert.Null(await Store.FindAsync(Cirros.Id, ImageCaller.Nobody, default));
        Assert.Empty(await ListAsync());

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => Store.OpenReadAsync(Cirros.Id, 0, ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.NotFound, error.Code);
        Assert.Contains(Cirros.Id.ToString(), error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Removed_image_is_gone_and_removing_it_again_is_no_failure()
    {
        await Store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);

        await Store.RemoveAsync(Cirros.Id, ImageCaller.Nobody, default);
        await Store.RemoveAsync(Cirros.Id, ImageCaller.Nobody, default);

        await AssertAbsentAsync();
    }

    private protected static void AssertSame(ImageDescription expected, ImageDescription? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Properties, actual.Properties);
        Assert.Equal(expected with { Properties = actual.Properties }, actual);
    }

    private protected async Task<byte[]> ReadAsync(ImageId id, long offset = 0)
    {
        await using var stream = await Store.OpenReadAsync(id, offset, ImageCaller.Nobody, default);
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private protected async Task AssertAbsentAsync()
    {
        Assert.Null(await Store.FindAsync(Cirros.Id, ImageCaller.Nobody, default));
        Assert.Empty(await ListAsync());
    }

    private protected NewImage Image(ImageId id, string name = "cirros")
    {
        _ids.Add(id);
        return new NewImage(id, name, new EquatableMap<string>([KeyValuePair.Create("image_location", "snapshot")]));
    }

    private static Comparer<ImageId> ById { get; } =
        Comparer<ImageId>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    private static CountingStream BreakingOff() => new(new MemoryStream(Archive), read =>
    {
        if (read > 2048)
            throw new IOException("connection reset");
    });

    /// <summary>This test's images in the store's list.</summary>
    private async Task<ImageDescription[]> ListAsync(string? name = null) =>
        [.. (await Store.ListAsync(name, ImageCaller.Nobody, default)).Where(image => _ids.Contains(image.Id))];
}
