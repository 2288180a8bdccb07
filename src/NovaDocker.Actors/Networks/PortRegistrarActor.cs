using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// Settles the ports that are wished for on this host, and knows which addresses are taken.
/// </summary>
/// <remarks>
/// Which ports there are is derived of what the instances say, who are asked before the first port is given away, and again
/// before one is refused. Nothing is stored.
/// </remarks>
internal sealed class PortRegistrarActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly NetworkKit _kit;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly PortBook _book;
    private readonly NicSettler _settler;

    /// <summary>What waits for the instances to be heard.</summary>
    private readonly List<Admission> _waiting = [];

    /// <summary>Who waits to be told of the networks as the instances have them.</summary>
    private readonly List<(HostProtocol.GetNetworks Ask, IActorRef Asking)> _curious = [];

    private bool _isAsking;

    /// <summary>The number of the last asking that was answered; 0 before the first.</summary>
    private int _heard;
    private int _asking;

    public PortRegistrarActor(NetworkKit kit)
    {
        _kit = kit;
        _book = new PortBook(kit.Time);
        _settler = new NicSettler(kit.Settings, _book, kit.Network.ProblemWith);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NetworkKit kit) => Akka.Actor.Props.Create(() => new PortRegistrarActor(kit));

    /// <inheritdoc/>
    protected override void PreStart() => AskInstances();

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PortsHeld held:
                foreach (var port in held.Ports)
                    _book.Hold(held.InstanceId, port.Vif);
                break;
            case AdmitPorts admit:
                Admit(new Admission(admit.InstanceId, admit.RequestId, admit.Nics, IsBoot: true, Sender, After: 1));
                break;
            case HostProtocol.AdmitInterface admit:
                Admit(new Admission(admit.InstanceId, admit.RequestId, [admit.Nic], IsBoot: false, Sender, After: 1));
                break;
            case HostProtocol.GetNetworks get:
                _curious.Add((get, Sender));
                AskInstances();
                break;
            case Answered answered:
                OnAnswered(answered);
                break;
            case AskAgain:
                AskInstances();
                break;
            default:
                Unhandled(message);
                break;
        }
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
            Self, success: instances => new Answered(instances, null), failure: e => new Answered([], e.Message));
    }

    private void OnAnswered(Answered answered)
    {
        _isAsking = false;
        if (answered.Problem is { } problem)
        {
            _log.Warning("The instances could not be asked for their ports: {0}", problem);
            Timers.StartSingleTimer(AskAgain.Instance, AskAgain.Instance, AskAgainAfter);
            return;
        }

        Timers.Cancel(AskAgain.Instance);
        var here = answered.Instances.Where(view => view.Host == _kit.Identity.Id).ToImmutableArray();
        _book.Replace(here);
        Context.Parent.Tell(new InstancesHeard(here));
        _heard = _asking;
        var waiting = _waiting.ToList();
        _waiting.Clear();
        waiting.ForEach(Admit);
        foreach (var (ask, asking) in _curious)
            asking.Tell(NetworkQuestions.Networks(ask.HostId, _kit.Settings, _book));
        _curious.Clear();
    }

    /// <param name="Instance">Whose the ports are to be.</param>
    /// <param name="Request">The request that asks for them.</param>
    /// <param name="Nics">The wishes.</param>
    /// <param name="IsBoot">True where the instance is to be made with them.</param>
    /// <param name="Asking">Who is answered.</param>
    /// <param name="After">Which asking of the instances has to be answered before: the first, or one that began after a refusal.</param>
    private sealed record Admission(
        InstanceId Instance, string Request, EquatableArray<NicRequest> Nics, bool IsBoot, IActorRef Asking, int After);

    private sealed record Answered(ImmutableArray<InstanceView> Instances, string? Problem) : INoSerializationVerificationNeeded;

    private sealed class AskAgain : INoSerializationVerificationNeeded
    {
        public static readonly AskAgain Instance = new();
    }
}
