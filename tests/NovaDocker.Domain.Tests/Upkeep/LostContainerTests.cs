using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Upkeep;

/// <summary>A container that somebody removed is reported, or made again where its instance was to run.</summary>
public sealed class LostContainerTests
{
    private static readonly StepKind[] Remade =
        [StepKind.ClaimResources, StepKind.EnsureImage, StepKind.CreateContainer, StepKind.StartContainer];

    [Theory]
    [InlineData(RestartMode.No)]
    [InlineData(RestartMode.Always)]
    public void A_lost_container_is_reported_whatever_follows_an_end(RestartMode mode) =>
        Given.Active(Keep.Restarted(mode)).When(Commands.Lost()).Then(Event.ContainerLost()).In(InstancePhase.Error);

    [Fact]
    public void A_lost_container_is_made_again_where_that_is_wanted()
    {
        var active = Given.Active(Keep.Recreated);

        var waiting = active.When(Commands.Lost())
            .Then(
                Event.ContainerLost(),
                Event.RestartRequested(RestartCause.Lost, 1, active.Now.AddSeconds(1), Remade))
            .In(InstancePhase.Restarting).After;

        var again = waiting.UntilAtRest();
        Assert.Equal(InstancePhase.Active, again.Phase);
        Assert.Equal(Sample.ContainerId, again.Facts.ContainerId);
        Assert.Null(again.Facts.LastFault);
    }

    [Fact]
    public void A_lost_container_of_what_was_paused_is_made_again() =>
        Given.Active(Keep.Recreated).After(Commands.Pause()).UntilAtRest().When(Commands.Lost()).In(InstancePhase.Restarting);

    [Fact]
    public void A_lost_container_of_what_was_stopped_is_not_made_to_run() =>
        Given.Active(Keep.Recreated).After(Commands.Stop()).UntilAtRest()
            .When(Commands.Lost())
            .Then(Event.ContainerLost())
            .In(InstancePhase.Error);

    [Theory]
    [InlineData(InstanceVerb.HardReboot)]
    [InlineData(InstanceVerb.SoftReboot)]
    [InlineData(InstanceVerb.Pause)]
    [InlineData(InstanceVerb.Snapshot)]
    public void A_loss_that_an_operation_meets_is_followed_once_it_has_failed(InstanceVerb verb)
    {
        var failed = Given.Active(Keep.Recreated).After(Commands.Of(verb)).AfterStepFails(Sample.Missing);

        var ended = UntilRestarting(failed).History;

        Assert.IsType<OperationFailed>(ended[^2]);
        Assert.Equal(RestartCause.Lost, Assert.IsType<RestartRequested>(ended[^1]).Cause);
    }

    [Fact]
    public void A_loss_that_a_start_meets_is_followed_by_another_container()
    {
        var starting = Given.Active(Keep.Recreated).After(Commands.Stop()).UntilAtRest().After(Commands.Start());

        var restarting = UntilRestarting(starting.AfterStepFails(Sample.Missing));

        Assert.Equal(Remade, ((RestartRequested)restarting.History[^1]).Steps);
        Assert.Equal(InstancePhase.Active, restarting.UntilAtRest().Phase);
    }

    [Fact]
    public void A_loss_that_a_stop_meets_is_followed_by_nothing() =>
        Assert.Equal(
            InstancePhase.Error,
            Given.Active(Keep.Recreated).After(Commands.Stop()).AfterStepFails(Sample.Missing).Phase);

    [Fact]
    public void A_container_that_a_deletion_removed_is_not_lost_where_the_deletion_fails_afterwards() =>
        Assert.Equal(
            InstancePhase.Error,
            Given.Active(Keep.Recreated).After(Commands.Delete()).Until(StepKind.ReleaseResources).AfterStepIsGivenUp().Phase);

    [Fact]
    public void A_loss_that_a_snapshot_of_what_was_stopped_meets_makes_nothing_run() =>
        Assert.Equal(
            InstancePhase.Error,
            Given.Active(Keep.Recreated).After(Commands.Stop()).UntilAtRest().After(Commands.Snapshot())
                .AfterStepFails(Sample.Missing).UntilAtRest().Phase);

