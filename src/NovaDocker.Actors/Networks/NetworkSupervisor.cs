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
/// The host's networks: does the steps of ports through one <see cref="NetworkActor"/> for each bridge, and looks now and then
/// whether what was plugged still is. What ports there are to be, its <see cref="PortRegistrarActor"/> settles.
/// </summary>
/// <remarks>Nothing is stored: which ports are to be plugged is learnt of the steps, and of what the instances say.</remarks>
internal sealed class NetworkSupervisor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan StepMargin = TimeSpan.FromSeconds(30);

    private readonly NetworkKit _kit;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<InstanceId, (HostProtocol.RunStep Step, CancellationTokenSource Cancelled)> _running = [];
    private readonly PluggedPorts _plugged = new();
    private readonly NetworkCare _care;
    private readonly InstanceFinder _finder;
    private readonly IActorRef _registrar;

    /// <summary>The removals under way of devices that were left over, by the ports that these were made for.</summary>
    private readonly Dictionary<PortId, Task> _removals = [];

    private IContainerEngine? _engine;
    private bool _isLooking;
    private string? _lastProblem;

    public NetworkSupervisor(NetworkKit kit)
    {
        _kit = kit;
        _care = new NetworkCare(kit.Host.OrphanGrace, kit.Time);
        _finder = new InstanceFinder(kit.Region);
        _registrar = Context.ActorOf(PortRegistrarActor.Props(kit), "registrar");
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NetworkKit kit) => Akka.Actor.Props.Create(() => new NetworkSupervisor(kit));

    /// <summary>Who waits for a port is known to its owners alone: where one fails, the host begins anew.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    /// <inheritdoc/>
    protected override void PreStart() =>
        Timers.StartPeriodicTimer(Verify.Instance, Verify.Instance, _kit.Settings.VerifyInterval);

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
            case AdmitPorts or HostProtocol.AdmitInterface or HostProtocol.GetNetworks:
                _registrar.Forward(message);
                break;
            case InstancesHeard heard:
                _plugged.Learn(heard.Instances);
                break;
            case HostProtocol.ReadCounters read:
                NetworkQuestions.ReadAsync(_kit.Network, read, _stopping.Token).PipeTo(Sender);
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
        _registrar.Tell(new PortsHeld(step.InstanceId, step.Ports));
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
            looked.Asking.Tell(new NetworkCompared([], looked.Problem));
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
        var known = PortsOf(compare).Select(vif => vif.Id).ToHashSet();
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
        var bridges = leftOver.Select(left => left.TidiedBridge).OfType<string>().Distinct().ToDictionary(bridge => bridge, OwnerOf);
        var tidying = new NetworkTidying(_kit.Network, bridges).TidyAsync(broken, leftOver, compare.IsDryRun, _stopping.Token);
        tidying.PipeTo(asking);
        foreach (var (port, _) in _removals.Where(removal => removal.Value.IsCompleted).ToArray())
            _removals.Remove(port);
        foreach (var left in leftOver)
        {
            if (left is { Port: { } device, Action: FindingAction.Removed })
                _removals[device.Port] = tidying.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>The ports that instances have, or are getting, by all that is known now.</summary>
    private List<Vif> PortsOf(CompareNetwork compare) =>
    [
        .. compare.Instances.Where(view => view.Phase != InstancePhase.Deleted).SelectMany(view => view.Ports).Select(port => port.Vif),
        .. _plugged.All.Select(port => port.Vif),
        .. _running.Values.SelectMany(running => running.Step.Ports).Select(port => port.Vif),
    ];

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
}
