using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>
/// Stands in for the shard: starts the entity that a message is for, starts it again when it has died, buffers for one
/// that is being passivated, and lets it rest where nothing has come meanwhile.
/// </summary>
internal sealed class EntityHost(Func<InstanceId, Props> props, IActorRef watcher, bool remembers) : UntypedActor
{
    private readonly Dictionary<IActorRef, InstanceId> _entities = [];
    private readonly Dictionary<InstanceId, Queue<(object, IActorRef)>> _leaving = [];

    /// <param name="props">Makes an entity.</param>
    /// <param name="watcher">Is told what becomes of the entities.</param>
    /// <param name="remembers">False leaves a dead entity alone until somebody wants something of it.</param>
    public static Props Props(Func<InstanceId, Props> props, IActorRef watcher, bool remembers = true) =>
        Akka.Actor.Props.Create(() => new EntityHost(props, watcher, remembers));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Passivate passivate:
                var id = _entities[Sender];
                if (_leaving.TryAdd(id, new Queue<(object, IActorRef)>()))
                    Sender.Tell(passivate.StopMessage);
                break;
            case Terminated terminated:
                OnTerminated(terminated.ActorRef);
                break;
            case Kill kill:
                Context.Stop(Context.Child(kill.Id.ToString()));
                break;
            case GetShardRegionState:
                var ids = _entities.Values.Select(entity => entity.ToString()).ToImmutableHashSet();
                Sender.Tell(new CurrentShardRegionState([new ShardState("1", ids)], []));
                break;
            case IWithInstanceId { InstanceId: var entity }:
                if (_leaving.TryGetValue(entity, out var line))
                    line.Enqueue((message, Sender));
                else
                    EntityOf(entity).Forward(message);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private IActorRef EntityOf(InstanceId id)
    {
        var child = Context.Child(id.ToString());
        if (!child.IsNobody())
            return child;
        child = Context.ActorOf(props(id), id.ToString());
        Context.Watch(child);
        _entities[child] = id;
        return child;
    }

    private void OnTerminated(IActorRef entity)
    {
        _entities.Remove(entity, out var id);
        if (!_leaving.Remove(id, out var line))
        {
            watcher.Tell(new Died(id));
            if (remembers)
                EntityOf(id);
            return;
        }

        watcher.Tell(new Rests(id));
        foreach (var (message, sender) in line)
            EntityOf(id).Tell(message, sender);
    }

    /// <summary>The entity ended without having asked to, and was started again.</summary>
    internal sealed record Died(InstanceId Id) : INoSerializationVerificationNeeded;

    /// <summary>The entity was passivated.</summary>
    internal sealed record Rests(InstanceId Id) : INoSerializationVerificationNeeded;

    /// <summary>Let it die.</summary>
    internal sealed record Kill(InstanceId Id) : INoSerializationVerificationNeeded;
}
