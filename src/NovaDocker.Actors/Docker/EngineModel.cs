using System.Collections.Immutable;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Actors.Docker;

/// <summary>The Engine and its machine.</summary>
/// <param name="EngineId">The Engine's own id; another one at the same address is another Engine.</param>
/// <param name="Version">The Engine's version, such as <c>20.10.24</c>.</param>
/// <param name="ApiVersion">The API version spoken, such as <c>1.41</c>.</param>
/// <param name="Processors">Processors of the machine.</param>
/// <param name="MemoryBytes">Memory of the machine.</param>
/// <param name="Architecture">As the Engine names it, such as <c>x86_64</c>.</param>
public sealed record EngineInfo(
    string EngineId, string Version, string ApiVersion, int Processors, long MemoryBytes, string Architecture)
{
    /// <summary>The operating system that its containers are of, such as <c>linux</c>.</summary>
    public string OperatingSystem { get; init; } = "linux";

    /// <summary>The directory on its machine that it keeps images and containers in; empty where it does not say.</summary>
    public string RootDirectory { get; init; } = "";
}

/// <summary>The status of a container, in the Engine's words.</summary>
public enum ContainerStatus
{
    /// <summary>Made, never started.</summary>
    Created,

    /// <summary>Its process runs.</summary>
    Running,

    /// <summary>Its processes are frozen.</summary>
    Paused,

    /// <summary>The Engine is starting it again by its own policy.</summary>
    Restarting,

    /// <summary>Its process has ended.</summary>
    Exited,

    /// <summary>Being removed.</summary>
    Removing,

    /// <summary>The Engine failed to remove it.</summary>
    Dead,
}

/// <summary>A container as an inspect showed it.</summary>
/// <param name="Id">The Engine's id, 64 hexadecimal digits.</param>
/// <param name="Name">The name, without a leading slash.</param>
/// <param name="Labels">All labels.</param>
/// <param name="ImageId">Id of the image it was made of, <c>sha256:…</c>.</param>
/// <param name="Status">The status.</param>
/// <param name="Pid">Process id of its first process on the host; 0 while it does not run.</param>
/// <param name="StartedAt">When it was last started; null where it never was.</param>
/// <param name="FinishedAt">When its process last ended; null where it never did.</param>
/// <param name="ExitCode">How its process last ended; meaningful with <paramref name="FinishedAt"/>.</param>
/// <param name="OutOfMemory">True where the kernel killed it for its memory limit.</param>
public sealed record ContainerSnapshot(
    string Id,
    string Name,
    ImmutableSortedDictionary<string, string> Labels,
    string ImageId,
    ContainerStatus Status,
    int Pid,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    int ExitCode,
    bool OutOfMemory)
{
    /// <summary>True while the container has a process, frozen or not.</summary>
    public bool IsRunning => Status is ContainerStatus.Running or ContainerStatus.Paused or ContainerStatus.Restarting;

    /// <summary>What its health checks say; null where it has none, or does not run.</summary>
    public HealthStatus? Health { get; init; }

    /// <summary>The host's paths that are bound into it, each <c>/host/path:/container/path:mode</c>, in the order of their targets.</summary>
    public EquatableArray<string> Binds { get; init; } = [];

    /// <summary>Path of its network namespace on the host; null while it does not run, and where it joined that of another one.</summary>
    public string? NamespacePath { get; init; }

    /// <summary>The container whose network namespace it joins; null for none.</summary>
    public string? JoinedContainerId { get; init; }

    /// <summary>What its file system is put together of; null where the Engine keeps it otherwise.</summary>
    public OverlayLayers? Overlay { get; init; }

    /// <summary>The same in the words of the core.</summary>
    public ContainerSighting Sighting => new(
        Id, Name, Condition, StartedAt, Exit, IsRunning ? Health : null);

    private ContainerCondition Condition => Status switch
    {
        ContainerStatus.Paused => ContainerCondition.Paused,
        ContainerStatus.Removing => ContainerCondition.Removing,
        _ when IsRunning => ContainerCondition.Running,
        _ => StartedAt is null ? ContainerCondition.NeverStarted : ContainerCondition.Ended,
    };

    /// <summary>How its last run ended; null while it runs or is being removed, or where it never ran.</summary>
    public ContainerExit? Exit => this is
    {
        IsRunning: false, Status: not ContainerStatus.Removing, StartedAt: { } started, FinishedAt: { } finished,
    }
        ? new ContainerExit(started, finished, ExitCode, OutOfMemory)
        : null;
}

/// <summary>An image in the Engine.</summary>
/// <param name="Id">The image's id, <c>sha256:…</c>: the digest of its configuration.</param>
/// <param name="Tags">Its tags, <c>repository:tag</c>.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="SizeBytes">Its size on disk.</param>
public sealed record EngineImage(
    string Id, ImmutableArray<string> Tags, ImmutableSortedDictionary<string, string> Labels, long SizeBytes)
{
    /// <summary>
    /// What the image says of the containers that are made of it; nothing where it was listed and not looked at by itself.
    /// A value of <see cref="LongestDefault"/> characters or more is left out, and so is the environment of an image that was
    /// committed of an instance: it may be secret.
    /// </summary>
    public ContainerOptions Defaults { get; init; } = ContainerOptions.None;

    /// <summary>No value of <see cref="Defaults"/> has as many characters: an image may say anything of any length.</summary>
    public const int LongestDefault = 2048;
}

/// <summary>What a commit is to make.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="Repository">Repository of the new image's tag.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Labels">Labels of the new image, added to those it inherits.</param>
/// <param name="Pause">True freezes a running container while its files are read.</param>
public sealed record CommitSpec(
    string ContainerId,
    string Repository,
    string Tag,
    ImmutableSortedDictionary<string, string> Labels,
    bool Pause);

/// <summary>What an import is to make.</summary>
/// <param name="Repository">Repository of the new image's tag.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Changes">
/// What the image is to say of its containers, as instructions of a Dockerfile: <c>CMD</c>, <c>ENV</c>, <c>LABEL</c>, …
/// </param>
public sealed record ImportSpec(string Repository, string Tag, ImmutableArray<string> Changes);

/// <summary>Text of a console.</summary>
/// <param name="Text">The text, standard output and error mingled as written; bytes that are no UTF-8 are replaced.</param>
/// <param name="Truncated">True where the beginning was left out for its length in bytes.</param>
public sealed record ConsoleText(string Text, bool Truncated);

/// <summary>Something happened to a container.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Action">The Engine's word: <c>start</c>, <c>die</c>, <c>oom</c>, <c>pause</c>, <c>destroy</c>, <c>health_status: healthy</c>, …</param>
/// <param name="At">When, by the Engine's clock.</param>
public sealed record ContainerEvent(
    string ContainerId, ImmutableSortedDictionary<string, string> Labels, string Action, DateTimeOffset At);
