using Akka.Actor;
using Akka.TestKit.Xunit2;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Testing;
using Xunit.Abstractions;
using static NovaDocker.Domain.Compute.ComputeProtocol;

namespace NovaDocker.Actors.Tests.Images;

/// <summary>An upload by a commander, by virtual time.</summary>
public sealed class ImageUploadSpecs : TestKit
{
    private static readonly ImageId Id = Sample.Image.Id;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly MemoryImageStore _store = new();
    private readonly IActorRef _upload;

    public ImageUploadSpecs(ITestOutputHelper output)
        : base(TestSystem.VirtualTime, "upload", output) =>
        _upload = Watch(Sys.ActorOf(ImageUploadActor.Props(Id, _store, Patience)));

    [Fact]
    public async Task Chunks_make_an_image()
    {
        await BeginAsync();

        Assert.Equal(3, await SendAsync(0, 1, 2, 3));
        Assert.Equal(5, await SendAsync(3, 4, 5));
        Send(5);

        var image = (await ExpectMsgAsync<ImageUploaded>()).Image;
        Assert.Equal((Id, "busybox", 5), (image.Id, image.Name, image.SizeBytes));
        Assert.Equal([1, 2, 3, 4, 5], _store.BytesOf(Id));
    }

    [Fact]
    public async Task A_chunk_that_comes_twice_is_answered_twice_and_stored_once()
    {
        await BeginAsync();
        await SendAsync(0, 1, 2);

        Assert.Equal(2, await SendAsync(0, 1, 2));
        Send(2);
        await ExpectMsgAsync<ImageUploaded>();
        Send(2);

        await ExpectMsgAsync<ImageUploaded>();
        Assert.Equal([1, 2], _store.BytesOf(Id));
    }

    [Fact]
    public async Task A_chunk_out_of_order_is_refused_and_the_upload_goes_on()
    {
        await BeginAsync();
        await SendAsync(0, 1, 2);

        Send(7, 9);
        Assert.Equal(FaultCode.Invalid, (await ExpectMsgAsync<QueryFailed>()).Fault.Code);

        Assert.Equal(3, await SendAsync(2, 3));
    }

    [Fact]
    public async Task A_beginning_that_comes_twice_says_where_to_go_on()
    {
        await BeginAsync();
        await SendAsync(0, 1, 2);

        _upload.Tell(Begin("busybox"), TestActor);

        Assert.Equal(2, (await ExpectMsgAsync<ImageUploadReady>()).Offset);
    }

    [Fact]
    public async Task An_upload_without_chunks_is_forgotten_and_nothing_of_it_stays()
    {
        await BeginAsync();
        await SendAsync(0, 1, 2);

        new VirtualTime(Sys).Advance(Patience);

        await ExpectTerminatedAsync(_upload);
        await AssertNothingStaysAsync();
    }

    [Fact]
    public async Task An_abandoned_upload_leaves_nothing()
    {
        await BeginAsync();
        await SendAsync(0, 1, 2);

        _upload.Tell(new AbandonImageUpload(Id));

        await ExpectTerminatedAsync(_upload);
        await AssertNothingStaysAsync();
    }

    [Fact]
    public async Task A_store_that_fails_under_the_last_chunk_is_named()
    {
        var held = Hold();
        await BeginAsync();
        await SendAsync(0, 1, 2, 3, 4);

        Send(4);
        held.Fail(new ImageStoreException(FaultCode.NoCapacity, "The disk is full."));

        Assert.Equal(FaultCode.NoCapacity, (await ExpectMsgAsync<QueryFailed>()).Fault.Code);
        await ExpectTerminatedAsync(_upload);
        await AssertNothingStaysAsync();
    }

    [Fact]
    public async Task A_store_that_fails_between_two_chunks_is_named_to_the_next()
    {
        var held = Hold();
        await BeginAsync();
        var offset = await SendAsync(0, 1, 2, 3, 4);
        held.Fail(new ImageStoreException(FaultCode.NoCapacity, "The disk is full."));
        await Eventually.HoldsAsync(() => _store.Adding == 0, "the store has given up");

        // The news of it may still be on its way: until then chunks are taken.
        object answer;
        do
        {
            Send(offset, 5);
            offset++;
            answer = await ExpectMsgAsync<object>();
        }
        while (answer is ImageUploadReady);

        Assert.Equal(FaultCode.NoCapacity, Assert.IsType<QueryFailed>(answer).Fault.Code);
        await ExpectTerminatedAsync(_upload);
    }

    [Fact]
    public async Task An_image_that_is_there_already_is_the_answer()
    {
        _store.Put(Id, "busybox", [7]);
        _upload.Tell(Begin("busybox"), TestActor);
        await ExpectMsgAsync<ImageUploadReady>();

        Send(0, new byte[80 * 1024]);

        Assert.Equal(1, (await FishForMessageAsync(message => message is ImageUploaded) as ImageUploaded)!.Image.SizeBytes);
        Assert.Equal([7], _store.BytesOf(Id));
    }

    [Fact]
    public async Task A_name_that_nothing_may_have_is_refused_and_nothing_begins()
    {
        _upload.Tell(Begin(""), TestActor);

        Assert.Equal(FaultCode.Invalid, (await ExpectMsgAsync<QueryFailed>()).Fault.Code);
        await ExpectTerminatedAsync(_upload);
    }

    private HeldCall Hold()
    {
        var held = new HeldCall();
        _store.Holds = _ => held;
        return held;
    }

    private static BeginImageUpload Begin(string name) => new(Id, name, EquatableMap<string>.Empty);

    private async Task BeginAsync()
    {
        _upload.Tell(Begin("busybox"), TestActor);
        Assert.Equal(0, (await ExpectMsgAsync<ImageUploadReady>()).Offset);
    }

    private void Send(long offset, params byte[] bytes) => _upload.Tell(new ImageChunk(Id, offset, bytes), TestActor);

    private async Task<long> SendAsync(long offset, params byte[] bytes)
    {
        Send(offset, bytes);
        return (await ExpectMsgAsync<ImageUploadReady>()).Offset;
    }

    private async Task AssertNothingStaysAsync()
    {
        await Eventually.HoldsAsync(() => _store.Adding == 0, "the store has given up");
        Assert.Empty(_store.Ids);
    }
}
