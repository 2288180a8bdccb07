using System.Globalization;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Images.ImageLedgerEvents;

namespace NovaDocker.Domain.Audit;

/// <summary>One event of a host's ledger of images, as the history shows it.</summary>
/// <param name="Sequence">Its place in the ledger, counted from 1.</param>
/// <param name="EventId">Its name.</param>
/// <param name="OccurredAt">When it was decided, UTC.</param>
/// <param name="Event">What happened: <c>pull-requested</c>, <c>loaded</c>, …</param>
/// <param name="Kind">What it is evidence of.</param>
/// <param name="Outcome">How it turned out.</param>
/// <param name="Host">Whose Engine.</param>
/// <param name="ImageId">Which image.</param>
/// <param name="ImageName">Its name at that time.</param>
/// <param name="Data">What else the event says, as text.</param>
public sealed record ImageHistoryEntry(
    long Sequence,
    Guid EventId,
    DateTimeOffset OccurredAt,
    string Event,
    EventKind Kind,
    EventOutcome Outcome,
    HostId Host,
    ImageId ImageId,
    string ImageName,
    EquatableMap<string> Data)
{
    /// <summary>The entry of an event.</summary>
    public static ImageHistoryEntry Of(long sequence, LedgerEvent @event) => new(
        sequence, @event.Header.EventId, @event.Header.OccurredAt, NameOf(@event), @event.Kind, @event.Outcome,
        @event.Header.Host, @event.Header.ImageId, @event.Header.Name,
        new EquatableMap<string>(DataOf(@event).Where(pair => pair.Value.Length > 0)));

    private static string NameOf(LedgerEvent @event) => @event switch
    {
        PullRequested => "pull-requested",
        Loaded => "loaded",
        LoadFailed => "load-failed",
        UseChanged { InUse: true } => "use-began",
        UseChanged => "use-ended",
        Vanished => "vanished",
        CollectionBegun => "collection-begun",
        Collected => "collected",
        CollectionFailed => "collection-failed",
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "Not an event of the ledger."),
    };

    private static Dictionary<string, string> DataOf(LedgerEvent @event) => @event switch
    {
        PullRequested pull => new()
        {
            ["request"] = pull.Request.RequestId,
            ["user"] = pull.Request.Initiator.UserId,
            ["project"] = pull.Request.Initiator.ProjectId,
        },
        Loaded loaded => new()
        {
            ["engine-image"] = loaded.EngineImageId,
            ["checksum"] = loaded.Checksum,
            ["bytes"] = Number(loaded.Bytes),
            ["source"] = loaded.Source,
            ["instance"] = loaded.Cause.Instance?.ToString() ?? "",
            ["request"] = loaded.Cause.RequestId,
        },
        LoadFailed failed => new()
        {
            ["fault"] = EventDescription.Kebab(failed.Fault.Code),
            ["message"] = failed.Fault.Message,
            ["retry-at"] = failed.RetryAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "",
            ["instance"] = failed.Cause.Instance?.ToString() ?? "",
            ["request"] = failed.Cause.RequestId,
        },
        CollectionBegun begun => new()
        {
            ["reason"] = EventDescription.Kebab(begun.Reason),
            ["bytes"] = Number(begun.Bytes),
        },
        Collected collected => new()
        {
            ["engine-image"] = collected.EngineImageId,
            ["reason"] = EventDescription.Kebab(collected.Reason),
            ["bytes"] = Number(collected.Bytes),
        },
        CollectionFailed failed => new()
        {
            ["reason"] = EventDescription.Kebab(failed.Reason),
            ["fault"] = EventDescription.Kebab(failed.Fault.Code),
            ["message"] = failed.Fault.Message,
        },
        _ => [],
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
