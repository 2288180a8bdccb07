using Akka.Actor;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Images;

/// <summary>Images that are brought into the Engine before anybody boots them.</summary>
public sealed class ImagePullSpecs(ITestOutputHelper output) : ImageKeepingLab(output, "pull")
{
    [Fact]
    public async Task A_pull_brings_the_image_and_is_in_the_ledger()
    {
        Start();

        Assert.Equal(PullState.Pulled, (await PullEndsAsync()).State);

        Assert.NotNull(await Engine.FindImageAsync(Tag, CancellationToken.None));
        Assert.Equal(["pull-requested", "loaded"], History());
        var loaded = Entries()[1];
        Assert.Equal(("req-1", "store", "busybox"), (loaded.Data["request"], loaded.Data["source"], loaded.ImageName));
    }

    [Fact]
    public async Task Asked_again_by_the_same_request_it_tells_how_it_stands()
    {
        var held = HoldStore();
        Start();

        Assert.Equal(PullState.Pulling, (await PullAsync()).State);
        await held.Reached;
        Assert.Equal(PullState.Pulling, (await PullAsync()).State);
        held.Release();

        Assert.Equal(PullState.Pulled, (await PullEndsAsync()).State);
        Assert.Equal(PullState.Pulled, (await PullAsync()).State);
        Assert.Equal(["pull-requested", "loaded"], History());
    }

