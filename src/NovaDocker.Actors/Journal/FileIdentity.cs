using System.Runtime.InteropServices;

namespace NovaDocker.Actors.Journal;

/// <summary>
/// Which file lies at a path: its device and inode, as <c>stat</c> shows them. The file itself is not opened; to close it
/// again would let go of the locks that SQLite has on it in this process.
/// </summary>
/// <param name="DeviceMajor">The device's major number.</param>
/// <param name="DeviceMinor">The device's minor number.</param>
/// <param name="Inode">The inode's number on it.</param>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode)
{
    private const int WorkingDirectory = -100;
    private const uint InodeWanted = 0x100;

    /// <summary>The file at a path; null where there is none, or where it cannot be reached.</summary>
    public static FileIdentity? At(string path) => Statx(WorkingDirectory, path, 0, InodeWanted, out var found) == 0
        ? new FileIdentity(found.DeviceMajor, found.DeviceMinor, found.Inode)
        : null;

    [DllImport("libc", EntryPoint = "statx", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(
        int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out Found found);

    /// <summary>Of <c>struct statx</c>, which is laid out alike on every architecture, what is used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Found
    {
        [FieldOffset(32)]
        public readonly ulong Inode;

        [FieldOffset(136)]
        public readonly uint DeviceMajor;

        [FieldOffset(140)]
        public readonly uint DeviceMinor;
    }
}
