using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Upkeep;

/// <summary>Where the end of a process is followed by a start, and where it is not.</summary>
public sealed class RestartOnExitTests
{
    private static readonly TimeSpan First = Sample.Policies.Restarts.InitialBackoff;

    [Theory]
    [InlineData(RestartMode.OnFailure, 1, false)]
    [InlineData(RestartMode.OnFailure, 0, true)]
    [InlineData(RestartMode.Always, 0, false)]
    [InlineData(RestartMode.UnlessStopped, 0, false)]
    public void An_end_that_the_policy_does_not_want_is_followed_by_a_restart(
        RestartMode mode, int exitCode, bool outOfMemory)
    {
        var active = Given.Active(Keep.Restarted(mode));
        var exit = active.ExitOfThisRun(exitCode) with { OutOfMemory = outOfMemory };

        var after = active.When(Commands.Exited(exit))
            .Then(
                Event.ContainerExited(exit),
                Event.RestartRequested(RestartCause.Exited, 1, active.Now + First, StepKind.StartContainer))
            .In(InstancePhase.Restarting)
            .RepliesToNobody().After;

        Assert.Equal(
            new InstanceWork.AwaitRetry(active.Now + First, after.State.Revision, StepKind.StartContainer, Attempt: 0),
            InstanceWork.Outstanding(after.State));
        Assert.Equal(new RequestContext("", Initiator.Upkeep), after.History[^1].Header.Request);
        Assert.Equal(1, after.Facts.Restarts);
        Assert.Equal(active.Now, after.Facts.Since);
        Assert.Equal(InstancePhase.Active, after.UntilAtRest().Phase);
    }

    [Theory]
    [InlineData(RestartMode.No, 1, true)]
    [InlineData(RestartMode.OnFailure, 0, false)]
    public void An_end_that_the_policy_leaves_at_that_leads_to_stopped(RestartMode mode, int exitCode, bool outOfMemory)
    {
        var active = Given.Active(Keep.Restarted(mode));
        var exit = active.ExitOfThisRun(exitCode) with { OutOfMemory = outOfMemory };

        active.When(Commands.Exited(exit)).Then(Event.ContainerExited(exit)).In(InstancePhase.Stopped);
    }

    [Fact]
    public void An_end_while_paused_is_followed_by_a_restart()
    {
        var paused = Given.Active(Keep.Always).After(Commands.Pause()).UntilAtRest();
        var exit = paused.ExitOfThisRun(137);

        paused.When(Commands.Exited(exit)).Then(
            Event.ContainerExited(exit),
            Event.RestartRequested(RestartCause.Exited, 1, paused.Now + First, StepKind.StartContainer));
    }

    [Theory]
    [InlineData(RestartMode.OnFailure)]
    [InlineData(RestartMode.Always)]
    [InlineData(RestartMode.UnlessStopped)]
    public void An_end_that_was_asked_for_is_left_at_that(RestartMode mode)
    {
        var stopping = Given.Active(Keep.Restarted(mode)).After(Commands.Stop());
        var exit = stopping.ExitOfThisRun(143);

        stopping.When(Commands.Exited(exit)).ThenNothing();
        var stopped = stopping.AfterStepCompletes(new StepResult.ContainerStopped(exit));

        Assert.Equal(InstancePhase.Stopped, stopped.Phase);
        stopped.When(Commands.Exited(exit)).ThenNothing();
    }

