using NovaDocker.Actors.Common;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images;

/// <summary>
/// A source that breaks off is opened again where it broke off, after a wait; whoever reads sees one stream. It is given up
/// where it breaks off as often as is allowed without a byte in between, or for a reason that does not pass.
/// </summary>
internal sealed class ResumingStream : ForwardOnlyStream
{
    private readonly string _subject;
    private readonly long _length;
    private readonly Func<long, CancellationToken, Task<Stream>> _open;
    private readonly ResumeSettings _settings;
    private readonly TimeProvider _time;
    private readonly Action<long, Fault> _onBroken;
    private Stream? _source;
    private long _position;
    private int _failures;

    /// <summary>Makes one. Nothing is opened before the first read.</summary>
    /// <param name="subject">What the bytes are, for an error message.</param>
    /// <param name="length">How many bytes there are; an earlier end is a break.</param>
    /// <param name="open">Opens the source at a byte.</param>
    /// <param name="settings">How often, and how fast.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onBroken">Told where it broke off, and why, before it is opened again.</param>
    public ResumingStream(
        string subject,
        long length,
        Func<long, CancellationToken, Task<Stream>> open,
        ResumeSettings settings,
        TimeProvider time,
        Action<long, Fault> onBroken)
    {
        _subject = subject;
        _length = length;
        _open = open;
        _settings = settings;
        _time = time;
        _onBroken = onBroken;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Where all has come, a break after it does not matter; and nothing could be opened there.
        while (_position < _length)
        {
            try
            {
                _source ??= await _open(_position, cancellationToken).ConfigureAwait(false);
                var read = await _source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read == 0 && buffer.Length > 0)
                    throw new IOException($"it ended after {_position} of {_length} bytes");
                _position += read;
                if (read > 0)
                    _failures = 0;
                return read;
            }
            catch (ImageStoreException e) when (e.ToFault().IsRetryable)
            {
                await WaitAsync(e.ToFault(), e, cancellationToken).ConfigureAwait(false);
            }
            catch (ImageStoreException e) when (e.Code == FaultCode.NotFound && _position > 0)
            {
                throw new ImageStoreException(
                    FaultCode.NotFound, $"The store has {_subject} no more, of which {_position} of {_length} bytes had come.", e);
            }
            catch (IOException e)
            {
                var fault = new Fault(FaultCode.Transient, $"The source of {_subject} broke off: {e.Message}");
                await WaitAsync(fault, e, cancellationToken).ConfigureAwait(false);
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _source?.Dispose();
        base.Dispose(disposing);
    }

    private async Task WaitAsync(Fault fault, Exception cause, CancellationToken cancellationToken)
    {
        await CloseAsync().ConfigureAwait(false);
        if (++_failures > _settings.MaxAttempts)
        {
            throw new ImageStoreException(
                fault.Code,
                $"{fault.Message} It broke off {_failures} times in a row at byte {_position} of {_length}.", cause);
        }

        _onBroken(_position, fault);
        await Task.Delay(_settings.WaitBefore(_failures), _time, cancellationToken).ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        if (_source is { } source)
            await source.DisposeAsync().ConfigureAwait(false);
        _source = null;
    }
}
