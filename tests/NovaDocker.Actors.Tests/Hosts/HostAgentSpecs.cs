using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Hosts;

/// <summary>The host agent between an instance's region and executors that the test plays.</summary>
public sealed partial class HostAgentSpecs : TestKit
{
    private static readonly EngineInfo Info = new("E1", "20.10.24", "1.41", 1, 1024L << 20, "x86_64");

    private readonly TestProbe _region;
    private readonly TestProbe _docker;
    private readonly TestProbe _images;
    private readonly TestProbe _networks;
    private readonly IActorRef _agent;

    public HostAgentSpecs(ITestOutputHelper output)
        : base(TestSystem.VirtualTime, "host", output)
    {
        _region = CreateTestProbe("the-region");
        _docker = CreateTestProbe("the-docker");
        _images = CreateTestProbe("the-images");
        _networks = CreateTestProbe("the-networks");
        _agent = Sys.ActorOf(HostAgent.Props(
            Sample.Identity, new HostSettings { ReservedMemoryMb = 0, CpuAllocationRatio = 4 }, Sample.EngineSettings.Host,
            _region,
            new HostParts(Relay.To(_docker), Relay.To(_images), Relay.To(_networks), Sample.Settler, Sample.Contents, Listings.Empty),
            TimeProvider.System));
    }

    [Fact]
    public async Task A_step_goes_to_its_executor_and_its_outcome_to_the_region()
    {
        _agent.Tell(new EngineHealth(Info, null));
        var step = Sample.Step(StepKind.StartContainer);
        _agent.Tell(step);
        Assert.Equal(step, await _docker.ExpectMsgAsync<HostProtocol.RunStep>());

        var result = new StepResult.ContainerStarted(DateTimeOffset.UnixEpoch, null);
        _agent.Tell(new StepFinished(step, result, null));

        Assert.Equal(
            new RecordStepCompleted(Sample.Id, step.Token, result), await _region.ExpectMsgAsync<RecordStepCompleted>());
    }

    [Fact]
    public async Task A_failure_goes_to_the_region_as_it_is()
    {
        _agent.Tell(new EngineHealth(Info, null));
        var step = Sample.Step(StepKind.EnsureImage);
        _agent.Tell(step);
        await _images.ExpectMsgAsync<HostProtocol.RunStep>();
        var fault = new Fault(FaultCode.ChecksumMismatch, "not those bytes");

        _agent.Tell(StepFinished.Failed(step, fault));

        Assert.Equal(fault, (await _region.ExpectMsgAsync<RecordStepFailed>()).Fault);
    }

