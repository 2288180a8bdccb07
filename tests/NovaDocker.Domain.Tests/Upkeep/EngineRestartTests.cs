using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Upkeep;

/// <summary>What is started again when the Engine was restarted.</summary>
public sealed class EngineRestartTests
{
    [Fact]
    public void What_is_to_run_always_is_started_also_where_somebody_had_stopped_it()
    {
        var stopped = Given.Active(Keep.Always).After(Commands.Stop()).UntilAtRest();

        var after = stopped.When(Commands.EngineRestarted())
            .Then(Event.RestartRequested(
                RestartCause.EngineRestarted, 1, stopped.Now.AddSeconds(1), StepKind.StartContainer))
            .In(InstancePhase.Restarting)
            .RepliesToNobody().After;

        Assert.Equal(InstancePhase.Active, after.UntilAtRest().Phase);
    }

    [Theory]
    [InlineData(RestartMode.No)]
    [InlineData(RestartMode.OnFailure)]
    [InlineData(RestartMode.UnlessStopped)]
    public void What_somebody_stopped_stays_stopped_under_every_other_policy(RestartMode mode) =>
        Given.Active(Keep.Restarted(mode)).After(Commands.Stop()).UntilAtRest().When(Commands.EngineRestarted()).ThenNothing();

    [Fact]
    public void What_ended_with_the_Engine_is_started_by_its_end_and_not_twice()
    {
        var active = Given.Active(Keep.UnlessStopped);

        active.After(Commands.Exited(active.ExitOfThisRun(137))).When(Commands.EngineRestarted()).ThenNothing();
    }

    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Rescued)]
    [InlineData(InstancePhase.Error)]
    [InlineData(InstancePhase.Deleted)]
    [InlineData(InstancePhase.Restarting)]
    public void An_Engine_that_was_restarted_is_no_news_to_what_is_not_stopped(InstancePhase phase)
    {
        var active = Given.Active(Keep.Always);
        var scenario = phase switch
        {
            InstancePhase.Active => active,
            InstancePhase.Paused => active.After(Commands.Pause()).UntilAtRest(),
            InstancePhase.Rescued => active.After(Commands.Rescue()).UntilAtRest(),
            InstancePhase.Error => active.After(Commands.HardReboot()).Until(StepKind.StartContainer).AfterStepIsGivenUp(),
            InstancePhase.Deleted => active.After(Commands.Delete()).UntilAtRest(),
            _ => Given.In(phase),
        };
        Assert.Equal(phase, scenario.Phase);
        if (phase != InstancePhase.Deleted)
            Assert.Equal(Sample.ContainerId, scenario.Facts.ContainerId);

        scenario.When(Commands.EngineRestarted()).ThenNothing();
    }

    [Fact]
    public void That_the_Engine_has_another_container_starts_nothing() =>
        Given.Active(Keep.Always).After(Commands.Stop()).UntilAtRest().When(Commands.EngineRestarted("another")).ThenNothing();
}
