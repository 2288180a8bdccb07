using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>The events of an instance's ports and sandbox; as in <see cref="InstanceEventMapping"/>.</summary>
internal static class PortEventMapping
{
    public static V1.AttachRequested ToWire(this AttachRequested e)
    {
        var wire = new V1.AttachRequested
        {
            Header = e.Header.ToWire(),
            OperationId = e.OperationId.ToWire(),
            Vif = e.Vif.ToWire(),
        };
        e.Steps.AddTo(wire.Steps);
        return wire;
    }

    public static AttachRequested ToDomain(this V1.AttachRequested wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Steps.ToSteps(), wire.Vif.Required().ToDomain());

    public static V1.DetachRequested ToWire(this DetachRequested e)
    {
        var wire = new V1.DetachRequested
        {
            Header = e.Header.ToWire(),
            OperationId = e.OperationId.ToWire(),
            Port = e.Port.ToWire(),
        };
        e.Steps.AddTo(wire.Steps);
        return wire;
    }

    public static DetachRequested ToDomain(this V1.DetachRequested wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Steps.ToSteps(), wire.Port.ToPortId());

    public static V1.RepairRequested ToWire(this RepairRequested e)
    {
        var wire = new V1.RepairRequested { Header = e.Header.ToWire(), OperationId = e.OperationId.ToWire() };
        e.Steps.AddTo(wire.Steps);
        return wire;
    }

    public static RepairRequested ToDomain(this V1.RepairRequested wire) =>
        new(wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Steps.ToSteps());

    public static V1.VifsBroken ToWire(this VifsBroken e)
    {
        var wire = new V1.VifsBroken { Header = e.Header.ToWire() };
        wire.Problems.AddRange(e.Problems.Select(problem => problem.ToWire()));
        return wire;
    }

    public static VifsBroken ToDomain(this V1.VifsBroken wire) =>
        new(wire.Header.ToDomain(), wire.Problems.Select(problem => problem.ToDomain()).ToEquatableArray());

    public static V1.SandboxLost ToWire(this SandboxLost e) => new()
    {
        Header = e.Header.ToWire(),
        SandboxId = e.SandboxId,
        IsRemoved = e.IsRemoved,
    };

    public static SandboxLost ToDomain(this V1.SandboxLost wire) =>
        new(wire.Header.ToDomain(), wire.SandboxId, wire.IsRemoved);
}
