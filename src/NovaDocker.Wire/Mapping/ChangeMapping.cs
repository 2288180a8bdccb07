using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>What makes an instance another one than it was booted as.</summary>
internal static class ChangeMapping
{
    public static V1.Suspend ToWire(this Suspend c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        EngineAway = c.EngineAwayToWire(),
    };

    public static Suspend ToDomain(this V1.Suspend wire) => new Suspend(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain()).With(wire.EngineAway);

    public static V1.Resume ToWire(this Resume c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        EngineAway = c.EngineAwayToWire(),
    };

    public static Resume ToDomain(this V1.Resume wire) => new Resume(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain()).With(wire.EngineAway);

    public static V1.Rebuild ToWire(this Rebuild c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        Spec = c.Spec.ToWire(),
        Image = c.Image.ToWire(),
        EngineAway = c.EngineAwayToWire(),
        Terms = c.Terms.ToWire(),
    };

    public static Rebuild ToDomain(this V1.Rebuild wire) => new Rebuild(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Spec.Required().ToDomain(), wire.Image.Required().ToDomain()).With(wire.EngineAway, wire.Terms);

    public static V1.Resize ToWire(this Resize c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        Size = c.Size.ToWire(),
        EngineAway = c.EngineAwayToWire(),
        Terms = c.Terms.ToWire(),
    };

    public static Resize ToDomain(this V1.Resize wire) => new Resize(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Size.Required().ToDomain()).With(wire.EngineAway, wire.Terms);

    public static V1.ConfirmResize ToWire(this ConfirmResize c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        EngineAway = c.EngineAwayToWire(),
    };

    public static ConfirmResize ToDomain(this V1.ConfirmResize wire) => new ConfirmResize(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain()).With(wire.EngineAway);

    public static V1.RevertResize ToWire(this RevertResize c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        EngineAway = c.EngineAwayToWire(),
        Terms = c.Terms.ToWire(),
    };

    public static RevertResize ToDomain(this V1.RevertResize wire) => new RevertResize(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain()).With(wire.EngineAway, wire.Terms);

    public static V1.Rescue ToWire(this Rescue c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        Image = c.Image.ToWire(),
        EngineAway = c.EngineAwayToWire(),
    };

    public static Rescue ToDomain(this V1.Rescue wire) => new Rescue(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Image.Required().ToDomain()).With(wire.EngineAway);

    public static V1.Unrescue ToWire(this Unrescue c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        EngineAway = c.EngineAwayToWire(),
    };

    public static Unrescue ToDomain(this V1.Unrescue wire) => new Unrescue(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain()).With(wire.EngineAway);

    public static V1.TellVifPlugging ToWire(this TellVifPlugging c) => new()
    {
        InstanceId = c.InstanceId.ToWire(),
        Request = c.Request.ToWire(),
        Outcome = c.Outcome.ToWire(),
        Detail = c.Detail,
    };

    public static TellVifPlugging ToDomain(this V1.TellVifPlugging wire) => new(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Outcome.ToDomain(), wire.Detail);

    public static V1.RebuildInstance ToWire(this RebuildInstance c) => new() { Boot = c.Boot.ToWire() };

    public static RebuildInstance ToDomain(this V1.RebuildInstance wire) => new(wire.Boot.Required().ToDomain());

    public static V1.RescueInstance ToWire(this RescueInstance c)
    {
        var wire = new V1.RescueInstance
        {
            InstanceId = c.InstanceId.ToWire(),
            Request = c.Request.ToWire(),
            ImageReference = c.ImageReference,
            RefuseIfEngineAway = c.RefuseIfEngineAway,
        };
        if (c.Token is { } token)
            wire.Token = token.Value;
        return wire;
    }

    public static RescueInstance ToDomain(this V1.RescueInstance wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.ImageReference)
        {
            Token = wire.HasToken ? new RequestToken(wire.Token) : null,
            RefuseIfEngineAway = wire.RefuseIfEngineAway,
        };

    public static V1.RebuildRequested ToWire(this RebuildRequested e)
    {
        var wire = new V1.RebuildRequested
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

    public static RebuildRequested ToDomain(this V1.RebuildRequested wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Steps.ToSteps(), wire.Spec.Required().ToDomain(),
        wire.Image.Required().ToDomain())
    {
        Terms = wire.Terms.ToDomain(),
    };

    public static V1.ResizeRequested ToWire(this ResizeRequested e)
    {
        var wire = new V1.ResizeRequested
        {
            Header = e.Header.ToWire(),
            OperationId = e.OperationId.ToWire(),
            Size = e.Size.ToWire(),
            Terms = e.Terms.ToWire(),
        };
        e.Steps.AddTo(wire.Steps);
        return wire;
    }

    public static ResizeRequested ToDomain(this V1.ResizeRequested wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Steps.ToSteps(), wire.Size.Required().ToDomain())
    {
        Terms = wire.Terms.ToDomain(),
    };

    public static V1.RescueRequested ToWire(this RescueRequested e)
    {
        var wire = new V1.RescueRequested
        {
            Header = e.Header.ToWire(),
            OperationId = e.OperationId.ToWire(),
            Image = e.Image.ToWire(),
        };
        e.Steps.AddTo(wire.Steps);
        return wire;
    }

    public static RescueRequested ToDomain(this V1.RescueRequested wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Steps.ToSteps(), wire.Image.Required().ToDomain());
}
