using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;
using static NovaDocker.Domain.Tests.Scenarios.PortSample;

namespace NovaDocker.Domain.Tests.Changes;

/// <summary>A rebuild makes the container anew of another image; what cannot be had leaves the instance as it was.</summary>
public sealed class RebuildTests
{
    private static readonly StepKind[] Steps =
    [
        StepKind.EnsureImage, StepKind.StopContainer, StepKind.RemoveContainer, StepKind.CreateContainer, StepKind.StartContainer,
    ];

    [Fact]
    public void The_image_is_had_before_anything_is_taken_away() => Given.Active().When(Commands.Rebuild())
        .Then(Event.RebuildRequested(Steps), Event.StepStarted(StepKind.EnsureImage))
        .In(InstancePhase.Rebuilding).RepliesAccepted();

    [Fact]
    public void The_instance_is_what_was_wished_for_but_for_its_size_and_its_ports()
    {
        var active = GivenPorts.Active();
        var rebuilt = active.After(Commands.Rebuild() with { Spec = Sample.OtherSpec with { Vifs = [Third] } }).UntilAtRest();

        Assert.Equal(InstancePhase.Active, rebuilt.Phase);
        Assert.Equal(Sample.SpecOfRebuild with { Vifs = active.Facts.Spec.Vifs }, rebuilt.Facts.Spec);
        Assert.Equal(active.Facts.Ports, rebuilt.Facts.Ports);
        Assert.Equal((Sample.OtherImage, null), (rebuilt.Facts.Image, rebuilt.Facts.Former));
        Assert.Equal((active.Facts.CreatedAt, active.Facts.Owner), (rebuilt.Facts.CreatedAt, rebuilt.Facts.Owner));
    }

    [Fact]
    public void What_was_known_of_the_old_image_and_container_is_forgotten()
    {
        var old = Given.Active();
        old = old.AfterSeen(old.Sighting(HealthStatus.Healthy) with { Name = "mine" });
        var ensuring = old.After(Commands.Rebuild());
        Assert.Null(ensuring.Facts.EngineImageId);
        Assert.Equal(Sample.ContainerId, ensuring.Facts.ContainerId);

        var creating = ensuring.Until(StepKind.CreateContainer);

        Assert.Equal((null, null, null), (creating.Facts.ContainerId, creating.Facts.ContainerAlias, creating.Facts.Health));
    }

    [Theory]
    [InlineData(StepKind.EnsureImage)]
    [InlineData(StepKind.StopContainer)]
    [InlineData(StepKind.RemoveContainer)]
    public void A_step_given_up_while_the_old_container_is_there_leaves_the_instance_as_it_was(StepKind step)
    {
        var before = Given.Active();
        var failed = Given.Rebuilding(step).WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(step, Sample.Lasting, retryAt: null), Event.OperationFailed(InstanceVerb.Rebuild, Sample.Lasting))
            .In(step == StepKind.RemoveContainer ? InstancePhase.Stopped : InstancePhase.Active).After;