    [Fact]
    public void A_stop_that_fails_although_the_process_ended_is_left_at_that()
    {
        var stopping = Given.Active(Keep.Always).After(Commands.Stop());
        var ended = stopping.With(new ContainerExited(
            stopping.Header(InstancePhase.Stopping), Sample.ContainerId, stopping.ExitOfThisRun()));

        ended.WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.StopContainer, Sample.Lasting, retryAt: null),
                Event.OperationFailed(InstanceVerb.Stop, Sample.Lasting))
            .In(InstancePhase.Stopped);
    }

    [Fact]
    public void The_end_of_a_run_that_somebody_began_behind_our_back_in_what_was_stopped_is_left_at_that()
    {
        var stopped = Given.Active(Keep.Always).After(Commands.Stop()).UntilAtRest();
        var exit = new ContainerExit(stopped.Now, stopped.Now, 1, OutOfMemory: false);

        var after = stopped.When(Commands.Exited(exit)).Then(Event.ContainerExited(exit)).In(InstancePhase.Stopped).After;

        Assert.Equal(exit, after.Facts.CurrentExit);
        Assert.Equal(stopped.Facts.Since, after.Facts.Since);
    }

    [Fact]
    public void The_end_of_a_run_that_somebody_began_behind_our_back_in_what_was_to_run_is_followed_by_a_restart()
    {
        var active = Given.Active(Keep.Always);
        var exit = new ContainerExit(active.Now, active.Now, 1, OutOfMemory: false);

        var after = active.When(Commands.Exited(exit)).In(InstancePhase.Restarting).After;

        Assert.Equal(exit, after.Facts.CurrentExit);
    }

    [Fact]
    public void An_end_during_a_snapshot_waits_for_the_snapshot()
    {
        var snapshotting = Given.Active(Keep.Always).After(Commands.Snapshot());
        var exit = snapshotting.ExitOfThisRun(137);
        var last = snapshotting.When(Commands.Exited(exit)).Then(Event.ContainerExited(exit)).After
            .Until(StepKind.RemoveCommit);

        last.WhenStepCompletes()
            .Then(
                Event.StepCompleted(StepKind.RemoveCommit, new StepResult.Done()),
                Event.OperationCompleted(InstanceVerb.Snapshot),
                Event.RestartRequested(RestartCause.Exited, 1, last.Now + First, StepKind.StartContainer))
            .In(InstancePhase.Restarting);
        Assert.Equal(InstancePhase.Stopped, last.When(last.StepDone()).Decision.Events[1].Header.After);
    }

    [Fact]
    public void An_end_that_makes_an_operation_fail_is_followed_by_a_restart()
    {
        var pausing = Given.Active(Keep.Always).After(Commands.Pause());
        var ended = pausing.After(Commands.Exited(pausing.ExitOfThisRun()));

        ended.WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.PauseContainer, Sample.Lasting, retryAt: null),
                Event.OperationFailed(InstanceVerb.Pause, Sample.Lasting),
                Event.RestartRequested(RestartCause.Exited, 1, ended.Now + First, StepKind.StartContainer))
            .In(InstancePhase.Restarting);
    }

    [Theory]
    [InlineData(InstanceVerb.Boot, 1)]
    [InlineData(InstanceVerb.Start, 1)]
    [InlineData(InstanceVerb.SoftReboot, 1)]
    [InlineData(InstanceVerb.HardReboot, 1)]
    [InlineData(InstanceVerb.Restart, 2)]
    public void A_process_that_ends_at_once_is_restarted(InstanceVerb verb, int restart)
    {
        var starting = BeforeItsRun(verb).Until(StepKind.StartContainer);
        var exit = new ContainerExit(starting.Now, starting.Now, 1, OutOfMemory: false);
        var result = new StepResult.ContainerStarted(exit.RunStartedAt, exit);

        starting.WhenStepCompletes(result)
            .Then(
                Event.StepCompleted(StepKind.StartContainer, result),
                Event.OperationCompleted(verb),
                Event.RestartRequested(
                    RestartCause.Exited, restart, starting.Now + (restart * First), StepKind.StartContainer))
            .In(InstancePhase.Restarting);
    }

    [Fact]
    public void A_boot_that_fails_is_not_tried_again_by_itself() =>
        Assert.Equal(
            InstancePhase.Error,
            Given.Nothing().After(Commands.Boot(Keep.Always with { WhenLost = LostAction.Recreate }))
                .Until(StepKind.StartContainer).AfterStepIsGivenUp().UntilAtRest().Phase);

    private static Scenario BeforeItsRun(InstanceVerb verb)
    {
        var active = Given.Active(Keep.Always);
        switch (verb)
        {
            case InstanceVerb.Boot:
                return Given.Nothing().After(Commands.Boot(Keep.Always));
            case InstanceVerb.Restart:
                var waiting = active.After(Commands.Exited(active.ExitOfThisRun()));
                return waiting.After(waiting.RetryDue());
            case InstanceVerb.Start:
                return active.After(Commands.Stop()).UntilAtRest().After(Commands.Start());
            default:
                return active.After(Commands.Of(verb));
        }
    }
}
