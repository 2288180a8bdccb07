using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>The wishes of commanders.</summary>
internal static class InstanceCommandMapping
{
    public static V1.Boot ToWire(this Boot c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        Spec = c.Spec.ToWire(),
        Image = c.Image.ToWire(),
        Host = c.Host.Value,
    };

    public static Boot ToDomain(this V1.Boot wire) => new(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Spec.Required().ToDomain(),
        wire.Image.Required().ToDomain(), new HostId(wire.Host));

    public static V1.Delete ToWire(this Delete c) =>
        new() { InstanceId = c.InstanceId.ToWire(), Request = c.Request.ToWire() };

    public static Delete ToDomain(this V1.Delete wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain());

    public static V1.Start ToWire(this Start c) =>
        new() { InstanceId = c.InstanceId.ToWire(), Request = c.Request.ToWire() };

    public static Start ToDomain(this V1.Start wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain());

    public static V1.Stop ToWire(this Stop c) =>
        new() { InstanceId = c.InstanceId.ToWire(), Request = c.Request.ToWire() };

    public static Stop ToDomain(this V1.Stop wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain());

    public static V1.Reboot ToWire(this Reboot c) =>
        new() { InstanceId = c.InstanceId.ToWire(), Request = c.Request.ToWire(), Hard = c.Hard };

    public static Reboot ToDomain(this V1.Reboot wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Hard);

    public static V1.Pause ToWire(this Pause c) =>
        new() { InstanceId = c.InstanceId.ToWire(), Request = c.Request.ToWire() };

    public static Pause ToDomain(this V1.Pause wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain());

    public static V1.Unpause ToWire(this Unpause c) =>
        new() { InstanceId = c.InstanceId.ToWire(), Request = c.Request.ToWire() };

    public static Unpause ToDomain(this V1.Unpause wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain());

    public static V1.Snapshot ToWire(this Snapshot c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        Target = c.Target.ToWire(),
    };

    public static Snapshot ToDomain(this V1.Snapshot wire) => new(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Target.Required().ToDomain());
}
