using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NovaDocker.UserData.Policy;

/// <summary>Calls of the kernel that look at one component of a path, and follow nothing behind it.</summary>
internal static class LinuxFiles
{
    private const int NoEntry = 2;
    private const int Exists = 17;
    private const int NoDirectory = 20;
    private const int InvalidArgument = 22;

    private const int CloseOnExec = 0x80000;
    private const int LongestTarget = 4096;
    private const uint DirectoryMode = 0b111_101_101;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary><c>O_DIRECTORY</c> and <c>O_NOFOLLOW</c>, which are not the same everywhere.</summary>
    private static readonly int DirectoryItself =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6
            ? 0x4000 | 0x8000
            : 0x10000 | 0x20000;

    /// <summary>Where a link leads.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="target">As the link has it; null where there is something else than a link.</param>
    /// <returns>False where there is nothing.</returns>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static bool TryReadLink(string path, out string? target)
    {
        target = null;
        var buffer = new byte[LongestTarget];
        var length = (int)ReadLink(path, buffer, buffer.Length);
        if (length < 0)
        {
            return Marshal.GetLastPInvokeError() switch
            {
                InvalidArgument => true,
                NoEntry or NoDirectory => false,
                var error => throw Failed(path, error),
            };
        }

        if (length is 0 or LongestTarget)
            throw new IOException($"'{path}' is a link to nothing, or to a path that is too long.");
        try
        {
            target = Strict.GetString(buffer, 0, length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            throw new IOException($"'{path}' is a link to a name that is no UTF-8.");
        }
    }

    /// <summary>Opens a directory that is no link itself.</summary>
    /// <exception cref="IOException">There is none, or it cannot be opened.</exception>
    public static SafeFileHandle OpenDirectory(string path)
    {
        var handle = Open(path, DirectoryItself | CloseOnExec);
        return handle.IsInvalid ? throw Failed(path, Marshal.GetLastPInvokeError()) : handle;
    }

    /// <summary>Opens a directory in another one, made with mode 0755 where there is nothing.</summary>
    /// <exception cref="IOException">There is something else, or it can be neither opened nor made.</exception>
    public static SafeFileHandle OpenOrMakeDirectory(SafeFileHandle parent, string name)
    {
        var isNew = MakeDirectoryAt(parent, name, DirectoryMode) == 0;
        if (!isNew && Marshal.GetLastPInvokeError() is not Exists and var error)
            throw Failed(name, error);
        var handle = OpenAt(parent, name, DirectoryItself | CloseOnExec);
        if (handle.IsInvalid)
            throw Failed(name, Marshal.GetLastPInvokeError());

        // The process's mask took bits away.
        if (isNew && ChangeMode(handle, DirectoryMode) != 0)
        {
            var failure = Failed(name, Marshal.GetLastPInvokeError());
            handle.Dispose();
            throw failure;
        }

        return handle;
    }

    private static IOException Failed(string path, int error) => new($"'{path}': {Marshal.GetPInvokeErrorMessage(error)}.");

    [DllImport("libc", EntryPoint = "readlink", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint ReadLink([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] buffer, nint size);

    [DllImport("libc", EntryPoint = "open", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "openat", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle OpenAt(
        SafeFileHandle directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int flags);

    [DllImport("libc", EntryPoint = "mkdirat", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeDirectoryAt(
        SafeFileHandle directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint mode);

    [DllImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeMode(SafeFileHandle file, uint mode);
}
