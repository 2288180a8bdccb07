namespace NovaDocker.Domain.Instances;

/// <summary>How large an instance is: what of Nova's flavor a container knows.</summary>
/// <param name="MemoryMb">Memory limit in MiB.</param>
/// <param name="Vcpus">Processors.</param>
public sealed record InstanceSize(long MemoryMb, int Vcpus)
{
    /// <summary>The size of a spec.</summary>
    public static InstanceSize Of(InstanceSpec spec) => new(spec.MemoryMb, spec.Vcpus);

    /// <summary>The spec with this size.</summary>
    public InstanceSpec In(InstanceSpec spec) => spec with { MemoryMb = MemoryMb, Vcpus = Vcpus };

    /// <inheritdoc/>
    public override string ToString() => $"{MemoryMb} MiB, {Vcpus} vcpus";
}
