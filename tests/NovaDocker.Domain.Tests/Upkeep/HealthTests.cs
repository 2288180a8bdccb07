using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Upkeep;

/// <summary>What the health checks say, and what follows.</summary>
public sealed class HealthTests
{
    private static readonly StepKind[] Anew = [StepKind.StopContainer, StepKind.StartContainer];

    [Fact]
    public void Health_that_changes_is_recorded_once()
    {
        var active = Given.Active();

        var healthy = active.WhenSeen(active.Sighting(HealthStatus.Healthy))
            .Then(Event.HealthChanged(HealthStatus.Healthy))
            .In(InstancePhase.Active)
            .RepliesToNobody().After;

        Assert.Equal(HealthStatus.Healthy, healthy.Facts.Health);
        healthy.WhenSeen(healthy.Sighting(HealthStatus.Healthy)).ThenNothing();
        healthy.WhenSeen(healthy.Sighting(HealthStatus.Unhealthy)).Then(Event.HealthChanged(HealthStatus.Unhealthy));
    }

    [Fact]
    public void That_a_fresh_run_has_not_been_checked_yet_is_no_news()
    {
        var active = Given.Active();

        active.WhenSeen(active.Sighting(HealthStatus.Starting)).ThenNothing();
        var healthy = active.AfterSeen(active.Sighting(HealthStatus.Healthy));
        healthy.WhenSeen(healthy.Sighting(HealthStatus.Starting)).Then(Event.HealthChanged(HealthStatus.Starting));
    }

    [Fact]
    public void A_container_without_health_checks_is_no_news()
    {
        var active = Given.Active();
        var unhealthy = active.AfterSeen(active.Sighting(HealthStatus.Unhealthy));

        active.WhenSeen(active.Sighting()).ThenNothing();
        unhealthy.WhenSeen(unhealthy.Sighting()).ThenNothing();
    }

    [Fact]
    public void Bad_health_is_reported_and_left_at_that_where_nothing_else_is_wanted()
    {
        var active = Given.Active(Keep.Always);

        active.WhenSeen(active.Sighting(HealthStatus.Unhealthy))
            .Then(Event.HealthChanged(HealthStatus.Unhealthy))
            .In(InstancePhase.Active);
    }

    [Fact]
    public void Bad_health_is_followed_by_a_stop_and_a_start_where_that_is_wanted()
    {
        var active = Given.Active(Keep.Healthy);

        var waiting = active.WhenSeen(active.Sighting(HealthStatus.Unhealthy))
            .Then(
                Event.HealthChanged(HealthStatus.Unhealthy),
                Event.RestartRequested(RestartCause.Unhealthy, 1, active.Now.AddSeconds(1), Anew))
            .In(InstancePhase.Restarting).After;

        var again = waiting.UntilAtRest();
        Assert.Equal(InstancePhase.Active, again.Phase);
        Assert.Null(again.Facts.Health);
    }

    [Fact]
    public void An_end_while_the_stop_waits_is_no_news()
    {
        var waiting = Given.RestartingUnhealthy();

        waiting.When(Commands.Exited(waiting.ExitOfThisRun())).ThenNothing();
    }

    [Theory]
    [InlineData(HealthStatus.Starting, 2)]
    [InlineData(HealthStatus.Healthy, 1)]
    public void A_long_run_ends_the_row_only_where_it_had_been_healthy(HealthStatus before, int restart)
    {
        var again = Given.RestartingUnhealthy().UntilAtRest();
        again = again.AfterSeen(again.Sighting(before)).After(TimeSpan.FromHours(1));

        var waiting = again.AfterSeen(again.Sighting(HealthStatus.Unhealthy));

        Assert.Equal(restart, Assert.IsType<RestartRequested>(waiting.History[^1]).Restart);
    }

    [Fact]
    public void A_short_run_does_not_end_the_row_although_it_was_healthy()
    {
        var again = Given.RestartingUnhealthy().UntilAtRest();
        again = again.AfterSeen(again.Sighting(HealthStatus.Healthy));

        var waiting = again.AfterSeen(again.Sighting(HealthStatus.Unhealthy));

        Assert.Equal(2, Assert.IsType<RestartRequested>(waiting.History[^1]).Restart);
    }

