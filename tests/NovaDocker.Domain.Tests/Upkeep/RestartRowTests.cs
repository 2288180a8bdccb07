using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Upkeep;

/// <summary>Restarts in a row: how long each waits, what ends the row, and when it is long enough.</summary>
public sealed class RestartRowTests
{
    [Fact]
    public void Each_restart_in_a_row_waits_twice_as_long_up_to_the_longest_wait()
    {
        var scenario = Given.Active(Keep.Always);
        var waits = new List<(int Restart, double Seconds)>();
        for (var i = 0; i < 5; i++)
        {
            var last = Assert.IsType<RestartRequested>(Ended(scenario).History[^1]);
            waits.Add((last.Restart, (last.StartAt - last.Header.OccurredAt).TotalSeconds));
            scenario = Ended(scenario).UntilAtRest();
        }

        Assert.Equal([(1, 1), (2, 2), (3, 4), (4, 6), (5, 6)], waits);
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(19, 3)]
    public void A_run_that_lasts_long_enough_ends_the_row(int seconds, int next)
    {
        var again = AfterRestarts(2, Keep.Always);
        var started = again.Facts.RunStartedAt!.Value;
        var exit = new ContainerExit(started, started.AddSeconds(seconds), 1, OutOfMemory: false);

        // However late the end is heard of, the run was as long as the Engine says.
        var after = again.After(TimeSpan.FromHours(1)).After(Commands.Exited(exit));

        Assert.Equal(next, Assert.IsType<RestartRequested>(after.History[^1]).Restart);
        Assert.Equal(next, after.Facts.Restarts);
    }

    [Theory]
    [InlineData(InstanceVerb.Start)]
    [InlineData(InstanceVerb.SoftReboot)]
    [InlineData(InstanceVerb.HardReboot)]
    public void Who_asks_for_a_running_instance_ends_the_row(InstanceVerb verb)
    {
        var again = AfterRestarts(2, Keep.Always);
        var asked = (verb == InstanceVerb.Start ? Ended(again) : again).After(Commands.Of(verb));
        Assert.Equal(0, asked.Facts.Restarts);

        Assert.Equal(1, Assert.IsType<RestartRequested>(Ended(asked.UntilAtRest()).History[^1]).Restart);
    }

    [Fact]
    public void Who_asks_for_anything_else_does_not()
    {
        var again = AfterRestarts(2, Keep.Always).After(Commands.Pause()).UntilAtRest();

        Assert.Equal(3, Assert.IsType<RestartRequested>(Ended(again).History[^1]).Restart);
    }

    [Fact]
    public void A_row_as_long_as_the_policy_allows_is_given_up_once()
    {
        var again = AfterRestarts(2, Keep.OnFailure(2));
        var exit = again.ExitOfThisRun();

        var stopped = again.When(Commands.Exited(exit))
            .Then(Event.ContainerExited(exit), Event.RestartGivenUp(RestartCause.Exited, 2))
            .In(InstancePhase.Stopped).After;

        Assert.Null(InstanceWork.Outstanding(stopped.State));
        stopped.When(Commands.Exited(exit)).ThenNothing();
        stopped.When(Commands.Resume()).ThenNothing();
    }

    [Fact]
    public void A_start_after_a_row_was_given_up_begins_a_new_one()
    {
        var givenUp = Ended(AfterRestarts(1, Keep.OnFailure(1)));
        Assert.IsType<RestartGivenUp>(givenUp.History[^1]);

        var started = givenUp.After(Commands.Start()).UntilAtRest();

        Assert.Equal(1, Assert.IsType<RestartRequested>(Ended(started).History[^1]).Restart);
    }

    [Fact]
    public void An_end_that_is_no_failure_gives_nothing_up() =>
        Assert.IsType<ContainerExited>(Ended(AfterRestarts(1, Keep.OnFailure(1)), exitCode: 0).History[^1]);

    [Fact]
    public void Without_a_maximum_no_row_is_too_long() =>
        Assert.Equal(13, Assert.IsType<RestartRequested>(Ended(AfterRestarts(12, Keep.OnFailure())).History[^1]).Restart);

    private static Scenario AfterRestarts(int restarts, UpkeepPolicy upkeep)
    {
        var scenario = Given.Active(upkeep);
        for (var i = 0; i < restarts; i++)
            scenario = Ended(scenario).UntilAtRest();
        Assert.Equal(restarts, scenario.Facts.Restarts);
        return scenario;
    }

    private static Scenario Ended(Scenario scenario, int exitCode = 1) =>
        scenario.After(Commands.Exited(scenario.ExitOfThisRun(exitCode)));
}
