using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Compute.ComputeProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>The questions about an instance's past, and their answers.</summary>
internal static class HistoryMapping
{
    public static V1.GetHistory ToWire(this GetHistory q) => new()
    {
        InstanceId = q.InstanceId.ToWire(),
        AfterSequence = q.AfterSequence,
        Limit = q.Limit,
    };

    public static GetHistory ToDomain(this V1.GetHistory wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.AfterSequence, wire.Limit);

    public static V1.HistoryPage ToWire(this HistoryPage page)
    {
        var wire = new V1.HistoryPage { InstanceId = page.InstanceId.ToWire() };
        wire.Entries.AddRange(page.Entries.Select(ToWire));
        return wire;
    }

    public static HistoryPage ToDomain(this V1.HistoryPage wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Entries.Select(ToDomain).ToEquatableArray());

    public static V1.GetInstanceAt ToWire(this GetInstanceAt q) =>
        new() { InstanceId = q.InstanceId.ToWire(), At = q.At.ToWire() };

    public static GetInstanceAt ToDomain(this V1.GetInstanceAt wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.At.ToTime());

    private static V1.HistoryEntry ToWire(HistoryEntry entry)
    {
        var wire = new V1.HistoryEntry
        {
            Sequence = entry.Sequence,
            EventId = entry.EventId.ToWire(),
            OccurredAt = entry.OccurredAt.ToWire(),
            Event = entry.Event,
            Kind = entry.Kind.ToWire(),
            Outcome = entry.Outcome.ToWire(),
            Before = entry.Before.ToWire(),
            State = entry.State.ToWire(),
            RequestId = entry.RequestId,
            Initiator = entry.Initiator.ToWire(),
            Host = entry.Host.Value,
        };
        entry.Data.AddTo(wire.Data);
        return wire;
    }

    private static HistoryEntry ToDomain(V1.HistoryEntry wire) => new(
        wire.Sequence, wire.EventId.ToGuid(), wire.OccurredAt.ToTime(), wire.Event, wire.Kind.ToDomain(),
        wire.Outcome.ToDomain(), wire.Before.ToDomain(), wire.State.ToDomain(), wire.RequestId,
        wire.Initiator.Required().ToDomain(), new HostId(wire.Host), wire.Data.ToMap());
}
