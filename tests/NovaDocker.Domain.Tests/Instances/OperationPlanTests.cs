using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Tests.Instances;

public sealed class OperationPlanTests
{
    [Fact]
    public void Every_verb_that_changes_something_has_a_plan() =>
        Assert.Equal(
            Enum.GetValues<InstanceVerb>().Where(verb => verb != InstanceVerb.ConsoleOutput),
            OperationPlan.All.Select(plan => plan.Verb).Order());

    [Fact]
    public void A_verb_that_changes_nothing_has_none() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OperationPlan.For(InstanceVerb.ConsoleOutput));

    [Fact]
    public void Every_step_belongs_to_a_plan() =>
        Assert.Equal(
            // The wait for ports is put in by the terms of who asks.
            Enum.GetValues<StepKind>().Except([StepKind.AwaitVifs]),
            OperationPlan.All.SelectMany(plan => plan.Steps.Concat(plan.Unwind)).Distinct().Order());

    [Fact]
    public void What_a_plan_makes_its_unwinding_takes_away()
    {
        var pairs = new (StepKind Made, StepKind Removed)[]
        {
            (StepKind.ClaimResources, StepKind.ReleaseResources),
            (StepKind.CreateContainer, StepKind.RemoveContainer),
            (StepKind.CommitContainer, StepKind.RemoveCommit),
            (StepKind.UploadSnapshot, StepKind.DiscardUpload),
            (StepKind.StartRescue, StepKind.RemoveRescue),
        };

        // A resize gives back what it claimed beyond what there was before, and no more.
        Assert.All(OperationPlan.All.Where(plan => plan.During != InstancePhase.Resizing), plan => Assert.All(
            pairs.Where(pair => plan.Steps.Contains(pair.Made)), pair => Assert.Contains(pair.Removed, plan.Unwind)));
    }
}
