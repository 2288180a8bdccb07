using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Hosts;

/// <summary>What a comparison says of containers to which something was done behind our back.</summary>
public sealed class ReconciliationDriftTests
{
    [Theory]
    [InlineData(InstancePhase.Active, ContainerCondition.Paused, false, "paused")]
    [InlineData(InstancePhase.Paused, ContainerCondition.Running, false, "unpaused")]
    [InlineData(InstancePhase.Stopped, ContainerCondition.Running, true, "started")]
    [InlineData(InstancePhase.Active, ContainerCondition.Running, true, "restarted")]
    [InlineData(InstancePhase.Stopped, ContainerCondition.Paused, true, "started and paused")]
    public void What_was_done_is_named(InstancePhase phase, ContainerCondition condition, bool isNewRun, string done)
    {
        var instance = Given.In(phase);
        var seen = instance.Sighting() with
        {
            Condition = condition,
            RunStartedAt = isNewRun ? instance.Now : instance.Facts.RunStartedAt,
            Exit = null,
        };

        var found = Assert.Single(Compare(instance, seen));

        Assert.Equal(
            new Difference(
                FindingKind.DriftedContainer, Sample.ContainerId, Sample.Id, seen,
                $"It was {done} behind our back: {seen.Name}, {condition}."),
            found);
    }

    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Stopped)]
    public void A_name_that_is_not_known_is_a_drift_until_it_is_known(InstancePhase phase)
    {
        var instance = Given.In(phase);
        var seen = instance.Sighting() with { Name = "mine" };

        Assert.Equal(FindingKind.DriftedContainer, Assert.Single(Compare(instance, seen)).Kind);
        Assert.Empty(Compare(instance.AfterSeen(seen), seen));
    }

    [Fact]
    public void An_end_goes_before_a_name()
    {
        var active = Given.Active();
        var seen = active.Sighting() with
        {
            Condition = ContainerCondition.Ended,
            Exit = active.ExitOfThisRun(),
            Name = "mine",
        };

        Assert.Equal(FindingKind.EndedContainer, Assert.Single(Compare(active, seen)).Kind);
    }

    [Fact]
    public void Health_is_no_difference() =>
        Assert.Empty(Compare(Given.Active(), Given.Active().Sighting(HealthStatus.Unhealthy)));

    private static IEnumerable<Difference> Compare(Scenario instance, ContainerSighting seen)
    {
        var view = InstanceView.Of(instance.State)!;
        return Reconciliation.Compare(
            [new SeenContainer(Sample.Id, seen)], [], new Dictionary<InstanceId, InstanceView> { [view.Id] = view });
    }
}
