using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images;

/// <summary>
/// A source that may not fall silent: a read that brings no byte within the limit fails as TimedOut, one that breaks off
/// as Transient. Time in which nobody reads does not count.
/// </summary>
internal sealed class InactivityStream : ReadThroughStream
{
    private readonly string _subject;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _silence = new();
    private readonly ITimer _watch;

    /// <summary>Wraps a stream.</summary>
    /// <param name="subject">What the bytes are, for the error message.</param>
    /// <param name="inner">The bytes.</param>
    /// <param name="limit">The longest silence allowed.</param>
    /// <param name="time">The clock.</param>
    public InactivityStream(string subject, Stream inner, TimeSpan limit, TimeProvider time)
        : base(inner)
    {
        _subject = subject;
        _limit = limit;
        _watch = time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(),
            _silence,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(), _silence);
        _watch.Change(_limit, Timeout.InfiniteTimeSpan);
        try
        {
            return await Inner.ReadAsync(buffer, _silence.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (_silence.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ImageStoreException(
                FaultCode.TimedOut, $"The source of {_subject} gave no byte for {_limit.TotalSeconds:0.#} s.", e);
        }
        catch (IOException e)
        {
            throw new ImageStoreException(
                FaultCode.Transient, $"The source of {_subject} broke off: {e.Message}", e);
        }
        finally
        {
            _watch.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch.Dispose();
            _silence.Dispose();
        }

        base.Dispose(disposing);
    }
}
