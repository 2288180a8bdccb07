using System.Runtime.ExceptionServices;
using NovaDocker.Actors.Common;

namespace NovaDocker.Adapters.Docker;

/// <summary>
/// The caller's stream on its way into a request's body. Remembers what the caller's stream threw, which the HTTP client
/// would wrap, and watches that the Engine goes on taking bytes. Disposing it leaves the caller's stream open.
/// </summary>
internal sealed class UploadStream : ForwardOnlyStream
{
    private readonly Stream _source;
    private readonly TimeSpan _inactivity;
    private readonly CancellationTokenSource _stall;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private ExceptionDispatchInfo? _thrown;

    /// <summary>Makes one.</summary>
    /// <param name="source">The caller's stream.</param>
    /// <param name="inactivity">How long the Engine may take no byte.</param>
    /// <param name="time">The clock.</param>
    public UploadStream(Stream source, TimeSpan inactivity, TimeProvider time)
    {
        _source = source;
        _inactivity = inactivity;
        _stall = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
    }

    /// <summary>Cancelled when the Engine has taken no byte for too long.</summary>
    public CancellationToken Stalled => _stall.Token;

    /// <summary>Throws what the caller's stream threw, if it did.</summary>
    public void ThrowIfSourceThrew() => _thrown?.Throw();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // While the source is read, the source is what we wait for; it is watched by whoever opened it.
            _stall.CancelAfter(Timeout.InfiniteTimeSpan);
            var read = await _source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0)
                _stall.CancelAfter(_inactivity);

            return read;
        }
        catch (Exception e)
        {
            _thrown = ExceptionDispatchInfo.Capture(e);
            throw;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>
    /// Waits for a read under way and lets no other begin: a call that was called off may leave the HTTP client reading,
    /// and the stream is the caller's again when the call returns.
    /// </summary>
    public async Task EndAsync()
    {
        await _reading.WaitAsync().ConfigureAwait(false);
        _stall.CancelAfter(Timeout.InfiniteTimeSpan);
    }
}
