namespace NovaDocker.Domain.Audit;

/// <summary>
/// An event for programs: what <c>novadocker history --json</c> writes on one line, and what the HTTP door answers. Members are only
/// ever added.
/// </summary>
/// <param name="Sequence">Its place in the instance's journal, counted from 1.</param>
/// <param name="EventId">Its name, a UUID.</param>
/// <param name="OccurredAt">When it was decided, UTC.</param>
/// <param name="Event">What happened, in lower case with hyphens: <c>boot-requested</c>, …</param>
/// <param name="Kind">What it is evidence of: <c>intent</c>, <c>result</c>, <c>observation</c>, <c>decision</c>.</param>
/// <param name="Outcome">How it turned out: <c>pending</c>, <c>success</c>, <c>failure</c>.</param>
/// <param name="StateBefore">The phase before it.</param>
/// <param name="State">The phase after it.</param>
/// <param name="RequestId">The request behind it; empty for what nobody asked for.</param>
/// <param name="UserId">On whose behalf; empty where that is not known.</param>
/// <param name="ProjectId">The project of that user; likewise.</param>
/// <param name="Service">The program that asked.</param>
/// <param name="Host">The host's stable id.</param>
/// <param name="Data">What else the event says, as text; no secrets.</param>
public sealed record HistoryRow(
    long Sequence,
    string EventId,
    DateTime OccurredAt,
    string Event,
    string Kind,
    string Outcome,
    string StateBefore,
    string State,
    string RequestId,
    string UserId,
    string ProjectId,
    string Service,
    string Host,
    IReadOnlyDictionary<string, string> Data)
{
    /// <summary>The row of an entry.</summary>
    public static HistoryRow Of(HistoryEntry entry) => new(
        entry.Sequence,
        entry.EventId.ToString("D"),
        entry.OccurredAt.UtcDateTime,
        entry.Event,
        EventDescription.Kebab(entry.Kind),
        EventDescription.Kebab(entry.Outcome),
        EventDescription.Kebab(entry.Before),
        EventDescription.Kebab(entry.State),
        entry.RequestId,
        entry.Initiator.UserId,
        entry.Initiator.ProjectId,
        entry.Initiator.Service,
        entry.Host.Value,
        entry.Data);
}
