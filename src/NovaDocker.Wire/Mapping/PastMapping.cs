using System.Runtime.CompilerServices;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Compute.ComputeProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>What the journal tells of operations, and of what instances do by themselves.</summary>
internal static class PastMapping
{
    public static V1.GetOperation ToWire(this GetOperation q) =>
        new() { InstanceId = q.InstanceId.ToWire(), OperationId = q.OperationId.ToWire() };

    public static GetOperation ToDomain(this V1.GetOperation wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.OperationId.ToOperationId());

    public static V1.OperationReport ToWire(this OperationReport a) => new()
    {
        InstanceId = a.InstanceId.ToWire(),
        Record = a.Record is { } record ? ToWire(record) : null,
    };

    public static OperationReport ToDomain(this V1.OperationReport wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Record is { } record ? ToDomain(record) : null);

    public static V1.AwaitLifecycle ToWire(this AwaitLifecycle q)
    {
        var wire = new V1.AwaitLifecycle { Patience = q.Patience.Ticks };
        if (q.After is { } after)
            wire.After = after;
        return wire;
    }

    public static AwaitLifecycle ToDomain(this V1.AwaitLifecycle wire) =>
        new(wire.HasAfter ? wire.After : null, wire.Patience.ToDuration());

    public static V1.LifecyclePage ToWire(this LifecyclePage page)
    {
        var wire = new V1.LifecyclePage { Next = page.Next };
        wire.Events.AddRange(page.Events.Select(ToWire));
        return wire;
    }

    public static LifecyclePage ToDomain(this V1.LifecyclePage wire) =>
        new(wire.Events.Select(ToDomain).ToEquatableArray(), wire.Next);

    private static V1.OperationRecord ToWire(OperationRecord record)
    {
        var wire = new V1.OperationRecord
        {
            Id = record.Id.ToWire(),
            Verb = record.Verb.ToWire(),
            RequestId = record.RequestId,
            Revision = record.Revision,
            Fault = record.Fault?.ToWire(),
        };
        if (record.End is { } end)
            wire.End = end.ToWire();
        if (record.FaultStep is { } step)
            wire.FaultStep = step.ToWire();
        return wire;
    }

    private static OperationRecord ToDomain(V1.OperationRecord wire) => new(
        wire.Id.ToOperationId(), wire.Verb.ToDomain(), wire.RequestId, wire.Revision,
        wire.HasEnd ? wire.End.ToDomain() : null, wire.Fault?.ToDomain(), wire.HasFaultStep ? wire.FaultStep.ToDomain() : null);

    private static V1.LifecycleEvent ToWire(LifecycleEvent e) => new()
    {
        Cursor = e.Cursor,
        InstanceId = e.InstanceId.ToWire(),
        Transition = e.Transition.ToWire(),
        OccurredAt = e.OccurredAt.ToWire(),
        Reason = e.Reason,
    };

    private static LifecycleEvent ToDomain(V1.LifecycleEvent wire) => new(
        wire.Cursor, wire.InstanceId.ToInstanceId(), wire.Transition.ToDomain(), wire.OccurredAt.ToTime(), wire.Reason);

    private static V1.OperationEnd ToWire(this OperationEnd value) =>
        (V1.OperationEnd)FieldMapping.Known(value, nameof(OperationEnd));

    private static OperationEnd ToDomain(this V1.OperationEnd value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((OperationEnd)value, field);

    private static V1.LifecycleTransition ToWire(this LifecycleTransition value) =>
        (V1.LifecycleTransition)FieldMapping.Known(value, nameof(LifecycleTransition));

    private static LifecycleTransition ToDomain(
        this V1.LifecycleTransition value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((LifecycleTransition)value, field);
}
