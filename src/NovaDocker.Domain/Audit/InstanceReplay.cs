using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Audit;

/// <summary>The past of an instance, made again from its events.</summary>
public static class InstanceReplay
{
    /// <summary>The state that the events lead to.</summary>
    /// <exception cref="CorruptJournalException">They hold an impossible sequence.</exception>
    public static InstanceState Fold(IEnumerable<InstanceProtocol.InstanceEvent> events) =>
        events.Aggregate((InstanceState)InstanceState.Absent.Instance, (state, @event) => state.Apply(@event));

    /// <summary>
    /// The state as it was at a time: that after the last event which had occurred by then. Last is by sequence: where the
    /// clock was set back, an earlier event may bear a later time.
    /// </summary>
    public static InstanceState At(IEnumerable<InstanceProtocol.InstanceEvent> events, DateTimeOffset time)
    {
        var all = events.ToList();
        return Fold(all.Take(all.FindLastIndex(@event => @event.Header.OccurredAt <= time) + 1));
    }
}
