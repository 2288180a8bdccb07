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
internal sealed class HostAgent : UntypedActor
{
    private readonly HostIdentity _identity;
    private readonly HostSettings _settings;
    private readonly string _engineAddress;
    private readonly IActorRef _instances;
    private readonly IActorRef _docker;
    private readonly IActorRef _images;
    private readonly IActorRef _reconciler;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private readonly StepIntake _intake = new();
    private readonly ClaimLedger _claims = new();
    private HostCapacity? _capacity;
    private EngineHealth _engine = new(null, "The Engine was not asked yet.");

    public HostAgent(
        HostIdentity identity,
        HostSettings settings,
        Uri engineAddress,
        IActorRef instances,
        Props docker,
        Props images,
        TimeProvider time)
    {
        _identity = identity;
        _settings = settings;
        _engineAddress = engineAddress.ToString();
        _instances = instances;
        _images = Context.ActorOf(images, "images");
        _reconciler = Context.ActorOf(ReconcilerActor.Props(identity, settings, instances, time), "reconciler");
        _docker = Context.ActorOf(docker, "docker");
    }

    public static Props Props(
        HostIdentity identity,
        HostSettings settings,
        Uri engineAddress,
        IActorRef instances,
        Props docker,
        Props images,
        TimeProvider time) =>
        Akka.Actor.Props.Create(() => new HostAgent(identity, settings, engineAddress, instances, docker, images, time));

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
            case HostProtocol.AdmitBoot admit:
                OnAdmitBoot(admit);
                break;
            case HostProtocol.ReadConsole read:
                _docker.Forward(read);
                break;
            case HostProtocol.ReconcileHost:
                _reconciler.Forward(message);
                break;
            case HostProtocol.GetHost:
                Sender.Tell(View());
                break;
            case ComputeProtocol.ListImages or ComputeProtocol.BeginImageUpload or ComputeProtocol.ImageChunk
                or ComputeProtocol.AbandonImageUpload:
                _images.Forward(message);
                break;
            case EngineOpened opened:
                _images.Tell(opened);
                _reconciler.Tell(opened);
                break;
            case EngineHealth health:
                _engine = health;
                if (health.Info is { } info)
                    _capacity = HostCapacity.Of(info, _settings);
                break;
            case ContainersSeen seen:
                OnContainersSeen(seen);
                break;
            case ContainerEnded ended:
                _instances.Tell(new ReportContainerExited(ended.InstanceId, ended.ContainerId, ended.Exit));
                break;
            case ContainerVanished gone:
                _instances.Tell(new ReportContainerLost(gone.InstanceId, gone.ContainerId));
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
                Run(step);
                break;
            case StepVerdict.Next:
                var running = _intake.RunningFor(step.InstanceId)!;
                ExecutorOf(running.Step)?.Tell(new CancelStep(running));
                break;
            case StepVerdict.Stale:
                _log.Warning(
                    "Step {0} of instance {1} is refused: its token {2} is older than one seen before.",
                    step.Step, step.InstanceId, step.Token.Revision);
                break;
        }
    }

    private void Run(HostProtocol.RunStep step)
    {
        // Who has come so far has claimed, also where that was before a restart of this host, or was given back since.
        if (step.Step is StepKind.EnsureImage or StepKind.CreateContainer or StepKind.StartContainer)
            _claims.Hold(step.InstanceId, new Claim(step.Spec.MemoryMb, step.Spec.Vcpus));
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
            return StepFinished.Failed(step, new Fault(FaultCode.Unavailable, NoEngine()));
        var fault = _claims.TryClaim(step.InstanceId, new Claim(step.Spec.MemoryMb, step.Spec.Vcpus), capacity);
        return fault is null ? StepFinished.Done(step) : StepFinished.Failed(step, fault);
    }

    /// <summary>Who does a step; null for those that only concern the host's own accounts.</summary>
    private IActorRef? ExecutorOf(StepKind step) => step switch
    {
        StepKind.ClaimResources or StepKind.ReleaseResources => null,
        StepKind.EnsureImage or StepKind.UploadSnapshot or StepKind.DiscardUpload => _images,
        _ => _docker,
    };

    private void OnStepFinished(StepFinished finished)
    {
        var step = finished.Step;
        _instances.Tell(finished.Result is { } result
            ? new RecordStepCompleted(step.InstanceId, step.Token, result)
            : new RecordStepFailed(step.InstanceId, step.Token, finished.Fault!));
        if (_intake.Finish(step) is { } next)
            Run(next);
    }

    private void OnAdmitBoot(HostProtocol.AdmitBoot admit)
    {
        if (_capacity is not { } capacity)
        {
            Sender.Tell(new Refused(admit.InstanceId, RefusalCode.NoHost, NoEngine()));
            return;
        }

        var shortage = ClaimLedger.Shortage(
            new Claim(admit.MemoryMb, admit.Vcpus), capacity.MemoryMb, capacity.Vcpus, "in all");
        if (shortage is not null)
            Sender.Tell(new Refused(admit.InstanceId, RefusalCode.NoCapacity, shortage.Message));
        else
            _images.Forward(admit);
    }

    private void OnContainersSeen(ContainersSeen seen)
    {
        foreach (var container in seen.Containers)
        {
            if (Labels.InstanceOf(container.Labels) is { } id && Labels.ClaimOf(container.Labels) is { } claim)
                _claims.HoldSeen(id, claim);
        }
    }

    private HostView View() => new(
        _identity.Id, _identity.Name, _identity.Address,
        _engine.Info is not null ? EngineState.Healthy : _capacity is null ? EngineState.Unknown : EngineState.Unreachable,
        _engine.Info?.Version ?? "", _engineAddress, _capacity?.MemoryMb ?? 0, _claims.MemoryMb, _capacity?.Vcpus ?? 0,
        _claims.Vcpus, _claims.Count, _intake.Running, _engine.Problem);

    private string NoEngine() =>
        $"The Docker Engine at {_engineAddress} has not answered since the node started: {_engine.Problem}";
}
