using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using static NovaDocker.Domain.Hosts.HostProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>What is said to and by the hands of a host.</summary>
internal static class HostMapping
{
    public static V1.RunStep ToWire(this RunStep m)
    {
        var wire = new V1.RunStep
        {
            HostId = m.HostId.Value,
            InstanceId = m.InstanceId.ToWire(),
            OperationId = m.OperationId.ToWire(),
            Token = m.Token.ToWire(),
            Step = m.Step.ToWire(),
            Attempt = m.Attempt,
            Spec = m.Spec.ToWire(),
            Image = m.Image.ToWire(),
            Owner = m.Owner.ToWire(),
            Snapshot = m.Snapshot?.ToWire(),
            Untried = m.IsUntried,
            Terms = m.Terms.ToWire(),
            Rescue = m.Rescue?.ToWire(),
            Deletion = m.IsOfDeletion,
        };
        if (m.EngineImageId is { } engineImageId)
            wire.EngineImageId = engineImageId;
        if (m.ContainerId is { } containerId)
            wire.ContainerId = containerId;
        if (m.LastRunStartedAt is { } lastRunStartedAt)
            wire.LastRunStartedAt = lastRunStartedAt.ToWire();
        if (m.SandboxId is { } sandboxId)
            wire.SandboxId = sandboxId;
        if (m.Port is { } port)
            wire.Port = port.ToWire();
        wire.Ports.AddRange(m.Ports.Select(known => known.ToWire()));
        return wire;
    }

    public static RunStep ToDomain(this V1.RunStep wire) => new(
        new HostId(wire.HostId), wire.InstanceId.ToInstanceId(), wire.OperationId.ToOperationId(),
        wire.Token.Required().ToDomain(), wire.Step.ToDomain(), wire.Attempt, wire.Spec.Required().ToDomain(),
        wire.Image.Required().ToDomain(), wire.Owner.Required().ToDomain(),
        wire.HasEngineImageId ? wire.EngineImageId : null, wire.HasContainerId ? wire.ContainerId : null,
        wire.HasLastRunStartedAt ? wire.LastRunStartedAt.ToTime() : null, wire.Snapshot?.ToDomain())
    {
        IsUntried = wire.Untried,
        SandboxId = wire.HasSandboxId ? wire.SandboxId : null,
        Ports = wire.Ports.Select(port => port.ToDomain()).ToEquatableArray(),
        Port = wire.HasPort ? wire.Port.ToPortId() : null,
        Terms = wire.Terms.ToDomain(),
        Rescue = wire.Rescue?.ToDomain(),
        IsOfDeletion = wire.Deletion,
    };

    public static V1.LendToken ToWire(this LendToken m) =>
        new() { HostId = m.HostId.Value, InstanceId = m.InstanceId.ToWire(), Token = m.Token.Value };

    public static LendToken ToDomain(this V1.LendToken wire) =>
        new(new HostId(wire.HostId), wire.InstanceId.ToInstanceId(), new RequestToken(wire.Token));

    public static V1.StepProgressed ToWire(this StepProgressed m) => new()
    {
        InstanceId = m.InstanceId.ToWire(),
        Token = m.Token.ToWire(),
        Progress = m.Progress.ToWire(),
    };

    public static StepProgressed ToDomain(this V1.StepProgressed wire) => new(
        wire.InstanceId.ToInstanceId(), wire.Token.Required().ToDomain(), wire.Progress.Required().ToDomain());

    public static V1.ReadConsole ToWire(this ReadConsole m) => new()
    {
        HostId = m.HostId.Value,
        InstanceId = m.InstanceId.ToWire(),
        ContainerId = m.ContainerId,
        Lines = m.Lines,
    };

    public static ReadConsole ToDomain(this V1.ReadConsole wire) =>
        new(new HostId(wire.HostId), wire.InstanceId.ToInstanceId(), wire.ContainerId, wire.Lines);

    public static V1.InspectContainer ToWire(this InspectContainer m)
    {
        var wire = new V1.InspectContainer
        {
            HostId = m.HostId.Value,
            InstanceId = m.InstanceId.ToWire(),
            ContainerId = m.ContainerId,
            Revision = m.Revision,
        };
        if (m.LastFinishedAt is { } finished)
            wire.LastFinishedAt = finished.ToWire();
        return wire;
    }

    public static InspectContainer ToDomain(this V1.InspectContainer wire) =>
        new(new HostId(wire.HostId), wire.InstanceId.ToInstanceId(), wire.ContainerId, wire.Revision)
        {
            LastFinishedAt = wire.HasLastFinishedAt ? wire.LastFinishedAt.ToTime() : null,
        };

    public static V1.AdmitBoot ToWire(this AdmitBoot m)
    {
        var wire = new V1.AdmitBoot { HostId = m.HostId.Value, Boot = m.Boot.ToWire() };
        foreach (var (name, reference) in m.References)
            wire.References.Add(name, reference.ToWire());
        wire.KeptVifs.AddRange(m.KeptVifs.Select(vif => vif.ToWire()));
        return wire;
    }

