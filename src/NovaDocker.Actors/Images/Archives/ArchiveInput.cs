using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Pipelines;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>
/// The bytes of an archive as a plain tar, unpacked where they are packed, counted, and with headers of bounded length:
/// a tar reader takes as much memory for the extended header of an entry as the archive says.
/// </summary>
internal sealed class ArchiveInput : ReadThroughStream
{
    private const int MaxHeaderBytes = 1024 * 1024;
    private const int MagicBytes = 6;
    private const int ReadBytes = 64 * 1024;

    private long _headerBytesLeft = long.MaxValue;

    private ArchiveInput(Stream plain)
        : base(plain)
    {
    }

    /// <summary>How many bytes were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Looks at the first bytes and unpacks where they are those of gzip.</summary>
    /// <exception cref="ArchiveRefusedException">They are those of another packing.</exception>
    public static async Task<ArchiveInput> OpenAsync(Stream source, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(source, new StreamPipeReaderOptions(bufferSize: ReadBytes, leaveOpen: true));
        var start = await reader.ReadAtLeastAsync(MagicBytes, cancellationToken).ConfigureAwait(false);
        var magic = new byte[Math.Min(MagicBytes, start.Buffer.Length)];
        var first = start.Buffer.Slice(0, magic.Length);
        System.Buffers.BuffersExtensions.CopyTo(first, magic);
        reader.AdvanceTo(start.Buffer.Start);

        var plain = reader.AsStream();
        return magic switch
        {
            [0x1f, 0x8b, ..] => new ArchiveInput(new GZipStream(plain, CompressionMode.Decompress)),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => throw Packed("zstd"),
            [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] => throw Packed("xz"),
            [0x42, 0x5a, 0x68, ..] => throw Packed("bzip2"),
            _ => new ArchiveInput(plain),
        };

        static ArchiveRefusedException Packed(string packing) =>
            new($"it is packed with {packing}; a plain tar or one packed with gzip is expected");
    }

    /// <summary>The next entry, its data not read yet; null at the end.</summary>
    /// <exception cref="ArchiveRefusedException">What follows is no tar entry.</exception>
    public async Task<TarEntry?> NextEntryAsync(TarReader reader, ArchiveIndex index, CancellationToken cancellationToken)
    {
        _headerBytesLeft = MaxHeaderBytes;
        try
        {
            return await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException
            or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new ArchiveRefusedException(
                (BytesRead, index.Count) switch
                {
                    (0, _) => "it is empty",
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
        BytesRead += read;
        return read;
    }
}
