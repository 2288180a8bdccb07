using Akka.Actor;
using Akka.Event;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// The owner of one network on this host: has its bridge there before the first port is plugged, and takes away what it made
/// itself when the last one has gone, never both at once. Below it is one <see cref="VifActor"/> for each port.
/// </summary>
/// <remarks>Remembers which ports are in hand, and nothing of the bridge: that is looked at each time.</remarks>
internal sealed class NetworkActor(IHostNetwork network) : UntypedActor, IWithUnboundedStash
{
    private readonly Dictionary<PortId, Queue<IActorRef>> _asking = [];
    private readonly HashSet<PortId> _plugged = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <summary>True while the bridge is being made or taken away.</summary>
    private bool _isAtBridge;

    /// <summary>The port that was last in hand, which says what network this is.</summary>
    private Vif? _last;

    /// <inheritdoc/>
    public IStash Stash { get; set; } = null!;

    public static Props Props(IHostNetwork network) => Akka.Actor.Props.Create(() => new NetworkActor(network));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PlugPort or UnplugPort when _isAtBridge:
                Stash.Stash();
                break;
            case PlugPort plug:
                Prepare(plug);
                break;
            case UnplugPort unplug:
                Pass(unplug.Vif, unplug, Sender);
                break;
            case Prepared { Failure: { } failure } prepared:
                prepared.Asking.Tell(new PortDone(prepared.Plug.Plug.Vif.Id, false, false, failure));
                LeaveBridge();
                break;
            case Prepared prepared:
                Pass(prepared.Plug.Plug.Vif, prepared.Plug, prepared.Asking);
                LeaveBridge();
                break;
            case PortDone done:
                OnDone(done);
                break;
            case Released released:
                if (released.Failure is { } problem)
                    _log.Warning("The bridge of {0} could not be taken away: {1}", Self.Path.Name, problem);
                LeaveBridge();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Prepare(PlugPort plug)
    {
        _isAtBridge = true;
        var asking = Sender;
        network.PrepareNetworkAsync(plug.Plug.Vif, plug.Cancellation).PipeTo(
            Self, success: () => new Prepared(plug, asking, null), failure: e => new Prepared(plug, asking, e));
    }

    private void Pass(Vif vif, object message, IActorRef asking)
    {
        _last = vif;
        if (!_asking.TryGetValue(vif.Id, out var waiting))
            _asking[vif.Id] = waiting = new Queue<IActorRef>();
        waiting.Enqueue(asking);
        var owner = $"vif-{vif.Id}";
        var child = Context.Child(owner);
        (child.IsNobody() ? Context.ActorOf(VifActor.Props(network), owner) : child).Tell(message);
    }

    private void OnDone(PortDone done)
    {
        var waiting = _asking[done.Port];
        waiting.Dequeue().Tell(done);
        if (done.IsPlugged)
            _plugged.Add(done.Port);
        else
            _plugged.Remove(done.Port);
        if (waiting.Count > 0)
            return;
        _asking.Remove(done.Port);
        if (_plugged.Count == 0 && _asking.Count == 0 && _last is { } vif && !_isAtBridge)
        {
            _isAtBridge = true;
            network.ReleaseNetworkAsync(vif, CancellationToken.None).PipeTo(
                Self, success: () => new Released(null), failure: e => new Released(e.Message));
        }
    }

    private void LeaveBridge()
    {
        _isAtBridge = false;
        Stash.UnstashAll();
    }

    private sealed record Prepared(PlugPort Plug, IActorRef Asking, Exception? Failure) : INoSerializationVerificationNeeded;

    private sealed record Released(string? Failure) : INoSerializationVerificationNeeded;
}
