using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Hosts.HostProtocol;

namespace NovaDocker.Wire.Tests;

public static partial class Samples
{
    private static HostView HealthyHost => new(
        Host, "host-1", "10.0.0.1:8110", EngineState.Healthy, "20.10.24", "unix:///var/run/docker.sock", 65_536, 2048, 16,
        2, 1, 1, null);

    private static ImageDescription Described => new(
        Image, "cirros", "sha256:0123", 12_345_678_901, Time, Map(("os_version", "9"), ("image_location", "snapshot")));

    private static HostReconciled Reconciled => new(
        Host,
        [
            new ReconcileFinding(FindingKind.OrphanContainer, "4f5e6d", Instance, FindingAction.Removed, "Deleted."),
            new ReconcileFinding(FindingKind.OrphanCommit, "novadocker/snapshot:1", null, FindingAction.AwaitingGrace, "Left."),
        ],
        3, null);

    private static BootInstance BareBoot =>
        new(Instance, Request, "web-1", "cirros", 6, 1, [], EquatableMap<string>.Empty);

    private static IEnumerable<Sample> HostMessages()
    {
        yield return new("run-step", new RunStep(
            Host, Instance, Operation, Token, StepKind.UploadSnapshot, 2, Spec, Resolved, Alice, "sha256:feed", "4f5e6d",
            Time, Target));
        yield return new("run-step-bare", new RunStep(
            Host, Instance, Operation, Token, StepKind.ClaimResources, 1, BareSpec, Resolved, Initiator.Recovery, null,
            null, null, null));
        yield return new("run-step-untried", new RunStep(
            Host, Instance, Operation, Token, StepKind.ClaimResources, 1, BareSpec, Resolved, Initiator.Recovery, null,
            null, null, null) { IsUntried = true });
        yield return new("step-progressed", new StepProgressed(Instance, Token, new TransferProgress(0, 10)));
        yield return new("step-progressed-without-total", new StepProgressed(Instance, Token, new(1L << 40, null)));
        yield return new("step-progressed-with-pace", new StepProgressed(
            Instance, Token, new TransferProgress(1, 10) { BytesPerSecond = 1L << 30, WaitsFor = "a slot" }));
        yield return new("read-console", new ReadConsole(Host, Instance, "4f5e6d", 100));
        yield return new("reconcile-host", new ReconcileHost(Host, true));
        yield return new("host-reconciled", Reconciled);
        yield return new("host-reconciled-not", new HostReconciled(Host, [], 0, "The Engine does not answer."));
        yield return new("reconcile", new Reconcile(false));
        yield return new("reconcile-report", new ReconcileReport([Reconciled]));
        yield return new("admit-boot", new AdmitBoot(Host, BareBoot));
        yield return new("boot-admitted", new BootAdmitted(Instance, Resolved, Spec));
        yield return new("identify-host", new IdentifyHost());
        yield return new("host-identified", new HostIdentified(Host));
        yield return new("get-host", new GetHost(Host));
        yield return new("host", HealthyHost);
        yield return new("host-unreachable", HealthyHost with
        {
            EngineState = EngineState.Unreachable,
            EngineVersion = "",
            Problem = "connection refused",
        });
    }

    private static IEnumerable<Sample> ComputeMessages()
    {
        yield return new("boot-instance", new BootInstance(
            Instance, Request, "web-1", "cirros", 2048, 2, ["httpd", "-f"], Map(("PATH", "/bin"), ("EMPTY", ""))));
        yield return new("boot-instance-bare", BareBoot);
        yield return new("list-instances", new ListInstances(null, 50, false));
        yield return new("list-instances-after", new ListInstances(Instance, 50, true));
        yield return new("instance-page", new InstancePage([View, BareView], Instance));
        yield return new("instance-page-empty", new InstancePage([], null));
        yield return new("list-hosts", new ListHosts());
        yield return new("host-list", new HostList([HealthyHost, HealthyHost with { Name = "host-2" }]));
        yield return new("host-list-empty", new HostList([]));
        yield return new("query-failed", new QueryFailed(Fault));
        yield return new("get-history", new GetHistory(Instance, 100, 20));
        yield return new("history-page", new HistoryPage(Instance, [.. Enum.GetValues<EventKind>().Select(Entry)]));
        yield return new("get-instance-at", new GetInstanceAt(Instance, Time));
        yield return new("list-images", new ListImages(null, 50));
        yield return new("list-images-after", new ListImages(Image, 50));
        yield return new("image-page", new ImagePage([Described], Image));
        yield return new("image-page-empty", new ImagePage([], null));
        yield return new("begin-image-upload", new BeginImageUpload(Image, "cirros", Map(("a", "b"))));
        yield return new("image-chunk", new ImageChunk(Image, 1L << 33, new byte[] { 0, 1, 2, 255 }));
        yield return new("image-chunk-full", new ImageChunk(Image, 0, new byte[MaxImageChunk]));
        yield return new("image-chunk-last", new ImageChunk(Image, 4, default));
        yield return new("image-upload-ready", new ImageUploadReady(Image, 98_304));
        yield return new("image-uploaded", new ImageUploaded(Described));
        foreach (var sample in OnBehalfOfProjects())
            yield return sample;
        yield return new("abandon-image-upload", new AbandonImageUpload(Image));
    }

    private static HistoryEntry Entry(EventKind kind) => new(
        (long)kind, Token.Writer, Time, "boot-requested", kind, EventOutcome.Pending, InstancePhase.Absent,
        InstancePhase.Building, "req-1", Alice, Host, Map(("image", "cirros"), ("attempt", "1")));
}
