using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

public static partial class Samples
{
    private static InstanceView View => new(
        Instance, 12, "web-1", InstancePhase.Snapshotting, new NovaStates("active", "image_uploading", "RUNNING"), Host,
        Resolved, "sha256:feed", "4f5e6d", 2048, 2, ["httpd", ""], ["A", "PATH"], "9b1c2d", "3f6d7a", Time,
        Time.AddTicks(1),
        new OperationView(Operation, InstanceVerb.Snapshot, StepKind.UploadSnapshot, 2, Time, new TransferProgress(5, 10)),
        Exit, Fault);

    private static InstanceView BareView => new(
        Instance, 0, "", InstancePhase.Deleted, new NovaStates("deleted", null, "SHUTDOWN"), Host, Resolved, null, null, 0,
        0, [], [], "", "", Time, Time, null, null, null);

    private static InstanceView ViewBetweenSteps => BareView with
    {
        Phase = InstancePhase.Building,
        Operation = new OperationView(Operation, InstanceVerb.Boot, null, 0, null, null),
    };

    private static IEnumerable<Sample> Commands()
    {
        yield return new("boot", new Boot(Instance, Request, Spec, Resolved, Host));
        yield return new("boot-bare", new Boot(Instance, Request, BareSpec, Resolved, Host));
        yield return new("delete", new Delete(Instance, Request));
        yield return new("start", new Start(Instance, Request));
        yield return new("stop", new Stop(Instance, Request));
        yield return new("reboot-soft", new Reboot(Instance, Request, false));
        yield return new("reboot-hard", new Reboot(Instance, Request, true));
        yield return new("pause", new Pause(Instance, Request));
        yield return new("unpause", new Unpause(Instance, Request));
        yield return new("snapshot", new Snapshot(Instance, Request, Target));
        foreach (var (name, result) in Results)
            yield return new($"record-step-completed-{name}", new RecordStepCompleted(Instance, Token, result));
        yield return new("record-step-failed", new RecordStepFailed(Instance, Token, Fault));
        yield return new("retry-step", new RetryStep(Instance, 41));
        yield return new("resume-work", new ResumeWork(Instance));
        yield return new("report-container-exited", new ReportContainerExited(Instance, "4f5e6d", Exit));
        yield return new("report-container-lost", new ReportContainerLost(Instance, "4f5e6d"));
    }

    private static IEnumerable<Sample> Queries()
    {
        foreach (var reply in Replies)
            yield return new($"reply-{reply.GetType().Name}", reply);
        yield return new("get-instance", new GetInstance(Instance));
        yield return new("await-revision", new AwaitRevision(Instance, 41, TimeSpan.FromTicks(300_000_001)));
        yield return new("await-revision-until-an-end", new AwaitRevision(Instance, 41, TimeSpan.FromSeconds(30))
        {
            UntilEndOf = new OperationId(new Guid(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)),
        });
        yield return new("await-revision-for-ever", new AwaitRevision(Instance, 0, Timeout.InfiniteTimeSpan));
        yield return new("get-console-output", new GetConsoleOutput(Instance, 200));
        yield return new("instance-found", new InstanceFound(Instance, View));
        yield return new("instance-found-bare", new InstanceFound(Instance, BareView));
        yield return new("instance-found-between-steps", new InstanceFound(Instance, ViewBetweenSteps));
        yield return new("console-output", new ConsoleOutput(Instance, "\u001b[1mhello\u001b[0m\r\n\0", true));
    }
}
