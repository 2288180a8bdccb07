using System.Text.Encodings.Web;
using System.Text.Json;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Audit;

/// <summary>What the history says of each event. The names are read by programs and never change.</summary>
public sealed class HistoryEntryTests
{
    private const string Operation = "0f000000-0000-0000-0000-000000000000";

    private static readonly string First = PortSample.First.Id.ToString();

    private static readonly OperationId Id = new(new Guid(Operation));

    private static readonly DateTimeOffset At = new(2026, 3, 1, 14, 0, 0, TimeSpan.FromHours(2));

    private static readonly EventHeader Header = new(
        new Guid("e0000000-0000-0000-0000-000000000000"), new Guid("c0000000-0000-0000-0000-000000000000"), Sample.Id,
        At, new RequestContext("req-1", Sample.User), Sample.Host, InstancePhase.Active, InstancePhase.Stopping);

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ContainerExit Exit = new(At, At, 137, OutOfMemory: true);

    /// <summary>An event, and what the history says: name, kind, outcome, data.</summary>
    public sealed record Told(InstanceEvent Event, string Name, EventKind Kind, EventOutcome Outcome, string Data)
    {
        public override string ToString() => Name;
    }

    public static IReadOnlyList<Told> Rows { get; } =
    [
        new(new BootRequested(Header, Id, [StepKind.ClaimResources], Sample.Spec, Sample.Image),
            "boot-requested", EventKind.Intent, EventOutcome.Pending,
            $"command=sleep 3600; environmentNames=TOKEN; imageId=aaaaaaaa-0000-0000-0000-000000000001; imageName=busybox; memoryMb=256; name=web-1; operationId={Operation}; vcpus=2"),
        new(new SnapshotRequested(Header, Id, [StepKind.CommitContainer], Sample.Target),
            "snapshot-requested", EventKind.Intent, EventOutcome.Pending,
            $"operationId={Operation}; paused=true; snapshotImageId=aaaaaaaa-0000-0000-0000-000000000002; snapshotName=nightly"),
        new(new DeleteRequested(Header, Id, [StepKind.RemoveContainer], null),
            "delete-requested", EventKind.Intent, EventOutcome.Pending, $"operationId={Operation}"),
        new(new DeleteRequested(Header, Id, [StepKind.RemoveContainer], Sample.Target),
            "delete-requested", EventKind.Intent, EventOutcome.Pending,
            $"operationId={Operation}; paused=true; snapshotImageId=aaaaaaaa-0000-0000-0000-000000000002; snapshotName=nightly"),
        new(new PowerChangeRequested(Header, Id, [StepKind.KillContainer], InstanceVerb.HardReboot),
            "hard-reboot-requested", EventKind.Intent, EventOutcome.Pending, $"operationId={Operation}"),
        new(new CommandAnswered(Header, InstanceVerb.Stop, new Refused(Sample.Id, RefusalCode.Busy, "Wait.")),
            "stop-refused", EventKind.Decision, EventOutcome.Failure, "reason=Wait.; reasonCode=Busy"),
        new(new CommandAnswered(Header, InstanceVerb.Stop, new Accepted(Sample.Id, Id, 7)),
            "stop-joined", EventKind.Decision, EventOutcome.Success, $"operationId={Operation}"),
        new(new CommandAnswered(Header, InstanceVerb.Stop, new AlreadyDone(Sample.Id)),
            "stop-already-done", EventKind.Decision, EventOutcome.Success, ""),
        new(new StepStarted(Header, Id, StepKind.CreateContainer, 2),
            "create-container-started", EventKind.Intent, EventOutcome.Pending, $"attempt=2; operationId={Operation}"),
        new(new StepFailed(Header, Id, StepKind.EnsureImage, 1, Sample.Passing, At),
            "ensure-image-failed", EventKind.Result, EventOutcome.Failure,
            $"attempt=1; operationId={Operation}; reason=The Engine answered 500.; reasonCode=Transient; retryAt=2026-03-01T12:00:00.0000000Z"),
        new(new StepFailed(Header, Id, StepKind.EnsureImage, 3, Sample.Lasting, null),
            "ensure-image-failed", EventKind.Result, EventOutcome.Failure,
            $"attempt=3; operationId={Operation}; reason=The Engine answered 400.; reasonCode=Invalid"),
        new(new UnwindStarted(Header, Id, InstanceVerb.Boot, Sample.Lasting, [StepKind.RemoveContainer]),
            "boot-unwinding", EventKind.Decision, EventOutcome.Pending,
            $"operationId={Operation}; reason=The Engine answered 400.; reasonCode=Invalid"),
        new(new OperationCompleted(Header, Id, InstanceVerb.Boot),
            "boot-completed", EventKind.Decision, EventOutcome.Success, $"operationId={Operation}"),
        new(new OperationFailed(Header, Id, InstanceVerb.Boot, Sample.Lasting),
            "boot-failed", EventKind.Decision, EventOutcome.Failure,
            $"operationId={Operation}; reason=The Engine answered 400.; reasonCode=Invalid"),
        new(new OperationCancelled(Header, Id, InstanceVerb.Boot),
            "boot-cancelled", EventKind.Decision, EventOutcome.Failure, $"operationId={Operation}"),
        new(new WorkResumed(Header, Id, StepKind.UploadSnapshot, 2),
            "work-resumed", EventKind.Observation, EventOutcome.Pending,
            $"attempt=2; operationId={Operation}; step=upload-snapshot"),
        new(new ContainerExited(Header, "c0ffee", Exit),
            "container-exited", EventKind.Observation, EventOutcome.Failure,
            "containerId=c0ffee; exitCode=137; finishedAt=2026-03-01T12:00:00.0000000Z; outOfMemory=true; signal=9"),
        new(new ContainerExited(Header, "c0ffee", Exit with { ExitCode = 0, OutOfMemory = false }),
            "container-exited", EventKind.Observation, EventOutcome.Success,
            "containerId=c0ffee; exitCode=0; finishedAt=2026-03-01T12:00:00.0000000Z; outOfMemory=false"),
        new(new ContainerLost(Header, "c0ffee"),
            "container-lost", EventKind.Observation, EventOutcome.Failure, "containerId=c0ffee"),
        new(new ContainerExited(Header, "c0ffee", Exit with { ExitCode = 143, OutOfMemory = false, Output = "bye" }),
            "container-exited", EventKind.Observation, EventOutcome.Failure,
            "containerId=c0ffee; exitCode=143; finishedAt=2026-03-01T12:00:00.0000000Z; outOfMemory=false; output=bye; signal=15"),
        new(new BootRequested(
                Header, Id, [StepKind.ClaimResources],
                Sample.Spec with
                {
                    Command = [],
                    Environment = new EquatableMap<SealedValue>([]),
                    HealthCheck = HealthCheck.Off with { Command = ["wget", "-q", "localhost"] },
                    Upkeep = new UpkeepPolicy(
                        new RestartPolicy(RestartMode.OnFailure, 3), UnhealthyAction.Restart, LostAction.Recreate),
                },
                Sample.Image),
            "boot-requested", EventKind.Intent, EventOutcome.Pending,
            "healthCheck=wget -q localhost; imageId=aaaaaaaa-0000-0000-0000-000000000001; imageName=busybox; memoryMb=256; "
            + $"name=web-1; operationId={Operation}; restartPolicy=on-failure:3; vcpus=2; whenLost=recreate; whenUnhealthy=restart"),
        new(new BootRequested(
                Header, Id, [StepKind.ClaimResources],
                Sample.Spec with { Command = [], Environment = new EquatableMap<SealedValue>([]), HealthCheck = HealthCheck.Off }, Sample.Image),
            "boot-requested", EventKind.Intent, EventOutcome.Pending,
            "healthCheck=off; imageId=aaaaaaaa-0000-0000-0000-000000000001; imageName=busybox; memoryMb=256; "
            + $"name=web-1; operationId={Operation}; vcpus=2"),
        new(new RestartRequested(Header, Id, [StepKind.StartContainer], RestartCause.EngineRestarted, 2, At),
            "restart-requested", EventKind.Decision, EventOutcome.Pending,
            $"cause=engine-restarted; operationId={Operation}; restart=2; startAt=2026-03-01T12:00:00.0000000Z"),
        new(new RestartGivenUp(Header, RestartCause.Exited, 3),
            "restart-given-up", EventKind.Decision, EventOutcome.Failure, "cause=exited; restarts=3"),
        new(new OperationCancelled(Header, Id, InstanceVerb.Restart),
            "restart-cancelled", EventKind.Decision, EventOutcome.Failure, $"operationId={Operation}"),
        new(new ContainerDrifted(Header, "c0ffee", DriftKind.Unpaused, At, "mine"),
            "container-unpaused", EventKind.Observation, EventOutcome.Success,
            "containerId=c0ffee; containerName=mine; startedAt=2026-03-01T12:00:00.0000000Z"),
        new(new ContainerDrifted(Header, "c0ffee", DriftKind.Renamed, null, "mine"),
            "container-renamed", EventKind.Observation, EventOutcome.Success, "containerId=c0ffee; containerName=mine"),
        new(new HealthChanged(Header, "c0ffee", HealthStatus.Healthy),
            "health-changed", EventKind.Observation, EventOutcome.Success, "containerId=c0ffee; health=healthy"),
        new(new HealthChanged(Header, "c0ffee", HealthStatus.Unhealthy),
            "health-changed", EventKind.Observation, EventOutcome.Failure, "containerId=c0ffee; health=unhealthy"),
        new(new AttachRequested(Header, Id, [StepKind.PlugVifs], PortSample.First),
            "attach-interface-requested", EventKind.Intent, EventOutcome.Pending,
            $"operationId={Operation}; port={First}; port.0={First}, fa:16:3e:00:00:01, 10.1.0.1, network blue, bridge brqblue"),
        new(new DetachRequested(Header, Id, [StepKind.UnplugVifs], PortSample.First.Id),
            "detach-interface-requested", EventKind.Intent, EventOutcome.Pending, $"operationId={Operation}; port={First}"),
        new(new RepairRequested(Header, Id, [StepKind.PlugVifs]),
            "repair-requested", EventKind.Decision, EventOutcome.Pending, $"operationId={Operation}"),
        new(new VifsBroken(Header, PortSample.Problems(PortSample.First, PortSample.Second)),
            "vifs-broken", EventKind.Observation, EventOutcome.Failure,
            $"problem.0={First}: tap00000001-00 is gone.; problem.1={PortSample.Second.Id}: tap00000002-00 is gone."),
        new(new SandboxLost(Header, "5a4db0c5", IsRemoved: true),
            "sandbox-lost", EventKind.Observation, EventOutcome.Failure, "removed=true; sandboxId=5a4db0c5"),
        new(new BootRequested(
                Header, Id, [StepKind.ClaimResources],
                Sample.Spec with
                {
                    Command = [],
                    Environment = new EquatableMap<SealedValue>([]),
                    Files = [new InstanceFileRecord("/etc/motd", "abcd", 12)],
                },
                Sample.Image)
            {
                Terms = new OperationTerms { AwaitVifs = Sample.Wait, LeavesStopped = true },
            },
            "boot-requested", EventKind.Intent, EventOutcome.Pending,
            "file.0=/etc/motd, 12 bytes, sha256 abcd; imageId=aaaaaaaa-0000-0000-0000-000000000001; imageName=busybox; "
            + $"leavesStopped=true; memoryMb=256; name=web-1; operationId={Operation}; vcpus=2; vifPluggingIsFatal=true; vifPluggingTimeout=300"),
        new(new RebuildRequested(Header, Id, [StepKind.EnsureImage], Sample.SpecOfRebuild, Sample.OtherImage),
            "rebuild-requested", EventKind.Intent, EventOutcome.Pending,
            $"command=sleep 60; environmentNames=TOKEN; imageId=aaaaaaaa-0000-0000-0000-000000000003; imageName=alpine; memoryMb=256; name=web-2; operationId={Operation}; vcpus=2"),
        new(new ResizeRequested(Header, Id, [StepKind.ClaimResources], Sample.Larger) { Terms = new OperationTerms { LeavesStopped = true } },
            "resize-requested", EventKind.Intent, EventOutcome.Pending,
            $"leavesStopped=true; memoryMb=512; operationId={Operation}; vcpus=4"),
        new(new RescueRequested(Header, Id, [StepKind.EnsureRescueImage], Sample.RescueImage),
            "rescue-requested", EventKind.Intent, EventOutcome.Pending,
            $"imageId=aaaaaaaa-0000-0000-0000-000000000004; imageName=rescue; operationId={Operation}"),
        new(new PowerChangeRequested(Header, Id, [StepKind.StopContainer], InstanceVerb.Stop)
            {
                Terms = new OperationTerms { Grace = TimeSpan.FromMilliseconds(1500) },
            },
            "stop-requested", EventKind.Intent, EventOutcome.Pending, $"grace=1.5; operationId={Operation}"),
        Done(StepKind.AwaitVifs, new StepResult.VifsAwaited(VifPluggingOutcome.TimedOut, ""), "vifPlugging=timed-out"),
        Done(StepKind.AwaitVifs, new StepResult.VifsAwaited(VifPluggingOutcome.Failed, "port 1"), "detail=port 1; vifPlugging=failed"),
        Done(StepKind.RemoveContainer, new StepResult.Done(), ""),
        Done(StepKind.CreateSandbox, new StepResult.SandboxReady("5a4db0c5", At, Adopted: true),
            "adopted=true; sandboxId=5a4db0c5; startedAt=2026-03-01T12:00:00.0000000Z"),
        Done(StepKind.PlugVifs, new StepResult.VifsPlugged([new PluggedVif(PortSample.First.Id, "tap00000001-00", "eth0", Adopted: true)]),
            $"port.0={First} as eth0, tap00000001-00 (was there)"),
        Done(StepKind.EnsureImage, new StepResult.ImageReady("sha256:1", "sha256:2", 4096, "store"),
            "bytes=4096; checksum=sha256:2; engineImageId=sha256:1; source=store"),
        Done(StepKind.EnsureImage, new StepResult.ImageReady("sha256:1", "", 0, "engine"),
            "bytes=0; engineImageId=sha256:1; source=engine"),
        Done(StepKind.CreateContainer, new StepResult.ContainerCreated("c0ffee", Adopted: true),
            "adopted=true; containerId=c0ffee"),
        Done(StepKind.StartContainer, new StepResult.ContainerStarted(At, null),
            "startedAt=2026-03-01T12:00:00.0000000Z"),
        Done(StepKind.StartContainer, new StepResult.ContainerStarted(At, Exit),
            "exitCode=137; finishedAt=2026-03-01T12:00:00.0000000Z; outOfMemory=true; signal=9; startedAt=2026-03-01T12:00:00.0000000Z"),
        Done(StepKind.StopContainer, new StepResult.ContainerStopped(Exit),
            "exitCode=137; finishedAt=2026-03-01T12:00:00.0000000Z; outOfMemory=true; signal=9"),
        Done(StepKind.StopContainer, new StepResult.ContainerStopped(null), ""),
        Done(StepKind.CommitContainer, new StepResult.SnapshotCommitted("sha256:1", Adopted: false),
            "adopted=false; engineImageId=sha256:1"),
        Done(StepKind.UploadSnapshot, new StepResult.SnapshotUploaded("sha256:2", 8192),
            "bytes=8192; checksum=sha256:2"),
    ];

