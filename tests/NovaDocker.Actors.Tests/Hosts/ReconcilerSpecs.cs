using System.Collections.Concurrent;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Docker.Rescues;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Hosts;

/// <summary>What a comparison finds of sandboxes, rescue containers and files, and takes away once it was there for the grace time.</summary>
public sealed class ReconcilerSpecs : TestKit
{
    private static readonly HostSettings Settings = new();

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeContainerEngine _engine = new();
    private readonly ManualTime _time = new();
    private readonly InstanceContents _contents;
    private NetworkCompared _network = new([]);

    public ReconcilerSpecs(ITestOutputHelper output)
        : base(TestSystem.Config, "reconciler", output)
    {
        _engine.AddImage(Sample.Archive with { Tags = [ImageTags.ForImage(Sample.Image.Id)] });
        _contents = new InstanceContents(_directory.Path);
    }

    [Fact]
    public async Task A_rescue_container_of_nobody_goes_with_its_volume_after_the_grace_time()
    {
        var rescue = await RescueAsync();
        var reconciler = Start(Ports.View(Sample.Id, 9, InstancePhase.Stopped));

        Assert.Equal((FindingKind.OrphanRescue, rescue, FindingAction.AwaitingGrace), await FoundAsync(reconciler));
        _time.Advance(Settings.OrphanGrace);
        Assert.Equal((FindingKind.OrphanRescue, rescue, FindingAction.Removed), await FoundAsync(reconciler));

        Assert.Empty(_engine.Containers);
        Assert.Empty(_engine.Volumes);
        Assert.Null(await FoundAsync(reconciler));
    }

    [Fact]
    public async Task The_rescue_container_that_an_instance_has_stays()
    {
        var rescue = await RescueAsync();
        var view = Ports.View(Sample.Id, 9, InstancePhase.Rescued) with { Rescue = new RescueFacts(Sample.RescueImage, null, rescue) };
        var reconciler = Start(view);

        Assert.Null(await FoundAsync(reconciler));
        _time.Advance(Settings.OrphanGrace);

        Assert.Null(await FoundAsync(reconciler));
        Assert.Single(_engine.Containers);
    }

    [Fact]
    public async Task A_volume_that_the_right_rescue_container_uses_is_no_reason_to_keep_the_wrong_one()
    {
        var right = await RescueAsync();
        _engine.Rename(right, "renamed");
        await RescueAsync();
        var reconciler = Start(
            Ports.View(Sample.Id, 9, InstancePhase.Rescued) with { Rescue = new RescueFacts(Sample.RescueImage, null, right) });

        await FoundAsync(reconciler);
        _time.Advance(Settings.OrphanGrace);
        Assert.Equal(FindingAction.Removed, (await FoundAsync(reconciler))?.Action);

        Assert.Equal(right, Assert.Single(_engine.Containers).Id);
        Assert.Single(_engine.Volumes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sandbox_that_is_made_or_started_while_it_compares_is_not_lost(bool isListed)
    {
        var instances = new ConcurrentBag<InstanceView>();
        var reconciler = StartOn(Sys.ActorOf(StubRegion.Props(instances)), instances);
        Assert.Null(await FoundAsync(reconciler));
        var sandbox = isListed ? await SandboxAsync() : null;
        var look = _engine.Faults.HoldAfter(EngineCall.ListContainers);

        var finding = FoundAsync(reconciler);
        await Eventually.CompletesAsync(look.Reached, "the Engine is looked at");
        sandbox ??= await SandboxAsync();
        await _engine.StartContainerAsync(sandbox, CancellationToken.None);
        instances.Add(WithSandbox(sandbox));
        look.Release();

        Assert.Null(await finding);
        _engine.Exit(sandbox, 137);
        Assert.Equal((FindingKind.LostSandbox, sandbox, FindingAction.Recorded), await FoundAsync(reconciler));
        await _engine.RemoveContainerAsync(sandbox, CancellationToken.None);
        Assert.Equal((FindingKind.LostSandbox, sandbox, FindingAction.Recorded), await FoundAsync(reconciler));
    }

    [Fact]
    public async Task What_an_instance_has_lost_is_missed_at_the_start_before_the_region_has_brought_it_back()
    {
        var view = Ports.View(Sample.Id, 9, InstancePhase.Active) with { ContainerId = "gone" };
        var region = CreateTestProbe("region");
        region.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            if (message is Akka.Cluster.Sharding.GetShardRegionState)
                sender.Tell(new Akka.Cluster.Sharding.CurrentShardRegionState([], []));
            else if (message is InstanceProtocol.GetInstance get)
                sender.Tell(new InstanceProtocol.InstanceFound(get.InstanceId, view));
            return AutoPilot.KeepRunning;
        }));

