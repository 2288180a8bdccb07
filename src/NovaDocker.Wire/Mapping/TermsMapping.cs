using Google.Protobuf;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Wire.Mapping;

/// <summary>How operations are to be carried out, and what they make of an instance. What is usual is not written.</summary>
internal static class TermsMapping
{
    public static V1.OperationTerms? ToWire(this OperationTerms terms)
    {
        if (terms == OperationTerms.Usual)
            return null;
        var wire = new V1.OperationTerms { LeavesStopped = terms.LeavesStopped, MustStayUp = terms.MustStayUp };
        if (terms.Grace is { } grace)
            wire.Grace = grace.Ticks;
        if (terms.AwaitVifs is { } wait)
            wire.AwaitVifs = new() { Timeout = wait.Timeout.Ticks, IsFatal = wait.IsFatal };
        return wire;
    }

    public static OperationTerms ToDomain(this V1.OperationTerms? wire) => wire is null
        ? OperationTerms.Usual
        : new OperationTerms
        {
            LeavesStopped = wire.LeavesStopped,
            Grace = wire.HasGrace ? TimeSpan.FromTicks(wire.Grace) : null,
            AwaitVifs = wire.AwaitVifs is { } wait
                ? new VifPluggingWait(TimeSpan.FromTicks(wait.Timeout), wait.IsFatal)
                : null,
            MustStayUp = wire.MustStayUp,
        };

    public static V1.InstanceSize ToWire(this InstanceSize size) => new() { MemoryMb = size.MemoryMb, Vcpus = size.Vcpus };

    public static InstanceSize ToDomain(this V1.InstanceSize wire) => new(wire.MemoryMb, wire.Vcpus);

    public static V1.InstanceFileRecord ToWire(this InstanceFileRecord file) => new()
    {
        Path = file.Path,
        Sha256 = ByteString.CopyFrom(Convert.FromHexString(file.Sha256)),
        Size = file.Size,
    };

    public static InstanceFileRecord ToDomain(this V1.InstanceFileRecord wire) =>
        new(wire.Path, Convert.ToHexStringLower(wire.Sha256.Span), wire.Size);

    public static V1.RescueFacts ToWire(this RescueFacts rescue)
    {
        var wire = new V1.RescueFacts { Image = rescue.Image.ToWire() };
        if (rescue.EngineImageId is { } engineImageId)
            wire.EngineImageId = engineImageId;
        if (rescue.ContainerId is { } containerId)
            wire.ContainerId = containerId;
        return wire;
    }

    public static RescueFacts ToDomain(this V1.RescueFacts wire) => new(
        wire.Image.Required().ToDomain(), wire.HasEngineImageId ? wire.EngineImageId : null,
        wire.HasContainerId ? wire.ContainerId : null);

    public static V1.FormerImage ToWire(this FormerImage former)
    {
        var wire = new V1.FormerImage { Spec = former.Spec.ToWire(), Image = former.Image.ToWire() };
        if (former.EngineImageId is { } engineImageId)
            wire.EngineImageId = engineImageId;
        former.ImageDefaults.AddTo(wire.ImageDefaults);
        return wire;
    }

    public static FormerImage ToDomain(this V1.FormerImage wire) => new(
        wire.Spec.Required().ToDomain(), wire.Image.Required().ToDomain(),
        wire.HasEngineImageId ? wire.EngineImageId : null, wire.ImageDefaults.ToOptions());
}
