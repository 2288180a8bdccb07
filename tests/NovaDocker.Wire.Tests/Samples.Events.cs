using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

public static partial class Samples
{
    private static CommandReply[] Replies =>
    [
        new Accepted(Instance, Operation, 9),
        new AlreadyDone(Instance),
        new Refused(Instance, RefusalCode.WrongState, "The instance is stopped; start it first."),
        new NotFound(Instance),
    ];

    private static (string Name, StepResult Result)[] Results =>
    [
        ("done", new StepResult.Done()),
        ("image-ready", new StepResult.ImageReady("sha256:feed", "sha512:cafe", 7_340_032, "store")),
        ("container-created", new StepResult.ContainerCreated("4f5e6d", true)),
        ("container-started", new StepResult.ContainerStarted(Time, null)),
        ("container-started-and-ended", new StepResult.ContainerStarted(Time, Exit)),
        ("container-stopped", new StepResult.ContainerStopped(Exit)),
        ("container-never-ran", new StepResult.ContainerStopped(null)),
        ("snapshot-committed", new StepResult.SnapshotCommitted("sha256:beef", false)),
        ("snapshot-uploaded", new StepResult.SnapshotUploaded("md5:0123", 10_240)),
    ];

    private static Fault GivenUp => new(FaultCode.NotFound, "No such image.");

    private static EventHeader Header(InstancePhase before, InstancePhase after) => new(
        Guid.Parse("a0000000-0000-4000-8000-000000000001"), Guid.Parse("b0000000-0000-4000-8000-000000000002"),
        Instance, Time, Request, Host, before, after);

    private static EventHeader Within(InstancePhase phase) => Header(phase, phase);

    private static IEnumerable<Sample> Events()
    {
        yield return new("boot-requested", new BootRequested(
            Header(InstancePhase.Absent, InstancePhase.Building), Operation, Steps, Spec, Resolved));
        yield return BootOfDescribedImage();
        yield return new("boot-requested-bare", new BootRequested(
            Header(InstancePhase.Absent, InstancePhase.Building) with { Request = new("", Initiator.Recovery) },
            Operation, [], BareSpec, Resolved));
        yield return new("snapshot-requested", new SnapshotRequested(
            Header(InstancePhase.Active, InstancePhase.Snapshotting), Operation, Steps, Target));
        yield return new("delete-requested", new DeleteRequested(
            Header(InstancePhase.Error, InstancePhase.Deleting), Operation, [StepKind.RemoveContainer], null));
        yield return new("delete-requested-discarding", new DeleteRequested(
            Header(InstancePhase.Active, InstancePhase.Deleting), Operation, [StepKind.DiscardUpload], Target));
        yield return new("power-change-requested", new PowerChangeRequested(
            Header(InstancePhase.Active, InstancePhase.Rebooting), Operation,
            [StepKind.KillContainer, StepKind.StartContainer], InstanceVerb.HardReboot));
        foreach (var reply in Replies)
        {
            yield return new($"command-answered-{reply.GetType().Name}", new CommandAnswered(
                Within(InstancePhase.Stopped), InstanceVerb.Pause, reply));
        }

        yield return new("step-started", new StepStarted(
            Within(InstancePhase.Building), Operation, StepKind.CreateContainer, 1));
        foreach (var (name, result) in Results)
        {
            yield return new($"step-completed-{name}", new StepCompleted(
                Within(InstancePhase.Building), Operation, StepKind.EnsureImage, 2, result));
        }

        yield return new("step-failed-for-now", new StepFailed(
            Within(InstancePhase.Building), Operation, StepKind.EnsureImage, 1, Fault, Time.AddSeconds(2)));
        yield return new("step-failed-for-good", new StepFailed(
            Within(InstancePhase.Building), Operation, StepKind.EnsureImage, 5, GivenUp, null));
        yield return new("unwind-started", new UnwindStarted(
            Within(InstancePhase.Building), Operation, InstanceVerb.Boot, GivenUp,
            [StepKind.RemoveContainer, StepKind.ReleaseResources]));
        yield return new("operation-completed", new OperationCompleted(
            Header(InstancePhase.Building, InstancePhase.Active), Operation, InstanceVerb.Boot));
        yield return new("operation-failed", new OperationFailed(
            Header(InstancePhase.Building, InstancePhase.Error), Operation, InstanceVerb.Boot, GivenUp));
        yield return new("operation-cancelled", new OperationCancelled(
            Header(InstancePhase.Snapshotting, InstancePhase.Active), Operation, InstanceVerb.Snapshot));
        yield return new("work-resumed", new WorkResumed(
            Within(InstancePhase.Stopping), Operation, StepKind.StopContainer, 3));
        yield return new("container-exited", new ContainerExited(
            Header(InstancePhase.Active, InstancePhase.Stopped), "4f5e6d", Exit));
        yield return new("container-lost", new ContainerLost(
            Header(InstancePhase.Paused, InstancePhase.Error), "4f5e6d"));
    }

    private static IEnumerable<Sample> Snapshots()
    {
        var bare = new InstanceFacts(
            Instance, 2, BareSpec, Resolved, Host, Alice, Time, Time.AddTicks(1), null, null, null, null, null, []);
        var full = bare with
        {
            Spec = Spec,
            EngineImageId = "sha256:feed",
            ContainerId = "4f5e6d",
            RunStartedAt = Time,
            LastExit = Exit,
            LastFault = Fault,
            Answers = [.. Replies.Select(reply => new RecordedAnswer("req-1", InstanceVerb.Boot, reply))],
        };
        yield return new("state-absent", new InstanceSnapshot(InstanceState.Absent.Instance));
        yield return new("state-resting", new InstanceSnapshot(new InstanceState.Resting(full, InstancePhase.Error)));
        yield return new("state-resting-bare", new InstanceSnapshot(
            new InstanceState.Resting(bare, InstancePhase.Deleted)));
        yield return new("state-working", new InstanceSnapshot(new InstanceState.Working(full, new Operation(
            Operation, InstanceVerb.Snapshot, Request, InstancePhase.Paused, Steps, StepStatus.AwaitingRetry, 3, 41,
            Time.AddMinutes(1), Fault, Target))));
        yield return new("state-working-bare", new InstanceSnapshot(new InstanceState.Working(bare, new Operation(
            Operation, InstanceVerb.Boot, Request, InstancePhase.Absent, [], StepStatus.Due, 0, 0, null, null, null))));
    }
}
