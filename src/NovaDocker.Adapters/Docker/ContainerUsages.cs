using Docker.DotNet;
using Docker.DotNet.Models;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Adapters.Docker;

/// <summary>What the Engine tells of a container's use of its host.</summary>
internal static class ContainerUsages
{
    /// <summary>What the kernel holds of files for a container and could let go, by the version of its control groups; <c>docker stats</c> leaves it out, too.</summary>
    private static readonly string[] FileCaches = ["inactive_file", "total_inactive_file"];

    /// <summary>Reads it once, without the second sample that percentages would take.</summary>
    public static async Task<ContainerUsage?> ReadAsync(DockerClient client, string path, CancellationToken cancellationToken)
    {
        var read = new Latest();
        await client.Containers.GetContainerStatsAsync(
            path, new ContainerStatsParameters { Stream = false, OneShot = true }, read, cancellationToken).ConfigureAwait(false);
        return Of(read.Value ?? throw new EngineException(EngineErrorKind.Transient, $"Read the usage of container {path}: the answer is empty."));
    }

    /// <summary>The usage that the Engine's answer tells of; null of a container whose process does not run: it says nothing of that.</summary>
    private static ContainerUsage? Of(ContainerStatsResponse answer)
    {
        var (cpu, memory) = (answer.CPUStats?.CPUUsage?.TotalUsage ?? 0, answer.MemoryStats?.Usage ?? 0);
        if (cpu == 0 && memory == 0)
            return null;
        var cache = FileCaches.Select(name => answer.MemoryStats?.Stats?.TryGetValue(name, out var bytes) == true ? bytes : 0).Max();
        return new ContainerUsage(
            TimeSpan.FromMicroseconds(cpu / 1000.0), memory == 0 ? null : (long)(memory > cache ? memory - cache : memory));
    }

    private sealed class Latest : IProgress<ContainerStatsResponse>
    {
        public ContainerStatsResponse? Value { get; private set; }

        public void Report(ContainerStatsResponse value) => Value = value;
    }
}