    [Fact]
    public void As_many_restarts_as_the_policy_allows_leave_it_running_unhealthy()
    {
        var active = Given.Active(Keep.OnFailure(1) with { WhenUnhealthy = UnhealthyAction.Restart });
        var again = active.AfterSeen(active.Sighting(HealthStatus.Unhealthy)).UntilAtRest();

        var left = again.WhenSeen(again.Sighting(HealthStatus.Unhealthy))
            .Then(Event.HealthChanged(HealthStatus.Unhealthy), Event.RestartGivenUp(RestartCause.Unhealthy, 1))
            .In(InstancePhase.Active).After;

        left.WhenSeen(left.Sighting(HealthStatus.Unhealthy)).ThenNothing();
    }

    [Theory]
    [InlineData(InstanceVerb.SoftReboot)]
    [InlineData(InstanceVerb.HardReboot)]
    public void A_new_run_has_no_health_yet(InstanceVerb verb)
    {
        var healthy = Healthy();

        Assert.Null(healthy.After(Commands.Of(verb)).UntilAtRest().Facts.Health);
        Assert.Null(healthy.After(Commands.Stop()).UntilAtRest().Facts.Health);
    }

    [Fact]
    public void What_has_ended_has_no_health()
    {
        var healthy = Healthy();
        var snapshotting = healthy.After(Commands.Snapshot());

        Assert.Null(healthy.After(Commands.Exited(healthy.ExitOfThisRun())).Facts.Health);
        Assert.Null(snapshotting.After(Commands.Exited(snapshotting.ExitOfThisRun())).UntilAtRest().Facts.Health);
        Assert.Null(healthy.After(Commands.Lost()).Facts.Health);
    }

    [Fact]
    public void The_health_of_the_same_run_outlasts_an_operation() =>
        Assert.Equal(
            HealthStatus.Healthy, Healthy().After(Commands.Snapshot()).UntilAtRest().Facts.Health);

    [Fact]
    public void The_health_of_another_run_is_told_with_that_run()
    {
        var healthy = Healthy();
        var seen = healthy.Sighting(HealthStatus.Healthy) with { RunStartedAt = healthy.Now };

        healthy.WhenSeen(seen).Then(
            Event.ContainerDrifted(DriftKind.Restarted, seen), Event.HealthChanged(HealthStatus.Healthy));
    }

    [Fact]
    public void The_health_of_a_run_that_is_not_known_says_nothing_of_the_one_that_is()
    {
        var active = Given.Active();
        var seen = active.Sighting(HealthStatus.Unhealthy);

        Assert.Equal(HealthStatus.Unhealthy, ContainerDrift.HealthOf(active.State, seen));
        Assert.Null(ContainerDrift.HealthOf(active.State, seen with { RunStartedAt = active.Now }));
    }

    [Theory]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Stopped)]
    [InlineData(InstancePhase.Snapshotting)]
    [InlineData(InstancePhase.Restarting)]
    public void Health_is_no_news_of_what_does_not_rest_running(InstancePhase phase)
    {
        var scenario = Given.In(phase);

        scenario.WhenSeen(scenario.Sighting(HealthStatus.Unhealthy)).ThenNothing();
    }

    [Fact]
    public void A_look_that_is_not_of_this_moment_is_never_recorded()
    {
        var active = Given.Active(Keep.Healthy);
        var unhealthy = active.Sighting(HealthStatus.Unhealthy);
        var early = active.State.Revision;
        var later = active.After(Commands.Start());

        active.When(Commands.Seen(unhealthy, askedAt: null)).ThenNothing().RepliesToNobody();
        later.When(Commands.Seen(unhealthy, early)).ThenNothing();
        later.When(Commands.Seen(unhealthy, later.State.Revision + 1)).ThenNothing();
    }

    private static Scenario Healthy()
    {
        var active = Given.Active();
        return active.AfterSeen(active.Sighting(HealthStatus.Healthy));
    }
}
