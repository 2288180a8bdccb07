using System.Security.Cryptography;
using NovaDocker.Actors.Common;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>
/// The data of one entry on its way from reader to writer. It states its length, which a tar writer needs before the
/// first byte, computes the digest where one is wanted, and fails where the data ends early.
/// </summary>
internal sealed class ArchiveEntryData : ForwardOnlyStream
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

    /// <summary>True, because a tar writer asks the length only of a stream that says so. It never seeks.</summary>
    public override bool CanSeek => true;

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

    private ArchiveRefusedException CutOff(Exception? cause) =>
        new($"it is damaged or cut off in its entry '{_name}', at byte {_position} of {Length}", cause);
}
