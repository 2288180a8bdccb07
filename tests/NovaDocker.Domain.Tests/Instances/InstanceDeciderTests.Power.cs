using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Instances;

public sealed partial class InstanceDeciderTests
{
    [Fact]
    public void Start_of_a_stopped_instance_starts_its_container() =>
        Given.Stopped()
            .When(Commands.Start())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.Start, StepKind.StartContainer),
                Event.StepStarted(StepKind.StartContainer))
            .In(InstancePhase.Starting)
            .RepliesAccepted();

    [Fact]
    public void Start_begins_a_run_that_has_not_ended()
    {
        var started = Given.Starting().UntilAtRest();

        Assert.Equal(InstancePhase.Active, started.Phase);
        Assert.Null(started.Facts.CurrentExit);
        Assert.NotNull(started.Facts.LastExit);
    }

    [Fact]
    public void Start_when_active_is_already_done() =>
        Given.Active().When(Commands.Start()).In(InstancePhase.Active).Replies(new AlreadyDone(Sample.Id));

    [Fact]
    public void Start_in_error_with_a_container_begins() =>
        Given.ErrorWithContainer().When(Commands.Start()).In(InstancePhase.Starting).RepliesAccepted();

    [Fact]
    public void Start_given_up_leaves_the_instance_stopped() =>
        Given.Starting()
            .WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.StartContainer, Sample.Lasting, retryAt: null),
                Event.OperationFailed(InstanceVerb.Start, Sample.Lasting))
            .In(InstancePhase.Stopped);

    [Fact]
    public void Stop_of_an_active_instance_stops_its_container() =>
        Given.Active()
            .When(Commands.Stop())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.Stop, StepKind.StopContainer),
                Event.StepStarted(StepKind.StopContainer))
            .In(InstancePhase.Stopping)
            .RepliesAccepted();

    [Fact]
    public void Stop_tells_how_the_process_ended()
    {
        var stopped = Given.Stopped();

        Assert.Equal(InstancePhase.Stopped, stopped.Phase);
        Assert.Equal(143, stopped.Facts.CurrentExit?.ExitCode);
    }

    [Fact]
    public void Stop_when_stopped_is_already_done() =>
        Given.Stopped().When(Commands.Stop()).In(InstancePhase.Stopped).Replies(new AlreadyDone(Sample.Id));

    [Fact]
    public void Stop_when_stopping_joins_the_one_under_way()
    {
        var stopping = Given.Stopping();

        stopping.When(Commands.Stop())
            .In(InstancePhase.Stopping)
            .Replies(new Accepted(Sample.Id, stopping.Operation.Id, stopping.State.Revision));
    }

    [Fact]
    public void Stop_when_building_is_refused_as_busy_and_recorded()
    {
        var outcome = Given.Building().When(Commands.Stop()).In(InstancePhase.Building).RepliesRefused(RefusalCode.Busy);

        outcome.Then(Event.Answered(InstanceVerb.Stop, outcome.Reply!));
    }

    [Fact]
    public void Stop_given_up_leaves_the_instance_active() =>
        Given.Stopping().WhenStepFails(Sample.Lasting).In(InstancePhase.Active);

    [Fact]
    public void Soft_reboot_stops_then_starts() =>
        Given.Active()
            .When(Commands.SoftReboot())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.SoftReboot, StepKind.StopContainer, StepKind.StartContainer),
                Event.StepStarted(StepKind.StopContainer))
            .In(InstancePhase.Rebooting)
            .RepliesAccepted();

    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Stopped)]
    public void Hard_reboot_kills_then_starts(InstancePhase phase)
    {
        Given.In(phase)
            .When(Commands.HardReboot())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.HardReboot, StepKind.KillContainer, StepKind.StartContainer),
                Event.StepStarted(StepKind.KillContainer))
            .In(InstancePhase.Rebooting)
            .RepliesAccepted();

        Assert.Equal(InstancePhase.Active, Given.In(phase).After(Commands.HardReboot()).UntilAtRest().Phase);
    }

    [Fact]
    public void Hard_reboot_leads_out_of_error_and_forgets_the_fault()
    {
        var rebooted = Given.ErrorWithContainer().After(Commands.HardReboot()).UntilAtRest();

        Assert.Equal(InstancePhase.Active, rebooted.Phase);
        Assert.Null(rebooted.Facts.LastFault);
    }

    [Fact]
    public void Reboot_of_a_process_that_ends_at_once_leads_to_stopped()
    {
        var rebooting = Given.SoftRebooting().Until(StepKind.StartContainer);
        var exit = new ContainerExit(rebooting.Now, rebooting.Now, 1, OutOfMemory: false);

        rebooting.WhenStepCompletes(new StepResult.ContainerStarted(rebooting.Now, exit)).In(InstancePhase.Stopped);
    }

    [Theory]
    [InlineData(StepKind.StopContainer)]
    [InlineData(StepKind.StartContainer)]
    public void Reboot_given_up_ends_in_error(StepKind step) =>
        Given.SoftRebooting()
            .Until(step)
            .WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(step, Sample.Lasting, retryAt: null),
                Event.OperationFailed(InstanceVerb.SoftReboot, Sample.Lasting))
            .In(InstancePhase.Error);

    [Fact]
    public void Pause_freezes_an_active_instance()
    {
        Given.Active()
            .When(Commands.Pause())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.Pause, StepKind.PauseContainer),
                Event.StepStarted(StepKind.PauseContainer))
            .In(InstancePhase.Pausing)
            .RepliesAccepted();

        Assert.Equal(InstancePhase.Paused, Given.Pausing().UntilAtRest().Phase);
    }

    [Fact]
    public void Pause_of_a_process_that_ended_meanwhile_leads_to_stopped()
    {
        var pausing = Given.Pausing();

        pausing.After(Commands.Exited(pausing.ExitOfThisRun())).WhenStepFails(Sample.Lasting).In(InstancePhase.Stopped);
    }

    [Fact]
    public void Unpause_thaws_a_paused_instance()
    {
        Given.Paused()
            .When(Commands.Unpause())
            .Then(
                Event.PowerChangeRequested(InstanceVerb.Unpause, StepKind.UnpauseContainer),
                Event.StepStarted(StepKind.UnpauseContainer))
            .In(InstancePhase.Unpausing)
            .RepliesAccepted();

        Assert.Equal(InstancePhase.Active, Given.Unpausing().UntilAtRest().Phase);
    }

    [Fact]
    public void Unpause_given_up_leaves_the_instance_paused() =>
        Given.Unpausing().WhenStepFails(Sample.Lasting).In(InstancePhase.Paused);

    [Theory]
    [InlineData(InstancePhase.Starting)]
    [InlineData(InstancePhase.Stopping)]
    [InlineData(InstancePhase.Rebooting)]
    [InlineData(InstancePhase.Pausing)]
    [InlineData(InstancePhase.Unpausing)]
    public void A_container_that_is_gone_ends_in_error_and_is_forgotten(InstancePhase phase)
    {
        var failed = Given.In(phase).AfterStepFails(Sample.Missing).UntilAtRest();

        Assert.Equal(InstancePhase.Error, failed.Phase);
        Assert.Null(failed.Facts.ContainerId);
        failed.When(Commands.Stop()).RepliesRefused(RefusalCode.NoContainer);
    }
}
