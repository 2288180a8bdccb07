using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>
/// How long the next transfer of an image waits: longer after each one that failed, up to a limit. Where nobody has asked for long,
/// earlier failures say nothing any more.
/// </summary>
internal sealed class LoadBackoff(TimeSpan initial, TimeSpan most, TimeProvider time)
{
    private int _failures;
    private long _failedAt;
    private TimeSpan _wait;
    private Fault? _fault;

    /// <summary>How long it waits from now on; null where it does not.</summary>
    public TimeSpan? Wait => _fault is not null && _wait - time.GetElapsedTime(_failedAt) is { Ticks: > 0 } left ? left : null;

    /// <summary>A transfer failed in a way that may pass. Returns when the next one may begin.</summary>
    public DateTimeOffset Failed(Fault fault)
    {
        if (_fault is not null && time.GetElapsedTime(_failedAt) > _wait + most)
            _failures = 0;
        _fault = fault;
        _wait = Backoff.After(++_failures, initial, most);
        _failedAt = time.GetTimestamp();
        return time.GetUtcNow() + _wait;
    }

    /// <summary>A transfer went well.</summary>
    public void Reset() => (_failures, _fault) = (0, null);

    /// <summary>What whoever waits is told.</summary>
    public override string ToString() =>
        $"the next try, in {Math.Ceiling((Wait ?? TimeSpan.Zero).TotalSeconds):0} s, after {_failures} that failed: {_fault?.Message}";
}
