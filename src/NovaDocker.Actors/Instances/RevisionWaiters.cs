using Akka.Actor;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Instances;

/// <summary>Those who asked to be told of an instance's next event, or of an operation's end.</summary>
internal sealed class RevisionWaiters
{
    /// <summary>The longest patience that anybody is granted: a commander that waits longer asks again.</summary>
    private static readonly TimeSpan MaxPatience = TimeSpan.FromMinutes(5);

    private readonly Dictionary<long, (IActorRef Waiting, InstanceProtocol.AwaitRevision For)> _waiting = [];
    private long _last;

    /// <summary>A patience, which comes from outside, as a timer can have it.</summary>
    public static TimeSpan Bounded(TimeSpan patience) =>
        patience < TimeSpan.Zero ? TimeSpan.Zero : patience < MaxPatience ? patience : MaxPatience;

    /// <summary>Adds one; the message returned is to come back when its patience is over.</summary>
    public Expired Add(IActorRef waiting, InstanceProtocol.AwaitRevision what)
    {
        _waiting[++_last] = (waiting, what);
        return new Expired(_last);
    }

    /// <summary>Tells all whose wait is over with a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="answer">Makes what they are told, where there is anybody to tell.</param>
    public void Tell(InstanceState state, Func<InstanceProtocol.IInstanceReply> answer)
    {
        if (_waiting.Count == 0)
            return;
        foreach (var (number, (waiting, what)) in _waiting.ToArray())
        {
            if (!what.IsMetBy(state))
                continue;
            waiting.Tell(answer(), ActorRefs.NoSender);
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
