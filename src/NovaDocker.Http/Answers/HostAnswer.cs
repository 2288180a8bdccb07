using System.Reflection;
using System.Text.Json.Serialization;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Hosts;
using NovaDocker.Http.Machine;

namespace NovaDocker.Http.Answers;

/// <summary>A compute host.</summary>
/// <param name="HostId">Its stable id.</param>
/// <param name="Name">The name its machine goes by.</param>
/// <param name="Version">The node's version.</param>
/// <param name="StartedAt">Since when the node answers here.</param>
/// <param name="Uptime">What <c>uptime</c> prints on its machine.</param>
/// <param name="Engine">Its Engine.</param>
/// <param name="Resources">What it has and what of that is set aside, as Nova asks for it.</param>
/// <param name="Inventories">The same as Placement takes it; nothing while the Engine was never seen.</param>
/// <param name="Traits">What it can do, as Placement takes it.</param>
/// <param name="Cpu">Its processors.</param>
/// <param name="Instances">Instances that it holds resources for.</param>
internal sealed record HostAnswer(
    string HostId,
    string Name,
    string Version,
    DateTime StartedAt,
    string Uptime,
    EngineAnswer Engine,
    ResourcesAnswer Resources,
    IReadOnlyDictionary<string, InventoryAnswer> Inventories,
    IReadOnlyList<string> Traits,
    ProcessorsAnswer Cpu,
    int Instances)
{
    /// <summary>The node's version.</summary>
    public static string NodeVersion { get; } =
        typeof(HostAnswer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static HostAnswer Of(HostView host, CpuInfo cpu, string uptime, DateTimeOffset startedAt) => new(
        host.Id.Value, host.Name, NodeVersion, startedAt.UtcDateTime, uptime,
        new EngineAnswer(
            EventDescription.Kebab(host.EngineState), host.EngineVersion.Length > 0 ? host.EngineVersion : null,
            host.EngineApiVersion.Length > 0 ? host.EngineApiVersion : null, host.Problem),
        ResourcesAnswer.Of(host), InventoryAnswer.Of(host), CpuTraits.Of(cpu),
        new ProcessorsAnswer(
            cpu.Arch, cpu.Model, cpu.Vendor, new TopologyAnswer(cpu.Sockets, cpu.Cores, cpu.Threads), cpu.Features),
        host.Instances);
}

/// <summary>An Engine.</summary>
/// <param name="State"><c>unknown</c>, <c>healthy</c>, <c>unreachable</c> or <c>restarted</c>.</param>
/// <param name="Version">Its version; null while it does not answer.</param>
/// <param name="ApiVersion">The version of its API; null until it answered once.</param>
/// <param name="Problem">What is wrong with it; null where nothing is.</param>
internal sealed record EngineAnswer(string State, string? Version, string? ApiVersion, string? Problem);

/// <summary>What a machine has, and what of that is set aside; 0 where it is not known.</summary>
internal sealed record ResourcesAnswer(
    int Vcpus, int VcpusUsed, long MemoryMb, long MemoryMbUsed, long LocalGb, long LocalGbUsed, long DiskAvailableLeastGb)
{
    private const long GiB = 1024L * 1024 * 1024;

    public static ResourcesAnswer Of(HostView host) => new(
        host.Machine?.Processors ?? 0, host.VcpusClaimed, host.Machine?.MemoryMb ?? 0, host.MemoryMbClaimed,
        (host.Disk?.TotalBytes ?? 0) / GiB, (host.Disk?.UsedBytes ?? 0) / GiB, (host.Disk?.FreeBytes ?? 0) / GiB);
}

/// <summary>
/// What a host has of one resource, as Placement takes it. Of memory and processors <c>(total - reserved) * allocation_ratio</c>, cut
/// to a whole number, is what the host gives away.
/// </summary>
internal sealed record InventoryAnswer(
    [property: JsonPropertyName("total")] long Total,
    [property: JsonPropertyName("reserved")] long Reserved,
    [property: JsonPropertyName("min_unit")] long MinUnit,
    [property: JsonPropertyName("max_unit")] long MaxUnit,
    [property: JsonPropertyName("step_size")] long StepSize,
    [property: JsonPropertyName("allocation_ratio")] double AllocationRatio)
{
    private const long MbPerGb = 1024;
    private const long GiB = 1024L * 1024 * 1024;

    /// <summary>By the names of Placement's resource classes. What is not known is left out: Placement takes no total of 0.</summary>
    public static IReadOnlyDictionary<string, InventoryAnswer> Of(HostView host)
    {
        var inventories = new SortedDictionary<string, InventoryAnswer>(StringComparer.Ordinal);
        if (host.Machine is { } machine)
        {
            Add("VCPU", machine.Processors, 0, machine.CpuAllocationRatio);
            Add("MEMORY_MB", machine.MemoryMb, machine.ReservedMemoryMb, machine.MemoryAllocationRatio);
        }

        if (host.Disk is { } disk)
        {
            var reserved = ((host.Machine?.ReservedDiskMb ?? 0) + MbPerGb - 1) / MbPerGb;
            Add("DISK_GB", disk.TotalBytes / GiB, Math.Min(reserved, disk.TotalBytes / GiB), 1.0);
        }

        return inventories;

        // One instance may have as much as the machine really has, however many times over that is given away.
        void Add(string name, long total, long reserved, double ratio)
        {
            if (total > 0)
                inventories[name] = new InventoryAnswer(total, reserved, 1, total, 1, ratio);
        }
    }
}

/// <summary>The processors of a machine.</summary>
internal sealed record ProcessorsAnswer(
    string Arch, string Model, string Vendor, TopologyAnswer Topology, IReadOnlyList<string> Features);

/// <summary>How they are laid out.</summary>
internal sealed record TopologyAnswer(int Sockets, int Cores, int Threads);