        StartOn(region, [view]);

        var lost = (InstanceProtocol.ReportContainerLost)await region.FishForMessageAsync(m => m is InstanceProtocol.ReportContainerLost);
        Assert.Equal((Sample.Id, "gone"), (lost.InstanceId, lost.ContainerId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(InstancePhase.Deleted)]
    public async Task Files_of_an_instance_that_is_not_or_no_longer_go_after_the_grace_time(InstancePhase? phase)
    {
        Keep();
        var reconciler = phase is { } stands ? Start(Ports.View(Sample.Id, 9, stands)) : Start();

        var (kind, subject, action) = (await FoundAsync(reconciler))!.Value;
        Assert.Equal((FindingKind.OrphanFiles, FindingAction.AwaitingGrace), (kind, action));
        Assert.Contains(Sample.Id.ToString(), subject, StringComparison.Ordinal);
        Assert.Single(_contents.Kept());
        _time.Advance(Settings.OrphanGrace);
        Assert.Equal((FindingKind.OrphanFiles, subject, FindingAction.Removed), await FoundAsync(reconciler));

        Assert.Empty(_contents.Kept());
        Assert.Null(await FoundAsync(reconciler));
    }

    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Stopped)]
    [InlineData(InstancePhase.Error)]
    public async Task Files_of_an_instance_that_lives_stay(InstancePhase phase)
    {
        Keep();
        var reconciler = Start(Ports.View(Sample.Id, 9, phase));

        await FoundAsync(reconciler);
        _time.Advance(Settings.OrphanGrace);
        await FoundAsync(reconciler);

        Assert.Single(_contents.Kept());
    }

    [Fact]
    public async Task Files_that_come_anew_are_given_their_own_time()
    {
        Keep();
        File.SetLastWriteTimeUtc(_directory.Combine($"{Sample.Id}/kept"), DateTime.UnixEpoch);
        var reconciler = Start();
        await FoundAsync(reconciler);
        _time.Advance(Settings.OrphanGrace);

        Keep();

        Assert.Equal(FindingAction.AwaitingGrace, (await FoundAsync(reconciler))?.Action);
        Assert.Single(_contents.Kept());
    }

    [Fact]
    public async Task Files_of_an_instance_that_does_not_answer_stay()
    {
        Keep();
        var silent = CreateTestProbe("silent");
        silent.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            if (message is Akka.Cluster.Sharding.GetShardRegionState)
                sender.Tell(new Akka.Cluster.Sharding.CurrentShardRegionState([], []));
            return AutoPilot.KeepRunning;
        }));
        var reconciler = StartOn(silent, []);
        _time.Advance(Settings.OrphanGrace);

        Assert.Null(await FoundAsync(reconciler));
        Assert.Single(_contents.Kept());
    }

    [Fact]
    public async Task Where_the_network_could_not_be_looked_at_that_is_told_beside_the_rest()
    {
        var rescue = await RescueAsync();
        _network = new NetworkCompared([], "ip is away.");
        var reconciler = Start(Ports.View(Sample.Id, 9, InstancePhase.Stopped));

        var report = await reconciler.Ask<HostProtocol.HostReconciled>(
            new HostProtocol.ReconcileHost(Sample.Host, DryRun: true), TimeSpan.FromSeconds(60));

        Assert.Equal("Of the network nothing is known: ip is away.", report.Problem);
        Assert.Equal(rescue, Assert.Single(report.Findings).Subject);
    }

    [Fact]
    public async Task Who_only_looks_takes_nothing_away()
    {
        Keep(Sample.NewId());
        await RescueAsync();
        var reconciler = Start(Ports.View(Sample.Id, 9, InstancePhase.Stopped));
        await FindAsync(reconciler, isDryRun: false);
        _time.Advance(Settings.OrphanGrace);

        var findings = await FindAsync(reconciler, isDryRun: true);

        Assert.Equal(
            [(FindingKind.OrphanRescue, FindingAction.Reported), (FindingKind.OrphanFiles, FindingAction.Reported)],
            findings.Select(finding => (finding.Kind, finding.Action)));
        Assert.Single(_contents.Kept());
        Assert.Single(_engine.Containers);
        Assert.Single(_engine.Volumes);
        Assert.All(await FindAsync(reconciler, isDryRun: false), finding => Assert.Equal(FindingAction.Removed, finding.Action));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _directory.Dispose();
    }

    private void Keep(InstanceId? id = null) => _contents.Keep(id ?? Sample.Id, [new InstanceFile("/etc/motd", new byte[] { 1 })]);

    private IActorRef Start(params InstanceView[] instances) => StartOn(Sys.ActorOf(StubRegion.Props(instances)), instances);

    private IActorRef StartOn(IActorRef region, IReadOnlyCollection<InstanceView> instances)
    {
        var parts = new HostParts(Props.Empty, Props.Empty, Props.Empty, Sample.Settler, _contents, Listings.Of(instances));
        var networks = CreateTestProbe("networks");
        networks.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            if (message is CompareNetwork)
                sender.Tell(_network);
            return AutoPilot.KeepRunning;
        }));
        var reconciler = Sys.ActorOf(Parent.Props(
            ReconcilerActor.Props(Sample.Identity, Settings, region, networks, parts, _time), CreateTestProbe()));
        reconciler.Tell(new EngineOpened(_engine), ActorRefs.NoSender);
        return reconciler;
    }

    private static async Task<(FindingKind Kind, string Subject, FindingAction Action)?> FoundAsync(IActorRef reconciler)
    {
        var findings = await FindAsync(reconciler, isDryRun: false);
        return findings.IsEmpty ? null : (Assert.Single(findings).Kind, findings[0].Subject, findings[0].Action);
    }

    private static async Task<EquatableArray<ReconcileFinding>> FindAsync(IActorRef reconciler, bool isDryRun) =>
        (await reconciler.Ask<HostProtocol.HostReconciled>(
            new HostProtocol.ReconcileHost(Sample.Host, isDryRun), TimeSpan.FromSeconds(60))).Findings;

    private static InstanceView WithSandbox(string sandbox) =>
        Ports.View(Sample.Id, 9, InstancePhase.Active) with { SandboxId = sandbox, IsSandboxUp = true };

    private async Task<string> SandboxAsync() => await _engine.CreateContainerAsync(
        new ContainerSpec
        {
            Name = "sandbox",
            Image = ImageTags.ForImage(Sample.Image.Id),
            Hostname = "sandbox",
            Labels = Labels.OfSandbox(Sample.Identity, Sample.Id),
            MemoryBytes = 1 << 20,
            CpuShares = 2,
            NanoCpus = 0,
            NetworkMode = "none",
        },
        CancellationToken.None);

    /// <summary>A rescue container of the sample instance, as its step would make it.</summary>
    private async Task<string> RescueAsync()
    {
        var step = Sample.Step(StepKind.StartRescue, container: "c0ffee") with
        {
            Rescue = new RescueFacts(Sample.RescueImage, ImageTags.ForImage(Sample.Image.Id), null),
        };
        await _engine.CreateVolumeAsync(
            RescueBlueprint.VolumeOf(Sample.Id, Sample.Identity, new OverlayLayers("/a", "/b", "/c")), CancellationToken.None);
        var id = await _engine.CreateContainerAsync(
            RescueBlueprint.For(step, Sample.Identity, 4, isEngineHere: true), CancellationToken.None);
        await _engine.StartContainerAsync(id, CancellationToken.None);
        return id;
    }
}
