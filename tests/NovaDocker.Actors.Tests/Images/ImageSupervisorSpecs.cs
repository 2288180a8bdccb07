using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging.Abstractions;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Images;

/// <summary>The images of a host over a fake Engine and a store in memory; the test is the host agent.</summary>
public sealed partial class ImageSupervisorSpecs : TestKit
{
    private readonly FakeContainerEngine _engine = new();
    private readonly MemoryImageStore _store = new();
    private readonly TestProbe _agent;
    private readonly IActorRef _images;

    public ImageSupervisorSpecs(ITestOutputHelper output)
        : base(TestSystem.Config, "images", output)
    {
        _agent = CreateTestProbe("agent");
        _images = Sys.ActorOf(Parent.Props(
            ImageSupervisor.Props(
                _store, Sample.ImageSettings with { MaxTransfers = 2 }, TimeProvider.System, NullLoggerFactory.Instance),
            _agent));
    }

    private static string Tag => ImageTags.ForImage(Sample.Image.Id);

    [Fact]
    public async Task Ten_that_wait_for_one_image_are_served_by_one_load()
    {
        var held = HoldStore(Sample.Image.Id);
        Open();
        var steps = Steps(10);
        foreach (var step in steps)
            _images.Tell(step);
        await held.Reached;
        held.Release();

        var finished = await NextAsync<StepFinished>(10);

        Assert.Equal(steps.Select(step => step.InstanceId).ToHashSet(), finished.Select(f => f.Step.InstanceId).ToHashSet());
        Assert.All(finished, f => Assert.IsType<StepResult.ImageReady>(f.Result));
        Assert.Equal((1, 1), (_store.Opened, _engine.CountOf(EngineCall.LoadImage)));
    }

    [Fact]
    public async Task An_image_that_is_there_is_not_loaded_and_waits_for_no_transfer()
    {
        _engine.AddImage(Sample.Archive with { Tags = [Tag] });
        Open();
        var held = await FillPoolAsync();

        _images.Tell(Sample.Step(StepKind.EnsureImage));

        var ready = (StepResult.ImageReady)(await NextAsync<StepFinished>()).Result!;
        Assert.Equal((Sample.Archive.Id, "engine"), (ready.EngineImageId, ready.Source));
        Assert.Equal(0, _engine.CountOf(EngineCall.LoadImage));
        foreach (var call in held)
            call.Release();
    }

    [Fact]
    public async Task No_more_transfers_than_allowed_are_under_way_and_the_others_wait_their_turn()
    {
        Open();
        var held = await FillPoolAsync();
        var third = Put("third");
        var turn = new HeldCall();
        var others = _store.Holds;
        _store.Holds = id => id == third.Id ? turn : others(id);
        _images.Tell(Sample.Step(StepKind.EnsureImage, 1, Sample.NewId()) with { Image = third });
        await Assert.ThrowsAsync<TimeoutException>(() => turn.Reached.WaitAsync(TimeSpan.FromMilliseconds(300)));

        held[0].Release();

        await turn.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(3, _store.Opened);
        turn.Release();
        held[1].Release();
        Assert.All(await NextAsync<StepFinished>(3), finished => Assert.Null(finished.Fault));
    }

    [Fact]
    public async Task A_failure_is_told_to_all_who_wait_and_the_next_who_asks_has_it_tried_again()
    {
        var held = HoldStore(Sample.Image.Id);
        Open();
        foreach (var step in Steps(3))
            _images.Tell(step);
        await held.Reached;
        held.Fail(new ImageStoreException(FaultCode.Unavailable, "The store is away."));

        Assert.All(await NextAsync<StepFinished>(3), f => Assert.Equal(FaultCode.Unavailable, f.Fault!.Code));
        _store.Holds = _ => null;
        _images.Tell(Sample.Step(StepKind.EnsureImage, 9));
        Assert.NotNull((await NextAsync<StepFinished>()).Result);
    }

    [Fact]
    public async Task An_image_that_is_nowhere_is_not_found()
    {
        Open();

        _images.Tell(Sample.Step(StepKind.EnsureImage));

        Assert.Equal(FaultCode.NotFound, (await NextAsync<StepFinished>()).Fault!.Code);
    }

    [Fact]
    public async Task One_that_is_called_off_leaves_the_others_waiting()
    {
        var held = HoldStore(Sample.Image.Id);
        Open();
        var steps = Steps(2);
        foreach (var step in steps)
            _images.Tell(step);
        await held.Reached;

        _images.Tell(new CancelStep(steps[0]));
        var cancelled = await NextAsync<StepFinished>();
        Assert.Equal((steps[0], FaultCode.Cancelled), (cancelled.Step, cancelled.Fault!.Code));
        held.Release();

        var loaded = await NextAsync<StepFinished>();
        Assert.Equal(steps[1], loaded.Step);
        Assert.NotNull(loaded.Result);
    }

