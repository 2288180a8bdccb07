using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>The news that hosts and timers bring to an instance.</summary>
internal static class InstanceNewsMapping
{
    public static V1.RecordStepCompleted ToWire(this RecordStepCompleted c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Token = c.Token.ToWire(),
        Result = c.Result.ToWire(),
    };

    public static RecordStepCompleted ToDomain(this V1.RecordStepCompleted wire) => new(
        wire.InstanceId.ToInstanceId(), wire.Token.Required().ToDomain(), wire.Result.Required().ToDomain());

    public static V1.RecordStepFailed ToWire(this RecordStepFailed c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Token = c.Token.ToWire(),
        Fault = c.Fault.ToWire(),
    };

    public static RecordStepFailed ToDomain(this V1.RecordStepFailed wire) => new(
        wire.InstanceId.ToInstanceId(), wire.Token.Required().ToDomain(), wire.Fault.Required().ToDomain());

    public static V1.RetryStep ToWire(this RetryStep c) =>
        new() { InstanceId = c.InstanceId.ToWire(), Revision = c.Revision };

    public static RetryStep ToDomain(this V1.RetryStep wire) => new(wire.InstanceId.ToInstanceId(), wire.Revision);

    public static V1.ResumeWork ToWire(this ResumeWork c) => new() { InstanceId = c.InstanceId.ToWire() };

    public static ResumeWork ToDomain(this V1.ResumeWork wire) => new(wire.InstanceId.ToInstanceId());

    public static V1.ReportContainerExited ToWire(this ReportContainerExited c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        ContainerId = c.ContainerId,
        Exit = c.Exit.ToWire(),
    };

    public static ReportContainerExited ToDomain(this V1.ReportContainerExited wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.ContainerId, wire.Exit.Required().ToDomain());

    public static V1.ReportContainerLost ToWire(this ReportContainerLost c) =>
        new() { InstanceId = c.InstanceId.ToWire(), ContainerId = c.ContainerId };

    public static ReportContainerLost ToDomain(this V1.ReportContainerLost wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.ContainerId);

    public static V1.ReportContainerSeen ToWire(this ReportContainerSeen c)
    {
        var wire = new V1.ReportContainerSeen
        {
            InstanceId = c.InstanceId.ToWire(),
            Sighting = c.Sighting.ToWire(),
        };
        if (c.AskedAt is { } revision)
            wire.AskedAt = revision;
        return wire;
    }

    public static ReportContainerSeen ToDomain(this V1.ReportContainerSeen wire) => new(
        wire.InstanceId.ToInstanceId(), wire.Sighting.Required().ToDomain(), wire.HasAskedAt ? wire.AskedAt : null);

    public static V1.ReportEngineRestarted ToWire(this ReportEngineRestarted c) =>
        new() { InstanceId = c.InstanceId.ToWire(), ContainerId = c.ContainerId };

    public static ReportEngineRestarted ToDomain(this V1.ReportEngineRestarted wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.ContainerId);

    public static V1.ReportVifsBroken ToWire(this ReportVifsBroken c)
    {
        var wire = new V1.ReportVifsBroken { InstanceId = c.InstanceId.ToWire() };
        wire.Problems.AddRange(c.Problems.Select(problem => problem.ToWire()));
        return wire;
    }

    public static ReportVifsBroken ToDomain(this V1.ReportVifsBroken wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Problems.Select(problem => problem.ToDomain()).ToEquatableArray());

    public static V1.ReportSandboxLost ToWire(this ReportSandboxLost c)
    {
        var wire = new V1.ReportSandboxLost
        {
            InstanceId = c.InstanceId.ToWire(),
            SandboxId = c.SandboxId,
            IsRemoved = c.IsRemoved,
        };
        if (c.StartedAt is { } started)
            wire.StartedAt = started.ToWire();
        return wire;
    }

    public static ReportSandboxLost ToDomain(this V1.ReportSandboxLost wire) => new(
        wire.InstanceId.ToInstanceId(), wire.SandboxId, wire.HasStartedAt ? wire.StartedAt.ToTime() : null, wire.IsRemoved);
}