    public static TheoryData<int> EveryRow() => [.. Enumerable.Range(0, Rows.Count)];

    [Theory]
    [MemberData(nameof(EveryRow))]
    public void An_event_is_told_by_name_kind_outcome_and_data(int row)
    {
        var told = Rows[row];

        var entry = HistoryEntry.Of(7, told.Event);

        Assert.Equal(told.Name, entry.Event);
        Assert.Equal((told.Kind, told.Outcome), (entry.Kind, entry.Outcome));
        Assert.Equal(told.Data, string.Join("; ", entry.Data.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public void Every_event_and_every_result_is_told_of()
    {
        AssertSameTypes(typeof(InstanceProtocol), typeof(InstanceEvent), Rows.Select(row => (object)row.Event));
        AssertSameTypes(
            typeof(StepResult), typeof(StepResult), Rows.Select(row => row.Event).OfType<StepCompleted>().Select(e => e.Result));
    }

    [Fact]
    public void The_header_is_told_with_every_event() =>
        Assert.Equal(
            new HistoryEntry(
                7, Header.EventId, At, "container-lost", EventKind.Observation, EventOutcome.Failure,
                InstancePhase.Active, InstancePhase.Stopping, "req-1", Sample.User, Sample.Host,
                new EquatableMap<string>([KeyValuePair.Create("containerId", "c0ffee")])),
            HistoryEntry.Of(7, new ContainerLost(Header, "c0ffee")));

    [Fact]
    public void No_value_of_an_environment_variable_is_told_or_shown()
    {
        var active = Given.Active();

        Assert.All(active.History, e => Assert.DoesNotContain(
            HistoryEntry.Of(1, e).Data.Values, value => value.Contains(Sample.SecretText, StringComparison.Ordinal)));
        Assert.All(active.History, e => Assert.DoesNotContain(Sample.SecretText, e.ToString(), StringComparison.Ordinal));
        var kept = Assert.Single(active.History.OfType<BootRequested>().Single().Spec.Environment.Values);
        Assert.Equal((Sample.SecretText, "(sealed)"), (kept.Ciphertext, kept.ToString()));
        var view = Json(InstanceView.Of(active.State));
        Assert.Contains("TOKEN", view, StringComparison.Ordinal);
        Assert.DoesNotContain(Sample.SecretText, view, StringComparison.Ordinal);
        Assert.Contains(Sample.SecretText, Json(active.Facts.Spec), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StepKind.CreateContainer, "create-container")]
    [InlineData(StepKind.EnsureImage, "ensure-image")]
    public void A_member_is_written_in_lower_case_with_hyphens(StepKind step, string text) =>
        Assert.Equal(text, EventDescription.Kebab(step));

    /// <summary>A value with all that is in it: of a map <c>ToString</c> tells the type alone.</summary>
    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Unescaped);

    private static Told Done(StepKind step, StepResult result, string data) => new(
        new StepCompleted(Header, Id, step, 1, result),
        $"{EventDescription.Kebab(step)}-completed", EventKind.Result, EventOutcome.Success,
        string.Join("; ", $"attempt=1; operationId={Operation}; {data}"
            .Split("; ", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)));

    private static void AssertSameTypes(Type nest, Type root, IEnumerable<object> told) =>
        Assert.Equal(
            nest.GetNestedTypes().Where(type => type.IsSubclassOf(root) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
            told.Select(value => value.GetType().Name).Distinct().Order(StringComparer.Ordinal));
}
