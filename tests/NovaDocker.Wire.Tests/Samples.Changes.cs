using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Hosts.HostProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>
/// What came with suspension, rebuild, resize, rescue, the wait for Neutron, files and further lives: the older samples have nothing
/// of it, and their golden bytes are read as what is usual.
/// </summary>
public static partial class Samples
{
    private static OperationTerms FullTerms => new()
    {
        LeavesStopped = true,
        Grace = TimeSpan.FromTicks(900_000_001),
        AwaitVifs = new VifPluggingWait(TimeSpan.FromTicks(3_000_000_001), IsFatal: true),
    };

    private static OperationTerms GraceOfNothing => new() { Grace = TimeSpan.Zero };

    private static OperationTerms PatientTerms => new() { AwaitVifs = new VifPluggingWait(TimeSpan.FromMinutes(5), IsFatal: false) };

    private static EquatableArray<StepKind> StepsOfChanges =>
    [
        StepKind.AwaitVifs, StepKind.UpdateContainer, StepKind.EnsureRescueImage, StepKind.StartRescue, StepKind.RemoveRescue,
    ];

    private static EquatableArray<InstanceFileRecord> FileRecords =>
    [
        new InstanceFileRecord("/etc/ünïcode", new string('a', 63) + "0", 1L << 21),
        new InstanceFileRecord($"{InstanceFile.ConfigDrive}/openstack/latest/meta_data.json", new string('0', 63) + "f", 0),
    ];

    private static EquatableArray<InstanceFile> Files =>
        [new InstanceFile("/etc/motd", new byte[] { 0, 1, 2, 255 }), new InstanceFile("/empty", ReadOnlyMemory<byte>.Empty)];

    private static InstanceSpec FiledSpec => BareSpec with { Files = FileRecords };

    private static InstanceSize Larger => new(1L << 33, 64);

    private static RescueFacts FullRescue => new(Resolved, "sha256:feed", "5afe");

    private static RescueFacts BareRescue => new(Resolved, null, null);

    private static FormerImage FullFormer => new(
        Spec, Resolved, "sha256:feed", ContainerOptions.None.With(OptionKeys.Tty, new OptionValue.Switch(true)));

    private static FormerImage BareFormer => new(BareSpec, Resolved, null, ContainerOptions.None);

    private static (string Name, StepResult Result)[] ChangeResults =>
    [
        ("vifs-awaited", new StepResult.VifsAwaited(VifPluggingOutcome.Failed, "Port 1 is down.")),
        ("vifs-awaited-bare", new StepResult.VifsAwaited(VifPluggingOutcome.TimedOut, "")),
    ];

