using System.Collections.Frozen;

namespace NovaDocker.UserData.Policy;

/// <summary>Which capabilities may be added. Taking any away is always allowed.</summary>
public static class CapabilityRules
{
    /// <summary>Every capability together.</summary>
    public const string All = "ALL";

    /// <summary>What the Engine gives every container that is not told otherwise: asking for these asks for nothing.</summary>
    private static readonly FrozenSet<string> Usual = FrozenSet.Create(
        StringComparer.Ordinal,
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID",
        "SETPCAP", "SETUID", "SYS_CHROOT");

    /// <summary>Every capability that Linux has by capabilities(7), in capitals without <c>CAP_</c>.</summary>
    public static FrozenSet<string> Known { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "CHOWN", "DAC_OVERRIDE",
        "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN",
        "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "PERFMON", "SETFCAP", "SETGID",
        "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE",
        "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM");

    /// <summary>Why a capability may not be added; null where it may.</summary>
    internal static string? Problem(string capability, ContainerPolicy policy) =>
        Usual.Contains(capability) || policy.Capabilities.Contains(capability) || policy.Capabilities.Contains(All)
            ? null
            : PolicyText.Allows("capabilities", policy.Capabilities, "none beyond the Engine's default");
}
