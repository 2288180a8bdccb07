using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;
using static NovaDocker.Domain.Tests.Scenarios.PortSample;

namespace NovaDocker.Domain.Tests.Ports;

/// <summary>Ports that came loose behind an instance's back are plugged again where a process needs them.</summary>
public sealed class RepairTests
{
    [Fact]
    public void What_came_loose_of_a_running_instance_is_plugged_again_at_once()
    {
        var repairing = GivenPorts.Active().When(Commands.Broken(First))
            .Then(Event.VifsBroken(First), Event.RepairRequested(), Event.StepStarted(StepKind.PlugVifs))
            .In(InstancePhase.Repairing)
            .RepliesToNobody().After;
        Assert.Equal([false, true], repairing.Facts.Ports.Select(port => port.IsPlugged));

        var repaired = repairing.WhenStepCompletes().In(InstancePhase.Active).After;
        Assert.All(repaired.Facts.Ports, port => Assert.True(port.IsPlugged));
    }

    [Fact]
    public void The_watch_has_seen_it_and_the_instance_has_decided_it()
    {
        var events = GivenPorts.Active().When(Commands.Broken(First)).Decision.Events;

        Assert.Equal(Initiator.NetworkWatch, events[0].Header.Request.Initiator);
        Assert.All(events.Skip(1), e => Assert.Equal(Initiator.Upkeep, e.Header.Request.Initiator));
        Assert.Equal((EventKind.Observation, EventKind.Decision), (events[0].Kind, events[1].Kind));
    }

