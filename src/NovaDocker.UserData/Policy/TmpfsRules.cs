using System.Collections.Frozen;

namespace NovaDocker.UserData.Policy;

/// <summary>
/// Mount options of memory file systems. No policy opens more: the Engine takes <c>remount</c> as well, and what that changes is
/// not a new file system but the one that is at the path already, which may be the host's, and with it a bind that is
/// read-only; and it takes <c>bind</c> and the kinds of propagation.
/// </summary>
internal static class TmpfsRules
{
    private static readonly FrozenSet<string> Flags = FrozenSet.Create(
        StringComparer.Ordinal,
        "rw", "ro", "exec", "noexec", "suid", "nosuid", "dev", "nodev", "sync", "async", "dirsync", "atime", "noatime", "diratime",
        "nodiratime", "relatime", "norelatime", "strictatime", "nostrictatime");

    private static readonly FrozenSet<string> Values = FrozenSet.Create(
        StringComparer.Ordinal, "size", "mode", "uid", "gid", "nr_inodes", "nr_blocks");

    /// <summary>What is wrong with the options; null where nothing is.</summary>
    public static string? Problem(string path, string options)
    {
        var foreign = options.Split(',').FirstOrDefault(option => option.Length > 0 && !IsOwn(option));
        return foreign is null
            ? null
            : $"has {PolicyText.Quoted(foreign)} for {PolicyText.Quoted(path)}; no policy allows more than options of the memory file "
                + $"system itself: {string.Join(", ", Values.Order(StringComparer.Ordinal))} with a value, or exec, noexec, suid, "
                + "nosuid, dev, nodev, ro, rw, those for times, and sync.";
    }

    private static bool IsOwn(string option) => option.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? Values.Contains(option[..at])
        : Flags.Contains(option);
}
