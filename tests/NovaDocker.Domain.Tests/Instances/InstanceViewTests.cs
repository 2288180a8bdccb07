using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Instances;

public sealed class InstanceViewTests
{
    [Fact]
    public void What_never_was_has_no_view() => Assert.Null(InstanceView.Of(Given.Nothing().State));

    [Fact]
    public void A_view_tells_what_the_instance_is()
    {
        var active = Given.Active();

        Assert.Equal(
            new InstanceView(
                Sample.Id, active.State.Revision, "web-1", InstancePhase.Active, new NovaStates("active", null, "RUNNING"),
                Sample.Host, Sample.Image, "sha256:image", Sample.ContainerId, 256, 2, ["sleep", "3600"], ["TOKEN"],
                "project-1", "user-1", Sample.Epoch, active.History[^1].Header.OccurredAt, null, null, null)
            {
                RunStartedAt = active.Facts.RunStartedAt,
                Options = OptionViews.Of(active.Facts),
            },
            InstanceView.Of(active.State));
    }

    [Fact]
    public void A_view_tells_what_is_under_way_and_how_far_it_is()
    {
        var uploading = Given.Snapshotting(StepKind.UploadSnapshot);
        var progress = new TransferProgress(10, 100);

        Assert.Equal(
            new OperationView(
                uploading.Operation.Id, InstanceVerb.Snapshot, StepKind.UploadSnapshot, 1, null, progress),
            InstanceView.Of(uploading.State, progress)?.Operation);
    }

    [Fact]
    public void A_view_tells_when_a_failed_step_is_tried_again_and_why_it_failed()
    {
        var building = Given.Building();
        var view = InstanceView.Of(building.AfterStepFails(Sample.Passing).State);

        Assert.Equal(building.Now.AddSeconds(2), view?.Operation?.RetryAt);
        Assert.Equal(Sample.Passing, view?.Fault);
    }

    [Fact]
    public void A_view_tells_of_an_exit_only_while_it_is_that_of_the_present_run()
    {
        Assert.Equal(143, InstanceView.Of(Given.Stopped().State)?.LastExit?.ExitCode);
        Assert.Null(InstanceView.Of(Given.Starting().UntilAtRest().State)?.LastExit);
    }

    [Fact]
    public void A_view_tells_since_when_the_instance_has_been_in_its_phase()
    {
        var active = Given.Active();
        var since = active.Facts.Since;

        Assert.Equal(since, active.After(Commands.Start()).Facts.Since);
        Assert.Equal(active.Now, active.After(Commands.Stop()).Facts.Since);
    }
}
