using System.Formats.Tar;
using System.IO.Pipelines;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>
/// The bytes of an archive as a plain tar: unpacked, counted and bounded, with headers of bounded length, and watched for
/// the end that a tar has. A tar reader takes as much memory for the extended header of an entry as the archive says, and
/// takes a tar that is cut off between two entries for a whole one.
/// </summary>
internal sealed class ArchiveInput : ReadThroughStream
{
    /// <summary>Length of a block: entries begin at multiples of it.</summary>
    public const int BlockBytes = 512;

    /// <summary>Length of what ends a tar: two blocks of zeros.</summary>
    public const int EndBytes = 2 * BlockBytes;

    private const int MaxHeaderBytes = 1024 * 1024;
    private const int ReadBytes = 64 * 1024;

    private readonly long _maxBytes;
    private long _headerBytesLeft = long.MaxValue;
    private long _nextEntryAt;
    private long _zeros;

    private ArchiveInput(Stream plain, long? maxBytes)
        : base(plain) => _maxBytes = maxBytes ?? long.MaxValue;

    /// <summary>How many bytes were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>True where the zeros that end a tar followed the last entry.</summary>
    public bool SawEnd => _zeros >= EndBytes;

    /// <summary>Looks at the first bytes and unpacks what they say is packed.</summary>
    /// <param name="source">The archive. It stays open.</param>
    /// <param name="maxBytes">Bytes it may have when unpacked; null for any number.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <exception cref="ArchiveRefusedException">It is packed in a way that is not known here.</exception>
    public static async Task<ArchiveInput> OpenAsync(Stream source, long? maxBytes, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(source, new StreamPipeReaderOptions(bufferSize: ReadBytes, leaveOpen: true));
        var start = await reader.ReadAtLeastAsync(ArchivePacking.MagicBytes, cancellationToken).ConfigureAwait(false);
        var magic = new byte[Math.Min(ArchivePacking.MagicBytes, start.Buffer.Length)];
        var first = start.Buffer.Slice(0, magic.Length);
        System.Buffers.BuffersExtensions.CopyTo(first, magic);
        reader.AdvanceTo(start.Buffer.Start);
        return new ArchiveInput(ArchivePacking.Unpack(reader.AsStream(), magic), maxBytes);
    }

    /// <summary>The next entry, its data not read yet; null at the end.</summary>
    /// <exception cref="ArchiveRefusedException">What follows is no tar entry.</exception>
    public async Task<TarEntry?> NextEntryAsync(TarReader reader, ArchiveIndex index, CancellationToken cancellationToken)
    {
        _headerBytesLeft = MaxHeaderBytes;
        _nextEntryAt = (BytesRead + BlockBytes - 1) / BlockBytes * BlockBytes;
        _zeros = 0;
        try
        {
            return await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException
            or ArgumentException or OverflowException or NotSupportedException or InvalidOperationException)
        {
            throw new ArchiveRefusedException(
                (BytesRead, index.Count) switch
                {
                    (0, _) when e is EndOfStreamException => "it is empty",
                    (_, 0) => $"it is not a tar archive at all ({e.Message})",
                    _ => $"it is damaged or cut off after {index.Count} entries ({e.Message})",
                },
                e);
        }
        finally
        {
            _headerBytesLeft = long.MaxValue;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_headerBytesLeft == 0)
            throw new InvalidDataException($"The header of an entry is longer than {MaxHeaderBytes} bytes.");
        if (buffer.Length > _headerBytesLeft)
            buffer = buffer[..(int)_headerBytesLeft];
        var read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _headerBytesLeft -= read;
        CountZeros(buffer.Span[..read]);
        BytesRead += read;
        if (BytesRead > _maxBytes)
        {
            throw new ArchiveRefusedException($"it unpacks to more than {_maxBytes} bytes, for which there is no room")
            {
                Code = FaultCode.NoCapacity,
            };
        }

        return read;
    }

    /// <summary>Counts the zeros from where the next entry would begin, until something else comes.</summary>
    private void CountZeros(ReadOnlySpan<byte> bytes)
    {
        if (BytesRead + bytes.Length <= _nextEntryAt || BytesRead > _nextEntryAt + _zeros)
            return;
        var fresh = bytes[(int)Math.Max(0, _nextEntryAt - BytesRead)..];
        var others = fresh.IndexOfAnyExcept((byte)0);
        _zeros += others < 0 ? fresh.Length : others;
    }
}
