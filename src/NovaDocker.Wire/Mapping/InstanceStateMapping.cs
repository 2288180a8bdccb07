using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Wire.Mapping;

/// <summary>The state of an instance, for its actor's snapshots.</summary>
internal static class InstanceStateMapping
{
    public static V1.InstanceSnapshot ToWire(this InstanceSnapshot snapshot) =>
        new() { State = ToWire(snapshot.State) };

    public static InstanceSnapshot ToDomain(this V1.InstanceSnapshot wire) => new(ToDomain(wire.State.Required()));

    private static V1.InstanceState ToWire(InstanceState state) => state switch
    {
        InstanceState.Absent => new() { Absent = new() },
        InstanceState.Resting s => new()
        {
            Resting = new() { Facts = s.Facts.ToWire(), Phase = s.Phase.ToWire() },
        },
        InstanceState.Working s => new()
        {
            Working = new() { Facts = s.Facts.ToWire(), Operation = s.Operation.ToWire() },
        },
        _ => throw FieldMapping.Wrong("State", $"{state.GetType().Name} has no place on the wire."),
    };

    private static InstanceState ToDomain(V1.InstanceState wire) => wire.StateCase switch
    {
        V1.InstanceState.StateOneofCase.Absent => InstanceState.Absent.Instance,
        V1.InstanceState.StateOneofCase.Resting => ToResting(wire.Resting),
        V1.InstanceState.StateOneofCase.Working => ToWorking(wire.Working),
        _ => throw FieldMapping.Wrong("State", "it is none that this version knows."),
    };

    private static InstanceState.Resting ToResting(V1.InstanceState.Types.Resting wire)
    {
        var facts = wire.Facts.Required().ToDomain();
        var phase = wire.Phase.ToDomain();
        try
        {
            return new InstanceState.Resting(facts, phase);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw FieldMapping.Wrong("Phase", $"an instance does not rest in {phase}.");
        }
    }

    private static InstanceState.Working ToWorking(V1.InstanceState.Types.Working wire)
    {
        var operation = wire.Operation.Required().ToDomain();
        return operation.Verb != InstanceVerb.ConsoleOutput
            ? new InstanceState.Working(wire.Facts.Required().ToDomain(), operation)
            : throw FieldMapping.Wrong("Verb", $"{operation.Verb} starts no operation.");
    }

    private static V1.InstanceFacts ToWire(this InstanceFacts facts)
    {
        var wire = new V1.InstanceFacts
        {
            InstanceId = facts.InstanceId.ToWire(),
            Revision = facts.Revision,
            Spec = facts.Spec.ToWire(),
            Image = facts.Image.ToWire(),
            Host = facts.Host.Value,
            Owner = facts.Owner.ToWire(),
            CreatedAt = facts.CreatedAt.ToWire(),
            Since = facts.Since.ToWire(),
            LastExit = facts.LastExit?.ToWire(),
            LastFault = facts.LastFault?.ToWire(),
            OtherSize = facts.OtherSize?.ToWire(),
            Former = facts.Former?.ToWire(),
            Rescue = facts.Rescue?.ToWire(),
        };
        if (facts.EngineImageId is { } engineImageId)
            wire.EngineImageId = engineImageId;
        if (facts.ContainerId is { } containerId)
            wire.ContainerId = containerId;
        if (facts.RunStartedAt is { } runStartedAt)
            wire.RunStartedAt = runStartedAt.ToWire();
        if (facts.ContainerAlias is { } alias)
            wire.ContainerAlias = alias;
        if (facts.Health is { } health)
            wire.Health = health.ToWire();
        wire.Restarts = facts.Restarts;
        if (facts.SandboxId is { } sandboxId)
            wire.SandboxId = sandboxId;
        if (facts.SandboxStartedAt is { } sandboxStartedAt)
            wire.SandboxStartedAt = sandboxStartedAt.ToWire();
        wire.Ports.AddRange(facts.Ports.Select(port => port.ToWire()));
        wire.Repairs = facts.Repairs;
        facts.ImageDefaults.AddTo(wire.ImageDefaults);
        wire.Answers.AddRange(facts.Answers.Select(ToWire));
        return wire;
    }

