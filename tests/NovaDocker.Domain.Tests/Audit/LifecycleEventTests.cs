using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Audit;

/// <summary>Which events of the journal are news to who did not ask for anything.</summary>
public sealed class LifecycleEventTests
{
    [Fact]
    public void An_end_of_its_own_is_a_stop()
    {
        var active = Given.Active();

        Assert.Equal([LifecycleTransition.Stopped], NewsOf(active, active.After(Commands.Exited(active.ExitOfThisRun()))));
    }

    [Fact]
    public void A_container_that_is_gone_is_a_stop_where_it_ran()
    {
        var (active, stopped) = (Given.Active(), Given.Stopped());

        Assert.Equal([LifecycleTransition.Stopped], NewsOf(active, active.After(Commands.Lost())));
        Assert.Empty(NewsOf(stopped, stopped.After(Commands.Lost())));
    }

    [Theory]
    [InlineData(DriftKind.Paused, LifecycleTransition.Paused)]
    [InlineData(DriftKind.Unpaused, LifecycleTransition.Resumed)]
    [InlineData(DriftKind.Started, LifecycleTransition.Started)]
    [InlineData(DriftKind.Restarted, LifecycleTransition.Started)]
    [InlineData(DriftKind.Renamed, null)]
    public void What_somebody_does_by_hand_is_told_by_what_it_leads_to(DriftKind drift, LifecycleTransition? transition)
    {
        var header = Given.Active().History[^1].Header;

        Assert.Equal(transition, LifecycleEvent.TransitionOf(new ContainerDrifted(header, "c", drift, header.OccurredAt, "n")));
    }

    [Fact]
    public void A_restart_of_its_own_is_a_start_when_it_is_done_and_a_stop_when_it_is_given_up()
    {
        var restarting = Given.Restarting();
        var done = restarting.UntilAtRest();
        var failed = restarting.After(restarting.RetryDue()).AfterStepIsGivenUp();

        Assert.Equal([LifecycleTransition.Started], NewsOf(restarting, done));
        Assert.Equal([LifecycleTransition.Stopped], NewsOf(restarting, failed));
    }

    [Fact]
    public void A_start_that_ended_before_it_was_done_is_a_stop()
    {
        var starting = Given.Starting().Until(StepKind.StartContainer);
        var exit = new ContainerExit(starting.Now, starting.Now, 3, OutOfMemory: false);

        var ended = starting.AfterStepCompletes(new StepResult.ContainerStarted(starting.Now, exit)).UntilAtRest();

        Assert.Equal(InstancePhase.Stopped, ended.Phase);
        Assert.Equal([LifecycleTransition.Stopped], NewsOf(starting, ended));
    }

    [Fact]
    public void Nothing_that_was_asked_for_is_news()
    {
        var none = Given.Nothing();
        foreach (var asked in new[]
        {
            Given.Active(), Given.Paused(), Given.Stopped(), Given.Starting().UntilAtRest(), Given.SoftRebooting().UntilAtRest(),
            Given.HardRebooting().UntilAtRest(), Given.Unpausing().UntilAtRest(), Given.Snapshotting().UntilAtRest(), Given.Error(),
            Given.ErrorWithContainer(), Given.Active().After(Commands.Delete("d")).UntilAtRest(),
        })
            Assert.Empty(NewsOf(none, asked));
    }

    [Fact]
    public void A_restart_whose_place_a_command_took_is_that_commands_affair()
    {
        var restarting = Given.Restarting();

        Assert.Empty(NewsOf(restarting, restarting.After(Commands.Stop("s")).UntilAtRest()));
    }

    [Fact]
    public void It_says_where_when_and_why()
    {
        var active = Given.Active();
        var exited = active.After(Commands.Exited(active.ExitOfThisRun(137))).History[^1];

        var told = LifecycleEvent.Of(42, exited);

        Assert.Equal(
            new LifecycleEvent(42, Sample.Id, LifecycleTransition.Stopped, exited.Header.OccurredAt, "Its process ended: exit 137."), told);
        Assert.Null(LifecycleEvent.Of(41, active.History[^1]));
    }

    private static IEnumerable<LifecycleTransition> NewsOf(Scenario before, Scenario after) =>
        after.History.Skip(before.History.Count).Select(LifecycleEvent.TransitionOf).OfType<LifecycleTransition>();
}
