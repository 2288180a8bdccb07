using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Instances;

public sealed partial class InstanceDeciderTests
{
    [Fact]
    public void A_completed_step_is_followed_by_the_next()
    {
        var image = new StepResult.ImageReady("sha256:1", "sha256:2", 10, "store");

        Given.Building(StepKind.EnsureImage)
            .WhenStepCompletes(image)
            .Then(
                Event.StepCompleted(StepKind.EnsureImage, image),
                Event.StepStarted(StepKind.CreateContainer))
            .RepliesToNobody();
    }

    [Fact]
    public void A_result_with_an_older_token_is_void()
    {
        var first = Given.Building(StepKind.ClaimResources);
        var late = first.StepDone();

        first.AfterStepCompletes().When(late).ThenNothing().RepliesToNobody();
    }

    [Fact]
    public void A_failure_with_an_older_token_is_void()
    {
        var first = Given.Building(StepKind.ClaimResources);
        var late = first.StepFailed(Sample.Lasting);

        first.AfterStepCompletes().When(late).ThenNothing();
    }

    [Fact]
    public void A_result_said_twice_counts_once()
    {
        var start = Given.Building(StepKind.StartContainer);
        var done = start.StepDone();

        start.After(done).When(done).ThenNothing().In(InstancePhase.Active);
    }

    [Fact]
    public void A_failure_that_may_pass_is_tried_again_after_the_backoff()
    {
        var building = Given.Building();

        building.WhenStepFails(Sample.Passing)
            .Then(Event.StepFailed(StepKind.ClaimResources, Sample.Passing, building.Now.AddSeconds(2)))
            .In(InstancePhase.Building);
    }

    [Fact]
    public void A_retry_that_is_due_begins_the_next_attempt() =>
        Waiting().When(Waiting().RetryDue()).Then(Event.StepStarted(StepKind.ClaimResources, attempt: 2));

    [Fact]
    public void The_backoff_doubles_with_each_attempt()
    {
        var second = Waiting().After(Waiting().RetryDue());

        second.WhenStepFails(Sample.Passing).Then(
            Event.StepFailed(StepKind.ClaimResources, Sample.Passing, second.Now.AddSeconds(4), attempt: 2));
    }

    [Fact]
    public void The_last_attempt_that_fails_is_given_up()
    {
        var third = Waiting();
        third = third.After(third.RetryDue()).AfterStepFails(Sample.Passing);
        third = third.After(third.RetryDue());

        third.WhenStepFails(Sample.Passing).Then(
            Event.StepFailed(StepKind.ClaimResources, Sample.Passing, retryAt: null, attempt: 3),
            Event.UnwindStarted(
                InstanceVerb.Boot, Sample.Passing, StepKind.RemoveContainer, StepKind.ReleaseResources),
            Event.StepStarted(StepKind.RemoveContainer));
    }

    [Fact]
    public void Cleaning_up_is_tried_longer()
    {
        var scenario = Given.Deleting();
        for (var attempt = 1; attempt < Sample.Policies.CleanUp.MaxAttempts; attempt++)
        {
            scenario = scenario.AfterStepFails(Sample.Passing);
            scenario = scenario.After(scenario.RetryDue());
        }

        Assert.Equal(Sample.Policies.CleanUp.MaxAttempts, scenario.Operation.Attempt);
        scenario.WhenStepFails(Sample.Passing).In(InstancePhase.Error);
    }

    [Fact]
    public void The_attempts_of_each_step_are_counted_anew()
    {
        var second = Waiting().After(Waiting().RetryDue());

        Assert.Equal(1, second.AfterStepCompletes().Operation.Attempt);
    }

    [Fact]
    public void A_retry_of_an_attempt_that_is_past_is_void()
    {
        var late = Waiting().RetryDue();
        var again = Waiting().After(late).AfterStepFails(Sample.Passing);

        again.When(late).ThenNothing();
    }

    [Fact]
    public void A_retry_while_the_step_is_under_way_is_void()
    {
        var building = Given.Building();

        building.When(building.RetryDue()).ThenNothing();
    }

    [Fact]
    public void A_result_while_a_retry_is_awaited_is_void() =>
        Waiting().When(Waiting().StepDone()).ThenNothing();

    [Fact]
    public void A_clean_up_step_given_up_is_left_so_that_the_next_is_done()
    {
        var unwinding = Given.Building().AfterStepIsGivenUp();

        unwinding.WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.RemoveContainer, Sample.Lasting, retryAt: null),
                Event.StepStarted(StepKind.ReleaseResources));
    }

    [Fact]
    public void An_operation_taken_back_fails_with_the_fault_that_began_it()
    {
        var cleaning = new Fault(FaultCode.Conflict, "The clean-up failed as well.");

        Given.Building()
            .AfterStepIsGivenUp()
            .Until(StepKind.ReleaseResources)
            .WhenStepFails(cleaning)
            .Then(
                Event.StepFailed(StepKind.ReleaseResources, cleaning, retryAt: null),
                Event.OperationFailed(InstanceVerb.Boot, Sample.Lasting))
            .In(InstancePhase.Error);
    }

    [Theory]
    [MemberData(nameof(EveryFaultCode))]
    public void Only_what_may_pass_is_tried_again(FaultCode code)
    {
        var mayPass = code is FaultCode.Transient or FaultCode.Unavailable or FaultCode.TimedOut;

        var failed = Given.Building().AfterStepFails(new Fault(code, "Something failed."));

        Assert.Equal(mayPass ? StepStatus.AwaitingRetry : StepStatus.Running, failed.Operation.Status);
        Assert.Equal(mayPass, failed.Operation.Failure is null);
    }

    [Fact]
    public void News_of_steps_for_an_instance_that_never_was_is_void()
    {
        var token = new FencingToken(1, Guid.Empty);

        Given.Nothing().When(new RecordStepCompleted(Sample.Id, token, new StepResult.Done())).ThenNothing();
        Given.Nothing().When(new RecordStepFailed(Sample.Id, token, Sample.Lasting)).ThenNothing();
        Given.Nothing().When(new RetryStep(Sample.Id, 1)).ThenNothing();
        Given.Nothing().When(Commands.Resume()).ThenNothing();
    }

    public static TheoryData<FaultCode> EveryFaultCode() => [.. Enum.GetValues<FaultCode>()];

    private static Scenario Waiting() => Given.Building().AfterStepFails(Sample.Passing);
}
