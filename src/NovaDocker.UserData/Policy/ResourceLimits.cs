using System.Collections.Frozen;

namespace NovaDocker.UserData.Policy;

/// <summary>The resource limits of Linux, as the Engine calls them.</summary>
public static class ResourceLimits
{
    /// <summary>Each by the name of its <c>RLIMIT_</c>, in lower case; getrlimit(2).</summary>
    public static FrozenSet<string> Known { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime",
        "sigpending", "stack");

    /// <summary>All of them in one line, for messages.</summary>
    public static string Line { get; } = string.Join(", ", Known.Order(StringComparer.Ordinal));
}
