using Akka.Actor;
using Akka.Event;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Hosts;

/// <summary>
/// The hands of one compute host: takes in steps behind the fence, keeps account of what is given away, and has its
/// supervisors of Engine and images do the rest. Outcomes go to the instance through the sharding region, since the brain
/// may have moved meanwhile.
/// </summary>
/// <remarks>Holds nothing that a restart loses: claims are read off the containers' labels, tokens off the steps.</remarks>
internal sealed class HostAgent : UntypedActor, IWithUnboundedStash, IWithTimers
{
    /// <summary>How long questions wait for the Engine's first answer after the node has started.</summary>
    internal static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(3);

    private readonly HostIdentity _identity;
    private readonly HostSettings _settings;
    private readonly string _engineAddress;
    private readonly IActorRef _instances;
    private readonly IActorRef _docker;
    private readonly IActorRef _images;
    private readonly IActorRef _networks;
    private readonly IActorRef _reconciler;
    private readonly BootAdmission _admission;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private readonly StepIntake _intake;
    private readonly ClaimLedger _claims = new();
    private readonly EngineStanding _engine = new();
    private readonly ImageAgain _again = new();
    private readonly HostViews _views;
    private HostCapacity? _capacity;

    public HostAgent(
        HostIdentity identity, HostSettings settings, Uri engineAddress, IActorRef instances, HostParts parts, TimeProvider time)
    {
        _identity = identity;
        _settings = settings;
        _engineAddress = engineAddress.ToString();
        _instances = instances;
        _intake = new StepIntake(time);
        _views = new HostViews(identity, settings, parts.Surroundings, _engineAddress, _engine, _claims, _intake);
        _images = Context.ActorOf(parts.Images, "images");
        _networks = Context.ActorOf(parts.Networks, "networks");
        _admission = new BootAdmission(_images, _networks, parts.Settler);
        _reconciler = Context.ActorOf(ReconcilerActor.Props(identity, settings, instances, _networks, parts, time), "reconciler");
        _docker = Context.ActorOf(parts.Docker, "docker");
    }

