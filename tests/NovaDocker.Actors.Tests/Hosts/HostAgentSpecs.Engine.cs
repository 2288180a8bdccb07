using NovaDocker.Actors.Images;
using Akka.Actor;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Hosts;

/// <content>An Engine that goes away and comes back.</content>
public sealed partial class HostAgentSpecs
{
    private static readonly EngineHealth Up = new(Info, null);
    private static readonly EngineHealth Gone = new(null, "connection refused", IsGone: true);
    private static readonly EngineHealth Slow = new(null, "no answer within 30 s");

    [Fact]
    public async Task A_step_waits_for_an_engine_that_is_away_and_is_done_when_it_is_back()
    {
        Tell(Up, Slow);
        var step = Sample.Step(StepKind.StartContainer);

        _agent.Tell(step);

        await _docker.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        Assert.Equal((0, 1), await StepsAsync());
        _agent.Tell(Up);
        Assert.Equal(step, await _docker.ExpectMsgAsync<HostProtocol.RunStep>());
        Assert.Equal((1, 0), await StepsAsync());
    }

    [Fact]
    public async Task A_step_that_waits_is_known_when_it_comes_again()
    {
        Tell(Up, Slow);
        var step = Sample.Step(StepKind.StartContainer);

        _agent.Tell(step);
        _agent.Tell(step);
        _agent.Tell(Up);

        await _docker.ExpectMsgAsync<HostProtocol.RunStep>();
        await _docker.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task What_needs_no_engine_does_not_wait_for_it()
    {
        Tell(Up, Gone);

        _agent.Tell(Sample.Step(StepKind.ReleaseResources));
        await _region.ExpectMsgAsync<RecordStepCompleted>();
        _agent.Tell(Sample.Step(StepKind.DiscardUpload, 3));

        Assert.Equal(StepKind.DiscardUpload, (await _images.ExpectMsgAsync<HostProtocol.RunStep>()).Step);
    }

    [Fact]
    public async Task A_newer_step_takes_the_place_of_one_that_waits_and_waits_itself()
    {
        Tell(Up, Gone);
        var (older, newer) = (Sample.Step(StepKind.StartContainer, 2), Sample.Step(StepKind.RemoveContainer, 4));
        _agent.Tell(older);

        _agent.Tell(newer);

        var failed = await _region.ExpectMsgAsync<RecordStepFailed>();
        Assert.Equal((older.Token, FaultCode.Cancelled), (failed.Token, failed.Fault.Code));
        Assert.Equal((0, 1), await StepsAsync());
        Tell(Up, Up);
        _agent.Tell(new ContainersSeen([]));
        Assert.Equal(newer, await _docker.ExpectMsgAsync<HostProtocol.RunStep>());
    }

    [Fact]
    public async Task An_engine_that_comes_back_from_nowhere_was_restarted_and_is_looked_at_before_anything_is_done()
    {
        Tell(Up, Gone, Up);
        _agent.Tell(Sample.Step(StepKind.StartContainer));

        Assert.Equal((EngineState.Restarted, 0), await EngineAsync());
        await _docker.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        _agent.Tell(new ContainersSeen([Container(Sample.Id)]));

        Assert.Equal(
            new ReportEngineRestarted(Sample.Id, "c0ffee"), await _region.ExpectMsgAsync<ReportEngineRestarted>());
        await _docker.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal((EngineState.Healthy, 1), await EngineAsync());
    }

    [Fact]
    public async Task An_engine_that_was_only_slow_was_not_restarted()
    {
        Tell(Up, Slow, Up);
        _agent.Tell(new ContainersSeen([Container(Sample.Id)]));

        Assert.Equal((EngineState.Healthy, 0), await EngineAsync());
        await _region.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task An_engine_that_is_seen_for_the_first_time_was_not_restarted()
    {
        Tell(Gone, Up);
        _agent.Tell(new ContainersSeen([Container(Sample.Id)]));

        Assert.Equal((EngineState.Healthy, 0), await EngineAsync());
    }

    [Fact]
    public async Task A_look_that_an_instance_asks_for_goes_to_the_engine_and_the_answer_repeats_its_revision()
    {
        var ask = new HostProtocol.InspectContainer(Sample.Host, Sample.Id, "c0ffee", 12);
        _agent.Tell(ask);
        Assert.Equal(ask, await _docker.ExpectMsgAsync<HostProtocol.InspectContainer>());
        var ended = Container(Sample.Id).Sighting;

        _agent.Tell(new ContainerInspected(ask, ended));
        _agent.Tell(new ContainerInspected(ask, null));

        var exited = await _region.ExpectMsgAsync<ReportContainerExited>();
        Assert.Equal(("c0ffee", ended.Exit), (exited.ContainerId, exited.Exit));
        Assert.Equal(new ReportContainerSeen(Sample.Id, ended, 12), await _region.ExpectMsgAsync<ReportContainerSeen>());
        Assert.Equal(new ReportContainerLost(Sample.Id, "c0ffee"), await _region.ExpectMsgAsync<ReportContainerLost>());
    }

    [Fact]
    public async Task Steps_in_hand_are_shown_with_what_they_wait_for()
    {
        _agent.Tell(Up);
        _agent.Tell(Sample.Step(StepKind.StopContainer, 2));
        await _docker.ExpectMsgAsync<HostProtocol.RunStep>();
        _agent.Tell(Slow);
        var waiting = Sample.NewId();
        _agent.Tell(Sample.Step(StepKind.StartContainer, 2, waiting));

        var steps = (await ViewAsync()).StepsInHand;

        Assert.Equal(
            [(Sample.Id, StepKind.StopContainer, false), (waiting, StepKind.StartContainer, true)],
            steps.Select(step => (step.InstanceId, step.Step, step.IsWaiting)));
        Assert.True(steps[0].Elapsed >= steps[1].Elapsed);
    }

    [Fact]
    public async Task A_boot_that_is_not_to_wait_is_refused_while_the_engine_is_away()
    {
        Tell(Up, Gone);
        var boot = Sample.Wanted(Sample.Id);

        _agent.Tell(new HostProtocol.AdmitBoot(Sample.Host, boot with { RefuseIfEngineAway = true }), TestActor);
        var refused = await ExpectMsgAsync<Refused>();
        _agent.Tell(new HostProtocol.AdmitBoot(Sample.Host, boot), TestActor);

        Assert.Equal(RefusalCode.EngineAway, refused.Code);
        Assert.Contains("connection refused", refused.Reason, StringComparison.Ordinal);
        Assert.Equal("busybox", (await _images.ExpectMsgAsync<ResolveImage>()).Reference);
    }

    private void Tell(params EngineHealth[] healths)
    {
        foreach (var health in healths)
            _agent.Tell(health);
    }

    private async Task<(int UnderWay, int Waiting)> StepsAsync()
    {
        var view = await ViewAsync();
        return (view.Steps, view.StepsWaiting);
    }

    private async Task<(EngineState State, int Restarts)> EngineAsync()
    {
        var view = await ViewAsync();
        return (view.EngineState, view.EngineRestarts);
    }
}
