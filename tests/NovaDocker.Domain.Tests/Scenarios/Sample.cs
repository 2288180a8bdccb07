using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>Values that the scenarios are made of.</summary>
internal static class Sample
{
    public const string ContainerId = "c0ffee";

    public const string SecretText = "nonce+tag+ciphertext";

    public static readonly InstanceId Id = InstanceId.Parse("11111111-2222-3333-4444-555555555555");

    public static readonly HostId Host = new("host-1");

    public static readonly Initiator User = new("user-1", "project-1", "novadocker");

    public static readonly DateTimeOffset Epoch = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly ResolvedImage Image =
        new(new ImageId(Guid.Parse("aaaaaaaa-0000-0000-0000-000000000001")), "busybox");

    public static readonly SnapshotTarget Target =
        new(new ImageId(Guid.Parse("aaaaaaaa-0000-0000-0000-000000000002")), "nightly", PauseContainer: true);

    public static readonly InstanceSpec Spec = new(
        "web-1", 256, 2, ["sleep", "3600"],
        new EquatableMap<SealedValue>([KeyValuePair.Create("TOKEN", new SealedValue("key-1", SecretText))]));

    /// <summary>What a rebuild wishes for: of its size nothing counts.</summary>
    public static readonly InstanceSpec OtherSpec =
        Spec with { Name = "web-2", MemoryMb = 9999, Vcpus = 99, Command = ["sleep", "60"] };

    public static readonly InstanceSpec SpecOfRebuild = OtherSpec with { MemoryMb = Spec.MemoryMb, Vcpus = Spec.Vcpus };

    public static readonly ResolvedImage OtherImage =
        new(new ImageId(Guid.Parse("aaaaaaaa-0000-0000-0000-000000000003")), "alpine");

    public static readonly ResolvedImage RescueImage =
        new(new ImageId(Guid.Parse("aaaaaaaa-0000-0000-0000-000000000004")), "rescue");

    public static readonly InstanceSize Size = InstanceSize.Of(Spec);

    public static readonly InstanceSize Larger = new(512, 4);

    public static readonly VifPluggingWait Wait = new(TimeSpan.FromMinutes(5), IsFatal: true);

    public const string RescueContainerId = "5afe";

    public static readonly StepPolicies Policies = new(
        Default: new StepPolicy(3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)),
        CleanUp: new StepPolicy(5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)))
    {
        Restarts = new RestartPace(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6), ResetAfter: TimeSpan.FromSeconds(20)),
    };

    public static readonly Fault Passing = new(FaultCode.Transient, "The Engine answered 500.");

    public static readonly Fault Lasting = new(FaultCode.Invalid, "The Engine answered 400.");

    public static readonly Fault Missing = new(FaultCode.NotFound, "The Engine answered 404.");

    /// <summary>The time after so many events: one second each.</summary>
    public static DateTimeOffset After(int events) => Epoch.AddSeconds(events);

    /// <summary>What the host answers when a step went well.</summary>
    public static StepResult ResultOf(StepKind step, DateTimeOffset now) => step switch
    {
        StepKind.EnsureImage => new StepResult.ImageReady("sha256:image", "sha256:archive", 4096, "store"),
        StepKind.CreateContainer => new StepResult.ContainerCreated(ContainerId, Adopted: false),
        StepKind.StartContainer => new StepResult.ContainerStarted(now, Exit: null),
        StepKind.StopContainer => new StepResult.ContainerStopped(new ContainerExit(now, now, 143, OutOfMemory: false)),
        StepKind.KillContainer => new StepResult.ContainerStopped(new ContainerExit(now, now, 137, OutOfMemory: false)),
        StepKind.CreateSandbox => new StepResult.SandboxReady(PortSample.SandboxId, now, Adopted: false),
        StepKind.PlugVifs => new StepResult.VifsPlugged([]),
        StepKind.EnsureRescueImage => new StepResult.ImageReady("sha256:rescue", "sha256:archive", 4096, "store"),
        StepKind.StartRescue => new StepResult.ContainerCreated(RescueContainerId, Adopted: false),
        StepKind.AwaitVifs => new StepResult.VifsAwaited(VifPluggingOutcome.Plugged, ""),
        StepKind.CommitContainer => new StepResult.SnapshotCommitted("sha256:commit", Adopted: false),
        StepKind.UploadSnapshot => new StepResult.SnapshotUploaded("sha256:snapshot", 8192),
        _ => new StepResult.Done(),
    };
}
