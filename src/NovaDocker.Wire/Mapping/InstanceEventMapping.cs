using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>
/// The events. What is read here was written by every version that there ever was: a field that came later gets its
/// value for older bytes here and not in the state.
/// </summary>
internal static class InstanceEventMapping
{
    public static V1.EventHeader ToWire(this EventHeader header) => new()
    {
        EventId = header.EventId.ToWire(),
        CommandId = header.CommandId.ToWire(),
        InstanceId = header.InstanceId.ToWire(),
        OccurredAt = header.OccurredAt.ToWire(),
        Request = header.Request.ToWire(),
        Host = header.Host.Value,
        Before = header.Before.ToWire(),
        After = header.After.ToWire(),
    };

    public static EventHeader ToDomain(this V1.EventHeader? wire)
    {
        var header = wire.Required("Header");
        return new EventHeader(
            header.EventId.ToGuid(), header.CommandId.ToGuid(), header.InstanceId.ToInstanceId(),
            header.OccurredAt.ToTime(), header.Request.Required().ToDomain(), new HostId(header.Host),
            header.Before.ToDomain(), header.After.ToDomain());
    }

    public static V1.BootRequested ToWire(this BootRequested e)
    {
        var wire = new V1.BootRequested
        {
            Header = e.Header.ToWire(),
            OperationId = e.OperationId.ToWire(),
            Spec = e.Spec.ToWire(),
            Image = e.Image.ToWire(),
            Terms = e.Terms.ToWire(),
        };
        e.Steps.AddTo(wire.Steps);
        return wire;
    }

    public static BootRequested ToDomain(this V1.BootRequested wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Steps.ToSteps(), wire.Spec.Required().ToDomain(),
        wire.Image.Required().ToDomain())
    {
        Terms = wire.Terms.ToDomain(),
    };

    public static V1.SnapshotRequested ToWire(this SnapshotRequested e)
    {
        var wire = new V1.SnapshotRequested
        {
            Header = e.Header.ToWire(),
            OperationId = e.OperationId.ToWire(),
            Target = e.Target.ToWire(),
        };
        e.Steps.AddTo(wire.Steps);
        return wire;
    }

    public static SnapshotRequested ToDomain(this V1.SnapshotRequested wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Steps.ToSteps(),
        wire.Target.Required().ToDomain());

    public static V1.DeleteRequested ToWire(this DeleteRequested e)
    {
        var wire = new V1.DeleteRequested
        {
            Header = e.Header.ToWire(),
            OperationId = e.OperationId.ToWire(),
            Discarded = e.Discarded?.ToWire(),
        };
        e.Steps.AddTo(wire.Steps);
        return wire;
    }

    public static DeleteRequested ToDomain(this V1.DeleteRequested wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Steps.ToSteps(), wire.Discarded?.ToDomain());

    public static V1.PowerChangeRequested ToWire(this PowerChangeRequested e)
    {
        var wire = new V1.PowerChangeRequested
        {
            Header = e.Header.ToWire(),
            OperationId = e.OperationId.ToWire(),
            Verb = e.Verb.ToWire(),
            Terms = e.Terms.ToWire(),
        };
        e.Steps.AddTo(wire.Steps);
        return wire;
    }

    public static PowerChangeRequested ToDomain(this V1.PowerChangeRequested wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Steps.ToSteps(), wire.Verb.ToDomain())
    {
        Terms = wire.Terms.ToDomain(),
    };

    public static V1.CommandAnswered ToWire(this CommandAnswered e) => new()
    {
        Header = e.Header.ToWire(),
        Verb = e.Verb.ToWire(),
        Reply = e.Reply.ToWire(),
    };

    public static CommandAnswered ToDomain(this V1.CommandAnswered wire) =>
        new(wire.Header.ToDomain(), wire.Verb.ToDomain(), wire.Reply.Required().ToDomain());

    public static V1.ContainerExited ToWire(this ContainerExited e) => new()
    {
        Header = e.Header.ToWire(),
        ContainerId = e.ContainerId,
        Exit = e.Exit.ToWire(),
    };

    public static ContainerExited ToDomain(this V1.ContainerExited wire) =>
        new(wire.Header.ToDomain(), wire.ContainerId, wire.Exit.Required().ToDomain());

    public static V1.ContainerLost ToWire(this ContainerLost e) => new()
    {
        Header = e.Header.ToWire(),
        ContainerId = e.ContainerId,
    };

    public static ContainerLost ToDomain(this V1.ContainerLost wire) => new(wire.Header.ToDomain(), wire.ContainerId);

    public static V1.RestartRequested ToWire(this RestartRequested e)
    {
        var wire = new V1.RestartRequested
        {
            Header = e.Header.ToWire(),
            OperationId = e.OperationId.ToWire(),
            Cause = e.Cause.ToWire(),
            Restart = e.Restart,
            StartAt = e.StartAt.ToWire(),
        };
        e.Steps.AddTo(wire.Steps);
        return wire;
    }

    public static RestartRequested ToDomain(this V1.RestartRequested wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Steps.ToSteps(), wire.Cause.ToDomain(),
        wire.Restart, wire.StartAt.ToTime());

    public static V1.RestartGivenUp ToWire(this RestartGivenUp e) => new()
    {
        Header = e.Header.ToWire(),
        Cause = e.Cause.ToWire(),
        Restarts = e.Restarts,
    };

    public static RestartGivenUp ToDomain(this V1.RestartGivenUp wire) =>
        new(wire.Header.ToDomain(), wire.Cause.ToDomain(), wire.Restarts);

    public static V1.ContainerDrifted ToWire(this ContainerDrifted e)
    {
        var wire = new V1.ContainerDrifted
        {
            Header = e.Header.ToWire(),
            ContainerId = e.ContainerId,
            Drift = e.Drift.ToWire(),
            Name = e.Name,
        };
        if (e.RunStartedAt is { } started)
            wire.RunStartedAt = started.ToWire();
        return wire;
    }

    public static ContainerDrifted ToDomain(this V1.ContainerDrifted wire) => new(
        wire.Header.ToDomain(), wire.ContainerId, wire.Drift.ToDomain(),
        wire.HasRunStartedAt ? wire.RunStartedAt.ToTime() : null, wire.Name);

    public static V1.HealthChanged ToWire(this HealthChanged e) => new()
    {
        Header = e.Header.ToWire(),
        ContainerId = e.ContainerId,
        Health = e.Health.ToWire(),
    };

    public static HealthChanged ToDomain(this V1.HealthChanged wire) =>
        new(wire.Header.ToDomain(), wire.ContainerId, wire.Health.ToDomain());
}
