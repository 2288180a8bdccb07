using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Audit;

/// <summary>One event as the history shows it.</summary>
/// <param name="Sequence">Its place in the instance's journal, counted from 1.</param>
/// <param name="EventId">Its name.</param>
/// <param name="OccurredAt">When it was decided, UTC.</param>
/// <param name="Event">What happened: <c>boot-requested</c>, <c>create-container-completed</c>, …</param>
/// <param name="Kind">What it is evidence of.</param>
/// <param name="Outcome">How it turned out.</param>
/// <param name="Before">The phase before it.</param>
/// <param name="State">The phase after it.</param>
/// <param name="RequestId">The request behind it; empty for what nobody asked for.</param>
/// <param name="Initiator">On whose behalf.</param>
/// <param name="Host">The host the instance lived on.</param>
/// <param name="Data">What else the event says, as text; no secrets.</param>
public sealed record HistoryEntry(
    long Sequence,
    Guid EventId,
    DateTimeOffset OccurredAt,
    string Event,
    EventKind Kind,
    EventOutcome Outcome,
    InstancePhase Before,
    InstancePhase State,
    string RequestId,
    Initiator Initiator,
    HostId Host,
    EquatableMap<string> Data)
{
    /// <summary>The entry of an event.</summary>
    public static HistoryEntry Of(long sequence, InstanceProtocol.InstanceEvent @event) => new(
        sequence, @event.Header.EventId, @event.Header.OccurredAt, EventDescription.Name(@event), @event.Kind,
        @event.Outcome, @event.Header.Before, @event.Header.After, @event.Header.Request.RequestId,
        @event.Header.Request.Initiator, @event.Header.Host, EventDescription.Data(@event));
}
