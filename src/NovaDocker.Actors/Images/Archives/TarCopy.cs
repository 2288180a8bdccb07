using System.Buffers;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>
/// Copies a tar as it is, byte by byte, and looks at its headers on the way. What .NET's own reader and writer of tars do
/// not know of an entry would be lost, or would be refused, and an Engine knows more.
/// </summary>
/// <param name="input">The tar.</param>
/// <param name="destination">Where it goes.</param>
/// <param name="rules">Judges the entries.</param>
internal sealed class TarCopy(ArchiveInput input, Stream destination, RootFileSystemRules rules)
{
    private const int BlockBytes = ArchiveInput.BlockBytes;
    private const int BufferBytes = 64 * 1024;
    private const long MaxLength = long.MaxValue / 2;

    // Most files are small, and so are headers; whoever reads the copy shall not be woken for each.
    private readonly BufferedStream _output = new(destination, BufferBytes);
    private readonly byte[] _block = new byte[BlockBytes];
    private readonly TarExtras _extras = new();

    /// <summary>How many entries there were.</summary>
    public int Entries { get; private set; }

    /// <summary>Copies all entries; not the zeros behind them.</summary>
    /// <exception cref="ArchiveRefusedException">It is no tar, or one that the rules forbid.</exception>
    public async Task CopyEntriesAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await ReadBlockAsync(cancellationToken).ConfigureAwait(false))
                await CopyEntryAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(e.Message, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        rules.Complete();
    }

    /// <summary>Writes the zeros that end the copy.</summary>
    public async Task WriteEndAsync(CancellationToken cancellationToken)
    {
        await _output.WriteAsync(new byte[ArchiveInput.EndBytes], cancellationToken).ConfigureAwait(false);
        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the block that the next entry begins with; false at the end, which is two blocks of zeros.</summary>
    private async Task<bool> ReadBlockAsync(CancellationToken cancellationToken)
    {
        await FillAsync().ConfigureAwait(false);
        if (!new TarBlock(_block).IsEmpty)
            return true;
        await FillAsync().ConfigureAwait(false);
        if (!new TarBlock(_block).IsEmpty)
            throw new InvalidDataException("a block of zeros is in the middle of it");
        return false;

        async Task FillAsync()
        {
            var read = await input.ReadAtLeastAsync(_block, BlockBytes, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            if (read == 0 && Entries == 0 && input.BytesRead == 0)
                throw new ArchiveRefusedException("it is empty");
            if (read < BlockBytes)
                throw new EndOfStreamException("the zeros that end a tar are missing");
        }
    }

    private async Task CopyEntryAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        var header = new TarBlock(_block);
        if (!header.IsWhole || header.Length is not { } stated)
            throw new InvalidDataException("a header's sum or length is wrong");
        var kind = header.Kind;
        var entry = new TarItem(kind, header.Name, header.Target, stated);
        await _output.WriteAsync(_block, cancellationToken).ConfigureAwait(false);
        if (TarExtras.IsExtra(kind))
        {
            _extras.Add(kind, await CopyExtraAsync(stated, cancellationToken).ConfigureAwait(false));
            return;
        }

        entry = _extras.Apply(entry);
        if (entry.Length > MaxLength)
            throw new InvalidDataException($"a length of {entry.Length} bytes is none");
        rules.Judge(entry);
        Entries++;
        if (kind is '0' or '\0')
            await CopyBytesAsync(entry.Length + Padding(entry.Length), buffer, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> CopyExtraAsync(long length, CancellationToken cancellationToken)
    {
        if (length > TarExtras.MaxBytes)
            throw new InvalidDataException($"the header of an entry is longer than {TarExtras.MaxBytes} bytes");
        var data = new byte[length];
        await input.ReadExactlyAsync(data, cancellationToken).ConfigureAwait(false);
        await _output.WriteAsync(data, cancellationToken).ConfigureAwait(false);
        await CopyBytesAsync(Padding(length), _block, cancellationToken).ConfigureAwait(false);
        return data;
    }

    private async Task CopyBytesAsync(long count, byte[] buffer, CancellationToken cancellationToken)
    {
        for (var left = count; left > 0;)
        {
            var read = await input.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken)
                .ConfigureAwait(false);
            if (read == 0)
                throw new EndOfStreamException($"{left} bytes are missing");
            await _output.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            left -= read;
        }
    }

    private static long Padding(long length) => (BlockBytes - length % BlockBytes) % BlockBytes;

    private ArchiveRefusedException Damaged(string reason, Exception cause) => new(
        Entries == 0
            ? $"it is not a tar archive at all ({reason})"
            : $"it is damaged or cut off after {Entries} entries ({reason})",
        cause);
}
