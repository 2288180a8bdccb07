using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Upkeep;

public sealed class UpkeepViewTests
{
    [Fact]
    public void A_view_tells_how_the_instance_stays_up_and_how_it_is()
    {
        var again = Given.RestartingUnhealthy().UntilAtRest();
        again = again.AfterSeen(again.Sighting(HealthStatus.Healthy) with { Name = "mine" });

        var view = InstanceView.Of(again.State)!;

        Assert.Equal(
            (Keep.Healthy, 1, HealthStatus.Healthy, "mine", again.Facts.RunStartedAt),
            (view.Upkeep, view.Restarts, view.Health, view.ContainerAlias, view.RunStartedAt));
    }

    [Fact]
    public void A_view_tells_when_the_restart_is_due()
    {
        var waiting = Given.Restarting();

        var operation = InstanceView.Of(waiting.State)!.Operation!;

        Assert.Equal(
            new OperationView(
                waiting.Operation.Id, InstanceVerb.Restart, StepKind.StartContainer, 0, waiting.Operation.RetryAt, null),
            operation);
        Assert.NotNull(operation.RetryAt);
    }

    [Fact]
    public void Nova_is_told_what_was_restarted_and_what_took_the_place_of_that()
    {
        Assert.Equal(new NovaStates("active", "powering-on", "RUNNING"), NovaStates.Of(Given.RestartingUnhealthy().State));
        Assert.Equal(new NovaStates("error", "powering-on", "NOSTATE"), NovaStates.Of(Given.Recreating().State));
        Assert.Equal(
            new NovaStates("stopped", "powering-off", "SHUTDOWN"),
            NovaStates.Of(Given.Restarting().After(Commands.Stop()).State));
    }
}
