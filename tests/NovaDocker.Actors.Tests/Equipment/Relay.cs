using Akka.Actor;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>A child in whose place a test answers: passes on what its parent sends, and to the parent what others send.</summary>
internal sealed class Relay(IActorRef to) : UntypedActor
{
    public static Props To(IActorRef to) => Props.Create(() => new Relay(to));

    protected override void OnReceive(object message)
    {
        if (Sender.Equals(to))
            Context.Parent.Tell(message);
        else
            to.Forward(message);
    }
}
