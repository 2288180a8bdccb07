using System.Security.Cryptography;
using NovaDocker.Actors.Common;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.Images;

/// <summary>Writes every byte that is read from a stream to a file as well, and computes their SHA-256.</summary>
/// <remarks>The two streams are the caller's to dispose.</remarks>
internal sealed class CopyingStream : ForwardOnlyStream
{
    private readonly Stream _source;
    private readonly FileStream _copy;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public CopyingStream(Stream source, FileStream copy)
    {
        _source = source;
        _copy = copy;
    }

    /// <summary>How many bytes went by.</summary>
    public long BytesCopied { get; private set; }

    /// <summary>Their checksum, <c>sha256:…</c>. To be asked once, when all have.</summary>
    public string FinishChecksum() => "sha256:" + Convert.ToHexStringLower(_hash.GetHashAndReset());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await _source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ImageStoreException(
                FaultCode.Transient, $"The archive to be stored as {_copy.Name} broke off: {e.Message}", e);
        }

        try
        {
            await _copy.WriteAsync(buffer[..read], cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw StoreErrors.Cannot("write", _copy.Name, e);
        }

        _hash.AppendData(buffer.Span[..read]);
        BytesCopied += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
