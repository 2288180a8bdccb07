using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Akka.Actor;
using NovaDocker.Actors.Common;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Docker.Sandboxes;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Instances;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.UserData.Policy;
using static NovaDocker.Domain.Instances.InstanceProtocol;
using DockerArchive = NovaDocker.Testing.DockerArchive;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>Values that the tests are made of.</summary>
internal static class Sample
{
    public static readonly InstanceId Id = InstanceId.Parse("11111111-2222-3333-4444-555555555555");

    public static readonly HostId Host = new("host-1");

    public static readonly HostIdentity Identity = new(Host, "test-cluster", "machine-1", "127.0.0.1:4053");

    public static readonly Initiator User = new("user-1", "project-1", "novadocker");

    public static readonly ResolvedImage Image =
        new(new ImageId(Guid.Parse("aaaaaaaa-0000-0000-0000-000000000001")), "busybox");

    public static readonly SnapshotTarget Target =
        new(new ImageId(Guid.Parse("aaaaaaaa-0000-0000-0000-000000000002")), "nightly", PauseContainer: true);

    public static readonly InstanceSpec Spec = new("web-1", 256, 2, ["sleep", "3600"], EquatableMap<SealedValue>.Empty);

    public static readonly StepPolicies Policies = new(
        Default: new StepPolicy(3, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20)),
        CleanUp: new StepPolicy(5, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20)));

    public static readonly InstanceSettings Settings = new() { Policies = Policies };

    /// <summary>Paths that have no links, and secrets that are none.</summary>
    public static readonly BootSettler Settler =
        new(ContainerPolicy.Default, new PlainPaths(), new NoSecrets(), injectKeys: true, contents: null);

    /// <summary>Where the files of instances lie that have none.</summary>
    public static readonly InstanceContents Contents = new(Path.Combine(AppContext.BaseDirectory, "contents"));

    /// <summary>The image of rescue containers.</summary>
    public static readonly ResolvedImage RescueImage =
        new(new ImageId(Guid.Parse("aaaaaaaa-0000-0000-0000-000000000003")), "rescue");

    public static readonly ImageSettings ImageSettings = new()
    {
        // What breaks off fails at once: how it is taken up again is shown where bytes are moved.
        Resume = new ResumeSettings { MaxAttempts = 0 },
        StoreDirectory = "/nowhere",
        InitialBackoff = TimeSpan.FromMilliseconds(5),
        MaxBackoff = TimeSpan.FromMilliseconds(20),
    };

    public static readonly EngineSettings EngineSettings = new()
    {
        Host = new Uri("unix:///nowhere/docker.sock"),
        HealthInterval = TimeSpan.FromMilliseconds(50),
    };

    public static readonly NetworkSettings NetworkSettings = new()
    {
        Ip = "ip",
        Nsenter = "nsenter",
        OvsVsctl = "ovs-vsctl",
        Ethtool = "ethtool",
        Iptables = "iptables",
        OvsDatabase = "",
        OvsBridge = "br-int",
        CommandTimeout = TimeSpan.FromSeconds(10),
        CreateBridges = true,
        OpenEngineFilter = true,
        VerifyInterval = TimeSpan.FromMilliseconds(50),
    };

    /// <summary>The networks of a host whose devices are out of reach.</summary>
    public static Props Networks => NetworkSupervisor.Props(new NetworkKit(
        NoHostNetwork.Instance, NetworkSettings, Settings, new HostSettings(), Identity, ActorRefs.Nobody,
        () => Task.FromResult(ImmutableArray<InstanceView>.Empty), TimeProvider.System));

    /// <summary>The archive of <see cref="Image"/>.</summary>
    public static DockerArchive Archive { get; } =
        TestImages.OneFile("busybox:1", new Dictionary<string, string>(), "one file");

    /// <summary>Ids that nobody else has.</summary>
    public static IdSource Ids { get; } = IdSource.TimeOrdered;

    /// <summary>How containers are made under the policy of a node that was not told any.</summary>
    public static ContainerBlueprint Blueprint([CallerFilePath] string tests = "") =>
        BlueprintUnder(ContainerPolicy.Default, tests: tests);

    /// <summary>The same for an Engine on the node's machine.</summary>
    public static ContainerBlueprint LocalBlueprint([CallerFilePath] string tests = "") =>
        BlueprintUnder(ContainerPolicy.Default, isEngineHere: true, tests: tests);

    /// <summary>
    /// How containers are made under a policy. Each file of tests has directories of its own for what instances are given: all of them
    /// have one instance, <see cref="Id"/>, and run side by side.
    /// </summary>
    public static ContainerBlueprint BlueprintUnder(
        ContainerPolicy policy, IHostDirectories? paths = null, HostIdentity? host = null, bool isEngineHere = false,
        InstanceContents? contents = null, [CallerFilePath] string tests = "")
    {
        var directory = Path.Combine(AppContext.BaseDirectory, "blueprints", Path.GetFileNameWithoutExtension(tests));
        return new(
            host ?? Identity, new NoSecrets(), policy, paths ?? new PlainPaths(), new AuthorizedKeys(Path.Combine(directory, "keys")),
            new ResolutionFiles(Path.Combine(directory, "resolution")), contents ?? Contents, isEngineHere);
    }

    /// <summary>A boot as a commander wants it.</summary>
    public static ComputeProtocol.BootInstance Wanted(InstanceId id, string image = "busybox", long memoryMb = 256, int vcpus = 2) =>
        new(id, Request("req-boot"), "web-1", image, memoryMb, vcpus, ["sleep", "3600"], EquatableMap<string>.Empty);

    public static InstanceId NewId() => new(Ids.Next());

    public static RequestContext Request(string id = "req-1") => new(id, User);

    public static Boot Boot(InstanceId id) => new(id, Request("req-boot"), Spec, Image, Host);

    /// <summary>A step for the host.</summary>
    public static HostProtocol.RunStep Step(
        StepKind step, long revision = 1, InstanceId? id = null, string? container = null, DateTimeOffset? lastRun = null) =>
        new(
            Host, id ?? Id, new OperationId(Guid.Parse("0e000000-0000-0000-0000-000000000001")),
            new FencingToken(revision, Guid.Parse("0f000000-0000-0000-0000-000000000001")), step, 1, Spec, Image, User,
            null, container, lastRun, Target);

    /// <summary>What the host answers when a step went well.</summary>
    public static StepResult ResultOf(StepKind step, DateTimeOffset now) => step switch
    {
        StepKind.EnsureImage => new StepResult.ImageReady("sha256:image", "sha256:archive", 4096, "store"),
        StepKind.CreateContainer => new StepResult.ContainerCreated("c0ffee", Adopted: false),
        StepKind.StartContainer => new StepResult.ContainerStarted(now, Exit: null),
        StepKind.StopContainer => new StepResult.ContainerStopped(new ContainerExit(now, now, 143, OutOfMemory: false)),
        StepKind.KillContainer => new StepResult.ContainerStopped(new ContainerExit(now, now, 137, OutOfMemory: false)),
        StepKind.CreateSandbox => new StepResult.SandboxReady("5a4db0c5", now, Adopted: false),
        StepKind.PlugVifs => new StepResult.VifsPlugged([]),
        StepKind.EnsureRescueImage => new StepResult.ImageReady("sha256:rescue", "sha256:archive", 4096, "store"),
        StepKind.StartRescue => new StepResult.ContainerCreated("5afe", Adopted: false),
        StepKind.CommitContainer => new StepResult.SnapshotCommitted("sha256:commit", Adopted: false),
        StepKind.UploadSnapshot => new StepResult.SnapshotUploaded("sha256:snapshot", 8192),
        _ => new StepResult.Done(),
    };
}
