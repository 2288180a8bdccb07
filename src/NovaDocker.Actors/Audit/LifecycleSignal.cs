using Akka.Actor;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Audit;

/// <summary>Said within a node when the journal holds something new that an instance did by itself: who reads it need not ask all the time.</summary>
internal sealed class LifecycleSignal : INoSerializationVerificationNeeded
{
    private static readonly LifecycleSignal Instance = new();

    private LifecycleSignal()
    {
    }

    /// <summary>Says it, where stored events hold such news.</summary>
    public static void Send(ActorSystem system, EquatableArray<InstanceEvent> stored)
    {
        if (stored.Any(@event => LifecycleEvent.TransitionOf(@event) is not null))
            system.EventStream.Publish(Instance);
    }
}
