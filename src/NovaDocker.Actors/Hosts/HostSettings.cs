namespace NovaDocker.Actors.Hosts;

/// <summary>What the host gives away: <c>novadocker.host</c> in HOCON.</summary>
public sealed record HostSettings
{
    /// <summary>Memory that is never given to instances, MiB.</summary>
    public int ReservedMemoryMb { get; init; } = 512;

    /// <summary>How many times over memory may be given away.</summary>
    public double MemoryAllocationRatio { get; init; } = 1.0;

    /// <summary>How often the Engine is compared with the journal.</summary>
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a leftover must have been seen before it is removed.</summary>
    public TimeSpan OrphanGrace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many times over processors may be given away.</summary>
    public double CpuAllocationRatio { get; init; } = 16.0;
}
