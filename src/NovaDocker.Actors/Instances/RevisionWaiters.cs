using Akka.Actor;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Instances;

/// <summary>Those who asked to be told of an instance's next event.</summary>
internal sealed class RevisionWaiters
{
    /// <summary>The longest patience that anybody is granted: a commander that waits longer asks again.</summary>
    private static readonly TimeSpan MaxPatience = TimeSpan.FromMinutes(5);

    private readonly Dictionary<long, (IActorRef Waiting, long Revision)> _waiting = [];
    private long _last;

    /// <summary>A patience, which comes from outside, as a timer can have it.</summary>
    public static TimeSpan Bounded(TimeSpan patience) =>
        patience < TimeSpan.Zero ? TimeSpan.Zero : patience < MaxPatience ? patience : MaxPatience;

    /// <summary>Adds one; the message returned is to come back when its patience is over.</summary>
    public Expired Add(IActorRef waiting, long revision)
    {
        _waiting[++_last] = (waiting, revision);
        return new Expired(_last);
    }

    /// <summary>Tells all who wait for something newer than they know.</summary>
    public void Tell(long revision, InstanceProtocol.IInstanceReply answer)
    {
        foreach (var (number, (waiting, known)) in _waiting.ToArray())
        {
            if (revision <= known)
                continue;
            waiting.Tell(answer, ActorRefs.NoSender);
            _waiting.Remove(number);
        }
    }

    /// <summary>Tells one whose patience is over, unless it was told before.</summary>
    public void Expire(Expired expired, InstanceProtocol.IInstanceReply answer)
    {
        if (_waiting.Remove(expired.Number, out var entry))
            entry.Waiting.Tell(answer, ActorRefs.NoSender);
    }

    /// <summary>The patience of one who waits is over.</summary>
    internal sealed record Expired(long Number) : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout;
}
