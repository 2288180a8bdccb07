using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Tests;

/// <summary>Instances, images and hosts to play with.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly HostId Host = new("6a1e0f5c-0000-4000-8000-000000000001");
    public static readonly InstanceId Web = Id(1);
    public static readonly OperationId Operation = new(new Guid(7, 0, 0, new byte[8]));
    public static readonly ImageId Busybox = new(new Guid(9, 0, 0, new byte[8]));

    public static InstanceId Id(int number) => new(new Guid(number, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 1]));

    public static InstanceView View(
        InstanceId? id = null,
        string name = "web",
        InstancePhase phase = InstancePhase.Active,
        long revision = 12,
        OperationView? operation = null,
        ContainerExit? exit = null,
        Fault? fault = null) => new(
        id ?? Web,
        revision,
        name,
        phase,
        new NovaStates(phase == InstancePhase.Active ? "active" : "building", null, "RUNNING"),
        Host,
        new ResolvedImage(Busybox, "busybox"),
        "sha256:abc",
        "0123456789abcdef",
        256,
        1,
        ["sleep", "60"],
        ["MODE"],
        "p1",
        "alice",
        Noon,
        Noon,
        operation,
        exit,
        fault);

    public static OperationView Building(StepKind step, TransferProgress? progress = null, int attempt = 1) =>
        new(Operation, InstanceVerb.Boot, step, attempt, null, progress);

    public static HistoryEntry Entry(
        long sequence, string name = "boot-requested", InstancePhase state = InstancePhase.Building) => new(
        sequence,
        new Guid((int)sequence, 1, 0, new byte[8]),
        Noon.AddSeconds(sequence),
        name,
        EventKind.Intent,
        EventOutcome.Pending,
        InstancePhase.Absent,
        state,
        "req-1",
        new Initiator("alice", "p1", "novadocker"),
        Host,
        new EquatableMap<string>([KeyValuePair.Create("memoryMb", "256")]));

    public static ImageDescription Image(int number, string name = "busybox") => new(
        new ImageId(new Guid(number, 0, 0, new byte[8])), name, "sha256:ff", 1536, Noon, EquatableMap<string>.Empty);

    public static HostView HostView() => new(
        Host, "compute-1", "127.0.0.1:4053", EngineState.Healthy, "20.10.24", "unix:///var/run/docker.sock", 8192, 256, 4, 1, 1, 0, null);
}
