using Akka.Actor;
using Akka.Remote;

namespace NovaDocker.Wire.Client;

/// <summary>
/// Listens to what the remoting says of the contacts, so that a request fails at once, and with the reason, where none of
/// them can be reached, in place of waiting its time out. Owned by one <see cref="Door"/>; gone with it.
/// </summary>
internal sealed class ContactWatch : UntypedActor
{
    private readonly ContactState _state;

    public ContactWatch(ContactState state) => _state = state;

    public static Props Props(ContactState state) => Akka.Actor.Props.Create(() => new ContactWatch(state));

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(RemotingLifecycleEvent));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AssociatedEvent associated:
                _state.Reached(associated.RemoteAddress);
                break;
            case AssociationErrorEvent error:
                _state.Failed(error.RemoteAddress, error.Cause);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void Unhandled(object message)
    {
        // Other lifecycle events say nothing of whether a contact can be reached.
    }
}
