using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Upkeep;

/// <summary>Start and hard Reboot lead out of Error, also where there is no container any more.</summary>
public sealed class RetryOutOfErrorTests
{
    private static readonly StepKind[] Remade =
        [StepKind.ClaimResources, StepKind.EnsureImage, StepKind.CreateContainer, StepKind.StartContainer];

    [Theory]
    [InlineData(InstanceVerb.Start, InstancePhase.Starting)]
    [InlineData(InstanceVerb.HardReboot, InstancePhase.Rebooting)]
    public void What_could_not_be_booted_is_made_once_more(InstanceVerb verb, InstancePhase during)
    {
        var again = Given.Error().When(Commands.Of(verb))
            .Then(
                Event.PowerChangeRequested(verb, Remade),
                Event.StepStarted(StepKind.ClaimResources))
            .In(during)
            .RepliesAccepted().After.UntilAtRest();

        Assert.Equal(InstancePhase.Active, again.Phase);
        Assert.Equal(Sample.ContainerId, again.Facts.ContainerId);
        Assert.Null(again.Facts.LastFault);
    }

    [Theory]
    [InlineData(InstanceVerb.Start, StepKind.StartContainer)]
    [InlineData(InstanceVerb.HardReboot, StepKind.KillContainer, StepKind.StartContainer)]
    public void A_container_that_is_there_is_not_made_once_more(InstanceVerb verb, params StepKind[] steps) =>
        Given.ErrorWithContainer().When(Commands.Of(verb))
            .Then(Event.PowerChangeRequested(verb, steps), Event.StepStarted(steps[0]));

    [Theory]
    [InlineData(InstanceVerb.Start, StepKind.ClaimResources)]
    [InlineData(InstanceVerb.Start, StepKind.EnsureImage)]
    [InlineData(InstanceVerb.Start, StepKind.CreateContainer)]
    [InlineData(InstanceVerb.HardReboot, StepKind.CreateContainer)]
    public void What_fails_again_is_taken_back_and_its_claims_given_back(InstanceVerb verb, StepKind step)
    {
        var fault = new Fault(FaultCode.Conflict, "It failed again.");
        var unwinding = Given.Error().After(Commands.Of(verb)).Until(step).WhenStepFails(fault)
            .Then(
                Event.StepFailed(step, fault, retryAt: null),
                Event.UnwindStarted(verb, fault, StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.StepStarted(StepKind.RemoveContainer)).After;

        var failed = unwinding.UntilAtRest();

        Assert.Equal(InstancePhase.Error, failed.Phase);
        Assert.Equal(fault, failed.Facts.LastFault);
        Assert.Equal(
            StepKind.ReleaseResources, Assert.IsType<StepCompleted>(failed.History[^2]).Step);
        failed.When(Commands.Start("req-again")).RepliesAccepted();
    }

    [Fact]
    public void A_container_that_was_made_and_cannot_be_started_stays_for_the_next_try()
    {
        var failed = Given.Error().After(Commands.Start()).Until(StepKind.StartContainer).AfterStepIsGivenUp();

        Assert.Equal((InstancePhase.Error, Sample.ContainerId), (failed.Phase, failed.Facts.ContainerId));
        failed.When(Commands.Start("req-again")).Then(
            Event.PowerChangeRequested(InstanceVerb.Start, StepKind.StartContainer),
            Event.StepStarted(StepKind.StartContainer));
    }

    [Fact]
    public void A_lost_container_is_made_anew_by_a_start() =>
        Assert.Equal(InstancePhase.Active, Given.Active().After(Commands.Lost()).After(Commands.Start()).UntilAtRest().Phase);

    [Fact]
    public void A_retry_that_crashed_goes_on() =>
        Assert.Equal(
            InstancePhase.Active,
            Given.Error().After(Commands.Start()).Until(StepKind.CreateContainer).After(Commands.Resume()).UntilAtRest().Phase);

    [Fact]
    public void A_deletion_takes_the_place_of_a_retry() =>
        Assert.Equal(
            InstancePhase.Deleted,
            Given.Error().After(Commands.Start()).Until(StepKind.CreateContainer).After(Commands.Delete()).UntilAtRest().Phase);
}
