namespace NovaDocker.Actors.Hosts;

/// <summary>What the host gives away: <c>novadocker.host</c> in HOCON.</summary>
public sealed record HostSettings
{
    /// <summary>Memory that is never given to instances, MiB.</summary>
    public int ReservedMemoryMb { get; init; } = 512;

    /// <summary>How many times over memory may be given away.</summary>
    public double MemoryAllocationRatio { get; init; } = 1.0;

    /// <summary>How many times over processors may be given away.</summary>
    public double CpuAllocationRatio { get; init; } = 16.0;
}
