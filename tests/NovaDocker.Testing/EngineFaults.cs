using NovaDocker.Actors.Docker;

namespace NovaDocker.Testing;

/// <summary>
/// What is to go wrong with a fake Engine. Faults of one kind of call wait in line; each call takes the first. A fault
/// after the work is an answer that was lost: the work is done and the caller does not know.
/// </summary>
public sealed class EngineFaults
{
    private readonly Lock _gate = new();
    private readonly Dictionary<EngineCall, Queue<EngineFault>> _waiting = [];

    /// <summary>
    /// Asked first, at every call in its turn, while no other call is looked at; null leaves the call to what waits in
    /// line. So that what is to go wrong may hang on whose call it is and on how many came before.
    /// </summary>
    public Func<RecordedCall, EngineFault?>? Script { get; set; }

    /// <summary>What the archive of an image comes through on its way into the Engine; null for nothing in between.</summary>
    public Func<Stream, Stream>? LoadedThrough { get; set; }

    /// <summary>The calls whose faults wait in line still: none has met them.</summary>
    public IReadOnlyList<EngineCall> Unmet
    {
        get
        {
            lock (_gate)
                return [.. _waiting.SelectMany(line => Enumerable.Repeat(line.Key, line.Value.Count))];
        }
    }

    /// <summary>Lets calls fail before anything is done.</summary>
    /// <param name="call">Which.</param>
    /// <param name="kind">How.</param>
    /// <param name="times">How many of them.</param>
    public void FailBefore(EngineCall call, EngineErrorKind kind, int times = 1)
    {
        for (var i = 0; i < times; i++)
            Add(call, new EngineFault(_ => Task.FromException(Error(call, kind, "before")), After: null));
    }

    /// <summary>Lets calls fail after the work was done.</summary>
    /// <param name="call">Which.</param>
    /// <param name="kind">How.</param>
    /// <param name="times">How many of them.</param>
    public void FailAfter(EngineCall call, EngineErrorKind kind, int times = 1)
    {
        for (var i = 0; i < times; i++)
            Add(call, new EngineFault(Before: null, _ => Task.FromException(Error(call, kind, "after"))));
    }

    /// <summary>Holds a call before anything is done.</summary>
    /// <param name="call">Which.</param>
    public HeldCall HoldBefore(EngineCall call)
    {
        var held = new HeldCall();
        Add(call, new EngineFault(held.WaitAsync, After: null));
        return held;
    }

    /// <summary>Holds a call after the work was done.</summary>
    /// <param name="call">Which.</param>
    public HeldCall HoldAfter(EngineCall call)
    {
        var held = new HeldCall();
        Add(call, new EngineFault(Before: null, held.WaitAsync));
        return held;
    }

    /// <summary>Takes back every fault that no call has met yet.</summary>
    public void Clear()
    {
        (Script, LoadedThrough) = (null, null);
        lock (_gate)
            _waiting.Clear();
    }

    internal EngineFault Next(RecordedCall call)
    {
        if (Script?.Invoke(call) is { } scripted)
            return scripted;
        lock (_gate)
        {
            return _waiting.TryGetValue(call.Call, out var line) && line.TryDequeue(out var fault)
                ? fault
                : EngineFault.None;
        }
    }

    private void Add(EngineCall call, EngineFault fault)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(call, out var line))
                _waiting[call] = line = new Queue<EngineFault>();

            line.Enqueue(fault);
        }
    }

    // The real Engine's failures have another one inside, and so have these.
    private static EngineException Error(EngineCall call, EngineErrorKind kind, string when) =>
        new(kind, $"{call}: {kind} by order, {when} the work.", new IOException("What lies behind it."));
}
