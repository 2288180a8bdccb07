using ZstdSharp;

namespace NovaDocker.Images.Tests;

/// <summary>Bytes packed in ways that .NET itself cannot.</summary>
internal static class Packed
{
    /// <summary>One zstd frame.</summary>
    public static byte[] Zstd(byte[] bytes)
    {
        using var compressor = new Compressor(3);
        return compressor.Wrap(bytes).ToArray();
    }

    /// <summary>A frame that readers pass over.</summary>
    public static byte[] Skippable(int length)
    {
        var frame = new byte[8 + length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(frame, 0x184D2A50);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), length);
        return frame;
    }

    /// <summary>The beginning of a frame that asks for a window of that many bytes, a power of two.</summary>
    public static byte[] ZstdWindow(int log) => [0x28, 0xb5, 0x2f, 0xfd, 0x00, (byte)((log - 10) << 3), 0, 0, 0, 0, 0, 0];
}
