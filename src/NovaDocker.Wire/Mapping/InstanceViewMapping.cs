using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Wire.Mapping;

/// <summary>An instance as a commander is shown it.</summary>
internal static class InstanceViewMapping
{
    public static V1.InstanceView ToWire(this InstanceView view)
    {
        var wire = new V1.InstanceView
        {
            Id = view.Id.ToWire(),
            Revision = view.Revision,
            Name = view.Name,
            Phase = view.Phase.ToWire(),
            Nova = view.Nova.ToWire(),
            Host = view.Host.Value,
            Image = view.Image.ToWire(),
            MemoryMb = view.MemoryMb,
            Vcpus = view.Vcpus,
            ProjectId = view.ProjectId,
            UserId = view.UserId,
            CreatedAt = view.CreatedAt.ToWire(),
            Since = view.Since.ToWire(),
            Operation = view.Operation?.ToWire(),
            LastExit = view.LastExit?.ToWire(),
            Fault = view.Fault?.ToWire(),
            Upkeep = view.Upkeep.ToWire(),
            Restarts = view.Restarts,
            UserData = view.UserData?.ToWire(),
            IsSandboxUp = view.IsSandboxUp,
            OtherSize = view.OtherSize?.ToWire(),
            Rescue = view.Rescue?.ToWire(),
        };
        if (view.RunStartedAt is { } runStartedAt)
            wire.RunStartedAt = runStartedAt.ToWire();
        if (view.ContainerAlias is { } alias)
            wire.ContainerAlias = alias;
        if (view.Health is { } health)
            wire.Health = health.ToWire();
        if (view.EngineImageId is { } engineImageId)
            wire.EngineImageId = engineImageId;
        if (view.ContainerId is { } containerId)
            wire.ContainerId = containerId;
        wire.Command.AddRange(view.Command);
        wire.EnvironmentNames.AddRange(view.EnvironmentNames);
        wire.Options.AddRange(view.Options.Select(option => option.ToWire()));
        wire.Ports.AddRange(view.Ports.Select(port => port.ToWire()));
        if (view.SandboxId is { } sandboxId)
            wire.SandboxId = sandboxId;
        return wire;
    }

    public static InstanceView ToDomain(this V1.InstanceView wire) => new(
        wire.Id.ToInstanceId(), wire.Revision, wire.Name, wire.Phase.ToDomain(), wire.Nova.Required().ToDomain(),
        new HostId(wire.Host), wire.Image.Required().ToDomain(), wire.HasEngineImageId ? wire.EngineImageId : null,
        wire.HasContainerId ? wire.ContainerId : null, wire.MemoryMb, wire.Vcpus, wire.Command.ToEquatableArray(),
        wire.EnvironmentNames.ToEquatableArray(), wire.ProjectId, wire.UserId, wire.CreatedAt.ToTime(),
        wire.Since.ToTime(), wire.Operation?.ToDomain(), wire.LastExit?.ToDomain(), wire.Fault?.ToDomain())
    {
        RunStartedAt = wire.HasRunStartedAt ? wire.RunStartedAt.ToTime() : null,
        ContainerAlias = wire.HasContainerAlias ? wire.ContainerAlias : null,
        Upkeep = wire.Upkeep.ToDomain(),
        Restarts = wire.Restarts,
        Options = wire.Options.Select(option => option.ToDomain()).ToEquatableArray(),
        UserData = wire.UserData?.ToDomain(),
        Health = wire.HasHealth ? wire.Health.ToDomain() : null,
        Ports = wire.Ports.Select(port => port.ToDomain()).ToEquatableArray(),
        SandboxId = wire.HasSandboxId ? wire.SandboxId : null,
        IsSandboxUp = wire.IsSandboxUp,
        OtherSize = wire.OtherSize?.ToDomain(),
        Rescue = wire.Rescue?.ToDomain(),
    };

    private static V1.NovaStates ToWire(this NovaStates states)
    {
        var wire = new V1.NovaStates { VmState = states.VmState, PowerState = states.PowerState };
        if (states.TaskState is { } taskState)
            wire.TaskState = taskState;
        return wire;
    }

    private static NovaStates ToDomain(this V1.NovaStates wire) =>
        new(wire.VmState, wire.HasTaskState ? wire.TaskState : null, wire.PowerState);

    private static V1.OperationView ToWire(this OperationView operation)
    {
        var wire = new V1.OperationView
        {
            Id = operation.Id.ToWire(),
            Verb = operation.Verb.ToWire(),
            Attempt = operation.Attempt,
            Progress = operation.Progress?.ToWire(),
        };
        if (operation.Step is { } step)
            wire.Step = step.ToWire();
        if (operation.RetryAt is { } retryAt)
            wire.RetryAt = retryAt.ToWire();
        return wire;
    }

    private static OperationView ToDomain(this V1.OperationView wire) => new(
        wire.Id.ToOperationId(), wire.Verb.ToDomain(), wire.HasStep ? wire.Step.ToDomain() : null, wire.Attempt,
        wire.HasRetryAt ? wire.RetryAt.ToTime() : null, wire.Progress?.ToDomain());
}
