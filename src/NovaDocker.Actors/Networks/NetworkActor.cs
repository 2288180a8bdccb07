using Akka.Actor;
using Akka.Event;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// The owner of one bridge on this host: has it there before the first port is plugged, and takes away what was made of it
/// when the last one has gone, never both at once. Below it is a <see cref="VifActor"/> for each port in hand.
/// </summary>
/// <remarks>Remembers which ports are in hand, and nothing of the bridge: that is looked at each time.</remarks>
internal sealed class NetworkActor(IHostNetwork network) : UntypedActor, IWithUnboundedStash
{
    private readonly Dictionary<PortId, InHand> _inHand = [];
    private readonly HashSet<PortId> _plugged = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>True while the bridge is being made or taken away.</summary>
    private bool _isAtBridge;

    /// <summary>The port that was last in hand, which says what bridge this is; null where nothing of it can be left.</summary>
    private Vif? _left;

    /// <summary>How many owners of ports there were: a name is free again only once its bearer has gone.</summary>
    private long _owners;

    /// <inheritdoc/>
    public IStash Stash { get; set; } = null!;

    public static Props Props(IHostNetwork network) => Akka.Actor.Props.Create(() => new NetworkActor(network));

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PlugPort or UnplugPort or TidyBridge when _isAtBridge:
                Stash.Stash();
                break;
            case PlugPort plug:
                _isAtBridge = true;
                _left = plug.Plug.Vif;
                PrepareAsync(plug, Sender).PipeTo(Self);
                break;
            case UnplugPort unplug:
                Pass(unplug.Vif, unplug, Sender);
                break;
            case TidyBridge when _inHand.Count > 0:
                Sender.Tell(new BridgeTidied([], null));
                break;
            case TidyBridge tidy:
                _isAtBridge = true;
                Tidy(tidy, Sender);
                break;
            case Tidied tidied:
                tidied.Asking.Tell(tidied.End);
                LeaveBridge();
                break;
            case Prepared prepared:
                if (prepared.Failure is { } failure)
                    prepared.Asking.Tell(new PortDone(prepared.Plug.Plug.Vif.Id, false, false, failure));
                else
                    Pass(prepared.Plug.Plug.Vif, prepared.Plug, prepared.Asking);
                LeaveBridge();
                break;
            case PortDone done:
                OnDone(done);
                break;
            case Released released:
                OnReleased(released);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Pass(Vif vif, object message, IActorRef asking)
    {
        _left = vif;
        if (!_inHand.TryGetValue(vif.Id, out var port))
            _inHand[vif.Id] = port = new InHand(Context.ActorOf(VifActor.Props(network), $"vif-{vif.Id}-{++_owners}"), []);
        port.Asking.Enqueue(asking);
        port.Owner.Tell(message);
    }

    private void OnDone(PortDone done)
    {
        var port = _inHand[done.Port];
        var asking = port.Asking.Dequeue();
        if (done.IsPlugged)
            _plugged.Add(done.Port);
        else
            _plugged.Remove(done.Port);
        if (port.Asking.Count == 0)
        {
            _inHand.Remove(done.Port);
            Context.Stop(port.Owner);
        }

        // Who has the last port unplugged hears of it once the bridge has gone, too: what is not done is then owed by a journal.
        var isUnplugged = done is { IsPlugged: false, Failure: null };
        if (_isAtBridge || !ReleaseWhereEmpty(isUnplugged ? new Unplugged(asking, done) : null) || !isUnplugged)
            asking.Tell(done);
    }

    private void OnReleased(Released released)
    {
        if (released.Failure is { } problem)
            _log.Warning("{0} could not be taken away: {1}", Self.Path.Name, problem.Message);
        if (released.Last is var (asking, done))
            asking.Tell(released.Failure is { } failure ? done with { Failure = failure } : done);
        LeaveBridge();
    }

    private void LeaveBridge()
    {
        _isAtBridge = false;
        if (!ReleaseWhereEmpty(null))
            Stash.UnstashAll();
    }

    /// <summary>Has the bridge taken away where no port is left; false where one is, or where nothing of the bridge can be left.</summary>
    private bool ReleaseWhereEmpty(Unplugged? last)
    {
        if (_plugged.Count > 0 || _inHand.Count > 0 || _left is not { } vif)
            return false;
        (_isAtBridge, _left) = (true, null);
        ReleaseAsync(vif, last, _stopping.Token).PipeTo(Self);
        return true;
    }

    private void Tidy(TidyBridge tidy, IActorRef asking) =>
        network.TidyBridgeAsync(tidy.Bridge, tidy.Cancellation).PipeTo(
            Self,
            success: removed => new Tidied(new BridgeTidied(removed, null), asking),
            failure: e => new Tidied(new BridgeTidied([], e), asking));

#pragma warning disable CA1031 // Whatever went wrong, who asked is told, and the next operation on the bridge is let in.
    private async Task<Prepared> PrepareAsync(PlugPort plug, IActorRef asking)
    {
        try
        {
            await network.PrepareNetworkAsync(plug.Plug.Vif, plug.Cancellation).ConfigureAwait(false);
            return new Prepared(plug, asking, null);
        }
        catch (Exception e)
        {
            return new Prepared(plug, asking, e);
        }
    }

    private async Task<Released> ReleaseAsync(Vif vif, Unplugged? last, CancellationToken cancellationToken)
    {
        try
        {
            await network.ReleaseNetworkAsync(vif, cancellationToken).ConfigureAwait(false);
            return new Released(null, last);
        }
        catch (Exception e)
        {
            return new Released(e, last);
        }
    }
#pragma warning restore CA1031

    /// <summary>A port with operations under way.</summary>
    /// <param name="Owner">Who does them.</param>
    /// <param name="Asking">Who asked for each, in their order.</param>
    private sealed record InHand(IActorRef Owner, Queue<IActorRef> Asking);

    private sealed record Prepared(PlugPort Plug, IActorRef Asking, Exception? Failure) : INoSerializationVerificationNeeded;

    private sealed record Released(Exception? Failure, Unplugged? Last) : INoSerializationVerificationNeeded;

    private sealed record Tidied(BridgeTidied End, IActorRef Asking) : INoSerializationVerificationNeeded;

    /// <summary>The last port has gone, and who asked for it is to be told.</summary>
    private sealed record Unplugged(IActorRef Asking, PortDone Done);
}
