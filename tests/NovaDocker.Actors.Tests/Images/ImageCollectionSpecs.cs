using Akka.Actor;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Images;

/// <summary>Images that nobody uses are taken away, and nothing else is.</summary>
public sealed class ImageCollectionSpecs(ITestOutputHelper output) : ImageKeepingLab(output, "collect")
{
    [Fact]
    public async Task What_nobody_uses_goes_and_is_in_the_ledger()
    {
        await HeldAsync();

        var report = await CollectAsync();

        var gone = Assert.Single(report.Images);
        Assert.Equal(
            (ImageFate.Gone, CollectReason.OnDemand, "busybox", Sample.Image.Id), (gone.Fate, gone.Reason, gone.Name, gone.ImageId));
        Assert.Null(await ImageAsync());
        await HistoryBecomesAsync("loaded", "collection-begun", "collected");
        Assert.Empty((await CollectAsync()).Images);
    }

    [Fact]
    public async Task A_dry_run_takes_nothing_away()
    {
        await HeldAsync();

        Assert.Equal(ImageFate.WouldGo, Assert.Single((await CollectAsync(isDryRun: true)).Images).Fate);

        Assert.NotNull(await ImageAsync());
        Assert.Equal(["loaded"], History());
    }

    [Theory]
    [InlineData(true, "Used by 1 instance.")]
    [InlineData(false, "Used by 1 container of somebody else.")]
    public async Task What_a_container_uses_stays_whosever_it_is(bool isOurs, string why)
    {
        await HeldAsync();
        await UseAsync(Tag, isOurs);

        var stays = Assert.Single((await CollectAsync()).Images);

        Assert.Equal((ImageFate.Stays, why, isOurs ? 1 : 0), (stays.Fate, stays.Why, stays.Instances));
        Assert.NotNull(await ImageAsync());
        await HistoryBecomesAsync("loaded", "use-began");
    }

    [Fact]
    public async Task What_is_not_ours_is_not_looked_at_and_what_this_host_did_not_load_stays()
    {
        Engine.AddImage(TestImages.OneFile("somebody/else:1", new Dictionary<string, string>(), "foreign"));
        Engine.AddImage(Sample.Archive with { Tags = [Tag] });
        Start();

        var stays = Assert.Single((await CollectAsync()).Images);

        Assert.Equal((ImageFate.Stays, Sample.Image.Id), (stays.Fate, stays.ImageId));
        Assert.StartsWith("It is not in the ledger", stays.Why, StringComparison.Ordinal);
        Assert.NotNull(await Engine.FindImageAsync("somebody/else:1", CancellationToken.None));
    }

    [Fact]
    public async Task Of_an_image_with_further_tags_ours_alone_goes()
    {
        await HeldAsync();
        Engine.AddImage(Sample.Archive with { Tags = ["mine:1"] });

        Assert.Equal((ImageFate.Gone, 0L), Assert.Single((await CollectAsync()).Images) is var gone ? (gone.Fate, gone.FreedBytes) : default);

        Assert.Equal("mine:1", Assert.Single((await Engine.FindImageAsync("mine:1", CancellationToken.None))!.Tags));
    }

    [Fact]
    public async Task What_an_operation_under_way_needs_stays()
    {
        Instances.Add(StubRegion.Booting(Sample.Boot(Sample.Id)));
        await HeldAsync();

        var stays = Assert.Single((await CollectAsync()).Images);

        Assert.Equal(ImageFate.Stays, stays.Fate);
        Assert.Contains(Sample.Id.ToString(), stays.Why, StringComparison.Ordinal);
        Assert.NotNull(await ImageAsync());
    }

    [Fact]
    public async Task Who_comes_while_an_image_goes_waits_and_has_it_brought_again()
    {
        await HeldAsync();
        var held = Engine.Faults.HoldBefore(EngineCall.RemoveImage);
        var collecting = CollectAsync();
        await held.Reached;

        Images.Tell(Sample.Step(StepKind.EnsureImage, 5), ActorRefs.NoSender);
        await NothingEndsAsync();
        held.Release();

        Assert.Equal(ImageFate.Gone, Assert.Single((await collecting).Images).Fate);
        Assert.Equal("store", ((StepResult.ImageReady)(await FinishedAsync()).Result!).Source);
        Assert.NotNull(await ImageAsync());
        await HistoryBecomesAsync("loaded", "collection-begun", "collected", "loaded");
    }

