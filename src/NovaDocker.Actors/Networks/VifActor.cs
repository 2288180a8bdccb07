using Akka.Actor;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// The owner of one port on this host: plugs it and unplugs it, one after the other, never two at once. What the port is comes
/// with each message, out of the instance's journal; what is there is looked at each time, and nothing is remembered.
/// </summary>
internal sealed class VifActor(IHostNetwork network) : UntypedActor, IWithUnboundedStash
{
    private bool _isBusy;

    /// <inheritdoc/>
    public IStash Stash { get; set; } = null!;

    public static Props Props(IHostNetwork network) => Akka.Actor.Props.Create(() => new VifActor(network));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PlugPort or UnplugPort when _isBusy:
                Stash.Stash();
                break;
            case PlugPort plug:
                Do(PlugAsync(plug));
                break;
            case UnplugPort unplug:
                Do(UnplugAsync(unplug));
                break;
            case PortDone done:
                _isBusy = false;
                Context.Parent.Tell(done);
                Stash.UnstashAll();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Do(Task<PortDone> work)
    {
        _isBusy = true;
        work.PipeTo(Self);
    }

    private async Task<PortDone> PlugAsync(PlugPort plug)
    {
        var port = plug.Plug.Vif.Id;
        try
        {
            plug.Cancellation.ThrowIfCancellationRequested();
            return new PortDone(
                port, true, await network.PlugAsync(plug.Plug, plug.Cancellation).ConfigureAwait(false), null);
        }
#pragma warning disable CA1031 // Whatever went wrong, who asked is told, and the next operation on the port is let in.
        catch (Exception e)
        {
            return new PortDone(port, false, false, e);
        }
#pragma warning restore CA1031
    }

    private async Task<PortDone> UnplugAsync(UnplugPort unplug)
    {
        try
        {
            await network.UnplugAsync(unplug.Vif, unplug.Owner, unplug.Cancellation).ConfigureAwait(false);
            return new PortDone(unplug.Vif.Id, false, false, null);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
        {
            return new PortDone(unplug.Vif.Id, false, false, e);
        }
#pragma warning restore CA1031
    }
}
