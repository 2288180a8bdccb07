using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Http.Answers;

/// <summary>What an instance has used and moved so far.</summary>
/// <param name="State">What its process does: <c>pending</c>, <c>running</c>, <c>paused</c>, <c>shutdown</c>, <c>crashed</c> or <c>suspended</c>, as Nova's diagnostics have it.</param>
/// <param name="UptimeSeconds">For how long its process has run; null where it does not.</param>
/// <param name="Cpu">Processor time, one entry for the whole of it; null where that is not known.</param>
/// <param name="Memory">Memory; null where that is not known.</param>
/// <param name="Nics">Its ports.</param>
internal sealed record DiagnosticsAnswer(
    string State, long? UptimeSeconds, IReadOnlyList<CpuAnswer>? Cpu, MemoryAnswer? Memory, IReadOnlyList<NicAnswer> Nics)
{
    private const long NanosecondsPerTick = 100;
    private const long MiB = 1024 * 1024;

    public static DiagnosticsAnswer Of(
        InstanceView view, IEnumerable<PortDiagnostics> ports, ContainerUsage? usage, DateTimeOffset now)
    {
        var isUp = view.Nova.PowerState is "RUNNING" or "PAUSED";
        return new DiagnosticsAnswer(
            StateOf(view.Nova.PowerState),
            isUp && view.RunStartedAt is { } started ? (long)Math.Max(0, (now - started).TotalSeconds) : null,
            usage is { CpuTime: var time } ? [new CpuAnswer(0, time.Ticks * NanosecondsPerTick)] : null,
            usage is { MemoryBytes: var bytes } ? new MemoryAnswer(view.MemoryMb, bytes / MiB) : null,
            [.. ports.Select(NicAnswer.Of)]);
    }

    private static string StateOf(string powerState) => powerState switch
    {
        "RUNNING" => "running",
        "PAUSED" => "paused",
        "SHUTDOWN" => "shutdown",
        "CRASHED" => "crashed",
        "SUSPENDED" => "suspended",
        _ => "pending",
    };
}

/// <summary>Processor time.</summary>
/// <param name="Id">Always 0: the time is that of all processors together.</param>
/// <param name="TimeNs">Nanoseconds.</param>
internal sealed record CpuAnswer(int Id, long TimeNs);

/// <summary>Memory.</summary>
/// <param name="MaximumMb">The limit, MiB.</param>
/// <param name="UsedMb">In use, MiB; null where that is not known.</param>
internal sealed record MemoryAnswer(long MaximumMb, long? UsedMb);

/// <summary>What went through a port, as the instance sees it; nulls where it is not plugged.</summary>
internal sealed record NicAnswer(
    string Mac,
    long? RxOctets,
    long? RxPackets,
    long? RxErrors,
    long? RxDrop,
    long? TxOctets,
    long? TxPackets,
    long? TxErrors,
    long? TxDrop,
    string Interface,
    string PortId)
{
    public static NicAnswer Of(PortDiagnostics port) => new(
        port.Mac.Value, port.Counters?.RxBytes, port.Counters?.RxPackets, port.Counters?.RxErrors, port.Counters?.RxDrops,
        port.Counters?.TxBytes, port.Counters?.TxPackets, port.Counters?.TxErrors, port.Counters?.TxDrops, port.Interface,
        port.Port.ToString());
}
