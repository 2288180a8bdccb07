using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Audit;

public sealed class InstanceReplayTests
{
    [Fact]
    public void Nothing_folds_to_an_absent_instance() =>
        Assert.Same(InstanceState.Absent.Instance, InstanceReplay.Fold([]));

    [Fact]
    public void Before_its_boot_an_instance_was_absent() =>
        Assert.Equal(
            InstancePhase.Absent,
            InstanceReplay.At(Given.Deleted().History, Sample.Epoch.AddTicks(-1)).Phase);

    [Fact]
    public void At_the_time_of_an_event_it_has_happened()
    {
        var deleted = Given.Deleted();
        var boot = deleted.History[0].Header.OccurredAt;

        Assert.Equal(InstancePhase.Building, InstanceReplay.At(deleted.History, boot).Phase);
    }

    [Fact]
    public void Between_two_events_the_earlier_one_holds()
    {
        var deleting = Given.Deleting();
        var deletion = deleting.History[^1].Header.OccurredAt;

        Assert.Equal(InstancePhase.Active, InstanceReplay.At(deleting.History, deletion.AddTicks(-1)).Phase);
        Assert.Equal(InstancePhase.Deleting, InstanceReplay.At(deleting.History, deletion).Phase);
    }

    [Fact]
    public void After_the_last_event_the_state_is_what_it_is_now()
    {
        var deleted = Given.Deleted();

        Assert.Equal(deleted.State, InstanceReplay.At(deleted.History, DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Where_the_clock_was_set_back_the_last_event_by_sequence_that_had_occurred_holds()
    {
        var deleting = Given.Deleting();
        var history = deleting.History.ToList();
        var setBack = history[^1].Header.OccurredAt.AddHours(-1);
        history[^1] = history[^1] with { Header = history[^1].Header with { OccurredAt = setBack } };

        Assert.Equal(InstancePhase.Deleting, InstanceReplay.At(history, setBack).Phase);
        Assert.Equal(InstancePhase.Absent, InstanceReplay.At(history, setBack.AddTicks(-1)).Phase);
    }

    [Fact]
    public void An_impossible_sequence_is_named() =>
        Assert.Throws<CorruptJournalException>(() => InstanceReplay.Fold(Given.Active().History.Skip(1)));
}
