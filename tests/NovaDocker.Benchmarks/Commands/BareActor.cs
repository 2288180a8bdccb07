using Akka.Actor;
using Akka.Persistence;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Benchmarks.Commands;

/// <summary>
/// The baseline: an actor that stores the events of a command in the same two writes and does nothing else: no decision,
/// no state, no host, no Engine, no snapshot.
/// </summary>
internal sealed class BareActor : UntypedPersistentActor
{
    private readonly InstanceProtocol.InstanceEvent[][] _writes;
    private IActorRef _asking = ActorRefs.Nobody;

    public BareActor(string persistenceId, InstanceProtocol.InstanceEvent[][] writes)
    {
        PersistenceId = persistenceId;
        _writes = writes;
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <summary>An actor that stores these events, write by write, whenever it is asked to.</summary>
    public static Props Props(string persistenceId, InstanceProtocol.InstanceEvent[][] writes) =>
        Akka.Actor.Props.Create(() => new BareActor(persistenceId, writes));

    /// <inheritdoc/>
    protected override void OnRecover(object message)
    {
    }

    /// <inheritdoc/>
    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Go:
                _asking = Sender;
                Write(0);
                break;
            case Next next:
                Write(next.Write);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Write(int write)
    {
        if (write == _writes.Length)
        {
            _asking.Tell(Done.Instance);
            return;
        }

        var left = _writes[write].Length;
        PersistAll(_writes[write], _ =>
        {
            if (--left == 0)
                Self.Tell(new Next(write + 1));
        });
    }

    /// <summary>Store the events; answered by <see cref="Done"/>.</summary>
    internal sealed class Go : INoSerializationVerificationNeeded
    {
        public static readonly Go Instance = new();
    }

    /// <summary>They are stored.</summary>
    internal sealed class Done : INoSerializationVerificationNeeded
    {
        public static readonly Done Instance = new();
    }

    private sealed record Next(int Write) : INoSerializationVerificationNeeded;
}
