using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>What an instance is to be: what stands fixed from its boot on.</summary>
/// <param name="Name">Its display name, 1 to 255 characters.</param>
/// <param name="MemoryMb">Memory limit in MiB (Nova's flavor <c>memory_mb</c>).</param>
/// <param name="Vcpus">Processors (Nova's flavor <c>vcpus</c>).</param>
/// <param name="Command">Words that take the place of the image's command; empty keeps the image's.</param>
/// <param name="Environment">Environment variables by name, their values sealed.</param>
public sealed record InstanceSpec(
    string Name,
    long MemoryMb,
    int Vcpus,
    EquatableArray<string> Command,
    EquatableMap<SealedValue> Environment)
{
    /// <summary>Its health check; null for the image's own, where that has one.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>What it does by itself to stay up.</summary>
    public UpkeepPolicy Upkeep { get; init; } = UpkeepPolicy.None;
}
