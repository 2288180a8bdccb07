using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// The host's networks: does the steps of ports through one <see cref="NetworkActor"/> for each bridge, settles ports that
/// are wished for, and looks now and then whether what was plugged still is.
/// </summary>
/// <remarks>
/// Which ports there are is derived of what the instances say, who are asked before the first port is given away, and again
/// before one is refused. Nothing is stored.
/// </remarks>
internal sealed class NetworkSupervisor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan StepMargin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly NetworkKit _kit;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<InstanceId, (HostProtocol.RunStep Step, CancellationTokenSource Cancelled)> _running = [];
    private readonly PluggedPorts _plugged = new();
    private readonly PortBook _book;
    private readonly NicSettler _settler;
    private readonly NetworkCare _care;
    private readonly InstanceFinder _finder;

    /// <summary>What waits for the instances to be heard.</summary>
    private readonly List<Admission> _waiting = [];

    /// <summary>Who waits to be told of the networks as the instances have them.</summary>
    private readonly List<(HostProtocol.GetNetworks Ask, IActorRef Asking)> _curious = [];

    /// <summary>The removals under way of devices that were left over, by the ports that these were made for.</summary>
    private readonly Dictionary<PortId, Task> _removals = [];

    private IContainerEngine? _engine;
    private bool _isAsking;

    /// <summary>The number of the last asking that was answered; 0 before the first.</summary>
    private int _heard;
    private int _asking;
    private bool _isLooking;
    private string? _lastProblem;

    public NetworkSupervisor(NetworkKit kit)
    {
        _kit = kit;
        _book = new PortBook(kit.Time);
        _settler = new NicSettler(kit.Settings, _book, kit.Network.ProblemWith);
        _care = new NetworkCare(kit.Host.OrphanGrace, kit.Time);
        _finder = new InstanceFinder(kit.Region);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NetworkKit kit) => Akka.Actor.Props.Create(() => new NetworkSupervisor(kit));

    /// <summary>Who waits for a port is known to its owners alone: where one fails, the host begins anew.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        AskInstances();
        Timers.StartPeriodicTimer(Verify.Instance, Verify.Instance, _kit.Settings.VerifyInterval);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopping.Cancel();
        foreach (var running in _running.Values)
            running.Cancelled.Dispose();
        _stopping.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case EngineOpened opened:
                _engine = opened.Engine;
                break;
            case HostProtocol.RunStep step:
                Run(step);
                break;
            case CancelStep cancel:
                if (_running.TryGetValue(cancel.Step.InstanceId, out var running) && running.Step.Token == cancel.Step.Token)
                    running.Cancelled.Cancel();
                break;
            case StepFinished finished:
                OnStepFinished(finished);
                break;
            case AdmitPorts admit:
                Admit(new Admission(admit.InstanceId, admit.RequestId, admit.Nics, IsBoot: true, Sender, After: 1));
                break;
            case HostProtocol.AdmitInterface admit:
                Admit(new Admission(admit.InstanceId, admit.RequestId, [admit.Nic], IsBoot: false, Sender, After: 1));
                break;
            case InstancesHeard heard:
                OnInstancesHeard(heard);
                break;
            case AskAgain:
                AskInstances();
                break;
            case HostProtocol.ReadCounters read:
                NetworkQuestions.ReadAsync(_kit.Network, read, _stopping.Token).PipeTo(Sender);
                break;
            case HostProtocol.GetNetworks get:
                _curious.Add((get, Sender));
                AskInstances();
                break;
            case CompareNetwork compare:
                _plugged.Learn(compare.Instances);
                Look(compare, Sender);
                break;
            case Verify when !_isLooking && _plugged.Any:
                _isLooking = true;
                Look(null, ActorRefs.Nobody);
                break;
            case Verify:
                break;
            case Looked looked:
                OnLooked(looked);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Run(HostProtocol.RunStep step)
    {
        foreach (var port in step.Ports)
            _book.Hold(step.InstanceId, port.Vif);
        var owners = step.Ports.Select(port => port.Vif.Bridge).Distinct().ToDictionary(bridge => bridge, OwnerOf);
        var steps = new VifSteps(_engine, _kit.Identity, vif => owners[vif.Bridge]);
        var removals = Task.WhenAll(step.Ports.Select(port => _removals.GetValueOrDefault(port.Vif.Id)).OfType<Task>());
        var cancelled = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        _running[step.InstanceId] = (step, cancelled);
        StepRunner.RunAsync(
                step, DeadlineOf(step),
                async token =>
                {
                    await removals.WaitAsync(token).ConfigureAwait(false);
                    return await (step.Step == StepKind.PlugVifs ? steps.PlugAsync(step, token) : steps.UnplugAsync(step, token))
                        .ConfigureAwait(false);
                },
                cancelled.Token)
            .PipeTo(Self);
    }

    /// <summary>One bridge may serve several networks, and a network have several; what must not be done twice at once is done to bridges.</summary>
    private IActorRef OwnerOf(string bridge)
    {
        var name = $"bridge-{Uri.EscapeDataString(bridge)}";
        var known = Context.Child(name);
        return known.IsNobody() ? Context.ActorOf(NetworkActor.Props(_kit.Network), name) : known;
    }

    private TimeSpan DeadlineOf(HostProtocol.RunStep step) =>
        _kit.Instances.Deadlines.TryGetValue(step.Step.ToString(), out var own)
            ? own
            : (_kit.Settings.CommandTimeout * Math.Max(1, step.Ports.Count)) + StepMargin;

    private void OnStepFinished(StepFinished finished)
    {
        var step = finished.Step;
        if (_running.TryGetValue(step.InstanceId, out var running) && running.Step.Token == step.Token)
        {
            _running.Remove(step.InstanceId);
            running.Cancelled.Dispose();
        }

        _plugged.Learn(finished);
        Context.Parent.Tell(finished);
    }

    /// <summary>
    /// Settles ports. Before anything is refused for what others have, or the instance has beside it, the instances are asked:
    /// some may be gone that were there when they last were.
    /// </summary>
    private void Admit(Admission admission)
    {
        if (admission.After > _heard)
        {
            _waiting.Add(admission);
            AskInstances();
            return;
        }

        var (instance, request, nics, isBoot, asking, after) = admission;
        var others = isBoot ? [] : _book.All.Where(port => port.Instance == instance).Select(port => port.Vif).ToList();
        if (_settler.Settle(instance, request, nics, others, out var problem) is { } vifs)
        {
            asking.Tell(isBoot ? new PortsAdmitted(vifs) : new HostProtocol.InterfaceAdmitted(instance, vifs[0]));
        }
        else if ((problem!.Code is RefusalCode.PortInUse or RefusalCode.NoAddress || !isBoot) && after == 1)
            Admit(admission with { After = _asking + 1 });
        else
            asking.Tell(new InstanceProtocol.Refused(instance, problem.Code, problem.Reason));
    }

    private void AskInstances()
    {
        if (_isAsking)
            return;
        _isAsking = true;
        _asking = _book.BeginAsking();
        _kit.FindInstances().PipeTo(
            Self, success: instances => new InstancesHeard(instances, null), failure: e => new InstancesHeard([], e.Message));
    }

    private void OnInstancesHeard(InstancesHeard heard)
    {
        _isAsking = false;
        if (heard.Problem is { } problem)
        {
            _log.Warning("The instances could not be asked for their ports: {0}", problem);
            Timers.StartSingleTimer(AskAgain.Instance, AskAgain.Instance, AskAgainAfter);
            return;
        }

        var here = heard.Instances.Where(view => view.Host == _kit.Identity.Id).ToImmutableArray();
        _book.Replace(here);
        _plugged.Learn(here);
        _heard = _asking;
        var waiting = _waiting.ToList();
        _waiting.Clear();
        waiting.ForEach(Admit);
        foreach (var (ask, asking) in _curious)
            asking.Tell(NetworkQuestions.Networks(ask.HostId, _kit.Settings, _book));
        _curious.Clear();
    }

    private void Look(CompareNetwork? compare, IActorRef asking)
    {
        var moment = _plugged.Moment;
        _kit.Network.LookAsync([.. _plugged.All.Select(port => port.Vif)], _stopping.Token).PipeTo(
            Self,
            success: sight => new Looked(sight, null, moment, compare, asking, IsWhole: false),
            failure: e => new Looked(null, e.Message, moment, compare, asking, IsWhole: false));
    }

    private void OnLooked(Looked looked)
    {
        if (looked.Compare is null)
            _isLooking = false;
        if (looked.Sight is not { } sight)
        {
            if (looked.Problem != _lastProblem)
                _log.Warning("The host's network devices cannot be looked at: {0}", looked.Problem!);
            _lastProblem = looked.Problem;
            looked.Asking.Tell(new NetworkCompared([]));
            return;
        }

        _lastProblem = null;
        if (looked is { Compare: { } asked, IsWhole: false })
        {
            LearnOfOwners(looked, sight, asked);
            return;
        }

        var isDryRun = looked.Compare is { IsDryRun: true };
        // Where a step is under way, or was since the look began, it settles matters.
        var broken = NetworkCare.Broken(sight, _plugged.UnchangedSince(looked.Moment)
            .Where(port => !_running.ContainsKey(port.Instance)).ToDictionary(port => port.Vif.Id, port => port.Instance));
        if (!isDryRun)
        {
            foreach (var report in broken)
                _kit.Region.Tell(report);
        }

        if (looked.Compare is { } compare)
            Tidy(compare, sight, broken, looked.Asking);
    }

    /// <summary>Asks the instances that devices are left over of: those that are deleted are in no list, and may have left memory.</summary>
    private void LearnOfOwners(Looked looked, HostNetworkSight sight, CompareNetwork compare)
    {
        var known = PortsOf(compare);
        var owners = sight.Owned.Where(device => !known.Contains(device.Port)).Select(device => device.Owner.Instance)
            .Except(compare.Instances.Select(view => view.Id)).ToList();
        _finder.AskAsync(owners).PipeTo(
            Self,
            success: views => looked with { Compare = compare with { Instances = [.. compare.Instances, .. views] }, IsWhole = true },
            failure: _ => looked with { IsWhole = true });
    }

    private void Tidy(
        CompareNetwork compare, HostNetworkSight sight, ImmutableArray<InstanceProtocol.ReportVifsBroken> broken, IActorRef asking)
    {
        var leftOver = _care.LeftOver(
            sight, PortsOf(compare), compare.Instances.Select(view => view.Id).ToHashSet(), compare.IsDryRun);
        var tidying = NetworkCare.TidyAsync(_kit.Network, broken, leftOver, compare.IsDryRun, _stopping.Token);
        tidying.PipeTo(asking);
        foreach (var (port, _) in _removals.Where(removal => removal.Value.IsCompleted).ToArray())
            _removals.Remove(port);
        foreach (var (device, action, _) in leftOver)
        {
            if (action == FindingAction.Removed)
                _removals[device.Port] = tidying.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>The ports that instances have, or are getting, by all that is known now.</summary>
    private HashSet<PortId> PortsOf(CompareNetwork compare) =>
    [
        .. compare.Instances.Where(view => view.Phase != InstancePhase.Deleted).SelectMany(view => view.Ports).Select(port => port.Vif.Id),
        .. _plugged.All.Select(port => port.Vif.Id),
        .. _running.Values.SelectMany(running => running.Step.Ports).Select(port => port.Vif.Id),
    ];

    /// <param name="Instance">Whose the ports are to be.</param>
    /// <param name="Request">The request that asks for them.</param>
    /// <param name="Nics">The wishes.</param>
    /// <param name="IsBoot">True where the instance is to be made with them.</param>
    /// <param name="Asking">Who is answered.</param>
    /// <param name="After">Which asking of the instances has to be answered before: the first, or one that began after a refusal.</param>
    private sealed record Admission(
        InstanceId Instance, string Request, EquatableArray<NicRequest> Nics, bool IsBoot, IActorRef Asking, int After);

    private sealed record InstancesHeard(ImmutableArray<InstanceView> Instances, string? Problem) : INoSerializationVerificationNeeded;

    /// <param name="Sight">What was seen; null where nothing could be.</param>
    /// <param name="Problem">Why not.</param>
    /// <param name="Moment">When the look began.</param>
    /// <param name="Compare">What it was for; null for the usual look.</param>
    /// <param name="Asking">Who is answered.</param>
    /// <param name="IsWhole">True once the instances were asked that devices are left over of.</param>
    private sealed record Looked(
        HostNetworkSight? Sight, string? Problem, long Moment, CompareNetwork? Compare, IActorRef Asking, bool IsWhole)
        : INoSerializationVerificationNeeded;

    private sealed class Verify : INoSerializationVerificationNeeded
    {
        public static readonly Verify Instance = new();
    }

    private sealed class AskAgain : INoSerializationVerificationNeeded
    {
        public static readonly AskAgain Instance = new();
    }
}
