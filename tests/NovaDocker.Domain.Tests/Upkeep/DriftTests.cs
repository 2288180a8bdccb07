using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Upkeep;

/// <summary>What somebody did to a container behind our back: the instance goes by what a look of its own shows.</summary>
public sealed class DriftTests
{
    [Fact]
    public void A_look_that_shows_what_is_believed_is_no_news() =>
        Assert.All(
            new[] { InstancePhase.Active, InstancePhase.Paused, InstancePhase.Stopped },
            phase => Given.In(phase).WhenSeen(Given.In(phase).Sighting()).ThenNothing().RepliesToNobody());

    [Fact]
    public void What_was_frozen_is_paused()
    {
        var active = Given.Active();
        var seen = active.Sighting() with { Condition = ContainerCondition.Paused };

        var paused = active.WhenSeen(seen)
            .Then(Event.ContainerDrifted(DriftKind.Paused, seen))
            .In(InstancePhase.Paused)
            .RepliesToNobody().After;

        Assert.Equal(Initiator.EngineWatch, paused.History[^1].Header.Request.Initiator);
        Assert.Equal(active.Now, paused.Facts.Since);
        Assert.Equal(InstancePhase.Active, paused.After(Commands.Unpause()).UntilAtRest().Phase);
    }

    [Fact]
    public void What_was_thawed_is_active()
    {
        var paused = Given.Paused();
        var seen = paused.Sighting() with { Condition = ContainerCondition.Running };

        paused.WhenSeen(seen).Then(Event.ContainerDrifted(DriftKind.Unpaused, seen)).In(InstancePhase.Active);
    }

    [Fact]
    public void What_was_started_is_active_and_of_that_run()
    {
        var stopped = Given.Stopped();
        var seen = InAnotherRun(stopped, ContainerCondition.Running);

        var active = stopped.WhenSeen(seen)
            .Then(Event.ContainerDrifted(DriftKind.Started, seen))
            .In(InstancePhase.Active).After;

        Assert.Equal(stopped.Now, active.Facts.RunStartedAt);
        Assert.Null(active.Facts.CurrentExit);
        active.When(Commands.Exited(active.ExitOfThisRun())).In(InstancePhase.Stopped);
    }

    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    public void What_was_restarted_is_active_and_of_that_run(InstancePhase phase)
    {
        var before = Given.In(phase);
        var seen = InAnotherRun(before, ContainerCondition.Running);

        var active = before.WhenSeen(seen)
            .Then(Event.ContainerDrifted(DriftKind.Restarted, seen))
            .In(InstancePhase.Active).After;

        Assert.Equal(before.Now, active.Facts.RunStartedAt);
        Assert.Equal(phase == InstancePhase.Active ? before.Facts.Since : before.Now, active.Facts.Since);
        active.WhenSeen(seen).ThenNothing();
    }

