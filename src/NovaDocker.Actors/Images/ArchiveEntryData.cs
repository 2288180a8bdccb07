using System.Security.Cryptography;

namespace NovaDocker.Actors.Images;

/// <summary>
/// The data of one entry on its way from reader to writer. It states its length, which a tar writer needs before the
/// first byte, computes the digest where one is wanted, and fails where the data ends early.
/// </summary>
internal sealed class ArchiveEntryData : Stream
{
    private readonly string _name;
    private readonly Stream _data;
    private readonly IncrementalHash? _hash;
    private long _position;

    public ArchiveEntryData(string name, Stream data, long length, IncrementalHash? hash)
    {
        _name = name;
        _data = data;
        _hash = hash;
        Length = length;
    }

    public override bool CanRead => true;

    /// <summary>True, because a tar writer asks the length only of a stream that says so. It never seeks.</summary>
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || _position == Length)
            return 0;

        int read;
        try
        {
            read = await _data.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw CutOff(e);
        }

        if (read == 0)
            throw CutOff(null);
        _position += read;
        _hash?.AppendData(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Image bytes are read asynchronously only.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private ArchiveRefusedException CutOff(Exception? cause) =>
        new($"it is damaged or cut off in its entry '{_name}', at byte {_position} of {Length}", cause);
}
