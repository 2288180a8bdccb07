using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Hosts;

/// <summary>The rescue containers in the Engine beside what the instances say of theirs.</summary>
public sealed class RescueReconciliationTests
{
    [Fact]
    public void The_rescue_container_an_instance_has_is_no_difference() => Assert.Empty(Compare(Given.Rescued(), Seen()));

    [Theory]
    [InlineData(InstancePhase.Rescuing)]
    [InlineData(InstancePhase.Unrescuing)]
    [InlineData(InstancePhase.Rebuilding)]
    [InlineData(InstancePhase.Deleting)]
    public void Nothing_is_said_while_an_operation_is_under_way(InstancePhase phase) =>
        Assert.Empty(Compare(Given.In(phase), Seen(), Seen("other")));

    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Stopped)]
    [InlineData(InstancePhase.Error)]
    [InlineData(InstancePhase.Deleted)]
    public void One_of_an_instance_that_is_not_rescued_is_left_over(InstancePhase phase) =>
        AssertDifference(FindingKind.OrphanRescue, Sample.RescueContainerId, Compare(Given.In(phase), Seen()));

    [Fact]
    public void A_second_one_is_left_over() =>
        AssertDifference(FindingKind.OrphanRescue, "other", Compare(Given.Rescued(), Seen(), Seen("other")));

    [Fact]
    public void One_that_a_deletion_could_not_remove_is_still_its_instances() =>
        Assert.Empty(Compare(Given.Rescued().After(Commands.Delete()).AfterStepIsGivenUp(), Seen()));

    [Fact]
    public void One_whose_instance_is_in_no_journal_here_is_unknown_and_not_left_over() =>
        AssertDifference(FindingKind.UnknownContainer, Sample.RescueContainerId, Compare(Given.Nothing(), Seen()));

    private static void AssertDifference(FindingKind kind, string subject, IEnumerable<Difference> differences)
    {
        var difference = Assert.Single(differences);
        Assert.Equal((kind, subject, Sample.Id), (difference.Kind, difference.Subject, difference.InstanceId!.Value));
        Assert.NotEmpty(difference.Reason);
    }

    private static SeenRescue Seen(string id = Sample.RescueContainerId) =>
        new(Sample.Id, new ContainerSighting(id, $"rescue-{id}", ContainerCondition.Running, Sample.Epoch, null, null));

    private static IEnumerable<Difference> Compare(Scenario scenario, params SeenRescue[] seen)
    {
        var views = new Dictionary<InstanceId, InstanceView>();
        if (InstanceView.Of(scenario.State) is { } view)
            views.Add(view.Id, view);
        return RescueReconciliation.Compare(seen, views);
    }
}
