using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Tests.Hosts;

public sealed class StepIntakeTests
{
    private readonly StepIntake _intake = new(TimeProvider.System);

    [Fact]
    public void A_step_of_an_instance_at_rest_is_run()
    {
        Assert.Equal(StepVerdict.Run, _intake.Offer(Step(2)));
        Assert.Equal(1, _intake.Running);
    }

    [Fact]
    public void The_same_step_twice_is_known()
    {
        _intake.Offer(Step(2));

        Assert.Equal(StepVerdict.Known, _intake.Offer(Step(2)));
    }

    [Fact]
    public void An_older_token_is_stale_also_when_nothing_runs()
    {
        _intake.Offer(Step(5));
        Assert.Equal(StepVerdict.Stale, _intake.Offer(Step(4)));
        _intake.Finish(Step(5));

        Assert.Equal(StepVerdict.Stale, _intake.Offer(Step(4)));
    }

    [Fact]
    public void A_newer_step_waits_for_the_end_of_the_older_one()
    {
        var (older, newer) = (Step(2), Step(4));
        _intake.Offer(older);

        Assert.Equal(StepVerdict.Next, _intake.Offer(newer));
        Assert.Equal(older, _intake.RunningFor(Sample.Id));
        Assert.Equal(StepVerdict.Known, _intake.Offer(newer));
        Assert.Equal(newer, _intake.Finish(older));
        Assert.Equal(newer, _intake.RunningFor(Sample.Id));
    }

    [Fact]
    public void Of_several_that_wait_only_the_newest_is_run()
    {
        _intake.Offer(Step(2));
        _intake.Offer(Step(4));
        _intake.Offer(Step(6));

        Assert.Equal(6, _intake.Finish(Step(2))!.Token.Revision);
        Assert.Null(_intake.Finish(Step(6)));
    }

    [Fact]
    public void The_end_of_a_step_that_does_not_run_changes_nothing()
    {
        _intake.Offer(Step(2));

        Assert.Null(_intake.Finish(Step(1)));
        Assert.Null(_intake.Finish(Sample.Step(StepKind.StartContainer, id: Sample.NewId())));
        Assert.Equal(1, _intake.Running);
    }

    [Fact]
    public void A_step_whose_answer_was_lost_is_run_again()
    {
        _intake.Offer(Step(2));
        _intake.Finish(Step(2));

        Assert.Equal(StepVerdict.Run, _intake.Offer(Step(2)));
    }

    [Fact]
    public void Instances_do_not_wait_for_each_other()
    {
        _intake.Offer(Step(2));

        Assert.Equal(StepVerdict.Run, _intake.Offer(Sample.Step(StepKind.StartContainer, 1, Sample.NewId())));
        Assert.Equal(2, _intake.Running);
    }

    private static HostProtocol.RunStep Step(long revision) => Sample.Step(StepKind.StartContainer, revision);
}
