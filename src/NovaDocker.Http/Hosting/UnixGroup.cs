using System.Globalization;
using System.Runtime.InteropServices;
using NovaDocker.Settings;

namespace NovaDocker.Http.Hosting;

/// <summary>Groups of this machine.</summary>
internal static class UnixGroup
{
    private const uint OwnerStays = uint.MaxValue;

    /// <summary>The number of a group; null where none is named.</summary>
    /// <param name="group">A name or a number; empty names none.</param>
    /// <exception cref="SettingsException">There is no such group.</exception>
    public static uint? IdOf(string group)
    {
        if (group.Length == 0)
            return null;
        if (uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;

        // struct group: two pointers, name and password, then the number.
        var found = GetGroup(group);
        return found != nint.Zero
            ? (uint)Marshal.ReadInt32(found, 2 * nint.Size)
            : throw new SettingsException([$"novadocker.http.group is '{group}', which this machine does not know; the name or number of a group is expected."]);
    }

    /// <summary>Gives a file to a group.</summary>
    /// <exception cref="SettingsException">This user may not.</exception>
    public static void Give(string path, uint group)
    {
        if (ChangeOwner(path, OwnerStays, group) != 0)
        {
            throw new SettingsException(
            [
                $"novadocker.http.group is {group}, to which this user may not give '{path}' "
                + $"({Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}); a group that it belongs to is expected.",
            ]);
        }
    }

    [DllImport("libc", EntryPoint = "getgrnam", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint GetGroup([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", EntryPoint = "lchown", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);
}