    public static AdmitBoot ToDomain(this V1.AdmitBoot wire) =>
        new(new HostId(wire.HostId), wire.Boot.Required().ToDomain())
        {
            References = new EquatableMap<InstanceReference>(
                wire.References.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.ToDomain()))),
            KeptVifs = wire.KeptVifs.Select(vif => vif.ToDomain()).ToEquatableArray(),
        };

    public static V1.BootAdmitted ToWire(this BootAdmitted m) =>
        new() { InstanceId = m.InstanceId.ToWire(), Image = m.Image.ToWire(), Spec = m.Spec.ToWire() };

    public static BootAdmitted ToDomain(this V1.BootAdmitted wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Image.Required().ToDomain(), wire.Spec.Required().ToDomain());

    public static V1.IdentifyHost ToWire(this IdentifyHost _) => new();

    public static IdentifyHost ToDomain(this V1.IdentifyHost _) => new();

    public static V1.HostIdentified ToWire(this HostIdentified m) => new() { HostId = m.HostId.Value };

    public static HostIdentified ToDomain(this V1.HostIdentified wire) => new(new HostId(wire.HostId));

    public static V1.GetHost ToWire(this GetHost m) => new() { HostId = m.HostId.Value };

    public static GetHost ToDomain(this V1.GetHost wire) => new(new HostId(wire.HostId));

    public static V1.HostView ToWire(this HostView view)
    {
        var wire = new V1.HostView
        {
            Id = view.Id.Value,
            Name = view.Name,
            Address = view.Address,
            EngineState = view.EngineState.ToWire(),
            EngineVersion = view.EngineVersion,
            EngineAddress = view.EngineAddress,
            MemoryMb = view.MemoryMb,
            MemoryMbClaimed = view.MemoryMbClaimed,
            Vcpus = view.Vcpus,
            VcpusClaimed = view.VcpusClaimed,
            Instances = view.Instances,
            Steps = view.Steps,
            StepsWaiting = view.StepsWaiting,
            EngineRestarts = view.EngineRestarts,
            EngineApiVersion = view.EngineApiVersion,
            Machine = view.Machine is { } machine ? ToWire(machine) : null,
            Disk = view.Disk?.ToWire(),
        };
        wire.StepsInHand.AddRange(view.StepsInHand.Select(ToWire));
        if (view.Problem is { } problem)
            wire.Problem = problem;
        if (view.JournalProblem is { } journal)
            wire.JournalProblem = journal;
        return wire;
    }

    public static HostView ToDomain(this V1.HostView wire) => new(
        new HostId(wire.Id), wire.Name, wire.Address, wire.EngineState.ToDomain(), wire.EngineVersion,
        wire.EngineAddress, wire.MemoryMb, wire.MemoryMbClaimed, wire.Vcpus, wire.VcpusClaimed, wire.Instances, wire.Steps,
        wire.HasProblem ? wire.Problem : null)
    {
        StepsWaiting = wire.StepsWaiting,
        EngineRestarts = wire.EngineRestarts,
        StepsInHand = wire.StepsInHand.Select(ToDomain).ToEquatableArray(),
        EngineApiVersion = wire.EngineApiVersion,
        Machine = wire.Machine is { } machine ? ToDomain(machine) : null,
        Disk = wire.Disk?.ToDomain(),
        JournalProblem = wire.HasJournalProblem ? wire.JournalProblem : null,
    };

    private static V1.HostMachine ToWire(HostMachine machine) => new()
    {
        Processors = machine.Processors,
        CpuAllocationRatio = machine.CpuAllocationRatio,
        MemoryMb = machine.MemoryMb,
        ReservedMemoryMb = machine.ReservedMemoryMb,
        MemoryAllocationRatio = machine.MemoryAllocationRatio,
        ReservedDiskMb = machine.ReservedDiskMb,
    };

    private static HostMachine ToDomain(V1.HostMachine wire) => new(
        wire.Processors, wire.CpuAllocationRatio, wire.MemoryMb, wire.ReservedMemoryMb, wire.MemoryAllocationRatio, wire.ReservedDiskMb);

    private static V1.StepView ToWire(StepView step) => new()
    {
        InstanceId = step.InstanceId.ToWire(),
        Step = step.Step.ToWire(),
        Attempt = step.Attempt,
        Elapsed = step.Elapsed.Ticks,
        IsWaiting = step.IsWaiting,
    };

    private static StepView ToDomain(V1.StepView wire) => new(
        wire.InstanceId.ToInstanceId(), wire.Step.ToDomain(), wire.Attempt, wire.Elapsed.ToDuration(), wire.IsWaiting);

    private static V1.InstanceReference ToWire(this InstanceReference reference)
    {
        var wire = new V1.InstanceReference();
        if (reference.InstanceId is { } instance)
            wire.InstanceId = instance.ToWire();
        if (reference.HostId is { } host)
            wire.HostId = host.Value;
        if (reference.Problem is { } problem)
            wire.Problem = problem;
        return wire;
    }

    private static InstanceReference ToDomain(this V1.InstanceReference wire) => new(
        wire.HasInstanceId ? wire.InstanceId.ToInstanceId() : null,
        wire.HasHostId ? new HostId(wire.HostId) : null,
        wire.HasProblem ? wire.Problem : null);
}
