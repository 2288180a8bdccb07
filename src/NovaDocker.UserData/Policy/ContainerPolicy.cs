using NovaDocker.Domain.Common;

namespace NovaDocker.UserData.Policy;

/// <summary>
/// What an operator lets a tenant's user data ask for: the keys below <c>novadocker.policy</c>. The default lets no tenant
/// reach the host.
/// </summary>
public sealed record ContainerPolicy
{
    /// <summary>What <c>reference.conf</c> says, too.</summary>
    public static readonly ContainerPolicy Default = new();

    /// <summary><c>privileged</c>: all capabilities and devices.</summary>
    public bool Privileged { get; init; }

    /// <summary><c>host-paths</c>: what of the host's file system may be bound.</summary>
    public EquatableArray<HostPathRule> HostPaths { get; init; } = [];

    /// <summary><c>devices</c>: devices of the host that may be given.</summary>
    public EquatableArray<DeviceRule> Devices { get; init; } = [];

    /// <summary><c>capabilities</c>: those that may be added to the Engine's default; <c>ALL</c> for every one.</summary>
    public EquatableArray<string> Capabilities { get; init; } = [];

    /// <summary><c>security-options</c>: those that may be given; one that ends in <c>*</c> allows what begins so.</summary>
    public EquatableArray<string> SecurityOptions { get; init; } = ["no-new-privileges"];

    /// <summary>
    /// <c>network-modes</c>: <c>none</c>, <c>bridge</c>, <c>host</c>, or names of networks of the Engine. Without a network an
    /// instance may always be.
    /// </summary>
    public EquatableArray<string> NetworkModes { get; init; } = ["none"];

    /// <summary><c>published-ports</c>: ports of the host that may be taken.</summary>
    public EquatableArray<PortRange> PublishedPorts { get; init; } = [];

    /// <summary><c>ephemeral-ports</c>: ports may be published on ports of the host that the Engine chooses.</summary>
    public bool EphemeralPorts { get; init; }

    /// <summary><c>links</c>: links to other instances of the same project.</summary>
    public bool Links { get; init; }

    /// <summary><c>volumes-from</c>: volumes of other instances of the same project.</summary>
    public bool VolumesFrom { get; init; }

    /// <summary><c>sysctls</c>: kernel parameters that may be set; one that ends in <c>*</c> allows what begins so.</summary>
    public EquatableArray<string> Sysctls { get; init; } = [];

    /// <summary><c>device-requests</c>: devices that a driver of the Engine finds, such as GPUs.</summary>
    public bool DeviceRequests { get; init; }

    /// <summary><c>log-drivers</c>: those that may be chosen.</summary>
    public EquatableArray<string> LogDrivers { get; init; } = ["json-file", "local"];

    /// <summary>
    /// <c>log-options</c>: names of options that may be given to a log driver, be it one that was chosen or the Engine's own; one
    /// that ends in <c>*</c> allows what begins so.
    /// </summary>
    public EquatableArray<string> LogOptions { get; init; } =
        ["max-size", "max-file", "compress", "mode", "tag", "labels", "labels-regex", "env", "env-regex"];

    /// <summary><c>ulimits</c>: names of resource limits that may be set.</summary>
    public EquatableArray<string> Ulimits { get; init; } =
    [
        "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nofile", "nproc", "rss", "rttime", "sigpending", "stack",
    ];

    /// <summary><c>labels</c>: names of labels that may be put on a container; one that ends in <c>*</c> allows what begins so.</summary>
    public EquatableArray<string> Labels { get; init; } = ["*"];
}

/// <summary>A path of the host, and all below it, that may be bound.</summary>
/// <param name="Path">An absolute path; links in it are resolved before anything is compared with it.</param>
/// <param name="ReadOnly">True where it may be bound read-only alone.</param>
/// <param name="Create">True where a directory below it that does not exist is made; else such a bind is refused.</param>
public sealed record HostPathRule(string Path, bool ReadOnly, bool Create)
{
    /// <summary>True where the path itself may be bound, and nothing below it on its own.</summary>
    public bool Exact { get; init; }

    /// <summary>True where <c>z</c> and <c>Z</c> may be asked for: SELinux labels of the host's files are changed by them.</summary>
    public bool Relabel { get; init; }

    /// <summary>As <c>novadocker.policy.host-paths</c> has it: <c>/srv/shared:ro</c>.</summary>
    public override string ToString() =>
        $"{Path}:{(ReadOnly ? "ro" : "rw")}{(Create ? ",create" : "")}{(Exact ? ",exact" : "")}{(Relabel ? ",relabel" : "")}";
}

/// <summary>A device of the host that may be given.</summary>
/// <param name="Path">Its absolute path; one that ends in <c>*</c> allows what begins so.</param>
/// <param name="Access">Any of <c>r</c>, <c>w</c> and <c>m</c>: the most that may be asked for.</param>
public sealed record DeviceRule(string Path, string Access)
{
    /// <summary>As <c>novadocker.policy.devices</c> has it: <c>/dev/fuse:rw</c>.</summary>
    public override string ToString() => $"{Path}:{Access}";
}

/// <summary>Ports of the host.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
public sealed record PortRange(int First, int Last)
{
    /// <summary><c>8080</c> or <c>30000-32767</c>.</summary>
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";
}
