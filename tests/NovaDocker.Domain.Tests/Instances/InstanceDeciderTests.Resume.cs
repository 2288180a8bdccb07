using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Instances;

public sealed partial class InstanceDeciderTests
{
    [Fact]
    public void Resume_hands_the_step_under_way_out_again_under_a_younger_token()
    {
        var before = Given.Building(StepKind.CreateContainer);

        var resumed = before.When(Commands.Resume()).Then(Event.WorkResumed(StepKind.CreateContainer)).After;

        Assert.IsType<InstanceWork.RunStep>(InstanceWork.Outstanding(resumed.State));
        Assert.True(before.Token.IsOlderThan(resumed.Token));
    }

    [Fact]
    public void Resume_makes_a_result_from_before_it_void()
    {
        var before = Given.Building(StepKind.CreateContainer);
        var late = before.StepDone();

        before.After(Commands.Resume()).When(late).ThenNothing();
    }

    [Fact]
    public void Resume_is_done_by_the_node_on_behalf_of_the_request()
    {
        var resumed = Given.Building().When(Commands.Resume()).Decision.Events[0].Header.Request;

        Assert.Equal(new RequestContext("given-boot", Initiator.Recovery), resumed);
    }

    [Fact]
    public void Resume_keeps_count_of_the_attempts()
    {
        var second = Waiting().After(Waiting().RetryDue());

        second.When(Commands.Resume()).Then(Event.WorkResumed(StepKind.ClaimResources, attempt: 2));
    }

    [Fact]
    public void Resume_while_a_retry_is_awaited_keeps_its_time()
    {
        var waiting = Waiting();

        var resumed = waiting.When(Commands.Resume()).Then(Event.WorkResumed(StepKind.ClaimResources)).After;

        Assert.Equal(
            new InstanceWork.AwaitRetry(
                waiting.Operation.RetryAt!.Value, resumed.State.Revision, StepKind.ClaimResources, 1),
            InstanceWork.Outstanding(resumed.State));
        resumed.When(waiting.RetryDue()).ThenNothing();
        resumed.When(resumed.RetryDue()).Then(Event.StepStarted(StepKind.ClaimResources, attempt: 2));
    }

    [Fact]
    public void Resume_behind_a_request_alone_begins_its_first_step() =>
        Given.Building().CutTo(1)
            .When(Commands.Resume())
            .Then(
                Event.WorkResumed(StepKind.ClaimResources, attempt: 0),
                Event.StepStarted(StepKind.ClaimResources));

    [Fact]
    public void Resume_behind_a_last_step_completes_the_operation()
    {
        var active = Given.Active();

        active.CutTo(active.History.Count - 1)
            .When(Commands.Resume())
            .Then(Event.OperationCompleted(InstanceVerb.Boot))
            .In(InstancePhase.Active);
    }

    [Fact]
    public void Resume_behind_a_step_given_up_begins_to_take_back()
    {
        var failed = Given.Building().AfterStepIsGivenUp();

        failed.CutTo(failed.History.Count - 2)
            .When(Commands.Resume())
            .Then(
                Event.WorkResumed(StepKind.ClaimResources),
                Event.UnwindStarted(
                    InstanceVerb.Boot, Sample.Lasting, StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.StepStarted(StepKind.RemoveContainer));
    }

    [Theory]
    [InlineData(InstancePhase.Absent)]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Error)]
    [InlineData(InstancePhase.Deleted)]
    public void Resume_where_nothing_is_under_way_does_nothing(InstancePhase phase) =>
        Given.In(phase).When(Commands.Resume()).ThenNothing().RepliesToNobody();
}
