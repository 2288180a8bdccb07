using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Hosts;

public sealed class ReconciliationTests
{
    private const string Commit = "novadocker/snapshot:1";
    private static readonly ContainerExit Exit = new(Sample.Epoch, Sample.After(5), 137, OutOfMemory: true);

    public static TheoryData<InstancePhase> AtRestWithContainer =>
        [InstancePhase.Active, InstancePhase.Paused, InstancePhase.Stopped];

    public static TheoryData<InstancePhase> UnderWay =>
    [
        InstancePhase.Building, InstancePhase.Starting, InstancePhase.Stopping, InstancePhase.Rebooting,
        InstancePhase.Pausing, InstancePhase.Unpausing, InstancePhase.Snapshotting, InstancePhase.Deleting,
        InstancePhase.Restarting,
    ];

    [Theory]
    [MemberData(nameof(AtRestWithContainer))]
    public void The_container_an_instance_has_is_no_difference(InstancePhase phase) =>
        Assert.Empty(Compare(Given.In(phase), [Own(phase)]));

    [Theory]
    [MemberData(nameof(UnderWay))]
    public void Nothing_is_said_while_an_operation_is_under_way(InstancePhase phase)
    {
        Assert.Empty(Compare(Given.In(phase), []));
        Assert.Empty(Compare(Given.In(phase), [Ended("other")]));
    }

    [Theory]
    [MemberData(nameof(AtRestWithContainer))]
    public void A_container_that_is_missing_is_lost(InstancePhase phase)
    {
        var lost = Assert.Single(Compare(Given.In(phase), []));

        Assert.Equal((FindingKind.LostContainer, Sample.ContainerId, Sample.Id), (lost.Kind, lost.Subject, lost.InstanceId!.Value));
    }

    [Theory]
    [InlineData(InstancePhase.Active, true)]
    [InlineData(InstancePhase.Paused, true)]
    [InlineData(InstancePhase.Stopped, false)]
    public void A_container_that_ended_is_news_only_where_it_should_run(InstancePhase phase, bool isNews)
    {
        var found = Compare(Given.In(phase), [Ended()]).ToList();

        Assert.Equal(isNews, found is [{ Kind: FindingKind.EndedContainer, Sighting.Exit: { } exit }] && exit == Exit);
    }

    [Fact]
    public void A_container_of_a_deleted_instance_is_an_orphan() =>
        Assert.Equal(FindingKind.OrphanContainer, Assert.Single(Compare(Given.Deleted(), [Own()])).Kind);

    [Fact]
    public void A_second_container_of_an_instance_is_an_orphan_and_the_first_is_not()
    {
        var orphan = Assert.Single(Compare(Given.Active(), [Own(), Ended("second")]));

        Assert.Equal((FindingKind.OrphanContainer, "second"), (orphan.Kind, orphan.Subject));
    }

    [Fact]
    public void What_a_failed_boot_left_is_an_orphan() =>
        Assert.Equal(FindingKind.OrphanContainer, Assert.Single(Compare(Given.Error(), [Own()])).Kind);

    [Fact]
    public void A_container_of_another_journal_is_unknown_and_no_orphan()
    {
        var other = InstanceId.Parse("99999999-0000-0000-0000-000000000000");

        var kinds = Compare(Given.Active(), [Own(), Ended("a") with { InstanceId = other }, Ended("b") with { InstanceId = null }]).Select(d => d.Kind);

        Assert.Equal([FindingKind.UnknownContainer, FindingKind.UnknownContainer], kinds);
    }

    [Fact]
    public void A_commit_is_an_orphan_only_while_no_snapshot_could_need_it()
    {
        Assert.Equal(FindingKind.OrphanCommit, Assert.Single(Compare(Given.Active(), [Own()], Commit)).Kind);
        Assert.Empty(Compare(Given.Snapshotting(), [Own()], Commit));
        Assert.Empty(Compare(Given.Deleting(), [Own()], Commit));
    }

    private static SeenContainer Own(InstancePhase phase = InstancePhase.Active) =>
        new(Sample.Id, Given.In(phase).Sighting());

    private static SeenContainer Ended(string containerId = Sample.ContainerId) => new(
        Sample.Id,
        new ContainerSighting(
            containerId, ContainerDrift.NameOf(Sample.Id), ContainerCondition.Ended, Exit.RunStartedAt, Exit, null));

    private static IEnumerable<Difference> Compare(
        Scenario instance, SeenContainer[] containers, params string[] commits)
    {
        var view = InstanceView.Of(instance.State)!;
        return Reconciliation.Compare(containers, commits, new Dictionary<InstanceId, InstanceView> { [view.Id] = view });
    }
}
