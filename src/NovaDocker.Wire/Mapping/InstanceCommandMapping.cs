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
        Again = c.IsAgain,
        EngineAway = c.EngineAwayToWire(),
        Terms = c.Terms.ToWire(),
    };

    public static Boot ToDomain(this V1.Boot wire) => new Boot(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Spec.Required().ToDomain(),
        wire.Image.Required().ToDomain(), new HostId(wire.Host))
    {
        IsAgain = wire.Again,
    }.With(wire.EngineAway, wire.Terms);

    public static V1.Delete ToWire(this Delete c) =>
        new() { InstanceId = c.InstanceId.ToWire(), Request = c.Request.ToWire(), EngineAway = c.EngineAwayToWire() };

    public static Delete ToDomain(this V1.Delete wire) =>
        new Delete(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain()).With(wire.EngineAway);

    public static V1.Start ToWire(this Start c) =>
        new() { InstanceId = c.InstanceId.ToWire(), Request = c.Request.ToWire(), EngineAway = c.EngineAwayToWire() };

    public static Start ToDomain(this V1.Start wire) =>
        new Start(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain()).With(wire.EngineAway);

    public static V1.Stop ToWire(this Stop c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        EngineAway = c.EngineAwayToWire(),
        Terms = c.Terms.ToWire(),
    };

    public static Stop ToDomain(this V1.Stop wire) =>
        new Stop(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain()).With(wire.EngineAway, wire.Terms);

    public static V1.Reboot ToWire(this Reboot c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        Hard = c.Hard,
        EngineAway = c.EngineAwayToWire(),
    };

    public static Reboot ToDomain(this V1.Reboot wire) =>
        new Reboot(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Hard).With(wire.EngineAway);

    public static V1.Pause ToWire(this Pause c) =>
        new() { InstanceId = c.InstanceId.ToWire(), Request = c.Request.ToWire(), EngineAway = c.EngineAwayToWire() };

    public static Pause ToDomain(this V1.Pause wire) =>
        new Pause(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain()).With(wire.EngineAway);

    public static V1.Unpause ToWire(this Unpause c) =>
        new() { InstanceId = c.InstanceId.ToWire(), Request = c.Request.ToWire(), EngineAway = c.EngineAwayToWire() };

    public static Unpause ToDomain(this V1.Unpause wire) =>
        new Unpause(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain()).With(wire.EngineAway);

    public static V1.Snapshot ToWire(this Snapshot c)
    {
        var wire = new V1.Snapshot
        {
            InstanceId = c.InstanceId.ToWire(),
            Request = c.Request.ToWire(),
            Target = c.Target.ToWire(),
            EngineAway = c.EngineAwayToWire(),
        };
        if (c.Token is { } token)
            wire.Token = token.Value;
        return wire;
    }

    public static Snapshot ToDomain(this V1.Snapshot wire) => new Snapshot(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Target.Required().ToDomain())
    {
        Token = wire.HasToken ? new RequestToken(wire.Token) : null,
    }.With(wire.EngineAway);

    public static V1.AttachInterface ToWire(this AttachInterface c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        Vif = c.Vif.ToWire(),
        EngineAway = c.EngineAwayToWire(),
    };

    public static AttachInterface ToDomain(this V1.AttachInterface wire) => new AttachInterface(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Vif.Required().ToDomain())
        .With(wire.EngineAway);

    public static V1.DetachInterface ToWire(this DetachInterface c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        Port = c.Port.ToWire(),
        EngineAway = c.EngineAwayToWire(),
    };

    public static DetachInterface ToDomain(this V1.DetachInterface wire) => new DetachInterface(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Port.ToPortId()).With(wire.EngineAway);

    /// <summary>What becomes of it while the Engine is away; null where it waits.</summary>
    internal static V1.EngineAway? EngineAwayToWire(this VerbCommand command)
    {
        if (command is { RefuseIfEngineAway: false, EngineProblem: null })
            return null;
        var wire = new V1.EngineAway { Refuse = command.RefuseIfEngineAway };
        if (command.EngineProblem is { } problem)
            wire.Problem = problem;
        return wire;
    }

    /// <summary>The command with what stands beside its own fields.</summary>
    internal static T With<T>(this T command, V1.EngineAway? away, V1.OperationTerms? terms = null)
        where T : VerbCommand => away is null && terms is null
        ? command
        : (T)((VerbCommand)command with
        {
            RefuseIfEngineAway = away?.Refuse ?? false,
            EngineProblem = away is { HasProblem: true } ? away.Problem : null,
            Terms = terms.ToDomain(),
        });
}
