using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Instances;

/// <content>How operations begin.</content>
public abstract partial record InstanceState
{
    private static Working BeginLife(BootRequested boot, long revision, EquatableArray<RecordedAnswer> answers)
    {
        var header = boot.Header;
        var facts = new InstanceFacts(
            header.InstanceId, revision, boot.Spec, boot.Image, header.Host, header.Request.Initiator,
            header.OccurredAt, header.OccurredAt, null, null, null, null, null, answers)
        {
            Ports = InstancePort.Of(boot.Spec.Vifs),
        };
        return Begin(facts, InstancePhase.Absent, boot, null);
    }

    private static Working BeginRebuild(InstanceFacts facts, InstancePhase origin, RebuildRequested e) => Begin(
        facts with
        {
            Former = facts.ContainerId is null
                ? null
                : new FormerImage(facts.Spec, facts.Image, facts.EngineImageId, facts.ImageDefaults),
            Spec = e.Spec,
            Image = e.Image,
            EngineImageId = null,
            ImageDefaults = ContainerOptions.None,
        },
        origin, e, null);

    private static Working BeginResize(InstanceFacts facts, InstancePhase origin, ResizeRequested e) => Begin(
        facts with { OtherSize = InstanceSize.Of(facts.Spec), Spec = e.Size.In(facts.Spec) }, origin, e, null);

    private static Working Begin(
        InstanceFacts facts, InstancePhase origin, OperationRequest e, SnapshotTarget? snapshot)
    {
        // Who asks for a running instance ends the row of restarts that it made by itself.
        var isAskedToRun = e.Verb
            is InstanceVerb.Start or InstanceVerb.SoftReboot or InstanceVerb.HardReboot or InstanceVerb.Resume or InstanceVerb.Rebuild
            or InstanceVerb.Unrescue;
        var counted = Counted(e.Verb == InstanceVerb.RevertResize ? facts.WithOtherSize() : facts) with
        {
            Since = e.Header.OccurredAt,
            Restarts = isAskedToRun ? 0 : facts.Restarts,
        };
        var reply = new Accepted(facts.InstanceId, e.OperationId, counted.Revision);
        return new Working(
            counted.Answered(e.Header.Request.RequestId, e.Verb, reply),
            new Operation(
                e.OperationId, e.Verb, e.Header.Request, origin, e.Steps, StepStatus.Due, 0, 0, null, null, snapshot)
            {
                Terms = e.Terms,
            });
    }

    /// <summary>True for what an instance decides by itself, and gives way with to whatever somebody asks for.</summary>
    private static bool IsOfItsOwn(InstanceVerb verb) => verb is InstanceVerb.Restart or InstanceVerb.Repair;

    private static Working OnPort(Working begun, Vif attached) => begun with
    {
        Facts = begun.Facts with { Ports = InstancePort.With(begun.Facts.Ports, attached) },
        Operation = begun.Operation with { Port = attached.Id },
    };

    private static Working OnPort(Working begun, PortId detached) =>
        begun with { Operation = begun.Operation with { Port = detached } };

    /// <summary>A running process keeps its namespace also without the sandbox; one that is to be started gets another.</summary>
    private static InstanceFacts LostSandbox(InstanceFacts facts, InstancePhase phase) =>
        (phase is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Rescued
            ? facts
            : facts.Unplugged()) with { SandboxStartedAt = null };

    private static Working BeginByItself(InstanceFacts facts, InstancePhase origin, RepairRequested e) => new(
        Counted(facts) with
        {
            Since = e.Header.OccurredAt,
            Repairs = facts.LastFault is null && e.Header.OccurredAt - facts.Since >= Quiet ? 0 : facts.Repairs,
        },
        new Operation(
            e.OperationId, e.Verb, e.Header.Request, origin, e.Steps, StepStatus.Due, 0, 0, null, null, null));

    private static Working BeginRestart(InstanceFacts facts, InstancePhase origin, RestartRequested e)
    {
        var counted = Counted(facts) with { Since = e.Header.OccurredAt, Restarts = e.Restart };
        return new Working(counted, new Operation(
            e.OperationId, e.Verb, e.Header.Request, origin, e.Steps,
            StepStatus.AwaitingRetry, 0, counted.Revision, e.StartAt, null, null));
    }
}