    [Fact]
    public void A_loss_while_a_restart_waits_is_met_by_its_start()
    {
        var active = Given.Active(Keep.Always with { WhenLost = LostAction.Recreate });
        var waiting = active.After(Commands.Exited(active.ExitOfThisRun()));
        waiting.When(Commands.Lost()).ThenNothing();

        var restarting = UntilRestarting(waiting.After(waiting.RetryDue()).AfterStepFails(Sample.Missing));

        Assert.Equal((RestartCause.Lost, 2), (Cause(restarting), restarting.Facts.Restarts));
    }

    [Fact]
    public void A_container_that_cannot_be_made_again_is_given_up_without_end()
    {
        var waiting = Given.Recreating();
        var ensuring = waiting.After(waiting.RetryDue()).Until(StepKind.EnsureImage);
        var unwinding = ensuring.WhenStepFails(Sample.Missing)
            .Then(
                Event.StepFailed(StepKind.EnsureImage, Sample.Missing, retryAt: null),
                Event.UnwindStarted(
                    InstanceVerb.Restart, Sample.Missing, StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.StepStarted(StepKind.RemoveContainer))
            .In(InstancePhase.Restarting).After;

        unwinding.Until(StepKind.ReleaseResources).WhenStepCompletes()
            .Then(
                Event.StepCompleted(StepKind.ReleaseResources, new StepResult.Done()),
                Event.OperationFailed(InstanceVerb.Restart, Sample.Missing))
            .In(InstancePhase.Error);
    }

    [Fact]
    public void A_container_lost_again_while_it_is_made_again_is_not_made_for_ever()
    {
        var waiting = Given.Recreating();

        var failed = waiting.After(waiting.RetryDue()).Until(StepKind.StartContainer).AfterStepFails(Sample.Missing).UntilAtRest();

        Assert.Equal(InstancePhase.Error, failed.Phase);
        Assert.Null(failed.Facts.ContainerId);
    }

    [Fact]
    public void Losses_count_to_the_row_that_the_policy_allows()
    {
        var active = Given.Active(Keep.OnFailure(1) with { WhenLost = LostAction.Recreate });
        var again = active.After(Commands.Lost()).UntilAtRest();

        again.When(Commands.Lost())
            .Then(Event.ContainerLost(), Event.RestartGivenUp(RestartCause.Lost, 1))
            .In(InstancePhase.Error);
    }

    [Fact]
    public void A_loss_after_a_long_run_begins_a_row()
    {
        var again = Given.Recreating().UntilAtRest().After(Sample.Policies.Restarts.ResetAfter);

        Assert.Equal(1, again.After(Commands.Lost()).Facts.Restarts);
        Assert.Equal(2, Given.Recreating().UntilAtRest().After(Commands.Lost()).Facts.Restarts);
    }

    [Fact]
    public void A_start_of_what_waits_to_be_made_again_makes_it_at_once()
    {
        var waiting = Given.Recreating();

        waiting.When(Commands.Start())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.Start, Remade),
                Event.OperationCancelled(InstanceVerb.Restart),
                Event.StepStarted(StepKind.ClaimResources))
            .In(InstancePhase.Starting);
        waiting.When(Commands.Stop()).In(InstancePhase.Restarting).RepliesRefused(RefusalCode.NoContainer);
        Assert.Equal(InstancePhase.Deleted, waiting.After(Commands.Delete()).UntilAtRest().Phase);
    }

    private static RestartCause Cause(Scenario scenario) => ((RestartRequested)scenario.History[^1]).Cause;

    // What the failed operation still takes back is taken back.
    private static Scenario UntilRestarting(Scenario scenario)
    {
        while (scenario.History[^1] is not RestartRequested)
        {
            Assert.Equal(StepStatus.Running, scenario.Operation.Status);
            scenario = scenario.AfterStepCompletes();
        }

        return scenario;
    }
}
