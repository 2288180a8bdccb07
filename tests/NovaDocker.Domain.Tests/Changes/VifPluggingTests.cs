using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Changes;

/// <summary>A boot waits for Neutron before its first instruction, as long as it was told to.</summary>
public sealed class VifPluggingTests
{
    private static readonly StepKind[] TakenBack =
        [StepKind.RemoveContainer, StepKind.UnplugVifs, StepKind.RemoveSandbox, StepKind.ReleaseResources];

    [Fact]
    public void The_wait_stands_before_the_start_and_is_nobodys_to_do()
    {
        Assert.Equal(
            [
                StepKind.ClaimResources, StepKind.EnsureImage, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.CreateContainer,
                StepKind.AwaitVifs, StepKind.StartContainer,
            ],
            Given.Nothing().After(Commands.BootAwaiting()).Operation.Pending);

        var creating = Given.Nothing().After(Commands.BootAwaiting()).Until(StepKind.CreateContainer);
        var begins = creating.Now;
        var awaiting = creating.AfterStepCompletes();

        Assert.Equal(begins + Sample.Wait.Timeout, awaiting.Operation.Deadline);
        var owed = Assert.IsType<InstanceWork.AwaitRetry>(InstanceWork.Outstanding(awaiting.State));
        Assert.Equal((begins + Sample.Wait.Timeout, awaiting.State.Revision, StepKind.AwaitVifs), (owed.At, owed.Revision, owed.Step));
        Assert.Equal(Sample.Wait.Timeout, owed.WaitFrom(begins, Sample.Policies));
        Assert.Equal(TimeSpan.Zero, owed.WaitFrom(begins.AddHours(1), Sample.Policies));
        Assert.Equal(Sample.Wait.Timeout, owed.WaitFrom(begins.AddDays(-1), Sample.Policies));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ports_that_are_ready_in_time_let_it_start(bool isFatal)
    {
        var awaiting = GivenPorts.Awaiting(isFatal);

        var starting = awaiting.When(Commands.Told())
            .Then(
                Event.StepCompleted(StepKind.AwaitVifs, new StepResult.VifsAwaited(VifPluggingOutcome.Plugged, "")),
                Event.StepStarted(StepKind.StartContainer))
            .In(InstancePhase.Building).RepliesAccepted();

        Assert.Equal("req-told", starting.Decision.Events[0].Header.Request.RequestId);
        Assert.Equal("given-boot", starting.Decision.Events[1].Header.Request.RequestId);
        Assert.Null(starting.After.Operation.Deadline);
        Assert.Equal(InstancePhase.Active, starting.After.UntilAtRest().Phase);
    }

    [Theory]
    [InlineData(VifPluggingOutcome.TimedOut, FaultCode.TimedOut)]
    [InlineData(VifPluggingOutcome.Failed, FaultCode.Conflict)]
    public void Bad_news_gives_the_boot_up_where_that_is_fatal(VifPluggingOutcome outcome, FaultCode code)
    {
        var told = GivenPorts.Awaiting().When(Commands.Told(outcome, "network-vif-plugged of port 1"));
        var fault = Assert.IsType<StepFailed>(told.Decision.Events[0]).Fault;

        told.Then(
            Event.StepFailed(StepKind.AwaitVifs, fault, retryAt: null),
            Event.UnwindStarted(InstanceVerb.Boot, fault, TakenBack),
            Event.StepStarted(StepKind.RemoveContainer)).RepliesAccepted();
        Assert.Equal(code, fault.Code);
        Assert.EndsWith("network-vif-plugged of port 1", fault.Message, StringComparison.Ordinal);
        Assert.Equal((InstancePhase.Error, null), (told.After.UntilAtRest().Phase, told.After.UntilAtRest().Facts.ContainerId));
    }

    [Theory]
    [InlineData(VifPluggingOutcome.TimedOut)]
    [InlineData(VifPluggingOutcome.Failed)]
    public void Bad_news_is_written_down_and_no_more_where_it_is_not_fatal(VifPluggingOutcome outcome)
    {
        var told = GivenPorts.Awaiting(isFatal: false).When(Commands.Told(outcome, "why"))
            .Then(
                Event.StepCompleted(StepKind.AwaitVifs, new StepResult.VifsAwaited(outcome, "why")),
                Event.StepStarted(StepKind.StartContainer));

        Assert.Equal(InstancePhase.Active, told.After.UntilAtRest().Phase);
    }

    [Fact]
    public void The_end_of_its_time_is_bad_news()
    {
        var fatal = GivenPorts.Awaiting();
        var failed = fatal.When(fatal.RetryDue()).RepliesAccepted();
        var fault = Assert.IsType<StepFailed>(failed.Decision.Events[0]).Fault;
        Assert.Equal(FaultCode.TimedOut, fault.Code);
        Assert.Contains("300 s", fault.Message, StringComparison.Ordinal);
        Assert.Equal(InstancePhase.Error, failed.After.UntilAtRest().Phase);

        var patient = GivenPorts.Awaiting(isFatal: false);
        patient.When(patient.RetryDue()).Then(
            Event.StepCompleted(StepKind.AwaitVifs, new StepResult.VifsAwaited(VifPluggingOutcome.TimedOut, "")),
            Event.StepStarted(StepKind.StartContainer));
    }

    [Fact]
    public void A_time_that_was_set_for_something_else_does_not_end_it()
    {
        var awaiting = GivenPorts.Awaiting();

        awaiting.When(new RetryStep(Sample.Id, awaiting.Operation.IntentRevision - 1)).ThenNothing();
    }

    [Fact]
    public void News_is_told_once()
    {
        var told = GivenPorts.Awaiting().After(Commands.Told());

        told.When(Commands.Told()).ThenNothing().Replies(new AlreadyDone(Sample.Id));
        told.UntilAtRest().When(Commands.Told(VifPluggingOutcome.Failed)).ThenNothing().Replies(new AlreadyDone(Sample.Id));
    }

    [Fact]
    public void Late_news_is_none()
    {
        Given.Active().When(Commands.Told()).ThenNothing().Replies(new AlreadyDone(Sample.Id));
        Given.Deleted().When(Commands.Told()).ThenNothing().Replies(new AlreadyDone(Sample.Id));
        Given.Building().When(Commands.Told()).ThenNothing().Replies(new AlreadyDone(Sample.Id));
        Given.Nothing().When(Commands.Told()).ThenNothing().Replies(new NotFound(Sample.Id));
        var unwinding = GivenPorts.Awaiting();
        unwinding.After(unwinding.RetryDue()).When(Commands.Told()).ThenNothing().Replies(new AlreadyDone(Sample.Id));
    }

    [Theory]
    [InlineData(StepKind.ClaimResources)]
    [InlineData(StepKind.PlugVifs)]
    [InlineData(StepKind.CreateContainer)]
    public void News_that_comes_before_its_time_is_not_taken_for_late(StepKind step) =>
        Given.Nothing().After(Commands.BootAwaiting()).Until(step)
            .When(Commands.Told()).ThenNothing().RepliesRefused(RefusalCode.Busy);

    [Fact]
    public void The_wait_goes_on_where_the_node_comes_back_and_ends_when_it_was_to_end()
    {
        var awaiting = GivenPorts.Awaiting();
        var resumed = awaiting.When(Commands.Resume()).Then(Event.WorkResumed(StepKind.AwaitVifs)).After;

        Assert.Equal(awaiting.Operation.Deadline, resumed.Operation.Deadline);
        Assert.Equal(resumed.State.Revision, Assert.IsType<InstanceWork.AwaitRetry>(InstanceWork.Outstanding(resumed.State)).Revision);
        resumed.When(awaiting.RetryDue()).ThenNothing();
        Assert.Equal(InstancePhase.Active, resumed.After(Commands.Told()).UntilAtRest().Phase);
        Assert.Equal(InstancePhase.Error, resumed.After(resumed.RetryDue()).UntilAtRest().Phase);
    }

    [Fact]
    public void A_deletion_ends_the_wait()
    {
        var deleting = GivenPorts.Awaiting().When(Commands.Delete())
            .Then(
                Event.DeleteRequested(TakenBack), Event.OperationCancelled(InstanceVerb.Boot), Event.StepStarted(StepKind.RemoveContainer))
            .After;

        Assert.Null(deleting.Operation.Deadline);
        deleting.When(Commands.Told()).ThenNothing().Replies(new AlreadyDone(Sample.Id));
        Assert.Equal(InstancePhase.Deleted, deleting.UntilAtRest().Phase);
    }

    [Fact]
    public void A_question_in_between_does_not_end_the_wait()
    {
        var asked = GivenPorts.Awaiting().After(Commands.Stop());

        Assert.IsType<InstanceWork.AwaitRetry>(InstanceWork.Outstanding(asked.State));
        Assert.Equal(InstancePhase.Active, asked.After(Commands.Told()).UntilAtRest().Phase);
    }

    [Fact]
    public void What_has_no_ports_or_is_not_to_run_does_not_wait()
    {
        var portless = Commands.Boot() with { Terms = new OperationTerms { AwaitVifs = Sample.Wait } };
        Assert.DoesNotContain(StepKind.AwaitVifs, Given.Nothing().After(portless).Operation.Pending);

        var stopped = Given.Nothing().After(Commands.Stopped(Commands.BootAwaiting()));
        Assert.DoesNotContain(StepKind.AwaitVifs, stopped.Operation.Pending);
        Assert.Equal(InstancePhase.Stopped, stopped.UntilAtRest().Phase);
    }

    [Fact]
    public void What_the_terms_of_a_boot_say_is_not_said_of_a_start_later() =>
        Assert.DoesNotContain(
            StepKind.AwaitVifs,
            GivenPorts.Awaiting().UntilAtRest().After(Commands.Start()).Operation.Pending);
}
