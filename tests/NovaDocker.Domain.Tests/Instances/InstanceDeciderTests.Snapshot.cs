using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Instances;

public sealed partial class InstanceDeciderTests
{
    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Suspended)]
    [InlineData(InstancePhase.Stopped)]
    public void Snapshot_commits_uploads_tidies_up_and_returns_to_where_it_came_from(InstancePhase phase)
    {
        Given.In(phase)
            .When(Commands.Snapshot())
            .Then(
                Event.SnapshotRequested(StepKind.CommitContainer, StepKind.UploadSnapshot, StepKind.RemoveCommit),
                Event.StepStarted(StepKind.CommitContainer))
            .In(InstancePhase.Snapshotting)
            .RepliesAccepted();

        Assert.Equal(phase, Given.In(phase).After(Commands.Snapshot()).UntilAtRest().Phase);
    }

    [Fact]
    public void Snapshot_keeps_its_target_while_under_way() =>
        Assert.Equal(Sample.Target, Given.Snapshotting(StepKind.UploadSnapshot).Operation.Snapshot);

    [Theory]
    [InlineData(StepKind.CommitContainer)]
    [InlineData(StepKind.UploadSnapshot)]
    public void Snapshot_given_up_is_taken_back_and_the_instance_goes_on(StepKind step)
    {
        Given.Snapshotting(step)
            .WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(step, Sample.Lasting, retryAt: null),
                Event.UnwindStarted(
                    InstanceVerb.Snapshot, Sample.Lasting, StepKind.DiscardUpload, StepKind.RemoveCommit),
                Event.StepStarted(StepKind.DiscardUpload))
            .In(InstancePhase.Snapshotting);

        var failed = Given.Snapshotting(step).AfterStepIsGivenUp().UntilAtRest();
        Assert.Equal(InstancePhase.Active, failed.Phase);
        Assert.Equal(Sample.Lasting, failed.Facts.LastFault);
    }

    [Fact]
    public void Snapshot_in_the_store_is_done_even_where_the_local_image_cannot_be_removed() =>
        Given.Snapshotting(StepKind.RemoveCommit)
            .WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.RemoveCommit, Sample.Lasting, retryAt: null),
                Event.OperationCompleted(InstanceVerb.Snapshot))
            .In(InstancePhase.Active);

    [Fact]
    public void Snapshot_of_a_container_that_is_gone_ends_in_error() =>
        Assert.Equal(
            InstancePhase.Error,
            Given.Snapshotting(StepKind.CommitContainer).AfterStepFails(Sample.Missing).UntilAtRest().Phase);

    [Fact]
    public void Snapshot_whose_upload_finds_nothing_leaves_the_instance_as_it_was()
    {
        var failed = Given.Snapshotting(StepKind.UploadSnapshot).AfterStepFails(Sample.Missing).UntilAtRest();

        Assert.Equal(InstancePhase.Active, failed.Phase);
        Assert.Equal(Sample.ContainerId, failed.Facts.ContainerId);
    }

    [Fact]
    public void Snapshot_during_which_the_process_ends_leads_to_stopped()
    {
        var uploading = Given.Snapshotting(StepKind.UploadSnapshot);

        var done = uploading.After(Commands.Exited(uploading.ExitOfThisRun())).UntilAtRest();

        Assert.Equal(InstancePhase.Stopped, done.Phase);
    }
}
