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
/// Two steps of one instance never run at once. A step may also be held: it is its instance's turn, but it waits for the
/// Engine to be back.
/// </summary>
internal sealed class StepIntake(TimeProvider time)
{
    private readonly Dictionary<InstanceId, Lane> _lanes = [];

    /// <summary>Steps under way, without those that are held.</summary>
    public int Running => _lanes.Values.Count(lane => lane is { Running: not null, IsHeld: false });

    /// <summary>Steps that are held.</summary>
    public int Held => _lanes.Values.Count(lane => lane.IsHeld);

    /// <summary>Every step under way or held, those that have taken longest first.</summary>
    public IEnumerable<StepView> InHand()
    {
        var now = time.GetTimestamp();
        return
            from lane in _lanes.Values
            let step = lane.Running
            where step is not null
            let elapsed = time.GetElapsedTime(lane.Since, now)
            orderby elapsed descending
            select new StepView(step.InstanceId, step.Step, step.Attempt, elapsed, lane.IsHeld);
    }

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
            Begin(lane, step);
            return StepVerdict.Run;
        }

        lane.Next = step;
        return StepVerdict.Next;
    }

    /// <summary>True where the instance has sent a step since it was as this shows it.</summary>
    public bool HasSince(InstanceView view) => _lanes.GetValueOrDefault(view.Id) is { } lane && lane.Newest.Revision > view.Revision;

    /// <summary>The step under way for an instance; null where there is none.</summary>
    public HostProtocol.RunStep? RunningFor(InstanceId id) => _lanes.GetValueOrDefault(id)?.Running;

    /// <summary>Notes that a step has ended, and returns the one that is to be done now; null where there is none.</summary>
    public HostProtocol.RunStep? Finish(HostProtocol.RunStep step)
    {
        if (!_lanes.TryGetValue(step.InstanceId, out var lane) || lane.Running?.Token != step.Token)
            return null;
        Begin(lane, lane.Next);
        lane.Next = null;
        return lane.Running;
    }

    /// <summary>Holds a step whose turn it is.</summary>
    public void Hold(HostProtocol.RunStep step) => _lanes[step.InstanceId].IsHeld = true;

    /// <summary>True where the instance's step is held.</summary>
    public bool IsHeld(InstanceId id) => _lanes.GetValueOrDefault(id) is { IsHeld: true };

    /// <summary>Lets go of every step that is held, and returns them: they are to be done now.</summary>
    public IReadOnlyList<HostProtocol.RunStep> LetGo()
    {
        var held = _lanes.Values.Where(lane => lane.IsHeld).ToList();
        held.ForEach(lane => lane.IsHeld = false);
        return [.. held.Select(lane => lane.Running!)];
    }

    private void Begin(Lane lane, HostProtocol.RunStep? step) =>
        (lane.Running, lane.Since, lane.IsHeld) = (step, time.GetTimestamp(), false);

    private sealed class Lane
    {
        public FencingToken Newest { get; set; }

        public HostProtocol.RunStep? Running { get; set; }

        public HostProtocol.RunStep? Next { get; set; }

        /// <summary>Timestamp at which the step's turn came.</summary>
        public long Since { get; set; }

        public bool IsHeld { get; set; }
    }
}
