using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Actors.Docker;

/// <summary>What a container may take of its machine.</summary>
/// <param name="MemoryBytes">Memory, bytes.</param>
/// <param name="MemorySwapBytes">Memory and swap together, bytes; -1 for no limit to the latter.</param>
/// <param name="CpuShares">Its weight against others; 1,024 is usual.</param>
/// <param name="NanoCpus">Processors at most, in billionths.</param>
public sealed record ContainerLimits(long MemoryBytes, long MemorySwapBytes, long CpuShares, long NanoCpus)
{
    private const long MiB = 1024 * 1024;
    private const long NanosPerCpu = 1_000_000_000;
    private const int SharesPerVcpu = 1024;

    /// <summary>The limits of an instance: its size, and what its options have less of.</summary>
    /// <param name="spec">What it is to be.</param>
    /// <param name="processors">Processors of the machine: more cannot be a limit.</param>
    public static ContainerLimits Of(InstanceSpec spec, int processors)
    {
        var size = spec.MemoryMb * MiB;
        // A size that came later may be less than what the options were admitted with.
        var memory = Math.Min(spec.Options.Number(OptionKeys.Memory) ?? size, size);
        return new ContainerLimits(
            memory,
            spec.Options.Number(OptionKeys.MemorySwap) is { } swap ? swap < 0 ? swap : Math.Max(swap, memory) : memory,
            spec.Options.Number(OptionKeys.CpuShares) ?? (long)spec.Vcpus * SharesPerVcpu,
            Math.Min(spec.Vcpus, processors) * NanosPerCpu);
    }
}
