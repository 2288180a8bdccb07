using System.Security.Cryptography;
using NovaDocker.Actors.Common;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>
/// The data of one entry on its way from reader to writer. It states its length, which a tar writer needs before the
/// first byte, and fails where the data ends early. On the way it learns what is to be known of it: how it is packed, the
/// digest where one is wanted, and the bytes themselves where they may be JSON and were asked for.
/// </summary>
internal sealed class ArchiveEntryData : ForwardOnlyStream
{
    private readonly string _name;
    private readonly Stream _data;
    private readonly IncrementalHash? _hash;
    private readonly byte[] _start = new byte[4];
    private byte[]? _kept;
    private long _position;

    /// <summary>Wraps the data.</summary>
    /// <param name="name">The entry's name, for an error message.</param>
    /// <param name="data">The data.</param>
    /// <param name="length">Their length as the entry states it.</param>
    /// <param name="hash">What computes their digest; null where none is wanted.</param>
    /// <param name="keep">True keeps the bytes where the first is that of a JSON object; their number must be bounded.</param>
    public ArchiveEntryData(string name, Stream data, long length, IncrementalHash? hash, bool keep)
    {
        _name = name;
        _data = data;
        _hash = hash;
        _kept = keep && length > 0 ? new byte[length] : null;
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

    /// <summary>True where the data are packed with zstd.</summary>
    public bool IsZstd => ArchivePacking.IsZstd(_start);

    /// <summary>The bytes, once all went by; null where they are not kept.</summary>
    public byte[]? Kept => _kept;

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
        Learn(buffer.Span[..read]);
        _position += read;
        return read;
    }

    private void Learn(ReadOnlySpan<byte> bytes)
    {
        _hash?.AppendData(bytes);
        if (_position < _start.Length)
            bytes[..(int)Math.Min(bytes.Length, _start.Length - _position)].CopyTo(_start.AsSpan((int)_position));
        if (_position == 0 && bytes[0] != (byte)'{')
            _kept = null;
        if (_kept is { } kept)
            bytes.CopyTo(kept.AsSpan((int)_position));
    }

    private ArchiveRefusedException CutOff(Exception? cause) =>
        new($"it is damaged or cut off in its entry '{ArchiveNames.Shown(_name)}', at byte {_position} of {Length}", cause);
}
