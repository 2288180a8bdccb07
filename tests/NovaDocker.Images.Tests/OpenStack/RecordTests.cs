using System.Text.Json;
using NovaDocker.Actors.Images;
using NovaDocker.Adapters.OpenStack.Glance;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Testing;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>Records of a real Glance: their states and attributes, and those that Nova makes.</summary>
[Collection(GlanceTests.Name)]
public sealed class RecordTests
{
    private static readonly byte[] Bytes = ArchiveBuilder.Saved("busybox:latest");

    [SkippableFact]
    public async Task Image_that_is_queued_or_deactivated_is_found_as_such_and_not_listed()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        using var store = openStack.Store();
        await using var glance = await GlanceByHand.LoginAsync(openStack);
        var queued = await glance.CreateAsync(Record());
        var deactivated = await glance.CreateAsync(Record(), Bytes);
        await glance.PostAsync(deactivated, "actions/deactivate");

        Assert.Equal(ImageState.Queued, (await FindAsync(store, queued))!.State);
        Assert.Equal(ImageState.Deactivated, (await FindAsync(store, deactivated))!.State);
        Assert.DoesNotContain(
            await store.ListAsync(null, ImageCaller.Nobody, default), image => image.Id == queued || image.Id == deactivated);
        var reading = await Assert.ThrowsAsync<ImageStoreException>(
            () => store.OpenReadAsync(queued, 0, ImageCaller.Nobody, default));
        Assert.Equal(FaultCode.Conflict, reading.Code);
        var adding = await Assert.ThrowsAsync<ImageStoreException>(
            () => AddAsync(store, New(deactivated)));
        Assert.Equal(FaultCode.Conflict, adding.Code);
        Assert.Contains("is Deactivated in Glance", adding.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Id_of_an_image_that_was_deleted_is_absent_and_never_free_again()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        using var store = openStack.Store();
        await using var glance = await GlanceByHand.LoginAsync(openStack);
        var id = await glance.CreateAsync(Record(), Bytes);
        await glance.DeleteAsync(id);

        Assert.Null(await FindAsync(store, id));
        var error = await Assert.ThrowsAsync<ImageStoreException>(() => AddAsync(store, New(id)));

        Assert.Equal(FaultCode.Conflict, error.Code);
    }

    [SkippableFact]
    public async Task Image_that_is_being_saved_is_left_to_whoever_saves_it_and_may_be_removed()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        using var first = openStack.Store();
        using var second = openStack.Store();
        await using var glance = await GlanceByHand.LoginAsync(openStack);
        var image = New(glance.Adopt(TestIds.Next()));
        using var stop = new CancellationTokenSource();
        var silent = new SilentStream(Bytes[..2000]);
        var adding = first.AddAsync(image, silent, ImageCaller.Nobody, stop.Token);
        await silent.Silent;
        await Eventually.BecomesAsync(
            () => glance.StatusAsync(image.Id), status => status == "saving", "Glance has begun", TestOpenStack.Patience);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => AddAsync(second, image));
        Assert.Equal(FaultCode.Transient, error.Code);
        Assert.Contains("is being saved in Glance", error.Message, StringComparison.Ordinal);
        Assert.Equal("saving", await glance.StatusAsync(image.Id));

        await second.RemoveAsync(image.Id, ImageCaller.Nobody, default);
        Assert.Equal("absent", await glance.StatusAsync(image.Id));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => adding);
    }

    [SkippableFact]
    public async Task Attributes_and_properties_go_there_and_come_back()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        using var store = openStack.Store();
        await using var glance = await GlanceByHand.LoginAsync(openStack);
        var image = New(glance.Adopt(TestIds.Next()), ("min_ram", "256"), ("min_disk", "3"), ("owner_specified.über", "é雪"));

        var added = await AddAsync(store, image);

        Assert.Equal((256, 3), (added.MinRamMb, added.MinDiskGb));
        Assert.Equal("é雪", added.Properties["owner_specified.über"]);
        Assert.DoesNotContain("min_ram", added.Properties.Keys);
        Assert.Equal(("docker", "raw"), (added.ContainerFormat, added.DiskFormat));
        var record = (await glance.FindAsync(image.Id))!.Value;
        Assert.Equal(JsonValueKind.Number, record.GetProperty("min_ram").ValueKind);
        Assert.Equal($"sha512:{record.GetProperty("os_hash_value").GetString()}", added.Checksum);
    }

    [SkippableTheory]
    [InlineData("min_ram", "much", "its property min_ram is 'much', where a whole number is expected")]
    [InlineData("status", "active", "its property status is an attribute of Glance's")]
    public async Task Property_that_cannot_be_is_named_and_nothing_is_made(string name, string value, string problem)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        using var store = openStack.Store();
        await using var glance = await GlanceByHand.LoginAsync(openStack);
        var image = New(TestIds.Next(), (name, value));

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => AddAsync(store, image));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal("absent", await glance.StatusAsync(image.Id));
    }

    [SkippableTheory]
    [InlineData("alice", "alpha")]
    [InlineData("nova", "alpha")]
    public async Task Record_that_Nova_made_for_a_snapshot_is_completed_and_filled_and_keeps_what_it_says(
        string maker, string project)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        using var store = openStack.Store();
        await using var glance = await GlanceByHand.LoginAsync(openStack, maker);
        const string Instance = "b1a7c0de-0000-4000-8000-000000000001";
        var id = await glance.CreateAsync(new
        {
            name = "nova's name", visibility = "private", min_ram = 64, instance_uuid = Instance, image_type = "snapshot",
        });
        var image = New(id, ("instance_uuid", Instance), ("image_location", "snapshot"), ("min_ram", "256"), ("min_disk", "2"), ("a/b~c", "d"))
            with { IsTriedAgain = true };

        var added = await store.AddAsync(image, new MemoryStream(Bytes), openStack.Caller(project), default);

        Assert.Equal(("nova's name", "docker", "raw"), (added.Name, added.ContainerFormat, added.DiskFormat));
        Assert.Equal((64, 2, ImageState.Active, Bytes.LongLength), (added.MinRamMb, added.MinDiskGb, added.State, added.SizeBytes));
        Assert.Equal(
            ("snapshot", "snapshot", "d"),
            (added.Properties["image_location"], added.Properties["image_type"], added.Properties["a/b~c"]));
        Assert.Equal(openStack.ProjectId(openStack.Login(maker).Project), added.Owner);
    }

    private static Task<ImageDescription?> FindAsync(GlanceImageStore store, ImageId id) =>
        store.FindAsync(id, ImageCaller.Nobody, default);

    private static Task<ImageDescription> AddAsync(GlanceImageStore store, NewImage image) =>
        store.AddAsync(image, new MemoryStream(Bytes), ImageCaller.Nobody, default);

    private static object Record() => new { name = "record", container_format = "docker", disk_format = "raw" };

    private static NewImage New(ImageId id, params (string Name, string Value)[] properties) => new(
        id, "record", new EquatableMap<string>(properties.Select(property => KeyValuePair.Create(property.Name, property.Value))));
}
