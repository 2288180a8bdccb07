using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Hosts;

/// <summary>The files that the host keeps beside what the instances say.</summary>
public sealed class FileReconciliationTests
{
    private static readonly KeptFiles Kept = new(Sample.Id, Sample.Epoch);

    public static TheoryData<InstancePhase> EveryPhase() => [.. Enum.GetValues<InstancePhase>()];

    [Theory]
    [MemberData(nameof(EveryPhase))]
    public void Those_of_an_instance_that_never_was_or_was_deleted_are_left_over_and_no_others(InstancePhase phase)
    {
        var differences = Compare([], (Sample.Id, phase)).ToList();

        if (phase is not (InstancePhase.Absent or InstancePhase.Deleted))
        {
            Assert.Empty(differences);
            return;
        }

        var difference = Assert.Single(differences);
        Assert.Equal(
            (FindingKind.OrphanFiles, Kept.Subject, Sample.Id), (difference.Kind, difference.Subject, difference.InstanceId!.Value));
        Assert.NotEmpty(difference.Reason);
    }

    [Fact]
    public void Those_of_an_instance_that_does_not_answer_stay() => Assert.Empty(Compare([]));

    [Fact]
    public void Those_of_a_container_of_another_journal_stay() =>
        Assert.Empty(Compare([Sample.Id], (Sample.Id, InstancePhase.Absent)));

    [Fact]
    public void Files_that_come_anew_are_other_ones() =>
        Assert.NotEqual(Kept.Subject, (Kept with { KeptAt = Kept.KeptAt.AddSeconds(1) }).Subject);

    private static IEnumerable<Difference> Compare(HashSet<InstanceId> withContainer, params (InstanceId Id, InstancePhase Phase)[] phases) =>
        FileReconciliation.Compare([Kept], withContainer, phases.ToDictionary(entry => entry.Id, entry => entry.Phase));
}
