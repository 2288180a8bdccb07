using System.IO.Compression;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>How the bytes of an archive are packed, told by the first of them.</summary>
/// <remarks>
/// Where gzip breaks off in its very last bytes, which are a checksum, .NET says so only in a process with
/// <c>System.IO.Compression.UseStrictValidation</c>, as the node is. Whatever else is missing, the tar in it has no end.
/// </remarks>
internal static class ArchivePacking
{
    /// <summary>How many of the first bytes tell.</summary>
    public const int MagicBytes = 6;

    /// <summary>True where the first bytes are those of a zstd frame.</summary>
    public static bool IsZstd(ReadOnlySpan<byte> magic) => magic is [0x28, 0xb5, 0x2f, 0xfd, ..];

    /// <summary>The plain bytes.</summary>
    /// <param name="packed">The bytes as they are. Closed with what is returned.</param>
    /// <param name="magic">The first of them, which are still to be read.</param>
    /// <exception cref="ArchiveRefusedException">They are packed in another way than gzip and zstd.</exception>
    public static Stream Unpack(Stream packed, ReadOnlySpan<byte> magic) => magic switch
    {
        [0x1f, 0x8b, ..] => new GZipStream(packed, CompressionMode.Decompress),
        _ when IsZstd(magic) || IsSkippable(magic) => new ZstdStream(packed),
        [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] => throw Packed("xz"),
        [0x42, 0x5a, 0x68, ..] => throw Packed("bzip2"),
        _ => packed,
    };

    /// <summary>A frame that zstd readers pass over; a packer may begin with one.</summary>
    private static bool IsSkippable(ReadOnlySpan<byte> magic) => magic is [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..];

    private static ArchiveRefusedException Packed(string packing) =>
        new($"it is packed with {packing}; a plain tar or one packed with gzip or zstd is expected");
}
