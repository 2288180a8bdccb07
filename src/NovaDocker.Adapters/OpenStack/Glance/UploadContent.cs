using System.Net;
using System.Security.Cryptography;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.OpenStack.Glance;

/// <summary>
/// An archive on its way to Glance, of a length that nobody knows in advance: sent in chunks, its checksum taken on the way.
/// A store that takes nothing for longer than the limit is given up.
/// </summary>
internal sealed class UploadContent : HttpContent
{
    /// <summary>The algorithm that Glance uses by default (<c>hashing_algorithm</c>).</summary>
    public const string Algorithm = "sha512";

    private const int BufferBytes = 512 * 1024;

    private readonly string _subject;
    private readonly Stream _source;
    private readonly TimeSpan _inactivity;
    private readonly TimeProvider _time;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);

    /// <summary>Makes one.</summary>
    /// <param name="subject">What the archive is, for an error message.</param>
    /// <param name="source">The archive; left open.</param>
    /// <param name="inactivity">How long the store may take nothing.</param>
    /// <param name="time">The clock.</param>
    public UploadContent(string subject, Stream source, TimeSpan inactivity, TimeProvider time)
    {
        _subject = subject;
        _source = source;
        _inactivity = inactivity;
        _time = time;
        Headers.ContentType = new("application/octet-stream");
    }

    /// <summary>True once its bytes are being taken.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Bytes that were sent.</summary>
    public long BytesSent { get; private set; }

    /// <summary>What went wrong with the source; null while nothing has.</summary>
    public Exception? SourceError { get; private set; }

    /// <summary>The checksum of all that was sent, <c>algorithm:hex</c>; empty until it was.</summary>
    public string Checksum { get; private set; } = "";

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasBegun = true;
        var buffer = new byte[BufferBytes];
        while (await ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            // Glance is the slower of the two: the checksum is taken while it has the bytes to take in.
            var writing = WriteAsync(stream, buffer.AsMemory(0, read), cancellationToken);
            _hash.AppendData(buffer.AsSpan(0, read));
            await writing.ConfigureAwait(false);
            BytesSent += read;
        }

        Checksum = $"{Algorithm}:{Convert.ToHexStringLower(_hash.GetHashAndReset())}";
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            SourceError = e;
            throw;
        }
    }

    private async ValueTask WriteAsync(Stream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(_inactivity, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            // HttpClient ends a write only with its connection, which is closed once this here has failed.
            await stream.WriteAsync(bytes, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ImageStoreException(
                FaultCode.TimedOut, $"Glance took no byte of {_subject} for {_inactivity.TotalSeconds:0.#} s.");
        }
    }
}