    [Fact]
    public async Task However_many_pull_and_boot_there_is_one_transfer()
    {
        var held = HoldStore();
        Start();
        await PullAsync(request: "req-1");
        await held.Reached;
        await PullAsync(request: "req-2");
        Images.Tell(Sample.Step(StepKind.EnsureImage), ActorRefs.NoSender);
        held.Release();

        Assert.NotNull((await FinishedAsync()).Result);
        Assert.Equal(PullState.Pulled, (await PullEndsAsync(request: "req-1")).State);
        Assert.Equal(PullState.Pulled, (await PullEndsAsync(request: "req-2")).State);
        Assert.Equal((1, 1), (Store.Opened, Engine.CountOf(EngineCall.LoadImage)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pull_that_finds_the_image_before_its_transfer_has_ended_waits_for_that_end(bool isPulled)
    {
        var held = Engine.Faults.HoldAfter(EngineCall.LoadImage);
        Start();
        if (isPulled)
            await PullAsync(request: "req-1");
        else
            Images.Tell(Sample.Step(StepKind.EnsureImage), ActorRefs.NoSender);
        await held.Reached;
        Assert.NotNull(await Engine.FindImageAsync(Tag, CancellationToken.None));

        Assert.Equal(PullState.Pulling, (await PullAsync(request: "req-2")).State);
        held.Release();

        Assert.Equal(PullState.Pulled, (await PullEndsAsync(request: "req-2")).State);
        Assert.Equal([.. isPulled ? ["pull-requested"] : Array.Empty<string>(), "pull-requested", "loaded"], History());
        Assert.Equal("store", Entries()[^1].Data["source"]);
    }

    [Fact]
    public async Task An_image_that_is_there_is_told_at_once()
    {
        Engine.AddImage(Sample.Archive with { Tags = [Tag] });
        Start();

        Assert.Equal(PullState.Present, (await PullAsync(request: "req-1")).State);
        Assert.Equal(PullState.Present, (await PullAsync(request: "req-2")).State);

        Assert.Equal((0, 0), (Store.Opened, Engine.CountOf(EngineCall.LoadImage)));
        Assert.Equal(["loaded"], History());
        Assert.Equal("engine", Entries()[0].Data["source"]);
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused_and_leaves_nothing()
    {
        Store.Put(Sample.Target.ImageId, "twice", [1]);
        Store.Put(new ImageId(Sample.Ids.Next()), "twice", [1]);
        Start();

        Assert.Equal(RefusalCode.ImageNotFound, (await PullAsync("nowhere")).Refusal);
        var ambiguous = await PullAsync("twice");
        Assert.Equal((PullState.Refused, RefusalCode.InvalidArgument), (ambiguous.State, ambiguous.Refusal));
        Assert.Contains(Sample.Target.ImageId.ToString(), ambiguous.RefusalReason, StringComparison.Ordinal);
        Assert.Empty(History());
    }

    [Fact]
    public async Task A_pull_that_fails_says_why_and_so_does_the_ledger()
    {
        var held = HoldStore();
        Start();
        await PullAsync();
        await held.Reached;

        held.Fail(new ImageStoreException(FaultCode.Denied, "Not for you."));

        var ended = await PullEndsAsync();
        Assert.Equal((PullState.Failed, new Fault(FaultCode.Denied, "Not for you.")), (ended.State, ended.Fault));
        Assert.Equal(["pull-requested", "load-failed"], History());
        Assert.Equal("Not for you.", Entries()[1].Data["message"]);
    }

    [Fact]
    public async Task A_pull_that_a_kill_interrupts_is_carried_out_by_the_next_life()
    {
        var held = HoldStore();
        Start();
        await PullAsync();
        await held.Reached;
        Store.Holds = _ => null;

        Start();

        await HistoryBecomesAsync("pull-requested", "loaded");
        Assert.Equal(PullState.Pulled, (await PullEndsAsync()).State);
        Assert.Equal(1, Engine.CountOf(EngineCall.LoadImage));
    }

    [Fact]
    public async Task A_pull_that_the_journal_does_not_take_is_refused_and_the_next_is_carried_out()
    {
        Start();
        Assert.Equal(RefusalCode.ImageNotFound, (await PullAsync("nowhere")).Refusal);
        Journal.FailAfter(0);

        var refused = await PullAsync();
        Assert.Equal((PullState.Refused, RefusalCode.JournalUnavailable), (refused.State, refused.Refusal));
        Assert.Equal(0, Store.Opened);

        // The ledger is started again after a while; what comes before is not answered.
        await Eventually.BecomesAsync(
            async () =>
            {
                try
                {
                    return (await Images.Ask<HostProtocol.ImagePull>(
                        new HostProtocol.PullImage(Sample.Host, Sample.Request("req-2"), "busybox"), TimeSpan.FromSeconds(1))).State;
                }
                catch (AskTimeoutException)
                {
                    return PullState.Pulling;
                }
            },
            state => state == PullState.Pulled, "the next pull is carried out");
        Assert.Equal(["pull-requested", "loaded"], History());
    }

    [Fact]
    public async Task A_boot_is_in_the_ledger_with_its_instance_and_each_failure_before_it()
    {
        var held = HoldStore();
        Start();
        Images.Tell(Sample.Step(StepKind.EnsureImage), ActorRefs.NoSender);
        await held.Reached;
        held.Fail(new ImageStoreException(FaultCode.Unavailable, "The store is away."));
        Assert.NotNull((await FinishedAsync()).Fault);
        Store.Holds = _ => null;

        Assert.NotNull((await EnsureAsync(Sample.Step(StepKind.EnsureImage, 3))).Result);

        await HistoryBecomesAsync("load-failed", "loaded");
        Assert.All(Entries(), entry => Assert.Equal(Sample.Id.ToString(), entry.Data["instance"]));
        Assert.True(Entries()[0].Data.ContainsKey("retry-at"));
    }

    [Fact]
    public async Task What_the_disk_has_no_room_for_is_not_moved()
    {
        Engine.Info = Engine.Info with { RootDirectory = "/engine" };
        Disk.Use = new DiskUse("", 1L << 40, 100L << 20);
        Settings = Settings with { DiskReserveMb = 100 };
        Start();

        var finished = await EnsureAsync();

        Assert.Equal(FaultCode.NoCapacity, finished.Fault!.Code);
        Assert.False(finished.Fault.IsRetryable);
        Assert.Contains("needs 1 MiB, and 100 MiB to be kept free", finished.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("at /engine has 100 MiB free", finished.Fault.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (Store.Opened, Engine.CountOf(EngineCall.LoadImage)));
        await HistoryBecomesAsync("load-failed");
    }

    [Fact]
    public async Task Images_that_are_loaded_at_once_must_fit_together()
    {
        Engine.Info = Engine.Info with { RootDirectory = "/engine" };
        var bytes = Sample.Archive.ToBytes().Length;
        Disk.Use = new DiskUse("", 1L << 40, bytes + (bytes / 2));
        var other = new ResolvedImage(new ImageId(Sample.Ids.Next()), "other");
        Store.Put(other.Id, other.Name, TestImages.OneFile("other:1", new Dictionary<string, string>(), "two").ToBytes());
        var held = HoldStore();
        Start();
        Images.Tell(Sample.Step(StepKind.EnsureImage), ActorRefs.NoSender);
        await held.Reached;

        var refused = await EnsureAsync(Sample.Step(StepKind.EnsureImage, 1, Sample.NewId()) with { Image = other });

        Assert.Equal(FaultCode.NoCapacity, refused.Fault!.Code);
        Assert.Contains("for images under way", refused.Fault.Message, StringComparison.Ordinal);
        held.Release();
        Assert.NotNull((await FinishedAsync()).Result);
    }

    [Fact]
    public async Task Where_the_file_system_cannot_be_seen_everything_fits()
    {
        Settings = Settings with { DiskReserveMb = int.MaxValue };
        Start();

        Assert.NotNull((await EnsureAsync()).Result);
    }
}
