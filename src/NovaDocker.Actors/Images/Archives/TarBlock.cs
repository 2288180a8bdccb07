using System.Text;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>The block of a tar that an entry begins with, field by field.</summary>
/// <param name="bytes">The block.</param>
internal readonly ref struct TarBlock(ReadOnlySpan<byte> bytes)
{
    private const int ChecksumAt = 148;
    private const int ChecksumLength = 8;
    private const int KindAt = 156;
    private const int MagicAt = 257;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>True for a block of zeros, which ends a tar.</summary>
    public bool IsEmpty => !_bytes.ContainsAnyExcept((byte)0);

    /// <summary>True where the sum of the block is what it says; it is summed as signed bytes by some old programs.</summary>
    public bool IsWhole
    {
        get
        {
            var (sum, signed) = (0L, 0L);
            for (var i = 0; i < _bytes.Length; i++)
            {
                var value = i is >= ChecksumAt and < ChecksumAt + ChecksumLength ? (byte)' ' : _bytes[i];
                (sum, signed) = (sum + value, signed + (sbyte)value);
            }

            return Number(ChecksumAt, ChecksumLength) is { } stated && (stated == sum || stated == signed);
        }
    }

    /// <summary>The kind of the entry.</summary>
    public char Kind => (char)_bytes[KindAt];

    /// <summary>Its name, as far as it fits in here.</summary>
    public string Name
    {
        get
        {
            var name = Text(0, 100);
            var prefix = _bytes.Slice(MagicAt, 6).SequenceEqual("ustar\0"u8) ? Text(345, 155) : "";
            return prefix.Length == 0 ? name : $"{prefix}/{name}";
        }
    }

    /// <summary>What a link refers to, as far as it fits in here.</summary>
    public string Target => Text(157, 100);

    /// <summary>Length of the data that follow; null where it is no number, or below zero.</summary>
    public long? Length => Number(124, 12);

    private string Text(int offset, int length)
    {
        var field = _bytes.Slice(offset, length);
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    /// <summary>A number in octal digits, or, where the first bit is set, in bytes.</summary>
    private long? Number(int offset, int length)
    {
        var field = _bytes.Slice(offset, length);
        long value = 0;
        if ((field[0] & 0x80) != 0)
        {
            for (var i = 0; i < field.Length; i++)
            {
                if (value > long.MaxValue >> 8)
                    return null;
                value = (value << 8) | (byte)(i == 0 ? field[i] & 0x7f : field[i]);
            }

            return value;
        }

        foreach (var digit in field.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return null;
            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }
}
