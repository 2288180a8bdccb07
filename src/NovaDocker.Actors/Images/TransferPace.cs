using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>Measures how fast a transfer goes: over the last seconds, since what was long ago says nothing of the rest.</summary>
/// <remarks>For one caller at a time.</remarks>
internal sealed class TransferPace(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    /// <summary>Less time says more of the clock than of the transfer.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    private readonly Queue<(long At, long Done)> _samples = [];
    private long _last;

    /// <summary>The same progress with its pace, where that is known yet.</summary>
    public TransferProgress With(TransferProgress progress)
    {
        // From the beginning again: another source.
        if (progress.BytesDone < _last)
            _samples.Clear();
        _last = progress.BytesDone;
        var now = time.GetTimestamp();
        _samples.Enqueue((now, progress.BytesDone));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, now) > Window)
            _samples.Dequeue();
        var (at, done) = _samples.Peek();
        var elapsed = time.GetElapsedTime(at, now);
        return elapsed < Shortest
            ? progress
            : progress with { BytesPerSecond = (long)((progress.BytesDone - done) / elapsed.TotalSeconds) };
    }
}