    [Theory]
    [InlineData(InstancePhase.Active, DriftKind.Restarted)]
    [InlineData(InstancePhase.Paused, DriftKind.Restarted)]
    [InlineData(InstancePhase.Stopped, DriftKind.Started)]
    public void What_was_begun_again_and_frozen_drifted_twice(InstancePhase phase, DriftKind first)
    {
        var before = Given.In(phase);
        var seen = InAnotherRun(before, ContainerCondition.Paused);

        before.WhenSeen(seen)
            .Then(Event.ContainerDrifted(first, seen), Event.ContainerDrifted(DriftKind.Paused, seen))
            .In(InstancePhase.Paused)
            .After.WhenSeen(seen).ThenNothing();
    }

    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Stopped)]
    public void A_name_that_was_changed_is_known_until_it_is_changed_back(InstancePhase phase)
    {
        var ours = Given.In(phase);
        var other = ours.Sighting() with { Name = "mine" };

        var renamed = ours.WhenSeen(other).Then(Event.ContainerDrifted(DriftKind.Renamed, other)).In(phase).After;
        Assert.Equal("mine", renamed.Facts.ContainerAlias);
        Assert.Equal(ours.Facts.Since, renamed.Facts.Since);
        renamed.WhenSeen(other).ThenNothing();

        var back = ours.Sighting();
        var again = renamed.WhenSeen(back).Then(Event.ContainerDrifted(DriftKind.Renamed, back)).In(phase).After;
        Assert.Null(again.Facts.ContainerAlias);
    }

    [Fact]
    public void A_name_changed_twice_is_known_by_the_last()
    {
        var renamed = Renamed(Given.Active());

        Assert.Equal("yours", renamed.AfterSeen(renamed.Sighting() with { Name = "yours" }).Facts.ContainerAlias);
    }

    [Fact]
    public void What_was_frozen_and_renamed_drifted_twice()
    {
        var active = Given.Active();
        var seen = active.Sighting() with { Condition = ContainerCondition.Paused, Name = "mine" };

        active.WhenSeen(seen).Then(
            Event.ContainerDrifted(DriftKind.Paused, seen), Event.ContainerDrifted(DriftKind.Renamed, seen));
    }

    [Fact]
    public void A_container_in_error_may_be_renamed_and_does_nothing_else()
    {
        var error = Given.ErrorWithContainer();
        var seen = InAnotherRun(error, ContainerCondition.Running) with { Name = "mine" };

        error.WhenSeen(seen).Then(Event.ContainerDrifted(DriftKind.Renamed, seen)).In(InstancePhase.Error);
    }

    [Fact]
    public void A_new_container_has_our_name_again()
    {
        var lost = Renamed(Given.Active(Keep.Recreated)).After(Commands.Lost());
        Assert.Null(lost.Facts.ContainerAlias);

        var again = lost.UntilAtRest();
        again.WhenSeen(again.Sighting()).ThenNothing();
    }

    [Theory]
    [InlineData(InstancePhase.Building)]
    [InlineData(InstancePhase.Starting)]
    [InlineData(InstancePhase.Stopping)]
    [InlineData(InstancePhase.Rebooting)]
    [InlineData(InstancePhase.Pausing)]
    [InlineData(InstancePhase.Snapshotting)]
    [InlineData(InstancePhase.Restarting)]
    [InlineData(InstancePhase.Deleting)]
    [InlineData(InstancePhase.Deleted)]
    [InlineData(InstancePhase.Error)]
    public void A_drift_is_no_news_where_an_operation_settles_it_or_there_is_no_container(InstancePhase phase)
    {
        var scenario = Given.In(phase);

        scenario.WhenSeen(InAnotherRun(scenario, ContainerCondition.Running) with { Name = "mine" }).ThenNothing();
    }

    [Theory]
    [InlineData(ContainerCondition.NeverStarted)]
    [InlineData(ContainerCondition.Ended)]
    public void What_does_not_run_was_neither_started_nor_frozen(ContainerCondition condition)
    {
        var stopped = Given.Stopped();

        stopped.WhenSeen(stopped.Sighting() with { Condition = condition, RunStartedAt = null, Exit = null }).ThenNothing();
    }

    [Fact]
    public void Another_container_is_no_news()
    {
        var active = Given.Active();

        active.WhenSeen(InAnotherRun(active, ContainerCondition.Paused) with { ContainerId = "another", Name = "mine" })
            .ThenNothing();
    }

    [Fact]
    public void A_hint_says_that_there_is_news_and_records_none()
    {
        var active = Given.Active();
        var seen = active.Sighting() with { Condition = ContainerCondition.Paused };

        Assert.True(ContainerDrift.IsNews(active.State, seen));
        active.When(Commands.Seen(seen, askedAt: null)).ThenNothing();
        active.When(Commands.Seen(seen, active.State.Revision - 1)).ThenNothing();
    }

    [Fact]
    public void A_look_that_shows_the_end_of_the_run_is_taken_for_the_report_of_it()
    {
        var active = Given.Active();
        var exit = active.ExitOfThisRun(137);
        var seen = active.Sighting() with { Condition = ContainerCondition.Ended, Exit = exit, Name = "mine" };

        var stopped = active.WhenSeen(seen).Then(Event.ContainerExited(exit)).In(InstancePhase.Stopped).After;

        stopped.WhenSeen(seen).Then(Event.ContainerDrifted(DriftKind.Renamed, seen));
        active.When(Commands.Seen(seen, askedAt: null)).ThenNothing();
    }

    [Fact]
    public void A_look_during_an_operation_tells_of_an_end_and_of_nothing_else()
    {
        var snapshotting = Given.Snapshotting();
        var exit = snapshotting.ExitOfThisRun();
        var seen = snapshotting.Sighting() with { Condition = ContainerCondition.Ended, Exit = exit, Name = "mine" };

        Assert.True(ContainerDrift.IsNews(snapshotting.State, seen));
        snapshotting.WhenSeen(seen).Then(Event.ContainerExited(exit)).In(InstancePhase.Snapshotting);
    }

    private static ContainerSighting InAnotherRun(Scenario scenario, ContainerCondition condition) => new(
        Sample.ContainerId, ContainerDrift.NameOf(Sample.Id), condition, scenario.Now, null, null);

    private static Scenario Renamed(Scenario scenario) => scenario.AfterSeen(scenario.Sighting() with { Name = "mine" });
}
