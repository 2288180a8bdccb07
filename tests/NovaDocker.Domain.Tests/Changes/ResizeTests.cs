using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Changes;

/// <summary>A resize changes the limits of the container that is there, and keeps the size before until it is confirmed or taken back.</summary>
public sealed class ResizeTests
{
    [Fact]
    public void The_room_is_claimed_and_the_container_changed()
    {
        var resizing = Given.Active().When(Commands.Resize())
            .Then(
                Event.ResizeRequested(Sample.Larger, StepKind.ClaimResources, StepKind.UpdateContainer),
                Event.StepStarted(StepKind.ClaimResources))
            .In(InstancePhase.Resizing).RepliesAccepted().After;

        var resized = resizing.UntilAtRest();

        Assert.Equal(InstancePhase.Active, resized.Phase);
        Assert.Equal((Sample.Larger, Sample.Size), (InstanceSize.Of(resized.Facts.Spec), resized.Facts.OtherSize));
        Assert.Equal(Sample.ContainerId, resized.Facts.ContainerId);
        Assert.Equal(Sample.Size, InstanceView.Of(resized.State)!.OtherSize);
    }

    [Fact]
    public void What_is_stopped_is_started_unless_it_is_to_stay_so()
    {
        Assert.Equal(
            [StepKind.ClaimResources, StepKind.UpdateContainer, StepKind.StartContainer],
            Given.Stopped().After(Commands.Resize()).Operation.Pending);
        Assert.Equal(InstancePhase.Active, Given.Stopped().After(Commands.Resize()).UntilAtRest().Phase);

        var staying = GivenPorts.Stopped().After(Commands.Stopped(Commands.Resize()));
        Assert.Equal([StepKind.ClaimResources, StepKind.UpdateContainer], staying.Operation.Pending);
        Assert.Equal(InstancePhase.Stopped, staying.UntilAtRest().Phase);
    }

    [Fact]
    public void What_runs_may_be_left_stopped()
    {
        var resizing = Given.Active(Keep.Always).After(Commands.Stopped(Commands.Resize()));
        Assert.Equal([StepKind.ClaimResources, StepKind.UpdateContainer, StepKind.StopContainer], resizing.Operation.Pending);

        Assert.Equal((InstancePhase.Stopped, Sample.Size), (resizing.UntilAtRest().Phase, resizing.UntilAtRest().Facts.OtherSize));
    }

    [Fact]
    public void Room_that_is_not_there_leaves_the_size_as_it_was()
    {
        var full = new Fault(FaultCode.NoCapacity, "512 MiB of memory are asked for; the host has 100 left.");

        var unwinding = Given.Resizing().WhenStepFails(full)
            .Then(
                Event.StepFailed(StepKind.ClaimResources, full, retryAt: null),
                Event.UnwindStarted(InstanceVerb.Resize, full, StepKind.ClaimResources),
                Event.StepStarted(StepKind.ClaimResources))
            .In(InstancePhase.Resizing).After;

        Assert.Equal(Sample.Size, InstanceSize.Of(unwinding.Facts.Spec));
        AssertAsBefore(unwinding.UntilAtRest());
    }