    private static IEnumerable<Sample> ChangeEvents()
    {
        yield return new("boot-requested-once-more-with-terms-and-files", new BootRequested(
            Header(InstancePhase.Deleted, InstancePhase.Building), Operation, StepsOfChanges, FiledSpec, Resolved)
        {
            Terms = FullTerms,
        });
        yield return new("boot-requested-with-patience", new BootRequested(
            Header(InstancePhase.Absent, InstancePhase.Building), Operation, [], BareSpec, Resolved)
        {
            Terms = PatientTerms,
        });
        yield return new("boot-requested-of-what-must-stay-up", new BootRequested(
            Header(InstancePhase.Absent, InstancePhase.Building), Operation, [], BareSpec, Resolved)
        {
            Terms = new OperationTerms { MustStayUp = true },
        });
        yield return new("power-change-requested-with-grace", new PowerChangeRequested(
            Header(InstancePhase.Active, InstancePhase.Stopping), Operation, [StepKind.StopContainer], InstanceVerb.Stop)
        {
            Terms = GraceOfNothing,
        });
        foreach (var verb in new[] { InstanceVerb.Suspend, InstanceVerb.Resume, InstanceVerb.ConfirmResize, InstanceVerb.Unrescue })
        {
            yield return new($"power-change-requested-{verb}", new PowerChangeRequested(
                Header(InstancePhase.Active, OperationPlan.For(verb).During), Operation, [], verb));
        }

        yield return new("power-change-requested-revert-resize-with-terms", new PowerChangeRequested(
            Header(InstancePhase.Stopped, InstancePhase.Resizing), Operation, [], InstanceVerb.RevertResize) { Terms = FullTerms });
        yield return new("rebuild-requested", new RebuildRequested(
            Header(InstancePhase.Active, InstancePhase.Rebuilding), Operation, StepsOfChanges, Spec, Resolved));
        yield return new("rebuild-requested-with-terms-and-files", new RebuildRequested(
            Header(InstancePhase.Error, InstancePhase.Rebuilding), Operation, [], FiledSpec, Resolved) { Terms = FullTerms });
        yield return new("resize-requested", new ResizeRequested(
            Header(InstancePhase.Active, InstancePhase.Resizing), Operation, StepsOfChanges, Larger));
        yield return new("resize-requested-with-terms", new ResizeRequested(
            Header(InstancePhase.Stopped, InstancePhase.Resizing), Operation, [], Larger) { Terms = FullTerms });
        yield return new("rescue-requested", new RescueRequested(
            Header(InstancePhase.Active, InstancePhase.Rescuing), Operation, StepsOfChanges, Resolved));
        foreach (var (name, result) in ChangeResults)
        {
            yield return new($"step-completed-{name}", new StepCompleted(
                Within(InstancePhase.Building), Operation, StepKind.AwaitVifs, 1, result));
        }

        yield return new("unwind-started-of-a-rescue", new UnwindStarted(
            Within(InstancePhase.Rescuing), Operation, InstanceVerb.Rescue, GivenUp, [StepKind.RemoveRescue]));
        yield return new("operation-completed-suspended", new OperationCompleted(
            Header(InstancePhase.Suspending, InstancePhase.Suspended), Operation, InstanceVerb.Suspend));
        yield return new("operation-failed-rescued", new OperationFailed(
            Header(InstancePhase.Unrescuing, InstancePhase.Rescued), Operation, InstanceVerb.Unrescue, GivenUp));
        yield return new("work-resumed-resuming", new WorkResumed(
            Within(InstancePhase.Resuming), Operation, StepKind.UnpauseContainer, 1));
    }

    private static IEnumerable<Sample> ChangeSnapshots()
    {
        var facts = new InstanceFacts(
            Instance, 41, FiledSpec, Resolved, Host, Alice, Time, Time.AddTicks(1), null, "4f5e6d", null, null, null, [])
        {
            OtherSize = Larger,
            Former = FullFormer,
            Rescue = FullRescue,
        };
        yield return new("state-resting-rescued", new InstanceSnapshot(new InstanceState.Resting(facts, InstancePhase.Rescued)));
        yield return new("state-resting-suspended", new InstanceSnapshot(
            new InstanceState.Resting(facts with { Former = BareFormer, Rescue = BareRescue }, InstancePhase.Suspended)));
        yield return new("state-working-awaiting-ports", new InstanceSnapshot(new InstanceState.Working(facts, new Operation(
            Operation, InstanceVerb.Boot, Request, InstancePhase.Absent, StepsOfChanges, StepStatus.Running, 1, 40, null, null, null)
        {
            Terms = FullTerms,
            Deadline = Time.AddTicks(3),
        })));
        yield return new("state-working-with-patience", new InstanceSnapshot(new InstanceState.Working(facts, new Operation(
            Operation, InstanceVerb.Resize, Request, InstancePhase.Stopped, [], StepStatus.Due, 0, 0, null, null, null)
        {
            Terms = PatientTerms,
        })));
    }