        Assert.Equal(
            (before.Facts.Spec, before.Facts.Image, before.Facts.EngineImageId, before.Facts.ContainerId),
            (failed.Facts.Spec, failed.Facts.Image, failed.Facts.EngineImageId, failed.Facts.ContainerId));
        Assert.Equal((before.Facts.ImageDefaults, null), (failed.Facts.ImageDefaults, failed.Facts.Former));
        Assert.Equal(Sample.Lasting, failed.Facts.LastFault);
    }

    [Fact]
    public void What_the_old_image_said_of_itself_counts_again_where_the_new_one_cannot_be_had()
    {
        var defaults = ContainerOptions.None.With(OptionKeys.Tty, new OptionValue.Switch(true));
        var active = Given.Building(StepKind.EnsureImage)
            .AfterStepCompletes(new StepResult.ImageReady("sha256:old", "", 0, "engine") { Defaults = defaults }).UntilAtRest();

        var failed = active.After(Commands.Rebuild()).AfterStepIsGivenUp();

        Assert.Equal(("sha256:old", defaults), (failed.Facts.EngineImageId, failed.Facts.ImageDefaults));
    }

    [Theory]
    [InlineData(StepKind.CreateContainer)]
    [InlineData(StepKind.StartContainer)]
    public void A_step_given_up_when_the_old_container_is_gone_takes_all_back(StepKind step)
    {
        var failed = Given.Rebuilding(step).WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(step, Sample.Lasting, retryAt: null),
                Event.UnwindStarted(InstanceVerb.Rebuild, Sample.Lasting, StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.StepStarted(StepKind.RemoveContainer))
            .In(InstancePhase.Rebuilding).After.UntilAtRest();

        Assert.Equal((InstancePhase.Error, null), (failed.Phase, failed.Facts.ContainerId));
        Assert.Equal(Sample.OtherImage, failed.Facts.Image);
        Assert.Equal(InstancePhase.Active, failed.After(Commands.Start()).UntilAtRest().Phase);
    }

    [Fact]
    public void The_network_is_taken_back_with_a_rebuild_that_failed_and_comes_again_with_a_start()
    {
        var failed = GivenPorts.Active().After(Commands.Rebuild()).Until(StepKind.PlugVifs).AfterStepIsGivenUp();
        Assert.Equal(
            [StepKind.RemoveContainer, StepKind.UnplugVifs, StepKind.RemoveSandbox, StepKind.ReleaseResources],
            failed.Operation.Pending);

        var started = failed.UntilAtRest().After(Commands.Start()).UntilAtRest();

        Assert.All(started.Facts.Ports, port => Assert.True(port.IsPlugged));
    }

    [Theory]
    [InlineData(StepKind.EnsureImage)]
    [InlineData(StepKind.StopContainer)]
    [InlineData(StepKind.RemoveContainer)]
    [InlineData(StepKind.CreateContainer)]
    [InlineData(StepKind.StartContainer)]
    public void A_step_that_fails_for_now_is_tried_again(StepKind step)
    {
        var waiting = Given.Rebuilding(step).AfterStepFails(Sample.Passing);

        Assert.Equal(StepStatus.AwaitingRetry, waiting.Operation.Status);
        Assert.Equal(InstancePhase.Active, waiting.UntilAtRest().Phase);
    }

    [Fact]
    public void A_container_that_is_gone_already_ends_in_error_and_a_start_makes_it_of_the_new_image()
    {
        var failed = Given.Rebuilding(StepKind.StopContainer).AfterStepFails(Sample.Missing).UntilAtRest();
        Assert.Equal((InstancePhase.Error, null), (failed.Phase, failed.Facts.ContainerId));

        Assert.Equal(Sample.OtherImage, failed.After(Commands.Start()).UntilAtRest().Facts.Image);
    }

    [Fact]
    public void A_rebuild_that_failed_is_not_tried_again_by_the_policy_for_lost_containers()
    {
        var failed = Given.Active(Keep.Recreated).After(Commands.Rebuild()).Until(StepKind.CreateContainer).AfterStepIsGivenUp();

        Assert.Equal(InstancePhase.Error, failed.UntilAtRest().Phase);
        Assert.DoesNotContain(failed.UntilAtRest().History, e => e is RestartRequested);
    }

    [Fact]
    public void One_whose_process_had_ended_by_itself_is_stopped_where_the_rebuild_fails()
    {
        var ensuring = Given.Rebuilding();

        var failed = ensuring.After(Commands.Exited(ensuring.ExitOfThisRun())).AfterStepIsGivenUp();

        Assert.Equal((InstancePhase.Stopped, Sample.Image), (failed.Phase, failed.Facts.Image));
    }

    [Fact]
    public void What_is_stopped_is_rebuilt_without_a_stop_and_runs()
    {
        Given.Stopped().When(Commands.Rebuild()).Then(
            Event.RebuildRequested(
                StepKind.EnsureImage, StepKind.RemoveContainer, StepKind.CreateContainer, StepKind.StartContainer),
            Event.StepStarted(StepKind.EnsureImage));
        Assert.Equal(InstancePhase.Active, Given.Stopped().After(Commands.Rebuild()).UntilAtRest().Phase);
        Assert.Equal(InstancePhase.Stopped, Given.Stopped().After(Commands.Rebuild()).AfterStepIsGivenUp().Phase);
    }

    [Fact]
    public void It_may_leave_the_instance_stopped()
    {
        var rebuilding = Given.Active().When(Commands.Stopped(Commands.Rebuild()))
            .Then(
                Event.On(new OperationTerms { LeavesStopped = true }, Event.RebuildRequested(Steps[..^1])),
                Event.StepStarted(StepKind.EnsureImage)).After;

        var stopped = rebuilding.UntilAtRest();
        Assert.Equal((InstancePhase.Stopped, Sample.OtherImage), (stopped.Phase, stopped.Facts.Image));
        Assert.Equal(InstancePhase.Active, stopped.After(Commands.Start()).UntilAtRest().Phase);
    }

    [Fact]
    public void It_leads_out_of_error_with_and_without_a_container()
    {
        var without = Given.Error().After(Commands.Rebuild());
        Assert.Equal(
            [StepKind.ClaimResources, StepKind.EnsureImage, StepKind.CreateContainer, StepKind.StartContainer],
            without.Operation.Pending);
        Assert.Equal(InstancePhase.Active, without.UntilAtRest().Phase);
        Assert.Equal(InstancePhase.Error, without.Until(StepKind.EnsureImage).AfterStepIsGivenUp().UntilAtRest().Phase);

        var with = Given.ErrorWithContainer().After(Commands.Rebuild());
        Assert.Equal(InstancePhase.Active, with.UntilAtRest().Phase);
        Assert.Equal((InstancePhase.Error, Sample.Image), (with.AfterStepIsGivenUp().Phase, with.AfterStepIsGivenUp().Facts.Image));
    }

    [Theory]
    [InlineData(StepKind.EnsureImage)]
    [InlineData(StepKind.StopContainer)]
    [InlineData(StepKind.RemoveContainer)]
    [InlineData(StepKind.CreateContainer)]
    [InlineData(StepKind.StartContainer)]
    public void A_deletion_takes_its_place_at_any_step(StepKind step)
    {
        var deleting = Given.Rebuilding(step).When(Commands.Delete())
            .Then(
                Event.DeleteRequested(StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.OperationCancelled(InstanceVerb.Rebuild),
                Event.StepStarted(StepKind.RemoveContainer)).After;

        Assert.Equal((InstancePhase.Deleted, null), (deleting.UntilAtRest().Phase, deleting.UntilAtRest().Facts.Former));
    }

    [Fact]
    public void A_deletion_that_fails_leaves_what_the_container_is_of()
    {
        var failed = Given.Rebuilding().After(Commands.Delete()).AfterStepIsGivenUp();

        Assert.Equal((InstancePhase.Error, Sample.Image), (failed.Phase, failed.Facts.Image));
    }

    [Theory]
    [InlineData(StepKind.EnsureImage)]
    [InlineData(StepKind.RemoveContainer)]
    [InlineData(StepKind.CreateContainer)]
    public void A_node_that_comes_back_goes_on_with_it(StepKind step)
    {
        var resumed = Given.Rebuilding(step).When(Commands.Resume()).Then(Event.WorkResumed(step)).After;

        Assert.Equal((InstancePhase.Active, Sample.OtherImage), (resumed.UntilAtRest().Phase, resumed.UntilAtRest().Facts.Image));
    }

    [Fact]
    public void A_spec_that_cannot_be_is_refused_and_written_down()
    {
        var refused = Given.Active().When(Commands.Rebuild() with { Spec = Sample.OtherSpec with { Name = "" } })
            .In(InstancePhase.Active).RepliesRefused(RefusalCode.InvalidArgument);

        refused.Then(Event.Answered(InstanceVerb.Rebuild, refused.Reply!));
    }

    [Fact]
    public void The_size_wished_for_is_not_even_looked_at() =>
        Given.Active().When(Commands.Rebuild() with { Spec = Sample.OtherSpec with { MemoryMb = 0, Vcpus = 0 } }).RepliesAccepted();

    [Fact]
    public void A_wait_for_ports_comes_before_the_start()
    {
        var rebuilding = GivenPorts.Active().After(
            Commands.Rebuild() with { Terms = new OperationTerms { AwaitVifs = Sample.Wait } });

        Assert.Equal([StepKind.AwaitVifs, StepKind.StartContainer], rebuilding.Operation.Pending.TakeLast(2));
        Assert.Equal(
            InstancePhase.Error, rebuilding.Until(StepKind.AwaitVifs).After(Commands.Told(VifPluggingOutcome.Failed)).UntilAtRest().Phase);
    }

    [Fact]
    public void The_same_request_gets_the_same_answer()
    {
        var begun = Given.Active().When(Commands.Rebuild("req-r"));

        begun.After.UntilAtRest().When(Commands.Rebuild("req-r")).ThenNothing().Replies(begun.Reply!);
        begun.After.UntilAtRest().When(Commands.Rebuild("req-other")).RepliesAccepted();
    }
}
