using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Hosts;

/// <summary>The sandboxes in the Engine beside what the instances say of theirs.</summary>
public sealed class SandboxReconciliationTests
{
    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Stopped)]
    public void The_sandbox_an_instance_has_is_no_difference(InstancePhase phase) =>
        Assert.Empty(Compare(GivenPorts.In(phase), Seen()));

    [Theory]
    [InlineData(InstancePhase.Building)]
    [InlineData(InstancePhase.Starting)]
    [InlineData(InstancePhase.Attaching)]
    [InlineData(InstancePhase.Detaching)]
    [InlineData(InstancePhase.Repairing)]
    [InlineData(InstancePhase.Restarting)]
    [InlineData(InstancePhase.Deleting)]
    public void Nothing_is_said_while_an_operation_is_under_way(InstancePhase phase)
    {
        Assert.Empty(Compare(GivenPorts.In(phase)));
        Assert.Empty(Compare(GivenPorts.In(phase), Seen("other"), Seen(condition: ContainerCondition.Ended)));
    }

    [Theory]
    [InlineData(ContainerCondition.Ended)]
    [InlineData(ContainerCondition.NeverStarted)]
    public void One_that_does_not_run_is_lost_once(ContainerCondition condition)
    {
        var active = GivenPorts.Active();

        AssertDifference(FindingKind.LostSandbox, PortSample.SandboxId, Compare(active, Seen(condition: condition)));
        Assert.Empty(Compare(active.After(Commands.SandboxLost()), Seen(condition: condition)));
    }

    [Fact]
    public void One_that_is_missing_is_lost_once()
    {
        var active = GivenPorts.Active();

        AssertDifference(FindingKind.LostSandbox, PortSample.SandboxId, Compare(active));
        Assert.Empty(Compare(active.After(Commands.SandboxLost())));
    }

    [Fact]
    public void One_that_its_instance_does_not_account_for_is_left_over()
    {
        AssertDifference(FindingKind.OrphanSandbox, "other", Compare(GivenPorts.Active(), Seen(), Seen("other")));
        AssertDifference(FindingKind.OrphanSandbox, PortSample.SandboxId, Compare(GivenPorts.Error(), Seen()));
        AssertDifference(FindingKind.OrphanSandbox, PortSample.SandboxId, Compare(GivenPorts.In(InstancePhase.Deleted), Seen()));
        AssertDifference(FindingKind.OrphanSandbox, PortSample.SandboxId, Compare(Given.Active(), Seen()));
    }

    [Fact]
    public void One_whose_instance_is_in_no_journal_here_is_unknown_and_not_left_over() =>
        AssertDifference(FindingKind.UnknownContainer, PortSample.SandboxId, Compare(Given.Nothing(), Seen()));

    [Fact]
    public void An_instance_without_ports_needs_none() => Assert.Empty(Compare(Given.Active()));

    private static void AssertDifference(FindingKind kind, string subject, IEnumerable<Difference> differences)
    {
        var difference = Assert.Single(differences);
        Assert.Equal((kind, subject, Sample.Id), (difference.Kind, difference.Subject, difference.InstanceId!.Value));
        Assert.NotEmpty(difference.Reason);
    }

    private static SeenSandbox Seen(
        string id = PortSample.SandboxId, ContainerCondition condition = ContainerCondition.Running) =>
        new(Sample.Id, new ContainerSighting(id, $"sandbox-{id}", condition, Sample.Epoch, null, null));

    private static IEnumerable<Difference> Compare(Scenario scenario, params SeenSandbox[] seen)
    {
        var views = new Dictionary<InstanceId, InstanceView>();
        if (InstanceView.Of(scenario.State) is { } view)
            views.Add(view.Id, view);
        return SandboxReconciliation.Compare(seen, views);
    }
}
