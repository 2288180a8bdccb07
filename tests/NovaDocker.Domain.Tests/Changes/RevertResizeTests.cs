using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Changes;

/// <summary>A resize that is taken back gives the size before back; where that fails, it can be tried again.</summary>
public sealed class RevertResizeTests
{
    [Fact]
    public void The_size_before_is_claimed_and_given()
    {
        var reverting = Given.Resized().When(Commands.RevertResize())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.RevertResize, StepKind.ClaimResources, StepKind.UpdateContainer),
                Event.StepStarted(StepKind.ClaimResources))
            .In(InstancePhase.Resizing).RepliesAccepted().After;
        Assert.Equal(Sample.Size, InstanceSize.Of(reverting.Facts.Spec));

        var reverted = reverting.UntilAtRest();

        Assert.Equal(InstancePhase.Active, reverted.Phase);
        Assert.Equal((Sample.Size, null), (InstanceSize.Of(reverted.Facts.Spec), reverted.Facts.OtherSize));
        reverted.When(Commands.Resize("req-2")).RepliesAccepted();
    }

    [Theory]
    [InlineData(StepKind.ClaimResources, StepKind.ClaimResources)]
    [InlineData(StepKind.UpdateContainer, StepKind.UpdateContainer, StepKind.ClaimResources)]
    public void A_step_given_up_leaves_the_resize_to_be_taken_back(StepKind step, params StepKind[] unwinding)
    {
        var failed = Given.Reverting(step).WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(step, Sample.Lasting, retryAt: null),
                Event.UnwindStarted(InstanceVerb.RevertResize, Sample.Lasting, unwinding),
                Event.StepStarted(unwinding[0]))
            .In(InstancePhase.Resizing).After;
        // What is put back is what the resize had made of it.
        Assert.Equal(Sample.Larger, InstanceSize.Of(failed.Facts.Spec));

        var rested = failed.UntilAtRest();

        Assert.Equal(InstancePhase.Active, rested.Phase);
        Assert.Equal((Sample.Larger, Sample.Size), (InstanceSize.Of(rested.Facts.Spec), rested.Facts.OtherSize));
        Assert.Equal(Sample.Size, InstanceSize.Of(rested.After(Commands.RevertResize("req-2")).UntilAtRest().Facts.Spec));
    }

    [Fact]
    public void What_is_stopped_is_started_unless_it_is_to_stay_so()
    {
        var stopped = Given.ResizedIn(InstancePhase.Stopped);

        Assert.Equal(InstancePhase.Active, stopped.After(Commands.RevertResize()).UntilAtRest().Phase);
        Assert.Equal(InstancePhase.Stopped, stopped.After(Commands.Stopped(Commands.RevertResize())).UntilAtRest().Phase);
    }

    [Theory]
    [InlineData(StepKind.ClaimResources)]
    [InlineData(StepKind.UpdateContainer)]
    public void A_node_that_comes_back_goes_on_with_it(StepKind step)
    {
        var resumed = Given.Reverting(step).When(Commands.Resume()).Then(Event.WorkResumed(step)).After;

        Assert.Equal((Sample.Size, null), (InstanceSize.Of(resumed.UntilAtRest().Facts.Spec), resumed.UntilAtRest().Facts.OtherSize));
    }

    [Fact]
    public void A_write_that_was_cut_off_behind_any_event_still_leads_there()
    {
        var whole = Given.Reverting(StepKind.UpdateContainer).AfterStepIsGivenUp().UntilAtRest();

        for (var events = Given.Resized().History.Count; events <= whole.History.Count; events++)
        {
            var rested = whole.CutTo(events).After(Commands.Resume()).UntilAtRest();
            var (size, other) = (InstanceSize.Of(rested.Facts.Spec), rested.Facts.OtherSize);
            Assert.True((size, other) == (Sample.Size, null) || (size, other) == (Sample.Larger, Sample.Size), $"{size} and {other}");
        }
    }

    [Fact]
    public void A_deletion_takes_its_place() =>
        Assert.Equal(InstancePhase.Deleted, Given.Reverting(StepKind.UpdateContainer).After(Commands.Delete()).UntilAtRest().Phase);

    [Fact]
    public void Without_a_resize_there_is_nothing_to_be_taken_back()
    {
        var refused = Given.Active().When(Commands.RevertResize()).In(InstancePhase.Active).RepliesRefused(RefusalCode.WrongState);

        refused.Then(Event.Answered(InstanceVerb.RevertResize, refused.Reply!));
    }

    [Fact]
    public void The_same_request_gets_the_same_answer()
    {
        var begun = Given.Resized().When(Commands.RevertResize("req-r"));

        begun.After.UntilAtRest().When(Commands.RevertResize("req-r")).ThenNothing().Replies(begun.Reply!);
    }
}