    [Fact]
    public async Task A_pull_that_comes_while_an_image_goes_has_it_brought_again()
    {
        await HeldAsync();
        var held = Engine.Faults.HoldBefore(EngineCall.RemoveImage);
        var collecting = CollectAsync();
        await held.Reached;

        Assert.Equal(PullState.Pulling, (await PullAsync(request: "req-late")).State);
        held.Release();

        Assert.Equal(ImageFate.Gone, Assert.Single((await collecting).Images).Fate);
        Assert.Equal(PullState.Pulled, (await PullEndsAsync(request: "req-late")).State);
        Assert.NotNull(await ImageAsync());
        await HistoryBecomesAsync("loaded", "collection-begun", "pull-requested", "collected", "loaded");
    }

    [Fact]
    public async Task What_the_Engine_does_not_let_go_stays_and_that_is_in_the_ledger()
    {
        await HeldAsync();
        Engine.Faults.FailBefore(EngineCall.RemoveImage, EngineErrorKind.Conflict);

        Assert.Equal(ImageFate.Failed, Assert.Single((await CollectAsync()).Images).Fate);

        await HistoryBecomesAsync("loaded", "collection-begun", "collection-failed");
        Assert.NotNull((await EnsureAsync(Sample.Step(StepKind.EnsureImage, 5))).Result);
        Assert.Equal(ImageFate.Gone, Assert.Single((await CollectAsync()).Images).Fate);
    }

    [Fact]
    public async Task A_kill_between_the_taking_away_and_its_note_does_not_make_the_history_untrue()
    {
        await HeldAsync();
        var held = Engine.Faults.HoldAfter(EngineCall.RemoveImage);
        _ = CollectAsync();
        await held.Reached;

        Start();

        await HistoryBecomesAsync("loaded", "collection-begun", "collected");
    }

    [Fact]
    public async Task What_somebody_removed_is_noticed_at_the_next_look()
    {
        await HeldAsync();
        await Engine.RemoveImageAsync(Tag, CancellationToken.None);

        Assert.Empty((await CollectAsync(isDryRun: true)).Images);

        await HistoryBecomesAsync("loaded", "vanished");
    }

    [Fact]
    public async Task By_itself_it_takes_away_what_is_old_enough()
    {
        Settings = Settings with
        {
            CollectInterval = TimeSpan.FromMilliseconds(100),
            Collection = new CollectionRules(TimeSpan.FromMilliseconds(300), 85, 80, TimeSpan.Zero),
        };
        Start();
        Assert.NotNull((await EnsureAsync()).Result);

        await HistoryBecomesAsync("loaded", "collection-begun", "collected");
        Assert.Equal("age", Entries()[2].Data["reason"]);
    }

    [Fact]
    public async Task By_itself_it_makes_room_where_the_disk_is_too_full()
    {
        Engine.Info = Engine.Info with { RootDirectory = "/engine" };
        Disk.Use = new DiskUse("", 1L << 40, 1L << 39);
        Settings = Settings with { CollectInterval = TimeSpan.FromMilliseconds(100) };
        await HeldAsync();
        var looks = Disk.Looks;
        await Eventually.HoldsAsync(() => Disk.Looks > looks + 2, "the disk was looked at again and again");
        Assert.Equal(["loaded"], History());

        Disk.Use = new DiskUse("", 1L << 40, 1L << 30);

        await HistoryBecomesAsync("loaded", "collection-begun", "collected");
        Assert.Equal("disk", Entries()[2].Data["reason"]);
    }

    [Fact]
    public async Task While_the_Engine_does_not_answer_it_says_so()
    {
        await HeldAsync();
        // The collector's own first look is over then.
        await CollectAsync(isDryRun: true);
        Engine.Faults.FailBefore(EngineCall.ListContainers, EngineErrorKind.Unavailable);

        var report = await CollectAsync();

        Assert.NotNull(report.Problem);
        Assert.NotNull(await ImageAsync());
    }

    [Fact]
    public async Task Without_its_note_nothing_is_taken_away()
    {
        await HeldAsync();
        Journal.FailAfter(0);

        var report = await Images.Ask<HostProtocol.HostImages>(new HostProtocol.CollectImages(Sample.Host, DryRun: false), TimeSpan.FromSeconds(60));

        Assert.Contains("is the journal away?", report.Problem, StringComparison.Ordinal);
        Assert.NotNull(await ImageAsync());
        Assert.NotNull((await EnsureAsync(Sample.Step(StepKind.EnsureImage, 5))).Result);
    }

    private async Task HeldAsync()
    {
        Start();
        Assert.NotNull((await EnsureAsync()).Result);
        await HistoryBecomesAsync("loaded");
    }

    private Task<EngineImage?> ImageAsync() => Engine.FindImageAsync(Tag, CancellationToken.None);
}
