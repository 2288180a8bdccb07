using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Changes;

/// <summary>A suspension freezes, and lasts until a resumption, which starts what has ended meanwhile.</summary>
public sealed class SuspendTests
{
    [Fact]
    public void A_suspension_freezes_the_container()
    {
        Given.Active().When(Commands.Suspend())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.Suspend, StepKind.PauseContainer),
                Event.StepStarted(StepKind.PauseContainer))
            .In(InstancePhase.Suspending).RepliesAccepted();

        Given.Suspending().WhenStepCompletes()
            .Then(
                Event.StepCompleted(StepKind.PauseContainer, new StepResult.Done()),
                Event.OperationCompleted(InstanceVerb.Suspend))
            .In(InstancePhase.Suspended);
    }

    [Fact]
    public void A_resumption_thaws_it()
    {
        var resuming = Given.Suspended().When(Commands.ResumeSuspended())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.Resume, StepKind.UnpauseContainer),
                Event.StepStarted(StepKind.UnpauseContainer))
            .In(InstancePhase.Resuming).RepliesAccepted().After;

        resuming.WhenStepCompletes()
            .Then(
                Event.StepCompleted(StepKind.UnpauseContainer, new StepResult.Done()),
                Event.OperationCompleted(InstanceVerb.Resume))
            .In(InstancePhase.Active);
    }

    [Theory]
    [InlineData(InstanceVerb.Suspend)]
    [InlineData(InstanceVerb.Resume)]
    public void A_step_that_fails_for_good_leaves_the_instance_where_it_was(InstanceVerb verb)
    {
        var begun = verb == InstanceVerb.Suspend ? Given.Suspending() : Given.Resuming();
        var step = begun.Operation.CurrentStep!.Value;

        begun.WhenStepFails(Sample.Lasting)
            .Then(Event.StepFailed(step, Sample.Lasting, retryAt: null), Event.OperationFailed(verb, Sample.Lasting))
            .In(begun.Operation.Origin);
        begun.WhenStepFails(Sample.Passing)
            .Then(Event.StepFailed(step, Sample.Passing, begun.Now.AddSeconds(2)))
            .In(begun.Phase);
        Assert.Equal(InstancePhase.Error, begun.AfterStepFails(Sample.Missing).Phase);
    }

    [Theory]
    [InlineData(InstanceVerb.Suspend)]
    [InlineData(InstanceVerb.Resume)]
    public void A_process_that_ends_meanwhile_leads_to_stopped(InstanceVerb verb)
    {
        var begun = verb == InstanceVerb.Suspend ? Given.Suspending() : Given.Resuming();

        var ended = begun.When(Commands.Exited(begun.ExitOfThisRun())).Then(Event.ContainerExited(begun.ExitOfThisRun())).After;

        Assert.Equal(InstancePhase.Stopped, ended.UntilAtRest().Phase);
        Assert.Equal(InstancePhase.Stopped, ended.AfterStepIsGivenUp().Phase);
    }

    [Fact]
    public void One_that_ended_while_it_was_suspended_is_started_by_a_resumption()
    {
        var suspended = Given.Suspended();
        var stopped = suspended.When(Commands.Exited(suspended.ExitOfThisRun()))
            .Then(Event.ContainerExited(suspended.ExitOfThisRun()))
            .In(InstancePhase.Stopped).After;

        var active = stopped.When(Commands.ResumeSuspended())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.Resume, StepKind.StartContainer),
                Event.StepStarted(StepKind.StartContainer))
            .In(InstancePhase.Resuming).After.UntilAtRest();

        Assert.Equal((InstancePhase.Active, null), (active.Phase, active.Facts.CurrentExit));
    }

    [Fact]
    public void One_that_ended_is_started_by_its_own_policy_and_a_resumption_takes_the_place_of_the_wait()
    {
        var suspended = Given.Suspended(Keep.Always);
        var restarting = suspended.When(Commands.Exited(suspended.ExitOfThisRun())).In(InstancePhase.Restarting).After;

        var resuming = restarting.When(Commands.ResumeSuspended())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.Resume, StepKind.StartContainer),
                Event.OperationCancelled(InstanceVerb.Restart),
                Event.StepStarted(StepKind.StartContainer))
            .RepliesAccepted().After;

        Assert.Equal((InstancePhase.Active, 0), (resuming.UntilAtRest().Phase, resuming.Facts.Restarts));
    }

    [Fact]
    public void A_suspension_takes_the_place_of_a_repair() => GivenPorts.Repairing().When(Commands.Suspend())
        .Then(
            Event.PowerChangeRequested(InstanceVerb.Suspend, StepKind.PauseContainer),
            Event.OperationCancelled(InstanceVerb.Repair),
            Event.StepStarted(StepKind.PauseContainer))
        .In(InstancePhase.Suspending);

    [Fact]
    public void One_that_somebody_thawed_is_active()
    {
        var suspended = Given.Suspended();
        var running = suspended.Sighting() with { Condition = ContainerCondition.Running };

        suspended.WhenSeen(running).Then(Event.ContainerDrifted(DriftKind.Unpaused, running)).In(InstancePhase.Active);
        suspended.WhenSeen(suspended.Sighting()).ThenNothing();
    }

    [Fact]
    public void One_that_somebody_restarted_and_paused_is_paused()
    {
        var suspended = Given.Suspended();
        var seen = suspended.Sighting() with { RunStartedAt = suspended.Now };

        suspended.WhenSeen(seen)
            .Then(Event.ContainerDrifted(DriftKind.Restarted, seen), Event.ContainerDrifted(DriftKind.Paused, seen))
            .In(InstancePhase.Paused);
    }

    [Fact]
    public void A_lost_container_is_reported_or_made_again()
    {
        Given.Suspended().When(Commands.Lost()).Then(Event.ContainerLost()).In(InstancePhase.Error);
        Given.Suspended(Keep.Recreated).When(Commands.Lost()).In(InstancePhase.Restarting);
    }

    [Fact]
    public void A_hard_reboot_leads_out()
    {
        var active = Given.Suspended().After(Commands.HardReboot()).UntilAtRest();

        Assert.Equal(InstancePhase.Active, active.Phase);
    }

    [Fact]
    public void A_node_that_comes_back_goes_on_with_it()
    {
        Given.Suspending().When(Commands.Resume()).Then(Event.WorkResumed(StepKind.PauseContainer)).In(InstancePhase.Suspending);
        Given.Suspended().When(Commands.Resume()).ThenNothing();
    }

    [Fact]
    public void A_deletion_takes_its_place() =>
        Assert.Equal(InstancePhase.Deleted, Given.Suspending().After(Commands.Delete()).UntilAtRest().Phase);

    [Fact]
    public void The_same_request_gets_the_same_answer()
    {
        var begun = Given.Active().When(Commands.Suspend("req-s"));

        begun.After.UntilAtRest().When(Commands.Suspend("req-s")).ThenNothing().Replies(begun.Reply!);
        Assert.IsType<AlreadyDone>(begun.After.UntilAtRest().When(Commands.Suspend("req-t")).Reply);
    }
}
