using System.Runtime.InteropServices;

namespace NovaDocker.Http.Hosting;

/// <summary>What the kernel says of a file that .NET does not.</summary>
internal static class UnixFile
{
    private const int WorkingDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint TypeWanted = 0x1;
    private const int TypeBits = 0xF000;
    private const int SocketType = 0xC000;

    /// <summary>True where a unix socket lies at the path, whether anybody listens at it or not.</summary>
    public static bool IsSocket(string path) =>
        Statx(WorkingDirectory, path, NoFollow, TypeWanted, out var found) == 0 && (found.Mode & TypeBits) == SocketType;

    /// <summary>True where anything lies at the path.</summary>
    public static bool IsThere(string path) => Statx(WorkingDirectory, path, NoFollow, TypeWanted, out _) == 0;

    [DllImport("libc", EntryPoint = "statx", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(
        int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out Found found);

    /// <summary>Of <c>struct statx</c>, which is laid out alike on every architecture, what is used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Found
    {
        [FieldOffset(28)]
        public readonly ushort Mode;
    }
}