    private static InstanceFacts ToDomain(this V1.InstanceFacts wire) => new(
        wire.InstanceId.ToInstanceId(), wire.Revision, wire.Spec.Required().ToDomain(),
        wire.Image.Required().ToDomain(), new HostId(wire.Host), wire.Owner.Required().ToDomain(),
        wire.CreatedAt.ToTime(), wire.Since.ToTime(),
        wire.HasEngineImageId ? wire.EngineImageId : null, wire.HasContainerId ? wire.ContainerId : null,
        wire.HasRunStartedAt ? wire.RunStartedAt.ToTime() : null, wire.LastExit?.ToDomain(), wire.LastFault?.ToDomain(),
        wire.Answers.Select(ToDomain).ToEquatableArray())
    {
        ContainerAlias = wire.HasContainerAlias ? wire.ContainerAlias : null,
        Health = wire.HasHealth ? wire.Health.ToDomain() : null,
        Restarts = wire.Restarts,
        ImageDefaults = wire.ImageDefaults.ToOptions(),
        SandboxId = wire.HasSandboxId ? wire.SandboxId : null,
        SandboxStartedAt = wire.HasSandboxStartedAt ? wire.SandboxStartedAt.ToTime() : null,
        Ports = wire.Ports.Select(port => port.ToDomain()).ToEquatableArray(),
        Repairs = wire.Repairs,
        OtherSize = wire.OtherSize?.ToDomain(),
        Former = wire.Former?.ToDomain(),
        Rescue = wire.Rescue?.ToDomain(),
    };

    private static V1.RecordedAnswer ToWire(RecordedAnswer answer) => new()
    {
        RequestId = answer.RequestId,
        Verb = answer.Verb.ToWire(),
        Reply = answer.Reply.ToWire(),
    };

    private static RecordedAnswer ToDomain(V1.RecordedAnswer wire) =>
        new(wire.RequestId, wire.Verb.ToDomain(), wire.Reply.Required().ToDomain());

    private static V1.Operation ToWire(this Operation operation)
    {
        var wire = new V1.Operation
        {
            Id = operation.Id.ToWire(),
            Verb = operation.Verb.ToWire(),
            Request = operation.Request.ToWire(),
            Origin = operation.Origin.ToWire(),
            Status = operation.Status.ToWire(),
            Attempt = operation.Attempt,
            IntentRevision = operation.IntentRevision,
            Failure = operation.Failure?.ToWire(),
            Snapshot = operation.Snapshot?.ToWire(),
            Terms = operation.Terms.ToWire(),
        };
        operation.Pending.AddTo(wire.Pending);
        if (operation.RetryAt is { } retryAt)
            wire.RetryAt = retryAt.ToWire();
        if (operation.Port is { } port)
            wire.Port = port.ToWire();
        if (operation.Deadline is { } deadline)
            wire.Deadline = deadline.ToWire();
        return wire;
    }

    private static Operation ToDomain(this V1.Operation wire) => new(
        wire.Id.ToOperationId(), wire.Verb.ToDomain(), wire.Request.Required().ToDomain(), wire.Origin.ToDomain(),
        wire.Pending.ToSteps(), wire.Status.ToDomain(), wire.Attempt, wire.IntentRevision,
        wire.HasRetryAt ? wire.RetryAt.ToTime() : null, wire.Failure?.ToDomain(), wire.Snapshot?.ToDomain())
    {
        Port = wire.HasPort ? wire.Port.ToPortId() : null,
        Terms = wire.Terms.ToDomain(),
        Deadline = wire.HasDeadline ? wire.Deadline.ToTime() : null,
    };
}
