using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Hosts;

/// <summary>What becomes of a step that was sent to the host.</summary>
internal enum StepVerdict
{
    /// <summary>It is to be done now.</summary>
    Run,

    /// <summary>It is being done, or waits its turn: the message came twice.</summary>
    Known,

    /// <summary>An older step of the instance is still being done; it is to be called off, and this one comes next.</summary>
    Next,

    /// <summary>A newer step of the instance was seen before: whoever sends this has been overtaken.</summary>
    Stale,
}

/// <summary>
/// The fence of the host: for each instance the newest token seen, the one step under way and the one that comes next.
/// Two steps of one instance never run at once.
/// </summary>
internal sealed class StepIntake
{
    private readonly Dictionary<InstanceId, Lane> _lanes = [];

    /// <summary>Steps under way.</summary>
    public int Running => _lanes.Values.Count(lane => lane.Running is not null);

    /// <summary>Judges a step, and remembers it as running or as the next one.</summary>
    public StepVerdict Offer(HostProtocol.RunStep step)
    {
        if (!_lanes.TryGetValue(step.InstanceId, out var lane))
            _lanes[step.InstanceId] = lane = new Lane();
        if (step.Token.IsOlderThan(lane.Newest))
            return StepVerdict.Stale;
        if (step.Token.Revision == lane.Running?.Token.Revision || step.Token.Revision == lane.Next?.Token.Revision)
            return StepVerdict.Known;
        lane.Newest = step.Token;
        if (lane.Running is null)
        {
            lane.Running = step;
            return StepVerdict.Run;
        }

        lane.Next = step;
        return StepVerdict.Next;
    }

    /// <summary>The step under way for an instance; null where there is none.</summary>
    public HostProtocol.RunStep? RunningFor(InstanceId id) => _lanes.GetValueOrDefault(id)?.Running;

    /// <summary>Notes that a step has ended, and returns the one that is to be done now; null where there is none.</summary>
    public HostProtocol.RunStep? Finish(HostProtocol.RunStep step)
    {
        if (!_lanes.TryGetValue(step.InstanceId, out var lane) || lane.Running?.Token != step.Token)
            return null;
        (lane.Running, lane.Next) = (lane.Next, null);
        return lane.Running;
    }

    private sealed class Lane
    {
        public FencingToken Newest { get; set; }

        public HostProtocol.RunStep? Running { get; set; }

        public HostProtocol.RunStep? Next { get; set; }
    }
}
