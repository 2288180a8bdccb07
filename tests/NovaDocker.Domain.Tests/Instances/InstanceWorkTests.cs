using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Instances;

public sealed class InstanceWorkTests
{
    [Theory]
    [InlineData(InstancePhase.Absent)]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Stopped)]
    [InlineData(InstancePhase.Suspended)]
    [InlineData(InstancePhase.Rescued)]
    [InlineData(InstancePhase.Error)]
    [InlineData(InstancePhase.Deleted)]
    public void Nothing_is_owed_at_rest(InstancePhase phase) =>
        Assert.Null(InstanceWork.Outstanding(Given.In(phase).State));

    [Fact]
    public void A_step_under_way_is_to_be_run()
    {
        var building = Given.Building(StepKind.CreateContainer);

        Assert.Equal(
            new InstanceWork.RunStep(building.Facts, building.Operation), InstanceWork.Outstanding(building.State));
    }

    [Fact]
    public void A_failed_step_is_owed_at_its_time()
    {
        var building = Given.Building();
        var waiting = building.AfterStepFails(Sample.Passing);

        Assert.Equal(
            new InstanceWork.AwaitRetry(building.Now.AddSeconds(2), building.Operation.IntentRevision, StepKind.ClaimResources, 1),
            InstanceWork.Outstanding(waiting.State));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(3600, 0)]
    [InlineData(-1, 2)]
    [InlineData(-3600, 2)]
    public void A_retry_waits_no_longer_than_its_backoff_whatever_the_clock_was_set_to(int passed, int wait)
    {
        var building = Given.Building();
        var retry = (InstanceWork.AwaitRetry)InstanceWork.Outstanding(building.AfterStepFails(Sample.Passing).State)!;

        Assert.Equal(
            TimeSpan.FromSeconds(wait), retry.WaitFrom(building.Now.AddSeconds(passed), Sample.Policies));
    }

    [Fact]
    public void A_write_cut_off_leaves_a_decision_owed() =>
        Assert.IsType<InstanceWork.Advance>(InstanceWork.Outstanding(Given.Building().CutTo(1).State));

    [Fact]
    public void A_token_is_older_where_its_intent_stands_before_the_other()
    {
        var writer = new Guid("99999999-0000-0000-0000-000000000000");

        Assert.True(new FencingToken(3, writer).IsOlderThan(new FencingToken(4, writer)));
        Assert.False(new FencingToken(4, writer).IsOlderThan(new FencingToken(4, writer)));
        Assert.False(new FencingToken(5, writer).IsOlderThan(new FencingToken(4, writer)));
    }
}
