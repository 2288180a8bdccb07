using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests;

/// <summary>What every image store does; a store's test class inherits it.</summary>
public abstract class ImageStoreContract
{
    private protected static readonly byte[] Archive = ArchiveBuilder.Saved("busybox:latest");

    protected abstract IImageStore Store { get; }

    protected static NewImage Cirros { get; } = new(
        new ImageId(new Guid("6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c01")),
        "cirros",
        new EquatableMap<string>([KeyValuePair.Create("image_location", "snapshot")]));

    [Fact]
    public async Task Added_image_is_found_listed_and_read_as_it_was_given()
    {
        var added = await Store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);

        Assert.Equal((Cirros.Id, "cirros", Archive.LongLength), (added.Id, added.Name, added.SizeBytes));
        Assert.Equal("snapshot", added.Properties["image_location"]);
        AssertSame(added, await Store.FindAsync(Cirros.Id, ImageCaller.Nobody, default));
        AssertSame(added, Assert.Single(await Store.ListAsync(null, ImageCaller.Nobody, default)));
        Assert.Equal(Archive, await ReadAsync(Cirros.Id));
    }

    [Fact]
    public async Task Checksum_is_that_of_the_bytes_stored()
    {
        var added = await Store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);

        await using var verifying = new VerifyingStream("it", await Store.OpenReadAsync(Cirros.Id, 0, ImageCaller.Nobody, default), added.Checksum);
        await verifying.CopyToAsync(Stream.Null);
        verifying.Verify();
    }

    [Fact]
    public async Task List_is_sorted_by_id()
    {
        foreach (var last in new[] { "03", "01", "02" })
        {
            var id = new ImageId(new Guid("6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c" + last));
            await Store.AddAsync(Cirros with { Id = id }, new MemoryStream(Archive), ImageCaller.Nobody, default);
        }

        Assert.Equal(["01", "02", "03"], (await Store.ListAsync(null, ImageCaller.Nobody, default)).Select(image => image.Id.ToString()[^2..]));
    }

    [Fact]
    public async Task Adding_again_gives_the_first_image_and_does_not_read_the_archive()
    {
        var first = await Store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);
        var unread = new MemoryStream([1, 2, 3]);

        var second = await Store.AddAsync(Cirros with { Name = "other" }, unread, ImageCaller.Nobody, default);

        AssertSame(first, second);
        Assert.Equal(0, unread.Position);
    }

    [Fact]
    public async Task Two_adds_at_once_of_one_id_give_one_image()
    {
        var images = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => Store.AddAsync(Cirros with { Name = $"n{i}" }, new MemoryStream(Archive), ImageCaller.Nobody, default))));

        Assert.All(images, image => AssertSame(images[0], image));
        Assert.Equal(Archive, await ReadAsync(Cirros.Id));
    }

    [Fact]
    public async Task Add_whose_archive_breaks_off_leaves_nothing()
    {
        var broken = new CountingStream(new MemoryStream(Archive), read =>
        {
            if (read > 2048)
                throw new IOException("connection reset");
        });

        await Assert.ThrowsAsync<ImageStoreException>(() => Store.AddAsync(Cirros, broken, ImageCaller.Nobody, default));

        await AssertAbsentAsync();
        await Store.AddAsync(Cirros, new MemoryStream(Archive), ImageCaller.Nobody, default);
    }

    [Fact]
    public async Task Add_that_is_called_off_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        var silent = new SilentStream(Archive[..2000]);
        var adding = Store.AddAsync(Cirros, silent, ImageCaller.Nobody, stop.Token);
        await silent.Silent;

        Assert.Null(await Store.FindAsync(Cirros.Id, ImageCaller.Nobody, default));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => adding);
        await AssertAbsentAsync();
    }

    [Fact]
    public async Task Unknown_image_is_null_to_find_and_NotFound_to_read()
    {
        Assert.Null(await Store.FindAsync(Cirros.Id, ImageCaller.Nobody, default));
        Assert.Empty(await Store.ListAsync(null, ImageCaller.Nobody, default));

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => Store.OpenReadAsync(Cirros.Id, 0, ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.NotFound, error.Code);
        Assert.Contains(Cirros.Id.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
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

    private protected async Task<byte[]> ReadAsync(ImageId id)
    {
        await using var stream = await Store.OpenReadAsync(id, 0, ImageCaller.Nobody, default);
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private protected async Task AssertAbsentAsync()
    {
        Assert.Null(await Store.FindAsync(Cirros.Id, ImageCaller.Nobody, default));
        Assert.Empty(await Store.ListAsync(null, ImageCaller.Nobody, default));
    }
}
