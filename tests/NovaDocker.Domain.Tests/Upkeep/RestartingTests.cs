using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Upkeep;

/// <summary>A restart under way: it waits, it may be taken over, and a crash does not disturb it.</summary>
public sealed class RestartingTests
{
    [Fact]
    public void A_restart_whose_time_has_come_starts_the_container()
    {
        var waiting = Given.Restarting();

        var starting = waiting.When(waiting.RetryDue()).Then(Event.StepStarted(StepKind.StartContainer)).After;

        Assert.Equal(InstancePhase.Active, starting.AfterStepCompletes().Phase);
    }

    [Theory]
    [InlineData(InstanceVerb.Stop, InstancePhase.Stopped, false, StepKind.StopContainer)]
    [InlineData(InstanceVerb.Stop, InstancePhase.Stopped, true, StepKind.StopContainer)]
    [InlineData(InstanceVerb.Start, InstancePhase.Active, false, StepKind.StartContainer)]
    [InlineData(InstanceVerb.Start, InstancePhase.Active, true, StepKind.StartContainer)]
    [InlineData(InstanceVerb.HardReboot, InstancePhase.Active, false, StepKind.KillContainer, StepKind.StartContainer)]
    [InlineData(InstanceVerb.HardReboot, InstancePhase.Active, true, StepKind.KillContainer, StepKind.StartContainer)]
    public void A_power_change_takes_the_place_of_a_restart(
        InstanceVerb verb, InstancePhase end, bool isStarting, params StepKind[] steps)
    {
        var restarting = isStarting ? AtTheHost() : Given.Restarting();

        var after = restarting.When(Commands.Of(verb))
            .Then(
                Event.PowerChangeRequested(verb, steps),
                Event.OperationCancelled(InstanceVerb.Restart),
                Event.StepStarted(steps[0]))
            .In(OperationPlan.For(verb).During)
            .RepliesAccepted().After;

        AssertWithoutEffect(restarting, after);
        Assert.Equal(end, after.UntilAtRest().Phase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Delete_takes_the_place_of_a_restart(bool isStarting)
    {
        var restarting = isStarting ? AtTheHost() : Given.Restarting();

        var after = restarting.When(Commands.Delete())
            .Then(
                Event.DeleteRequested(StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.OperationCancelled(InstanceVerb.Restart),
                Event.StepStarted(StepKind.RemoveContainer))
            .In(InstancePhase.Deleting)
            .RepliesAccepted().After;

        AssertWithoutEffect(restarting, after);
        Assert.Equal(InstancePhase.Deleted, after.UntilAtRest().Phase);
    }

    [Fact]
    public void A_stop_of_what_was_being_started_tells_how_that_run_ended()
    {
        var stopping = AtTheHost().After(Commands.Stop());
        var exit = new ContainerExit(stopping.Now, stopping.Now, 143, OutOfMemory: false);

        var stopped = stopping.AfterStepCompletes(new StepResult.ContainerStopped(exit));

        Assert.Equal(exit, stopped.Facts.CurrentExit);
        stopped.When(Commands.Exited(exit)).ThenNothing();
    }

    [Fact]
    public void A_stop_of_what_waits_for_its_restart_keeps_how_it_had_ended()
    {
        var waiting = Given.Restarting();

        var stopped = waiting.After(Commands.Stop()).AfterStepCompletes(new StepResult.ContainerStopped(null));

        Assert.Equal(InstancePhase.Stopped, stopped.Phase);
        Assert.Equal(waiting.Facts.LastExit, stopped.Facts.CurrentExit);
    }

    [Fact]
    public void A_stop_that_fails_leaves_what_waited_for_its_restart_stopped() =>
        Given.Restarting().After(Commands.Stop()).WhenStepFails(Sample.Lasting).In(InstancePhase.Stopped);

    [Fact]
    public void A_take_over_cut_off_behind_its_first_event_is_still_carried_out()
    {
        var waiting = Given.Restarting();
        var torn = waiting.After(Commands.Stop()).CutTo(waiting.History.Count + 1);

        Assert.Equal(InstancePhase.Stopped, torn.UntilAtRest().Phase);
    }

    [Fact]
    public void Resume_in_the_middle_of_the_wait_keeps_its_time()
    {
        var waiting = Given.Restarting();

        var resumed = waiting.When(Commands.Resume()).Then(Event.WorkResumed(StepKind.StartContainer, attempt: 0)).After;

        Assert.Equal(
            new InstanceWork.AwaitRetry(
                waiting.Operation.RetryAt!.Value, resumed.State.Revision, StepKind.StartContainer, Attempt: 0),
            InstanceWork.Outstanding(resumed.State));
        resumed.When(waiting.RetryDue()).ThenNothing();
        resumed.When(resumed.RetryDue()).Then(Event.StepStarted(StepKind.StartContainer));
    }

    [Fact]
    public void A_start_that_may_succeed_later_is_tried_again_without_a_further_restart()
    {
        var starting = AtTheHost();

        var waiting = starting.WhenStepFails(Sample.Passing)
            .Then(Event.StepFailed(StepKind.StartContainer, Sample.Passing, starting.Now.AddSeconds(2)))
            .In(InstancePhase.Restarting).After;

        Assert.Equal(1, waiting.UntilAtRest().Facts.Restarts);
    }

    [Fact]
    public void A_restart_that_is_given_up_ends_in_error_and_is_not_tried_again() =>
        AtTheHost()
            .WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.StartContainer, Sample.Lasting, retryAt: null),
                Event.OperationFailed(InstanceVerb.Restart, Sample.Lasting))
            .In(InstancePhase.Error);

    [Fact]
    public void The_end_that_led_to_the_restart_is_no_news_while_it_waits()
    {
        var waiting = Given.Restarting();

        waiting.When(Commands.Exited(waiting.Facts.CurrentExit!)).ThenNothing();
    }

    [Fact]
    public void The_end_of_an_earlier_run_is_no_news_while_it_waits()
    {
        var waiting = Given.Restarting();
        var early = waiting.Facts.CurrentExit!;
        var again = waiting.UntilAtRest();
        var second = again.After(Commands.Exited(again.ExitOfThisRun()));

        second.When(Commands.Exited(early)).ThenNothing();
    }

    [Fact]
    public void The_end_of_the_new_run_may_be_seen_before_its_start_is_reported()
    {
        var starting = AtTheHost();
        var exit = new ContainerExit(starting.Now, starting.Now, 1, OutOfMemory: false);

        starting.When(Commands.Exited(exit))
            .Then(Event.ContainerExited(exit))
            .After.WhenStepCompletes(new StepResult.ContainerStarted(exit.RunStartedAt, Exit: null))
            .In(InstancePhase.Restarting);
    }

    private static Scenario AtTheHost() => Given.Restarting().After(Given.Restarting().RetryDue());

    // What the restart still had coming is void.
    private static void AssertWithoutEffect(Scenario restarting, Scenario after)
    {
        after.When(restarting.RetryDue()).ThenNothing();
        after.When(restarting.StepDone()).ThenNothing();
        after.When(restarting.StepFailed(Sample.Lasting)).ThenNothing();
    }
}
