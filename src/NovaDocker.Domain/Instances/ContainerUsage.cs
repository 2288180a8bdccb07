namespace NovaDocker.Domain.Instances;

/// <summary>What a container has used, as the Engine reads it from the kernel.</summary>
/// <param name="CpuTime">Processor time since its process was started.</param>
/// <param name="MemoryBytes">Memory in use, without the files that the kernel keeps for it and could let go; null where that is not told.</param>
public sealed record ContainerUsage(TimeSpan CpuTime, long? MemoryBytes);