    [Fact]
    public void An_update_given_up_has_limits_and_claim_put_back()
    {
        var unwinding = Given.Resizing(StepKind.UpdateContainer).WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.UpdateContainer, Sample.Lasting, retryAt: null),
                Event.UnwindStarted(InstanceVerb.Resize, Sample.Lasting, StepKind.UpdateContainer, StepKind.ClaimResources),
                Event.StepStarted(StepKind.UpdateContainer))
            .In(InstancePhase.Resizing).After;

        // The host goes by the spec of the step: it is the old size that both steps are asked for.
        Assert.Equal(Sample.Size, InstanceSize.Of(unwinding.Facts.Spec));
        Assert.Equal(Sample.Size, InstanceSize.Of(unwinding.AfterStepCompletes().Facts.Spec));
        AssertAsBefore(unwinding.UntilAtRest());
        AssertAsBefore(unwinding.AfterStepIsGivenUp().UntilAtRest());
    }

    [Fact]
    public void A_step_that_fails_for_now_is_tried_again()
    {
        var waiting = Given.Resizing(StepKind.UpdateContainer).AfterStepFails(Sample.Passing);

        Assert.Equal(Sample.Larger, InstanceSize.Of(waiting.Facts.Spec));
        Assert.Equal(Sample.Larger, InstanceSize.Of(waiting.UntilAtRest().Facts.Spec));
    }

    [Fact]
    public void What_fails_once_the_container_is_changed_leaves_the_resize_to_be_confirmed_or_taken_back()
    {
        var failed = Given.Stopped().After(Commands.Resize()).Until(StepKind.StartContainer).WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.StartContainer, Sample.Lasting, retryAt: null),
                Event.OperationFailed(InstanceVerb.Resize, Sample.Lasting))
            .In(InstancePhase.Stopped).After;

        Assert.Equal((Sample.Larger, Sample.Size), (InstanceSize.Of(failed.Facts.Spec), failed.Facts.OtherSize));
        failed.When(Commands.RevertResize()).RepliesAccepted();
    }

    [Fact]
    public void A_container_that_is_gone_ends_in_error_with_the_size_as_it_was()
    {
        var failed = Given.Resizing(StepKind.UpdateContainer).AfterStepFails(Sample.Missing);
        Assert.Equal([StepKind.ClaimResources], failed.Operation.Pending);

        Assert.Equal((InstancePhase.Error, Sample.Size), (failed.UntilAtRest().Phase, InstanceSize.Of(failed.UntilAtRest().Facts.Spec)));
    }

    [Fact]
    public void A_process_that_ends_meanwhile_leads_to_stopped_with_the_new_size()
    {
        var updating = Given.Resizing(StepKind.UpdateContainer);

        var stopped = updating.After(Commands.Exited(updating.ExitOfThisRun())).UntilAtRest();

        Assert.Equal((InstancePhase.Stopped, Sample.Larger), (stopped.Phase, InstanceSize.Of(stopped.Facts.Spec)));
    }

    [Theory]
    [InlineData(StepKind.ClaimResources)]
    [InlineData(StepKind.UpdateContainer)]
    public void A_node_that_comes_back_goes_on_with_it(StepKind step)
    {
        var resumed = Given.Resizing(step).When(Commands.Resume()).Then(Event.WorkResumed(step)).After;

        Assert.Equal(Sample.Size, resumed.UntilAtRest().Facts.OtherSize);
    }

    [Theory]
    [InlineData(StepKind.ClaimResources)]
    [InlineData(StepKind.UpdateContainer)]
    public void A_deletion_takes_its_place(StepKind step) =>
        Assert.Equal(InstancePhase.Deleted, Given.Resizing(step).After(Commands.Delete()).UntilAtRest().Phase);

    [Fact]
    public void Another_one_is_refused_until_the_first_is_confirmed()
    {
        var resized = Given.Resized();

        resized.When(Commands.Resize(new InstanceSize(1024, 8), "req-2")).In(InstancePhase.Active).RepliesRefused(RefusalCode.WrongState);
        resized.After(Commands.ConfirmResize("req-c")).When(Commands.Resize(new InstanceSize(1024, 8), "req-2")).RepliesAccepted();
    }

    [Fact]
    public void A_size_that_cannot_be_is_refused()
    {
        Given.Active().When(Commands.Resize(new InstanceSize(0, 2))).In(InstancePhase.Active).RepliesRefused(RefusalCode.InvalidArgument);
        Given.Active().When(Commands.Resize(new InstanceSize(256, 0))).In(InstancePhase.Active).RepliesRefused(RefusalCode.InvalidArgument);
    }

    [Fact]
    public void A_confirmation_forgets_the_size_before()
    {
        var confirmed = Given.Resized().When(Commands.ConfirmResize())
            .Then(Event.PowerChangeRequested(InstanceVerb.ConfirmResize), Event.OperationCompleted(InstanceVerb.ConfirmResize))
            .In(InstancePhase.Active).After;

        Assert.Equal((Sample.Larger, null), (InstanceSize.Of(confirmed.Facts.Spec), confirmed.Facts.OtherSize));
        Assert.IsType<AlreadyDone>(confirmed.When(Commands.ConfirmResize("req-2")).Reply);
        confirmed.When(Commands.RevertResize()).RepliesRefused(RefusalCode.WrongState);
    }

    [Fact]
    public void A_confirmation_that_was_cut_off_goes_on()
    {
        var history = Given.Resized().After(Commands.ConfirmResize());
        var cut = history.CutTo(history.History.Count - 1);

        cut.When(Commands.Resume()).Then(Event.OperationCompleted(InstanceVerb.ConfirmResize)).In(InstancePhase.Active);
    }

    [Fact]
    public void A_confirmation_in_error_leaves_the_reason_of_the_error()
    {
        var failed = Given.ResizedIn(InstancePhase.Error);

        var confirmed = failed.After(Commands.ConfirmResize());

        Assert.Equal((InstancePhase.Error, null), (confirmed.Phase, confirmed.Facts.OtherSize));
        Assert.Equal(failed.Facts.LastFault, confirmed.Facts.LastFault);
        Assert.NotNull(confirmed.Facts.LastFault);
    }

    [Fact]
    public void A_container_that_is_made_anew_has_the_new_size_and_the_old_one_is_kept()
    {
        var again = Given.Resized().After(Commands.Lost()).After(Commands.Start()).UntilAtRest();

        Assert.Equal((Sample.Larger, Sample.Size), (InstanceSize.Of(again.Facts.Spec), again.Facts.OtherSize));
    }

    private static void AssertAsBefore(Scenario failed)
    {
        Assert.Equal(InstancePhase.Active, failed.Phase);
        Assert.Equal((Sample.Size, null), (InstanceSize.Of(failed.Facts.Spec), failed.Facts.OtherSize));
        Assert.NotNull(failed.Facts.LastFault);
    }
}