    [Fact]
    public async Task The_last_to_be_called_off_stops_the_transfer_and_who_comes_then_begins_a_new_one()
    {
        var held = HoldStore(Sample.Image.Id);
        Open();
        var (first, second) = (Sample.Step(StepKind.EnsureImage), Sample.Step(StepKind.EnsureImage, 3));
        _images.Tell(first);
        await held.Reached;
        _store.Holds = _ => null;

        _images.Tell(new CancelStep(first));
        _images.Tell(second);

        Assert.Equal(FaultCode.Cancelled, (await NextAsync<StepFinished>()).Fault!.Code);
        var loaded = await NextAsync<StepFinished>();
        Assert.Equal(second, loaded.Step);
        Assert.NotNull(loaded.Result);
        Assert.Equal((2, 1), (_store.Opened, _engine.CountOf(EngineCall.LoadImage)));
    }

    [Fact]
    public async Task What_comes_before_the_engine_waits_for_it()
    {
        _store.Put(Sample.Image.Id, Sample.Image.Name, Sample.Archive.ToBytes());
        _images.Tell(Sample.Step(StepKind.EnsureImage));
        await _agent.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));

        Open();

        Assert.NotNull((await NextAsync<StepFinished>()).Result);
    }

    [Theory]
    [InlineData("images")]
    [InlineData("docker")]
    [InlineData("images/image-aaaaaaaa-0000-0000-0000-000000000001")]
    public async Task Whatever_part_of_the_host_fails_a_step_that_is_sent_again_is_done(string part)
    {
        var held = HoldStore(Sample.Image.Id);
        var host = Sys.ActorOf(HostAgent.Props(
            Sample.Identity, new HostSettings(), Sample.EngineSettings.Host, _agent,
            new HostParts(
                DockerSupervisor.Props(
                    new OneEngine(_engine), Sample.EngineSettings, Sample.Settings, Sample.Identity, Sample.Blueprint(),
                    TimeProvider.System),
                ImageSupervisor.Props(_store, Sample.ImageSettings, TimeProvider.System, NullLoggerFactory.Instance),
                Sample.Networks, Sample.Settler, Sample.Contents, Listings.InMemory(_agent)),
            TimeProvider.System));
        var step = Sample.Step(StepKind.EnsureImage);
        host.Tell(step);
        await held.Reached;
        _store.Holds = _ => null;

        // Messages that nobody sends, each a defect to who gets it.
        Sys.ActorSelection(host.Path / part.Split('/')).Tell(
            part == "images" ? Sample.Step(StepKind.EnsureImage) with { Image = null! } : new CancelStep(null!));
        await Eventually.BecomesAsync(
            () => host.Ask<HostView>(new HostProtocol.GetHost(Sample.Host), TimeSpan.FromSeconds(30)), view => view.Steps == 0, "all begins anew");
        host.Tell(step);

        Assert.Equal(step.Token, (await NextAsync<RecordStepCompleted>()).Token);
    }

    [Fact]
    public async Task A_snapshot_is_uploaded_with_where_it_came_from_and_can_be_discarded()
    {
        _engine.AddImage(Sample.Archive with { Tags = [ImageTags.ForSnapshot(Sample.Target.ImageId)] });
        Open();

        _images.Tell(Sample.Step(StepKind.UploadSnapshot));

        var uploaded = (StepResult.SnapshotUploaded)(await NextAsync<StepFinished>()).Result!;
        var stored = await _store.FindAsync(Sample.Target.ImageId, ImageCaller.Nobody, CancellationToken.None);
        Assert.Equal((stored!.Checksum, stored.SizeBytes), (uploaded.Checksum, uploaded.Bytes));
        Assert.Equal(
            ("nightly", "snapshot", Sample.Id.ToString()),
            (stored.Name, stored.Properties["image_location"], stored.Properties["instance_uuid"]));
        _images.Tell(Sample.Step(StepKind.DiscardUpload, 3));
        Assert.Null((await NextAsync<StepFinished>()).Fault);
        Assert.Empty(_store.Ids);
    }

    [Fact]
    public async Task A_snapshot_neither_takes_nor_discards_an_image_that_is_not_its_own()
    {
        _engine.AddImage(Sample.Archive with { Tags = [ImageTags.ForSnapshot(Sample.Target.ImageId)] });
        _store.Put(Sample.Target.ImageId, "somebody's", [7]);
        Open();

        _images.Tell(Sample.Step(StepKind.UploadSnapshot));
        Assert.Equal(FaultCode.Conflict, (await NextAsync<StepFinished>()).Fault!.Code);
        _images.Tell(Sample.Step(StepKind.DiscardUpload, 3));
        Assert.Null((await NextAsync<StepFinished>()).Fault);

        Assert.Equal([7], _store.BytesOf(Sample.Target.ImageId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_that_is_called_off_leaves_nothing_in_the_store(bool hasBegun)
    {
        _engine.AddImage(Sample.Archive with { Tags = [ImageTags.ForSnapshot(Sample.Target.ImageId)] });
        Open();
        var held = hasBegun ? [] : await FillPoolAsync();
        var own = new HeldCall();
        _store.Holds = id => id == Sample.Target.ImageId ? own : null;
        var upload = Sample.Step(StepKind.UploadSnapshot);
        _images.Tell(upload);
        if (hasBegun)
            await own.Reached;

        _images.Tell(new CancelStep(upload));

        Assert.Equal(FaultCode.Cancelled, (await NextAsync<StepFinished>()).Fault!.Code);
        own.Release();
        foreach (var call in held)
            call.Release();
        // Once others are all that is under way, whatever was before has come to its end.
        held = await FillPoolAsync();
        await Eventually.HoldsAsync(() => _store.Adding == 0, "nothing is being stored");
        Assert.DoesNotContain(Sample.Target.ImageId.ToString(), _store.Ids);
        foreach (var call in held)
            call.Release();
    }

    [Theory]
    [InlineData("busybox")]
    [InlineData("aaaaaaaa-0000-0000-0000-000000000001")]
    [InlineData("{AAAAAAAA-0000-0000-0000-000000000001}")]
    public async Task An_image_is_found_by_its_name_and_by_its_id(string reference)
    {
        _store.Put(Sample.Image.Id, Sample.Image.Name, [1]);

        var found = await ResolveAsync<ImageDescription>(reference);

        Assert.Equal(Sample.Image, new ResolvedImage(found.Id, found.Name));
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("Busybox")]
    [InlineData("aaaaaaaa-0000-0000-0000-0000000000ff")]
    public async Task An_unknown_image_is_refused(string reference)
    {
        _store.Put(Sample.Image.Id, Sample.Image.Name, [1]);

        Assert.Equal(RefusalCode.ImageNotFound, (await ResolveAsync<Refused>(reference)).Code);
    }

    [Fact]
    public async Task A_name_of_two_images_is_refused_and_their_ids_are_named()
    {
        _store.Put(Sample.Image.Id, "busybox", [1]);
        _store.Put(Sample.Target.ImageId, "busybox", [2]);

        var refused = await ResolveAsync<Refused>("busybox");

        Assert.Equal(RefusalCode.InvalidArgument, refused.Code);
        Assert.Contains(Sample.Image.Id.ToString(), refused.Reason, StringComparison.Ordinal);
        Assert.Contains(Sample.Target.ImageId.ToString(), refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_are_listed_page_by_page_in_the_order_of_their_ids()
    {
        var all = Enumerable.Range(0, 5).Select(i => Put($"image {i}").Id.ToString()).Order(StringComparer.Ordinal).ToArray();
        var seen = new List<string>();
        ImageId? after = null;
        do
        {
            _images.Tell(new ComputeProtocol.ListImages(after, 2), TestActor);
            var page = await ExpectMsgAsync<ComputeProtocol.ImagePage>();
            Assert.InRange(page.Images.Count, 1, 2);
            seen.AddRange(page.Images.Select(image => image.Id.ToString()));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(all, seen);
    }

    [Fact]
    public async Task A_store_that_fails_is_named_to_who_lists()
    {
        _store.Fails = () => new ImageStoreException(FaultCode.Unavailable, "The store is away.");

        _images.Tell(new ComputeProtocol.ListImages(null, 2), TestActor);

        Assert.Equal(FaultCode.Unavailable, (await ExpectMsgAsync<ComputeProtocol.QueryFailed>()).Fault.Code);
    }

    private void Open() => _images.Tell(new EngineOpened(_engine), ActorRefs.NoSender);

    private HeldCall HoldStore(ImageId id)
    {
        _store.Put(Sample.Image.Id, Sample.Image.Name, Sample.Archive.ToBytes());
        var held = new HeldCall();
        _store.Holds = asked => asked == id ? held : null;
        return held;
    }

    private ResolvedImage Put(string name)
    {
        var image = new ResolvedImage(new ImageId(Sample.Ids.Next()), name);
        var archive = TestImages.OneFile($"{name.Replace(' ', '-')}:1", new Dictionary<string, string>(), name);
        _store.Put(image.Id, name, archive.ToBytes());
        return image;
    }

    /// <summary>Occupies both places of the pool.</summary>
    private async Task<HeldCall[]> FillPoolAsync()
    {
        var images = new[] { Put("first"), Put("second") };
        var held = images.ToDictionary(image => image.Id, _ => new HeldCall());
        _store.Holds = held.GetValueOrDefault;
        foreach (var image in images)
            _images.Tell(Sample.Step(StepKind.EnsureImage, 1, Sample.NewId()) with { Image = image });
        foreach (var call in held.Values)
            await call.Reached;
        return [.. held.Values];
    }

    private static HostProtocol.RunStep[] Steps(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Sample.Step(StepKind.EnsureImage, 10 + i, Sample.NewId()))];

    private async Task<T> ResolveAsync<T>(string reference)
    {
        _images.Tell(new ResolveImage(Sample.Id, reference, ImageCaller.Nobody), TestActor);
        return await ExpectMsgAsync<T>();
    }

    private async Task<T> NextAsync<T>() => (T)await _agent.FishForMessageAsync(message => message is T);

    private async Task<List<T>> NextAsync<T>(int count)
    {
        var found = new List<T>();
        while (found.Count < count)
            found.Add(await NextAsync<T>());
        return found;
    }
}
