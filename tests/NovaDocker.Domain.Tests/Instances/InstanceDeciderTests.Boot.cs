using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Instances;

public sealed partial class InstanceDeciderTests
{
    [Fact]
    public void Boot_of_an_unknown_id_is_accepted_and_claims_resources_first() =>
        Given.Nothing()
            .When(Commands.Boot())
            .Then(
                Event.BootRequested(
                    StepKind.ClaimResources, StepKind.EnsureImage, StepKind.CreateContainer, StepKind.StartContainer),
                Event.StepStarted(StepKind.ClaimResources))
            .In(InstancePhase.Building)
            .RepliesAccepted();

    [Fact]
    public void Boot_is_accepted_at_the_revision_of_its_request() =>
        Assert.Equal(1, Assert.IsType<Accepted>(Given.Nothing().When(Commands.Boot()).Reply).Revision);

    [Fact]
    public void Boot_makes_the_initiator_the_owner()
    {
        var facts = Given.Building().Facts;

        Assert.Equal(Sample.User, facts.Owner);
        Assert.Equal(Sample.Host, facts.Host);
        Assert.Equal(Sample.Image, facts.Image);
        Assert.Equal(Sample.Spec, facts.Spec);
        Assert.Equal(Sample.Epoch, facts.CreatedAt);
    }

    [Fact]
    public void Boot_is_over_when_the_container_runs()
    {
        var started = new StepResult.ContainerStarted(Sample.After(60), Exit: null);

        Given.Building(StepKind.StartContainer)
            .WhenStepCompletes(started)
            .Then(
                Event.StepCompleted(StepKind.StartContainer, started),
                Event.OperationCompleted(InstanceVerb.Boot))
            .In(InstancePhase.Active);
    }

    [Fact]
    public void Boot_learns_image_and_container_on_the_way()
    {
        var facts = Given.Active().Facts;

        Assert.Equal("sha256:image", facts.EngineImageId);
        Assert.Equal(Sample.ContainerId, facts.ContainerId);
        Assert.NotNull(facts.RunStartedAt);
        Assert.Null(facts.CurrentExit);
    }

    [Fact]
    public void Boot_of_a_process_that_ends_at_once_leads_to_stopped()
    {
        var run = Sample.After(60);
        var started = new StepResult.ContainerStarted(run, new ContainerExit(run, run, 0, OutOfMemory: false));

        Given.Building(StepKind.StartContainer)
            .WhenStepCompletes(started)
            .Then(
                Event.StepCompleted(StepKind.StartContainer, started),
                Event.OperationCompleted(InstanceVerb.Boot))
            .In(InstancePhase.Stopped);
    }

    [Theory]
    [InlineData("that was all", "The process ended at once: exit 3. Its last words: that was all")]
    [InlineData("", "The process ended at once: exit 3. It said nothing.")]
    public void Boot_of_a_process_that_must_stay_up_fails_where_it_ends_at_once(string output, string expected)
    {
        var run = Sample.After(60);
        var exit = new ContainerExit(run, run, 3, OutOfMemory: false) { Output = output };
        var fault = new Fault(FaultCode.Invalid, expected);

        var failed = StayingUp().WhenStepCompletes(new StepResult.ContainerStarted(run, exit))
            .Then(
                Event.StepFailed(StepKind.StartContainer, fault, retryAt: null),
                Event.UnwindStarted(InstanceVerb.Boot, fault, StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.StepStarted(StepKind.RemoveContainer))
            .After.UntilAtRest();

        Assert.Equal((InstancePhase.Error, null, fault), (failed.Phase, failed.Facts.ContainerId, failed.Facts.LastFault));
    }

    private static Scenario StayingUp(UpkeepPolicy? upkeep = null) => Given.Nothing()
        .After(Commands.Boot(upkeep ?? UpkeepPolicy.None) with { Terms = new OperationTerms { MustStayUp = true } })
        .Until(StepKind.StartContainer);

    [Fact]
    public void One_that_stays_up_or_is_started_again_by_its_policy_is_booted()
    {
        var run = Sample.After(60);

        Assert.Equal(InstancePhase.Active, StayingUp().AfterStepCompletes(new StepResult.ContainerStarted(run, null)).Phase);
        Assert.Equal(
            InstancePhase.Restarting,
            StayingUp(Keep.Always)
                .AfterStepCompletes(new StepResult.ContainerStarted(run, new ContainerExit(run, run, 3, OutOfMemory: false))).Phase);
    }

    [Fact]
    public void Boot_of_an_impossible_spec_is_refused_with_every_problem_and_leaves_no_trace()
    {
        var boot = Commands.Boot() with { Spec = Sample.Spec with { MemoryMb = 0, Vcpus = 0 } };

        var outcome = Given.Nothing().When(boot).ThenNothing().RepliesRefused(RefusalCode.InvalidArgument);

        var reason = ((Refused)outcome.Reply!).Reason;
        Assert.Contains("memory-mb is 0", reason, StringComparison.Ordinal);
        Assert.Contains("vcpus is 0", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Boot_of_a_known_id_is_refused() =>
        Given.Active()
            .When(Commands.Boot())
            .In(InstancePhase.Active)
            .RepliesRefused(RefusalCode.AlreadyExists);

    [Fact]
    public void Boot_of_a_deleted_id_is_refused() =>
        Given.Deleted()
            .When(Commands.Boot())
            .In(InstancePhase.Deleted)
            .RepliesRefused(RefusalCode.AlreadyExists);

    [Theory]
    [InlineData(StepKind.ClaimResources)]
    [InlineData(StepKind.EnsureImage)]
    [InlineData(StepKind.CreateContainer)]
    [InlineData(StepKind.StartContainer)]
    public void Boot_given_up_at_any_step_takes_everything_back_and_ends_in_error(StepKind step)
    {
        Given.Building(step)
            .WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(step, Sample.Lasting, retryAt: null),
                Event.UnwindStarted(
                    InstanceVerb.Boot, Sample.Lasting, StepKind.RemoveContainer, StepKind.ReleaseResources),
                Event.StepStarted(StepKind.RemoveContainer))
            .In(InstancePhase.Building);

        var failed = Given.Building(step).AfterStepIsGivenUp().UntilAtRest();
        Assert.Equal(InstancePhase.Error, failed.Phase);
        Assert.Equal(Sample.Lasting, failed.Facts.LastFault);
        Assert.Null(failed.Facts.ContainerId);
    }
}
