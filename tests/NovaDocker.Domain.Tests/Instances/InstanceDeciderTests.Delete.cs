using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Instances;

public sealed partial class InstanceDeciderTests
{
    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Stopped)]
    [InlineData(InstancePhase.Error)]
    public void Delete_of_a_resting_instance_removes_container_and_claim(InstancePhase phase) =>
        Given.In(phase)
            .When(Commands.Delete())
            .Then(
                Event.DeleteRequested(StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.StepStarted(StepKind.RemoveContainer))
            .In(InstancePhase.Deleting)
            .RepliesAccepted();

    [Fact]
    public void Delete_ends_in_deleted_with_no_container()
    {
        var deleted = Given.Deleted();

        Assert.Equal(InstancePhase.Deleted, deleted.Phase);
        Assert.Null(deleted.Facts.ContainerId);
        Assert.Null(InstanceWork.Outstanding(deleted.State));
    }

    [Theory]
    [InlineData(InstancePhase.Building, InstanceVerb.Boot)]
    [InlineData(InstancePhase.Starting, InstanceVerb.Start)]
    [InlineData(InstancePhase.Stopping, InstanceVerb.Stop)]
    [InlineData(InstancePhase.Rebooting, InstanceVerb.SoftReboot)]
    [InlineData(InstancePhase.Pausing, InstanceVerb.Pause)]
    [InlineData(InstancePhase.Unpausing, InstanceVerb.Unpause)]
    public void Delete_calls_off_what_is_under_way(InstancePhase phase, InstanceVerb verb) =>
        Given.In(phase)
            .When(Commands.Delete())
            .Then(
                Event.DeleteRequested(StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.OperationCancelled(verb),
                Event.StepStarted(StepKind.RemoveContainer))
            .In(InstancePhase.Deleting)
            .RepliesAccepted();

    [Theory]
    [InlineData(StepKind.CommitContainer)]
    [InlineData(StepKind.UploadSnapshot)]
    public void Delete_during_a_snapshot_takes_back_what_there_is_of_it(StepKind step) =>
        Given.Snapshotting(step)
            .When(Commands.Delete())
            .Then(
                Event.DeleteRequestedDiscarding(
                    Sample.Target, StepKind.DiscardUpload, StepKind.RemoveCommit,
                    StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.OperationCancelled(InstanceVerb.Snapshot),
                Event.StepStarted(StepKind.DiscardUpload))
            .In(InstancePhase.Deleting)
            .RepliesAccepted();

    [Fact]
    public void Delete_after_the_upload_leaves_the_snapshot_in_the_store() =>
        Given.Snapshotting(StepKind.RemoveCommit)
            .When(Commands.Delete())
            .Then(
                Event.DeleteRequestedDiscarding(
                    Sample.Target, StepKind.RemoveCommit, StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.OperationCancelled(InstanceVerb.Snapshot),
                Event.StepStarted(StepKind.RemoveCommit));

    [Theory]
    [InlineData(StepKind.DiscardUpload)]
    [InlineData(StepKind.RemoveCommit)]
    public void Delete_while_a_failed_snapshot_is_taken_back_goes_on_taking_it_back(StepKind step) =>
        Given.Snapshotting(StepKind.UploadSnapshot)
            .AfterStepIsGivenUp()
            .Until(step)
            .When(Commands.Delete())
            .Then(
                Event.DeleteRequestedDiscarding(
                    Sample.Target, StepKind.DiscardUpload, StepKind.RemoveCommit,
                    StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.OperationCancelled(InstanceVerb.Snapshot),
                Event.StepStarted(StepKind.DiscardUpload));

    [Fact]
    public void Delete_while_a_failed_boot_is_taken_back_wins() =>
        Given.Building()
            .AfterStepIsGivenUp()
            .When(Commands.Delete())
            .Then(
                Event.DeleteRequested(StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.OperationCancelled(InstanceVerb.Boot),
                Event.StepStarted(StepKind.RemoveContainer))
            .In(InstancePhase.Deleting);

    [Fact]
    public void Delete_while_a_retry_is_awaited_wins_and_makes_the_retry_void()
    {
        var waiting = Given.Building().AfterStepFails(Sample.Passing);
        var retry = waiting.RetryDue();

        waiting.After(Commands.Delete()).When(retry).ThenNothing().In(InstancePhase.Deleting);
    }

    [Fact]
    public void Delete_makes_the_result_of_the_step_it_called_off_void()
    {
        var building = Given.Building(StepKind.CreateContainer);
        var late = building.StepDone();

        building.After(Commands.Delete()).When(late).ThenNothing().RepliesToNobody();
    }

    [Fact]
    public void Delete_cut_off_behind_its_first_event_still_takes_everything_back()
    {
        var before = Given.Snapshotting(StepKind.UploadSnapshot);
        var torn = before.After(Commands.Delete()).CutTo(before.History.Count + 1);

        var deleted = torn.UntilAtRest();

        Assert.Equal(InstancePhase.Deleted, deleted.Phase);
        Assert.Equal(
            [StepKind.DiscardUpload, StepKind.RemoveCommit, StepKind.RemoveContainer, StepKind.ReleaseResources],
            deleted.History.Skip(torn.History.Count).OfType<StepCompleted>().Select(e => e.Step));
    }

    [Fact]
    public void Delete_again_joins_the_one_under_way()
    {
        var deleting = Given.Deleting();
        var accepted = new Accepted(Sample.Id, deleting.Operation.Id, deleting.State.Revision);

        deleting.When(Commands.Delete())
            .Then(Event.Answered(InstanceVerb.Delete, accepted))
            .Replies(accepted);
    }

    [Fact]
    public void Delete_when_deleted_is_already_done()
    {
        var done = new AlreadyDone(Sample.Id);

        Given.Deleted().When(Commands.Delete())
            .Then(Event.Answered(InstanceVerb.Delete, done))
            .Replies(done);
    }

    [Fact]
    public void Delete_given_up_ends_in_error_and_may_be_asked_again()
    {
        var failed = Given.Deleting().AfterStepIsGivenUp();
        Assert.Equal(InstancePhase.Error, failed.Phase);
        Assert.Equal(Sample.Lasting, failed.Facts.LastFault);

        Assert.Equal(InstancePhase.Deleted, failed.After(Commands.Delete()).UntilAtRest().Phase);
    }

    [Theory]
    [InlineData(StepKind.DiscardUpload, StepKind.RemoveCommit)]
    [InlineData(StepKind.RemoveCommit, StepKind.RemoveContainer)]
    public void Delete_goes_on_to_the_container_when_the_snapshot_cannot_be_taken_back(StepKind step, StepKind next) =>
        Given.Snapshotting()
            .After(Commands.Delete())
            .Until(step)
            .WhenStepFails(Sample.Lasting)
            .Then(Event.StepFailed(step, Sample.Lasting, retryAt: null), Event.StepStarted(next))
            .In(InstancePhase.Deleting);

    [Fact]
    public void Delete_of_what_never_was_is_not_found() =>
        Given.Nothing().When(Commands.Delete()).ThenNothing().Replies(new NotFound(Sample.Id));
}
