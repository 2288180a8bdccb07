using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Instances;

/// <summary>What an instance is to be: what stands fixed from its boot on.</summary>
/// <param name="Name">Its display name, 1 to 255 characters.</param>
/// <param name="MemoryMb">Memory limit in MiB (Nova's flavor <c>memory_mb</c>).</param>
/// <param name="Vcpus">Processors (Nova's flavor <c>vcpus</c>).</param>
/// <param name="Command">Words that take the place of the image's command; empty keeps the image's.</param>
/// <param name="Environment">Environment variables by name, their values sealed.</param>
public sealed record InstanceSpec(
    string Name,
    long MemoryMb,
    int Vcpus,
    EquatableArray<string> Command,
    EquatableMap<SealedValue> Environment)
{
    /// <summary>Its health check; null for the image's own, where that has one.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>What it does by itself to stay up.</summary>
    public UpkeepPolicy Upkeep { get; init; } = UpkeepPolicy.None;

    /// <summary>The options of its container that have no place of their own here.</summary>
    public ContainerOptions Options { get; init; } = ContainerOptions.None;

    /// <summary>
    /// Where values come from, by the names of <see cref="OptionKeys"/>; those of environment variables by
    /// <c>env.</c> and the variable's name. What is not in here comes from the image, the flavor or this host.
    /// </summary>
    public EquatableMap<OptionOrigin> Origins { get; init; } = EquatableMap<OptionOrigin>.Empty;

    /// <summary>What its user data was; null where it had none.</summary>
    public UserDataRecord? UserData { get; init; }

    /// <summary>
    /// The public key of its key pair, one line as in <c>authorized_keys</c>; null where it has none, or where the host does
    /// not inject keys.
    /// </summary>
    public string? PublicKey { get; init; }

    /// <summary>The ports it is booted with; others may come and these may go later.</summary>
    public EquatableArray<Vif> Vifs { get; init; } = [];

    /// <summary>The files that its host binds into its container.</summary>
    public EquatableArray<InstanceFileRecord> Files { get; init; } = [];

    /// <summary>True where a sandbox owns its network namespace, as it does for one that is booted with ports.</summary>
    public bool HasSandbox => !Vifs.IsEmpty;
}