    [Theory]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Stopped)]
    public void Where_nothing_runs_it_is_recorded_and_left_to_the_next_start(InstancePhase phase)
    {
        var loose = GivenPorts.In(phase).When(Commands.Broken(First)).Then(Event.VifsBroken(First)).In(phase).After;

        loose.When(Commands.Broken(First)).ThenNothing();
        loose.When(Commands.Broken(First, Second)).Then(Event.VifsBroken(Second));
    }

    [Theory]
    [InlineData(InstancePhase.Absent)]
    [InlineData(InstancePhase.Building)]
    [InlineData(InstancePhase.Starting)]
    [InlineData(InstancePhase.Stopping)]
    [InlineData(InstancePhase.Rebooting)]
    [InlineData(InstancePhase.Pausing)]
    [InlineData(InstancePhase.Unpausing)]
    [InlineData(InstancePhase.Snapshotting)]
    [InlineData(InstancePhase.Error)]
    [InlineData(InstancePhase.Deleting)]
    [InlineData(InstancePhase.Deleted)]
    [InlineData(InstancePhase.Restarting)]
    [InlineData(InstancePhase.Attaching)]
    [InlineData(InstancePhase.Detaching)]
    [InlineData(InstancePhase.Repairing)]
    public void Elsewhere_it_is_no_news(InstancePhase phase) =>
        GivenPorts.In(phase).When(Commands.Broken(First)).ThenNothing().RepliesToNobody();

    [Theory]
    [InlineData(InstancePhase.Error)]
    [InlineData(InstancePhase.Rescued)]
    public void Of_what_is_in_error_or_rescued_it_is_no_news_though_its_ports_are_plugged(InstancePhase phase)
    {
        var resting = phase == InstancePhase.Error ? GivenPorts.ErrorWithContainer() : GivenPorts.Rescued();
        Assert.Equal(phase, resting.Phase);
        Assert.Equal([true, true], resting.Facts.Ports.Select(port => port.IsPlugged));

        resting.When(Commands.Broken(First)).ThenNothing().RepliesToNobody();
    }

    [Fact]
    public void A_port_of_another_instance_is_no_news() => GivenPorts.Active().When(Commands.Broken(Third)).ThenNothing();

    [Fact]
    public void A_port_of_a_running_instance_is_news_however_often_it_comes_loose()
    {
        var repaired = GivenPorts.Repairing().UntilAtRest();

        repaired.After(TimeSpan.FromMinutes(1)).When(Commands.Broken(First)).In(InstancePhase.Repairing);
    }

    [Fact]
    public void A_repair_that_is_given_up_leaves_the_instance_running()
    {
        var failed = GivenPorts.Repairing().WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.PlugVifs, Sample.Lasting, retryAt: null),
                Event.OperationFailed(InstanceVerb.Repair, Sample.Lasting))
            .In(InstancePhase.Active).After;

        Assert.Equal((1, Sample.Lasting), (failed.Facts.Repairs, failed.Facts.LastFault));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 6)]
    [InlineData(4, 6)]
    public void The_more_repairs_failed_the_longer_the_next_one_waits(int failed, int seconds)
    {
        var scenario = GivenPorts.Active();
        for (var i = 0; i < failed; i++)
            scenario = scenario.After(TimeSpan.FromMinutes(1)).After(Commands.Broken(First)).AfterStepIsGivenUp();
        Assert.Equal(failed, scenario.Facts.Repairs);

        Behind(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1)).When(Commands.Broken(First)).ThenNothing();
        Behind(TimeSpan.FromSeconds(seconds)).When(Commands.Broken(First)).In(InstancePhase.Repairing);

        Scenario Behind(TimeSpan wait) => scenario.After(scenario.Facts.Since + wait - scenario.Now);
    }

    [Fact]
    public void A_repair_that_went_well_ends_the_row_once_the_ports_have_held()
    {
        var repaired = GivenPorts.Repairing().AfterStepIsGivenUp()
            .After(TimeSpan.FromMinutes(1)).After(Commands.Broken(First)).UntilAtRest();

        Assert.Equal((2, null), (repaired.Facts.Repairs, repaired.Facts.LastFault));
        repaired.When(Commands.Broken(Second)).ThenNothing();
        Assert.Equal(2, repaired.After(TimeSpan.FromMinutes(4)).After(Commands.Broken(Second)).Facts.Repairs);
        Assert.Equal(0, repaired.After(TimeSpan.FromMinutes(5)).After(Commands.Broken(Second)).Facts.Repairs);
    }

    [Fact]
    public void Another_operation_that_went_well_ends_the_row()
    {
        var repaired = GivenPorts.Repairing().UntilAtRest();

        Assert.Equal(0, repaired.After(Commands.HardReboot()).UntilAtRest().Facts.Repairs);
    }

    [Theory]
    [InlineData(InstanceVerb.Stop, InstancePhase.Stopping)]
    [InlineData(InstanceVerb.SoftReboot, InstancePhase.Rebooting)]
    [InlineData(InstanceVerb.HardReboot, InstancePhase.Rebooting)]
    [InlineData(InstanceVerb.Pause, InstancePhase.Pausing)]
    public void What_a_running_instance_may_be_asked_takes_its_place(InstanceVerb verb, InstancePhase phase)
    {
        var repairing = GivenPorts.Repairing();
        var late = repairing.StepDone();

        var outcome = repairing.When(Commands.Of(verb)).In(phase).RepliesAccepted();

        Assert.Equal(InstanceVerb.Repair, Assert.IsType<OperationCancelled>(outcome.Decision.Events[1]).Verb);
        outcome.After.When(late).ThenNothing();
    }

    [Fact]
    public void A_deletion_takes_its_place() => GivenPorts.Repairing().When(Commands.Delete())
        .Then(
            Event.DeleteRequested(StepKind.RemoveContainer, StepKind.UnplugVifs, StepKind.RemoveSandbox, StepKind.ReleaseResources),
            Event.OperationCancelled(InstanceVerb.Repair),
            Event.StepStarted(StepKind.RemoveContainer))
        .In(InstancePhase.Deleting);

    [Fact]
    public void What_is_paused_instead_is_repaired_once_it_runs_again()
    {
        var paused = GivenPorts.Repairing().After(Commands.Pause()).UntilAtRest();
        Assert.Equal([false, true], paused.Facts.Ports.Select(port => port.IsPlugged));

        paused.After(Commands.Unpause()).UntilAtRest().When(Commands.Broken(First)).In(InstancePhase.Repairing);
    }

    [Fact]
    public void A_process_that_ends_meanwhile_is_followed_by_its_policy()
    {
        var repairing = GivenPorts.Active(Keep.Always).After(Commands.Broken(First));

        var ended = repairing.After(Commands.Exited(repairing.ExitOfThisRun())).AfterStepCompletes();

        Assert.Equal(InstancePhase.Restarting, ended.Phase);
    }

    [Fact]
    public void A_write_cut_off_behind_what_was_seen_is_followed_by_the_next_look()
    {
        var active = GivenPorts.Active();
        var cut = active.After(Commands.Broken(First)).CutTo(active.History.Count + 1);

        cut.When(Commands.Resume()).ThenNothing();
        cut.When(Commands.Broken(First)).In(InstancePhase.Repairing);
    }
}
