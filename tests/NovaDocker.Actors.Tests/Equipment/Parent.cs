using Akka.Actor;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>A parent that passes on to a test what its child tells it, and to the child what others say.</summary>
internal sealed class Parent : UntypedActor
{
    private readonly IActorRef _child;
    private readonly IActorRef _to;

    public Parent(Props child, IActorRef to)
    {
        _to = to;
        _child = Context.ActorOf(child, "child");
    }

    public static Props Props(Props child, IActorRef to) => Akka.Actor.Props.Create(() => new Parent(child, to));

    protected override void OnReceive(object message)
    {
        if (Sender.Path.ToStringWithoutAddress().StartsWith(_child.Path.ToStringWithoutAddress(), StringComparison.Ordinal))
            _to.Forward(message);
        else
            _child.Forward(message);
    }
}