    /// <inheritdoc/>
    public IStash Stash { get; set; } = null!;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        HostIdentity identity, HostSettings settings, Uri engineAddress, IActorRef instances, HostParts parts, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new HostAgent(identity, settings, engineAddress, instances, parts, time));

    /// <inheritdoc/>
    protected override void PreStart() =>
        Timers.StartSingleTimer(FirstAnswerIsLate.Instance, FirstAnswerIsLate.Instance, FirstAnswer);

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() =>
        // A part that fails has lost the steps it had in hand, and the fence would wait for them for ever. So all begins
        // anew: the instances send again what is not done.
        new OneForOneStrategy(_ => Directive.Escalate);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case HostProtocol.IdentifyHost:
                Sender.Tell(new HostProtocol.HostIdentified(_identity.Id));
                break;
            case HostProtocol.RunStep step:
                OnRunStep(step);
                break;
            case StepFinished finished:
                OnStepFinished(finished);
                break;
            case HostProtocol.StepProgressed progress:
                _instances.Tell(progress);
                break;
            // A node that has only just started says that it cannot tell yet no sooner than it has to.
            case HostProtocol.AdmitBoot or HostProtocol.GetHost when _engine.IsNew:
                Stash.Stash();
                break;
            case FirstAnswerIsLate:
                _engine.IsNew = false;
                Stash.UnstashAll();
                break;
            case HostProtocol.AdmitBoot admit:
                OnAdmitBoot(admit);
                break;
            case HostProtocol.ReadConsole or HostProtocol.ReadUsage or HostProtocol.InspectContainer:
                _docker.Forward(message);
                break;
            case HostProtocol.ReconcileHost:
                _reconciler.Forward(message);
                break;
            case HostProtocol.GetHost:
                Sender.Tell(_views.Of(_capacity));
                break;
            case HostProtocol.IHostImageMessage or HostProtocol.LendToken or ComputeProtocol.ListImages
                or ComputeProtocol.BeginImageUpload or ComputeProtocol.ImageChunk or ComputeProtocol.AbandonImageUpload:
                _images.Forward(message);
                break;
            case HostProtocol.IHostNetworkMessage:
                _networks.Forward(message);
                break;
            case EngineOpened opened:
                _images.Tell(opened);
                _networks.Tell(opened);
                _reconciler.Tell(opened);
                break;
            case EngineHealth health:
                OnEngineHealth(health);
                break;
            case ContainersSeen seen:
                OnContainersSeen(seen);
                break;
            case InstancesSeen seen:
                _claims.HoldKnown(seen.Instances.Where(view => !_intake.HasSince(view)));
                break;
            case ContainerStirred or ContainerInspected or ContainerVanished or SandboxEnded:
                foreach (var report in SightingReports.Of(message))
                    _instances.Tell(report);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnRunStep(HostProtocol.RunStep step)
    {
        switch (_intake.Offer(step))
        {
            case StepVerdict.Run:
                RunOrHold(step);
                break;
            case StepVerdict.Next:
                CallOff(_intake.RunningFor(step.InstanceId)!);
                break;
            case StepVerdict.Stale:
                _log.Warning(
                    "Step {0} of instance {1} is refused: its token {2} is older than one seen before.",
                    step.Step, step.InstanceId, step.Token.Revision);
                break;
        }
    }

    private void CallOff(HostProtocol.RunStep running)
    {
        if (_intake.IsHeld(running.InstanceId))
            OnStepFinished(StepFinished.Failed(running, new Fault(FaultCode.Cancelled, "A newer request took its place.")));
        else
        {
            var underWay = _again.UnderWay(running);
            ExecutorOf(underWay.Step)?.Tell(new CancelStep(underWay));
        }
    }

    /// <summary>
    /// A step that needs the Engine waits while that is away, however long: that it does not answer says nothing about the
    /// container, and is no reason to give anything up.
    /// </summary>
    private void RunOrHold(HostProtocol.RunStep step)
    {
        // Who has come so far has claimed, also where that was before a restart of this host, or was given back since.
        if (step.Step is StepKind.EnsureImage or StepKind.CreateContainer or StepKind.StartContainer or StepKind.UpdateContainer)
            _claims.Hold(step.InstanceId, new Claim(step.Spec.MemoryMb, step.Spec.Vcpus));
        if (_engine.IsAway && step.Step is not (StepKind.ReleaseResources or StepKind.DiscardUpload or StepKind.UnplugVifs))
            _intake.Hold(step);
        else
            Run(step);
    }

    private void Run(HostProtocol.RunStep step)
    {
        if (ExecutorOf(step.Step) is { } executor)
            executor.Tell(step);
        else if (step.Step == StepKind.ClaimResources)
            Self.Tell(ClaimFor(step));
        else
        {
            // A container that could not be removed is still there, and takes up what was set aside for it.
            if (step.ContainerId is null)
                _claims.Release(step.InstanceId);
            Self.Tell(StepFinished.Done(step));
        }
    }

    private StepFinished ClaimFor(HostProtocol.RunStep step)
    {
        if (_capacity is not { } capacity)
            return StepFinished.Failed(step, new Fault(FaultCode.Unavailable, _views.NoEngine()));
        var fault = _claims.TryClaim(step.InstanceId, new Claim(step.Spec.MemoryMb, step.Spec.Vcpus), capacity);
        return fault is null ? StepFinished.Done(step) : StepFinished.Failed(step, fault);
    }

    /// <summary>Who does a step; null for those that only concern the host's own accounts.</summary>
    private IActorRef? ExecutorOf(StepKind step) => step switch
    {
        StepKind.ClaimResources or StepKind.ReleaseResources => null,
        StepKind.EnsureImage or StepKind.EnsureRescueImage or StepKind.UploadSnapshot or StepKind.DiscardUpload => _images,
        StepKind.PlugVifs or StepKind.UnplugVifs => _networks,
        _ => _docker,
    };

    private void OnStepFinished(StepFinished finished)
    {
        if (_again.Follow(ref finished) is { } another)
        {
            _log.Info("The image of instance {0} has gone meanwhile; next is {1}.", another.InstanceId, another.Step);
            RunOrHold(another);
            return;
        }

        var step = finished.Step;
        _instances.Tell(finished.Result is { } result
            ? new RecordStepCompleted(step.InstanceId, step.Token, result)
            : new RecordStepFailed(step.InstanceId, step.Token, finished.Fault!));
        if (_intake.Finish(step) is { } next)
            RunOrHold(next);
    }

    private void OnEngineHealth(EngineHealth health)
    {
        _engine.Heard(health);
        if (health.Info is { } info)
            _capacity = HostCapacity.Of(info, _settings);
        Stash.UnstashAll();
        LetGoOfSteps();
    }

    private void LetGoOfSteps()
    {
        if (_engine.IsAway)
            return;
        foreach (var step in _intake.LetGo())
            Run(_again.UnderWay(step));
    }

    private void OnAdmitBoot(HostProtocol.AdmitBoot admit)
    {
        if (_capacity is not { } capacity)
        {
            Sender.Tell(new Refused(admit.InstanceId, RefusalCode.NoHost, _views.NoEngine()));
            return;
        }

        if (admit.Boot.RefuseIfEngineAway && _engine.IsAway)
        {
            Sender.Tell(new Refused(admit.InstanceId, RefusalCode.EngineAway, _views.EngineAway()));
            return;
        }

        _admission.AdmitAsync(admit, capacity).PipeTo(
            Sender, failure: e => new Refused(admit.InstanceId, RefusalCode.NoHost, Faults.Of(e).Message));
    }

    private void OnContainersSeen(ContainersSeen seen)
    {
        var wasRestarted = _engine.Looked();
        foreach (var container in seen.Containers)
        {
            if (Labels.InstanceOf(container.Labels) is not { } id)
                continue;
            if (Labels.ClaimOf(container.Labels) is { } claim)
                _claims.HoldSeen(id, claim);
            if (wasRestarted)
                _instances.Tell(new ReportEngineRestarted(id, container.Id));
        }

        if (wasRestarted)
            _log.Info("The Engine at {0} was restarted; {1} containers were looked at.", _engineAddress, seen.Containers.Length);
        LetGoOfSteps();
    }

    private sealed class FirstAnswerIsLate : INoSerializationVerificationNeeded
    {
        public static readonly FirstAnswerIsLate Instance = new();
    }
}