    private static IEnumerable<Sample> ChangeMessages()
    {
        yield return new("boot-once-more", new Boot(Instance, Request, FiledSpec, Resolved, Host) { IsAgain = true, Terms = FullTerms });
        yield return new("stop-with-grace", new Stop(Instance, Request) { Terms = GraceOfNothing });
        yield return new("suspend", new Suspend(Instance, Request));
        yield return new("resume", new Resume(Instance, Request));
        yield return new("rebuild", new Rebuild(Instance, Request, FiledSpec, Resolved) { Terms = FullTerms });
        yield return new("rebuild-bare", new Rebuild(Instance, Request, BareSpec, Resolved));
        yield return new("resize", new Resize(Instance, Request, Larger) { Terms = FullTerms });
        yield return new("resize-bare", new Resize(Instance, Request, Larger));
        yield return new("confirm-resize", new ConfirmResize(Instance, Request));
        yield return new("revert-resize", new RevertResize(Instance, Request) { Terms = FullTerms });
        yield return new("revert-resize-bare", new RevertResize(Instance, Request));
        yield return new("rescue", new Rescue(Instance, Request, Resolved));
        yield return new("unrescue", new Unrescue(Instance, Request));
        foreach (var command in EngineBound())
            yield return new($"{command.Verb}-unless-the-engine-is-away", command with { RefuseIfEngineAway = true, EngineProblem = "It is away." });
        yield return new("tell-vif-plugging", new TellVifPlugging(Instance, Request, VifPluggingOutcome.Failed, "Port 1 is down."));
        yield return new("tell-vif-plugging-bare", new TellVifPlugging(Instance, Request, VifPluggingOutcome.Plugged, ""));
        foreach (var (name, result) in ChangeResults)
            yield return new($"record-step-completed-{name}", new RecordStepCompleted(Instance, Token, result));
        yield return new("instance-found-rescued", new InstanceFound(Instance, BareView with
        {
            Phase = InstancePhase.Rescued,
            OtherSize = Larger,
            Rescue = FullRescue,
        }));
        yield return new("instance-found-rescuing", new InstanceFound(Instance, BareView with
        {
            Phase = InstancePhase.Rescuing,
            Operation = new OperationView(Operation, InstanceVerb.Rescue, StepKind.EnsureRescueImage, 1, null, null),
            Rescue = BareRescue,
        }));
        foreach (var sample in ChangesOfCommanders().Concat(ChangesAtHosts()))
            yield return sample;
    }

    private static VerbCommand[] EngineBound() =>
    [
        new Suspend(Instance, Request), new Resume(Instance, Request), new Rebuild(Instance, Request, BareSpec, Resolved),
        new Resize(Instance, Request, Larger), new ConfirmResize(Instance, Request), new RevertResize(Instance, Request),
        new Rescue(Instance, Request, Resolved), new Unrescue(Instance, Request),
    ];

    private static IEnumerable<Sample> ChangesOfCommanders()
    {
        var full = BareBoot with { HostId = Host, Terms = FullTerms, IsAgain = true, Files = Files };
        yield return new("boot-instance-once-more", full);
        yield return new("rebuild-instance", new RebuildInstance(full));
        yield return new("rebuild-instance-with-user-data", new RebuildInstance(BareBoot with { UserData = new byte[] { 1, 2, 3 } }));
        yield return new("rescue-instance", new RescueInstance(Instance, Request, "rescue ünïcode")
        {
            Token = new RequestToken("gAAAAA"),
            RefuseIfEngineAway = true,
        });
        yield return new("rescue-instance-bare", new RescueInstance(Instance, Request, ""));
    }

    private static IEnumerable<Sample> ChangesAtHosts()
    {
        var step = new RunStep(
            Host, Instance, Operation, Token, StepKind.StartRescue, 1, FiledSpec, Resolved, Alice, "sha256:feed", "4f5e6d", Time, null);
        yield return new("run-step-of-a-rescue", step with { Rescue = FullRescue, Terms = FullTerms });
        yield return new("run-step-of-a-deletion", step with { Rescue = BareRescue, IsOfDeletion = true });
        yield return new("admit-boot-of-a-rebuild", new AdmitBoot(Host, BareBoot) { KeptVifs = [FullVif, BareVif] });
        yield return new("boot-admitted-with-files", new BootAdmitted(Instance, Resolved, FiledSpec));
    }
}
