using NovaDocker.Domain.Audit;

namespace NovaDocker.Cli.Output;

/// <summary>An event for programs.</summary>
internal sealed record HistoryRow(
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
