using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Changes;

/// <summary>A rescue runs another container in the instance's place, and never beside it.</summary>
public sealed class RescueTests
{
    [Fact]
    public void The_image_is_had_before_the_instance_is_stopped()
    {
        var rescuing = Given.Active().When(Commands.Rescue())
            .Then(
                Event.RescueRequested(StepKind.EnsureRescueImage, StepKind.StopContainer, StepKind.StartRescue),
                Event.StepStarted(StepKind.EnsureRescueImage))
            .In(InstancePhase.Rescuing).RepliesAccepted().After;

        var rescued = rescuing.UntilAtRest();

        Assert.Equal(InstancePhase.Rescued, rescued.Phase);
        Assert.Equal(new RescueFacts(Sample.RescueImage, "sha256:rescue", Sample.RescueContainerId), rescued.Facts.Rescue);
        Assert.Equal(Sample.ContainerId, rescued.Facts.ContainerId);
        Assert.Equal((Sample.Image, "sha256:image"), (rescued.Facts.Image, rescued.Facts.EngineImageId));
        Assert.Equal(rescued.Facts.Rescue, InstanceView.Of(rescued.State)!.Rescue);
    }

    [Fact]
    public void Its_end_removes_the_container_and_starts_the_instance()
    {
        var unrescuing = Given.Rescued().When(Commands.Unrescue())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.Unrescue, StepKind.RemoveRescue, StepKind.StartContainer),
                Event.StepStarted(StepKind.RemoveRescue))
            .In(InstancePhase.Unrescuing).RepliesAccepted().After;

        var active = unrescuing.UntilAtRest();

        Assert.Equal((InstancePhase.Active, null), (active.Phase, active.Facts.Rescue));
    }

    [Fact]
    public void A_stop_ends_it_and_leaves_the_instance_stopped_with_all_it_had()
    {
        var stopping = Given.Rescued().When(Commands.Stop())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.Stop, StepKind.RemoveRescue),
                Event.StepStarted(StepKind.RemoveRescue))
            .In(InstancePhase.Stopping).RepliesAccepted().After;

        var stopped = stopping.UntilAtRest();

        Assert.Equal(
            (InstancePhase.Stopped, null, Sample.ContainerId), (stopped.Phase, stopped.Facts.Rescue, stopped.Facts.ContainerId));
        Assert.Equal([StepKind.StartContainer], stopped.After(Commands.Start()).Operation.Pending);
        Assert.Equal(InstancePhase.Rescued, stopping.AfterStepFails(Sample.Lasting).Phase);
    }

    [Fact]
    public void What_is_stopped_need_not_be_stopped_and_what_is_in_error_may_run()
    {
        Assert.DoesNotContain(StepKind.StopContainer, Given.Stopped().After(Commands.Rescue()).Operation.Pending);
        Assert.Contains(StepKind.StopContainer, Given.ErrorWithContainer().After(Commands.Rescue()).Operation.Pending);
        Assert.Equal(InstancePhase.Rescued, Given.Stopped().After(Commands.Rescue()).UntilAtRest().Phase);
        Assert.Equal(InstancePhase.Rescued, Given.ErrorWithContainer().After(Commands.Rescue()).UntilAtRest().Phase);
    }

    [Fact]
    public void An_image_that_cannot_be_had_leaves_the_instance_running()
    {
        var failed = Given.Rescuing().WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.EnsureRescueImage, Sample.Lasting, retryAt: null),
                Event.UnwindStarted(InstanceVerb.Rescue, Sample.Lasting, StepKind.RemoveRescue),
                Event.StepStarted(StepKind.RemoveRescue)).After.UntilAtRest();

        Assert.Equal((InstancePhase.Active, null, Sample.Lasting), (failed.Phase, failed.Facts.Rescue, failed.Facts.LastFault));
    }

    [Fact]
    public void A_rescue_container_that_does_not_start_is_removed_and_the_instance_left_stopped()
    {
        var failed = Given.Rescuing(StepKind.StartRescue).AfterStepIsGivenUp().UntilAtRest();

        Assert.Equal((InstancePhase.Stopped, null), (failed.Phase, failed.Facts.Rescue));
        Assert.Equal(InstancePhase.Active, failed.After(Commands.Start()).UntilAtRest().Phase);
    }

    [Fact]
    public void What_was_to_run_always_runs_again_after_a_rescue_that_failed()
    {
        var failed = Given.Active(Keep.Always).After(Commands.Rescue()).Until(StepKind.StartRescue).AfterStepIsGivenUp();

        Assert.Equal(InstancePhase.Restarting, failed.AfterStepCompletes().Phase);
    }

    [Theory]
    [InlineData(StepKind.EnsureRescueImage)]
    [InlineData(StepKind.StopContainer)]
    [InlineData(StepKind.StartRescue)]
    public void A_step_that_fails_for_now_is_tried_again(StepKind step) =>
        Assert.Equal(InstancePhase.Rescued, Given.Rescuing(step).AfterStepFails(Sample.Passing).UntilAtRest().Phase);

    [Fact]
    public void A_container_that_is_gone_ends_in_error()
    {
        var failed = Given.Rescuing(StepKind.StopContainer).AfterStepFails(Sample.Missing).UntilAtRest();

        Assert.Equal((InstancePhase.Error, null, null), (failed.Phase, failed.Facts.ContainerId, failed.Facts.Rescue));
    }

    [Fact]
    public void A_rescue_container_that_cannot_be_removed_keeps_the_instance_rescued()
    {
        var failed = Given.Unrescuing().WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.RemoveRescue, Sample.Lasting, retryAt: null),
                Event.OperationFailed(InstanceVerb.Unrescue, Sample.Lasting))
            .In(InstancePhase.Rescued).After;

        Assert.Equal(InstancePhase.Active, failed.After(Commands.Unrescue("req-2")).UntilAtRest().Phase);
    }

    [Fact]
    public void An_instance_that_does_not_start_after_its_rescue_is_stopped()
    {
        var starting = Given.Unrescuing().Until(StepKind.StartContainer);

        Assert.Equal((InstancePhase.Stopped, null), (starting.AfterStepIsGivenUp().Phase, starting.AfterStepIsGivenUp().Facts.Rescue));
        Assert.Equal(InstancePhase.Error, starting.AfterStepFails(Sample.Missing).UntilAtRest().Phase);
    }

    [Fact]
    public void What_happens_to_the_instances_own_container_meanwhile_is_no_news()
    {
        var rescued = Given.Active(Keep.Always).After(Commands.Rescue()).UntilAtRest();
        Assert.Equal((InstancePhase.Rescued, Sample.ContainerId), (rescued.Phase, rescued.Facts.ContainerId));

        rescued.When(Commands.Exited(new ContainerExit(rescued.Now, rescued.Now, 1, OutOfMemory: false))).ThenNothing();
        rescued.When(Commands.Lost()).ThenNothing();
        rescued.When(Commands.EngineRestarted()).ThenNothing();
        rescued.WhenSeen(rescued.Sighting()).ThenNothing();
        rescued.WhenSeen(rescued.Sighting() with { Condition = ContainerCondition.Paused, RunStartedAt = rescued.Now }).ThenNothing();
    }

    [Fact]
    public void A_container_that_somebody_removed_meanwhile_is_found_out_by_its_end()
    {
        var failed = Given.Unrescuing().Until(StepKind.StartContainer).AfterStepFails(Sample.Missing).UntilAtRest();

        Assert.Equal((InstancePhase.Error, null), (failed.Phase, failed.Facts.ContainerId));
        Assert.Equal(InstancePhase.Active, failed.After(Commands.Start()).UntilAtRest().Phase);
    }

    [Fact]
    public void Ports_stay_where_they_are_and_a_sandbox_that_is_lost_is_made_again_at_its_end()
    {
        var rescued = GivenPorts.Rescued();
        var lost = rescued.After(Commands.SandboxLost());
        // The rescue container's process is still in the namespace.
        Assert.All(lost.Facts.Ports, port => Assert.True(port.IsPlugged));

        var active = lost.After(Commands.Unrescue()).UntilAtRest();

        Assert.Equal(InstancePhase.Active, active.Phase);
        Assert.NotEqual(rescued.Facts.SandboxStartedAt, active.Facts.SandboxStartedAt);
    }

    [Theory]
    [InlineData(StepKind.EnsureRescueImage)]
    [InlineData(StepKind.StopContainer)]
    [InlineData(StepKind.StartRescue)]
    public void A_deletion_removes_the_rescue_container_first(StepKind step)
    {
        var deleting = Given.Rescuing(step).When(Commands.Delete())
            .Then(
                Event.DeleteRequested(StepKind.RemoveRescue, StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.OperationCancelled(InstanceVerb.Rescue),
                Event.StepStarted(StepKind.RemoveRescue)).After;

        Assert.Equal(InstancePhase.Deleted, deleting.UntilAtRest().Phase);
    }

    [Fact]
    public void A_deletion_of_what_is_rescued_or_on_its_way_back_removes_it_too()
    {
        Given.Rescued().When(Commands.Delete())
            .Then(
                Event.DeleteRequested(StepKind.RemoveRescue, StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.StepStarted(StepKind.RemoveRescue));
        Assert.Equal(StepKind.RemoveRescue, Given.Unrescuing().After(Commands.Delete()).Operation.CurrentStep);
        Assert.Equal(
            StepKind.RemoveContainer,
            Given.Unrescuing().Until(StepKind.StartContainer).After(Commands.Delete()).Operation.CurrentStep);
    }

    [Fact]
    public void What_a_deletion_could_not_remove_goes_before_anything_else_uses_the_file_system()
    {
        var failed = Given.Rescued().After(Commands.Delete()).AfterStepIsGivenUp();
        Assert.Equal(InstancePhase.Error, failed.Phase);
        Assert.NotNull(failed.Facts.Rescue);

        Assert.Equal([StepKind.RemoveRescue, StepKind.StartContainer], failed.After(Commands.Start()).Operation.Pending);
        Assert.Equal(
            [StepKind.RemoveRescue, StepKind.KillContainer, StepKind.StartContainer],
            failed.After(Commands.HardReboot()).Operation.Pending);
        Assert.Equal(StepKind.RemoveRescue, failed.After(Commands.Rebuild()).Operation.CurrentStep);
        Assert.Equal(StepKind.RemoveRescue, failed.After(Commands.Delete("req-2")).Operation.CurrentStep);
        Assert.Equal(StepKind.EnsureRescueImage, failed.After(Commands.Rescue()).Operation.CurrentStep);
        Assert.Null(failed.After(Commands.Start()).UntilAtRest().Facts.Rescue);
    }

    [Theory]
    [InlineData(StepKind.EnsureRescueImage)]
    [InlineData(StepKind.StopContainer)]
    [InlineData(StepKind.StartRescue)]
    public void A_node_that_comes_back_goes_on_with_it(StepKind step)
    {
        var resumed = Given.Rescuing(step).When(Commands.Resume()).Then(Event.WorkResumed(step)).After;

        Assert.Equal(InstancePhase.Rescued, resumed.UntilAtRest().Phase);
        Given.Rescued().When(Commands.Resume()).ThenNothing();
    }

    [Fact]
    public void Without_a_container_there_is_no_file_system_to_be_rescued()
    {
        var refused = Given.Error().When(Commands.Rescue()).In(InstancePhase.Error).RepliesRefused(RefusalCode.NoContainer);

        refused.Then(Event.Answered(InstanceVerb.Rescue, refused.Reply!));
    }

    [Fact]
    public void The_same_request_gets_the_same_answer_and_another_one_finds_it_done()
    {
        var begun = Given.Active().When(Commands.Rescue("req-r"));

        begun.After.When(Commands.Rescue("req-2")).RepliesAccepted().In(InstancePhase.Rescuing);
        begun.After.UntilAtRest().When(Commands.Rescue("req-r")).ThenNothing().Replies(begun.Reply!);
        Assert.IsType<AlreadyDone>(begun.After.UntilAtRest().When(Commands.Rescue("req-3")).Reply);
    }
}
