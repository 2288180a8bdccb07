using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Instances;

public sealed partial class InstanceDeciderTests
{
    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    public void An_exit_nobody_asked_for_leads_to_stopped(InstancePhase phase)
    {
        var scenario = Given.In(phase);
        var exit = scenario.ExitOfThisRun(137);

        var after = scenario.When(Commands.Exited(exit))
            .Then(Event.ContainerExited(exit))
            .In(InstancePhase.Stopped)
            .RepliesToNobody().After;

        Assert.Equal(exit, after.Facts.CurrentExit);
        Assert.Equal(Initiator.EngineWatch, after.History[^1].Header.Request.Initiator);
    }

    [Fact]
    public void An_exit_seen_twice_is_recorded_once()
    {
        var active = Given.Active();
        var report = Commands.Exited(active.ExitOfThisRun());

        active.After(report).When(report).ThenNothing();
    }

    [Fact]
    public void An_exit_seen_twice_during_an_operation_is_recorded_once()
    {
        var snapshotting = Given.Snapshotting();
        var exit = snapshotting.ExitOfThisRun();

        snapshotting.When(Commands.Exited(exit))
            .Then(Event.ContainerExited(exit))
            .In(InstancePhase.Snapshotting)
            .After.When(Commands.Exited(exit)).ThenNothing();
    }

    [Fact]
    public void An_exit_of_an_earlier_run_is_no_news()
    {
        var active = Given.Active();
        var early = active.ExitOfThisRun();

        active.After(Commands.HardReboot()).UntilAtRest().When(Commands.Exited(early)).ThenNothing();
    }

    [Fact]
    public void An_exit_of_a_run_not_known_is_no_news() =>
        Given.Active()
            .When(Commands.Exited(new ContainerExit(Sample.Epoch.AddDays(-1), Sample.Epoch, 0, OutOfMemory: false)))
            .ThenNothing();

    [Fact]
    public void An_exit_of_another_container_is_no_news()
    {
        var active = Given.Active();

        active.When(Commands.Exited(active.ExitOfThisRun(), "another")).ThenNothing();
    }

    [Theory]
    [InlineData(InstancePhase.Stopping)]
    [InlineData(InstancePhase.Deleting)]
    [InlineData(InstancePhase.Rebooting)]
    public void An_exit_that_was_asked_for_is_no_news(InstancePhase phase)
    {
        var scenario = Given.In(phase);

        scenario.When(Commands.Exited(scenario.ExitOfThisRun())).ThenNothing();
    }

    [Fact]
    public void An_exit_seen_before_the_start_is_reported_leads_to_stopped()
    {
        var starting = Given.Building(StepKind.StartContainer);
        var exit = new ContainerExit(starting.Now, starting.Now, 1, OutOfMemory: false);

        starting.After(Commands.Exited(exit))
            .WhenStepCompletes(new StepResult.ContainerStarted(exit.RunStartedAt, Exit: null))
            .In(InstancePhase.Stopped);
    }

    [Fact]
    public void A_late_exit_of_an_earlier_run_does_not_hide_that_this_run_ended()
    {
        var active = Given.Active();
        var early = active.ExitOfThisRun();
        var second = active.After(Commands.Exited(early)).After(Commands.Start()).UntilAtRest();
        var snapshotting = second.After(Commands.Snapshot());
        var ended = snapshotting.After(Commands.Exited(snapshotting.ExitOfThisRun()));

        ended.When(Commands.Exited(early)).ThenNothing();
        Assert.Equal(InstancePhase.Stopped, ended.UntilAtRest().Phase);
    }

    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Stopped)]
    public void A_lost_container_leads_to_error(InstancePhase phase)
    {
        var after = Given.In(phase).When(Commands.Lost()).Then(Event.ContainerLost()).In(InstancePhase.Error).After;

        Assert.Null(after.Facts.ContainerId);
        Assert.Equal(FaultCode.NotFound, after.Facts.LastFault?.Code);
        after.When(Commands.Lost()).ThenNothing();
    }

    [Fact]
    public void The_loss_of_another_container_is_no_news() =>
        Given.Active().When(Commands.Lost("another")).ThenNothing();

    [Theory]
    [InlineData(InstancePhase.Absent)]
    [InlineData(InstancePhase.Building)]
    [InlineData(InstancePhase.Snapshotting)]
    [InlineData(InstancePhase.Error)]
    [InlineData(InstancePhase.Deleting)]
    [InlineData(InstancePhase.Deleted)]
    public void A_loss_is_no_news_where_the_operation_finds_out_itself_or_nothing_is_expected(InstancePhase phase) =>
        Given.In(phase).When(Commands.Lost()).ThenNothing();
}
