using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>What an instance's container uses of its host.</summary>
internal static class UsageMapping
{
    public static V1.GetUsage ToWire(this GetUsage q) => new() { InstanceId = q.InstanceId.ToWire() };

    public static GetUsage ToDomain(this V1.GetUsage wire) => new(wire.InstanceId.ToInstanceId());

    public static V1.ReadUsage ToWire(this HostProtocol.ReadUsage m) =>
        new() { HostId = m.HostId.Value, InstanceId = m.InstanceId.ToWire(), ContainerId = m.ContainerId };

    public static HostProtocol.ReadUsage ToDomain(this V1.ReadUsage wire) =>
        new(new HostId(wire.HostId), wire.InstanceId.ToInstanceId(), wire.ContainerId);

    public static V1.UsageReport ToWire(this UsageReport a) => new()
    {
        InstanceId = a.InstanceId.ToWire(),
        Usage = a.Usage is { } usage ? ToWire(usage) : null,
    };

    public static UsageReport ToDomain(this V1.UsageReport wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Usage is { } usage ? ToDomain(usage) : null);

    private static V1.ContainerUsage ToWire(ContainerUsage usage)
    {
        var wire = new V1.ContainerUsage { CpuTime = usage.CpuTime.Ticks };
        if (usage.MemoryBytes is { } bytes)
            wire.MemoryBytes = bytes;
        return wire;
    }

    private static ContainerUsage ToDomain(V1.ContainerUsage wire) =>
        new(wire.CpuTime.ToDuration(), wire.HasMemoryBytes ? wire.MemoryBytes : null);
}