    [Fact]
    public async Task An_older_token_is_refused_and_a_repeated_message_ignored()
    {
        _agent.Tell(new EngineHealth(Info, null));
        _agent.Tell(Sample.Step(StepKind.StartContainer, 5));
        await _docker.ExpectMsgAsync<HostProtocol.RunStep>();

        _agent.Tell(Sample.Step(StepKind.KillContainer, 4));
        _agent.Tell(Sample.Step(StepKind.StartContainer, 5));

        Assert.Equal(1, (await ViewAsync()).Steps);
        await _docker.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        await _region.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public async Task A_newer_step_calls_the_older_one_off_and_runs_after_its_end()
    {
        _agent.Tell(new EngineHealth(Info, null));
        var (older, newer) = (Sample.Step(StepKind.StopContainer, 2), Sample.Step(StepKind.RemoveContainer, 4));
        _agent.Tell(older);
        await _docker.ExpectMsgAsync<HostProtocol.RunStep>();

        _agent.Tell(newer);
        Assert.Equal(older, (await _docker.ExpectMsgAsync<CancelStep>()).Step);
        await _docker.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        _agent.Tell(StepFinished.Failed(older, new Fault(FaultCode.Cancelled, "called off")));

        Assert.Equal(newer, await _docker.ExpectMsgAsync<HostProtocol.RunStep>());
    }

    [Fact]
    public async Task Before_the_engine_was_seen_a_claim_waits_for_it()
    {
        _agent.Tell(new EngineHealth(null, "no route"));
        _agent.Tell(Sample.Step(StepKind.ClaimResources));
        var waiting = await ViewAsync();
        Assert.Equal((0, 1, "no route"), (waiting.Steps, waiting.StepsWaiting, waiting.Problem));

        _agent.Tell(new EngineHealth(Info, null));

        await _region.ExpectMsgAsync<RecordStepCompleted>();
    }

    [Fact]
    public async Task What_does_not_fit_any_more_has_no_capacity_until_something_is_given_back()
    {
        _agent.Tell(new EngineHealth(Info, null));
        foreach (var id in Enumerable.Range(0, 2).Select(_ => Sample.NewId()))
            await RunAsync(Sample.Step(StepKind.ClaimResources, 1, id));

        var third = Sample.NewId();
        _agent.Tell(Sample.Step(StepKind.ClaimResources, 1, third));
        Assert.Equal(FaultCode.NoCapacity, (await _region.ExpectMsgAsync<RecordStepFailed>()).Fault.Code);
        var view = await ViewAsync();
        Assert.Equal((1024, 512, 4, 4, 2), (view.MemoryMb, view.MemoryMbClaimed, view.Vcpus, view.VcpusClaimed, view.Instances));
    }

    [Fact]
    public async Task What_is_given_back_can_be_claimed_again()
    {
        _agent.Tell(new EngineHealth(Info, null));
        await RunAsync(Sample.Step(StepKind.ClaimResources));
        Assert.Equal(1, (await ViewAsync()).Instances);

        await RunAsync(Sample.Step(StepKind.ReleaseResources, 3));

        Assert.Equal((0, 0, 0), await ClaimsAsync());
    }

    [Fact]
    public async Task After_a_start_claims_are_read_off_the_containers_labels()
    {
        _agent.Tell(Gone);
        _agent.Tell(new ContainersSeen([Container(Sample.Id)]));

        Assert.Equal((256, 2, 1), await ClaimsAsync());
    }

    [Theory]
    [InlineData(StepKind.EnsureImage)]
    [InlineData(StepKind.CreateContainer)]
    [InlineData(StepKind.StartContainer)]
    [InlineData(StepKind.UpdateContainer)]
    public async Task After_a_start_claims_are_read_off_the_steps_that_come_in(StepKind step)
    {
        _agent.Tell(Gone);
        _agent.Tell(Sample.Step(step));

        Assert.Equal((256, 2, 1), await ClaimsAsync());
    }

    [Fact]
    public async Task A_resize_claims_the_difference_and_what_puts_it_back_needs_no_room()
    {
        _agent.Tell(new EngineHealth(Info, null));
        await RunAsync(Sample.Step(StepKind.ClaimResources));
        await RunAsync(Sample.Step(StepKind.ClaimResources, 3) with { Spec = Sample.Spec with { MemoryMb = 512, Vcpus = 2 } });
        Assert.Equal((512, 2, 1), await ClaimsAsync());
        await RunAsync(Sample.Step(StepKind.ClaimResources, 5));
        await RunAsync(Sample.Step(StepKind.ClaimResources, 1, Sample.NewId()) with { Spec = Sample.Spec with { MemoryMb = 700 } });

        // Another one took what a resize that is taken back gave away; the container still has the limits of before.
        _agent.Tell(Sample.Step(StepKind.UpdateContainer, 7) with { Spec = Sample.Spec with { MemoryMb = 512, Vcpus = 2 } });
        await _docker.ExpectMsgAsync<HostProtocol.RunStep>();

        Assert.Equal((1212, 4, 2), await ClaimsAsync());
    }

    [Theory]
    [InlineData(4, 512)]
    [InlineData(9, 256)]
    public async Task What_an_instance_says_corrects_its_claim_unless_it_has_sent_a_step_since(long revision, long memoryMb)
    {
        _agent.Tell(new EngineHealth(Info, null));
        await RunAsync(Sample.Step(StepKind.ClaimResources, 5) with { Spec = Sample.Spec with { MemoryMb = 512 } });

        _agent.Tell(new InstancesSeen([Ports.View(Sample.Id, revision, InstancePhase.Active)]));

        Assert.Equal(memoryMb, (await ViewAsync()).MemoryMbClaimed);
    }

    [Fact]
    public async Task A_look_from_before_the_deletion_claims_nothing()
    {
        _agent.Tell(Gone);
        _agent.Tell(new ContainersSeen([Container(Sample.Id)]));
        await RunAsync(Sample.Step(StepKind.ReleaseResources, 3));

        _agent.Tell(new ContainersSeen([Container(Sample.Id)]));

        Assert.Equal((0, 0, 0), await ClaimsAsync());
    }

    [Fact]
    public async Task More_than_the_host_has_in_all_is_not_admitted()
    {
        _agent.Tell(new EngineHealth(Info, null));

        _agent.Tell(new HostProtocol.AdmitBoot(Sample.Host, Sample.Wanted(Sample.Id, memoryMb: 1025, vcpus: 1)), TestActor);

        Assert.Equal(RefusalCode.NoCapacity, (await ExpectMsgAsync<Refused>()).Code);
        _agent.Tell(new HostProtocol.AdmitBoot(Sample.Host, Sample.Wanted(Sample.Id, memoryMb: 1024, vcpus: 4)), TestActor);
        Assert.Equal(
            new ResolveImage(Sample.Id, "busybox", new ImageCaller(Sample.User.ProjectId, null)),
            await _images.ExpectMsgAsync<ResolveImage>());
    }

    [Fact]
    public async Task Without_an_engine_nothing_is_admitted()
    {
        _agent.Tell(Gone);

        _agent.Tell(new HostProtocol.AdmitBoot(Sample.Host, Sample.Wanted(Sample.Id)), TestActor);

        Assert.Equal(RefusalCode.NoHost, (await ExpectMsgAsync<Refused>()).Code);
    }

    [Fact]
    public async Task A_boot_and_a_question_wait_for_the_engines_first_answer()
    {
        _agent.Tell(new HostProtocol.AdmitBoot(Sample.Host, Sample.Wanted(Sample.Id)), TestActor);
        _agent.Tell(new HostProtocol.GetHost(Sample.Host), TestActor);

        _agent.Tell(new EngineHealth(Info, null));

        await _images.ExpectMsgAsync<ResolveImage>();
        Assert.Equal(EngineState.Healthy, (await ExpectMsgAsync<HostView>()).EngineState);
    }

    [Fact]
    public async Task An_engine_whose_first_answer_does_not_come_is_not_waited_for_any_longer()
    {
        _agent.Tell(new HostProtocol.AdmitBoot(Sample.Host, Sample.Wanted(Sample.Id)), TestActor);
        _agent.Tell(new HostProtocol.GetHost(Sample.Host), TestActor);

        // Its patience begins with it.
        _agent.Tell(new HostProtocol.IdentifyHost(), TestActor);
        await ExpectMsgAsync<HostProtocol.HostIdentified>();
        new VirtualTime(Sys).Advance(HostAgent.FirstAnswer);
        Assert.Equal(RefusalCode.NoHost, (await ExpectMsgAsync<Refused>()).Code);
        Assert.Equal(EngineState.Unknown, (await ExpectMsgAsync<HostView>()).EngineState);
    }

    [Fact]
    public async Task An_engine_that_stops_answering_is_unreachable_and_its_claims_stay()
    {
        _agent.Tell(new EngineHealth(Info, null));
        _agent.Tell(new ContainersSeen([Container(Sample.Id)]));
        Assert.Equal(EngineState.Healthy, (await ViewAsync()).EngineState);

        _agent.Tell(new EngineHealth(null, "connection refused"));

        var view = await ViewAsync();
        Assert.Equal((EngineState.Unreachable, "connection refused", 1), (view.EngineState, view.Problem, view.Instances));
        await _region.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task What_the_watch_saw_is_reported_to_the_instance()
    {
        var container = Container(Sample.Id) with { OutOfMemory = true };

        _agent.Tell(new ContainerStirred(Sample.Id, container.Sighting));
        _agent.Tell(new ContainerVanished(Sample.Id, container.Id));

        var hint = await _region.ExpectMsgAsync<ReportContainerSeen>();
        Assert.Null(hint.AskedAt);
        Assert.Equal(
            new ContainerExit(container.StartedAt!.Value, container.FinishedAt!.Value, 137, OutOfMemory: true),
            hint.Sighting.Exit);
        Assert.Equal(
            new ReportContainerLost(Sample.Id, container.Id), await _region.ExpectMsgAsync<ReportContainerLost>());
    }

    [Fact]
    public async Task It_says_who_it_is()
    {
        _agent.Tell(new HostProtocol.IdentifyHost(), TestActor);

        Assert.Equal(Sample.Host, (await ExpectMsgAsync<HostProtocol.HostIdentified>()).HostId);
    }

    private async Task RunAsync(HostProtocol.RunStep step)
    {
        _agent.Tell(step);
        await _region.ExpectMsgAsync<RecordStepCompleted>();
    }

    private Task<HostView> ViewAsync() => _agent.Ask<HostView>(new HostProtocol.GetHost(Sample.Host), TimeSpan.FromSeconds(30));

    private async Task<(long, int, int)> ClaimsAsync()
    {
        var view = await ViewAsync();
        return (view.MemoryMbClaimed, view.VcpusClaimed, view.Instances);
    }

    private static ContainerSnapshot Container(InstanceId id) => new(
        "c0ffee", $"nova-{id}", Labels.ForContainer(Sample.Identity, id, Sample.Spec), "sha256:image",
        ContainerStatus.Exited, 0, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(5), 137, false);
}
