using NovaDocker.Actors.Common;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Docker;

/// <summary>
/// An image on its way out of the Engine. Holds a turn of the pool until disposed, ends with <see cref="EngineException"/>
/// where no byte comes for too long or the answer breaks off, and does not pass a broken archive for a whole one: an Engine
/// that fails half way ends its answer properly, but without the zeros that end an archive.
/// </summary>
/// <param name="body">The Engine's answer.</param>
/// <param name="what">What was asked; begins the message of a failure.</param>
/// <param name="inactivity">How long no byte may come.</param>
/// <param name="time">The clock.</param>
/// <param name="leave">Gives the turn back.</param>
internal sealed class SavedImageStream(
    Stream body, string what, TimeSpan inactivity, TimeProvider time, Action leave) : ForwardOnlyStream
{
    private const int EndOfArchive = 1024;

    private int _zeros;
    private bool _disposed;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var stall = new CancellationTokenSource(inactivity, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        int read;
        try
        {
            read = await body.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OperationCanceledException e) when (stall.IsCancellationRequested)
        {
            throw new EngineException(
                EngineErrorKind.TimedOut, $"{what}: no byte came in {inactivity.TotalSeconds:0.###} s.", e);
        }
        catch (Exception e) when (EngineFailure.Of(what, e) is { } failure)
        {
            throw failure;
        }

        if (read == 0 && buffer.Length > 0 && _zeros < EndOfArchive)
            throw new EngineException(EngineErrorKind.Transient, $"{what}: the archive ends before its end mark.");

        CountZeros(buffer.Span[..read]);
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            body.Dispose();
            leave();
        }

        base.Dispose(disposing);
    }

    private void CountZeros(ReadOnlySpan<byte> bytes)
    {
        var last = bytes.LastIndexOfAnyExcept((byte)0);
        _zeros = last < 0 ? Math.Min(EndOfArchive, _zeros + bytes.Length) : Math.Min(EndOfArchive, bytes.Length - last - 1);
    }
}
