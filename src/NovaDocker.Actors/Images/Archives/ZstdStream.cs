using NovaDocker.Actors.Common;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>
/// What is packed with zstd, unpacked: any number of frames one after another. A frame says how much memory its reader
/// is to take, up to gigabytes; one that says more than <see cref="MaxWindowBytes"/> is refused.
/// </summary>
internal sealed class ZstdStream : ForwardOnlyStream
{
    /// <summary>The largest window, which is what <c>zstd</c> itself makes and reads unless it is told otherwise.</summary>
    public const int MaxWindowBytes = 1 << WindowLog;

    private const int WindowLog = 27;

    private readonly Stream _packed;
    private readonly DecompressionStream _plain;

    public ZstdStream(Stream packed)
    {
        _packed = packed;
        _plain = new DecompressionStream(packed, leaveOpen: true);
        _plain.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, WindowLog);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (ZstdException e) when (e.Code == ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge)
        {
            throw new ArchiveRefusedException(
                $"it is packed with zstd and a window of more than {MaxWindowBytes} bytes; pack it anew without --long", e);
        }
        catch (ZstdException e)
        {
            throw new ArchiveRefusedException($"it is packed with zstd and damaged ({e.Message})", e);
        }
        catch (EndOfStreamException e)
        {
            throw new ArchiveRefusedException("it is cut off: what is packed with zstd has no end", e);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _plain.DisposeAsync().ConfigureAwait(false);
        await _packed.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain.Dispose();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }
}
