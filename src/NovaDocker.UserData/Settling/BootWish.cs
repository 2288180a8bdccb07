using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Settling;

/// <summary>What everybody who has a say says about one boot. Values are in clear.</summary>
/// <param name="MemoryMb">The flavor's memory, MiB.</param>
/// <param name="Vcpus">The flavor's processors.</param>
public sealed record BootWish(long MemoryMb, int Vcpus)
{
    /// <summary>The properties of the image in the image store.</summary>
    public EquatableMap<string> ImageProperties { get; init; } = EquatableMap<string>.Empty;

    /// <summary>The instance's metadata.</summary>
    public EquatableMap<string> Metadata { get; init; } = EquatableMap<string>.Empty;

    /// <summary>What was read in the user data; null where there is none.</summary>
    public UserDataReading? UserData { get; init; }

    /// <summary>The request's own command; empty for none.</summary>
    public EquatableArray<string> Command { get; init; } = [];

    /// <summary>The request's own environment.</summary>
    public EquatableMap<string> Environment { get; init; } = EquatableMap<string>.Empty;

    /// <summary>The request's own health check; null for none.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>The request's own restart policy; <see cref="RestartMode.No"/> for none.</summary>
    public RestartPolicy Restart { get; init; } = RestartPolicy.No;

    /// <summary>True where a public key will be bound at <see cref="BootSettling.KeyDirectory"/>.</summary>
    public bool HasKey { get; init; }
}

/// <summary>What comes of a boot's wishes: all that is to be stored, still in clear, or why it is refused.</summary>
public sealed record SettledBoot
{
    /// <summary>Why it is refused, all of it; empty where it is not.</summary>
    public required EquatableArray<UserDataFault> Faults { get; init; }

    /// <summary>True where the policy forbids something, and nothing else is wrong.</summary>
    public required bool IsForbidden { get; init; }

    /// <summary>Words in place of the image's command.</summary>
    public required EquatableArray<string> Command { get; init; }

    /// <summary>Environment variables.</summary>
    public required EquatableMap<string> Environment { get; init; }

    /// <summary>The health check; null for the image's own.</summary>
    public required HealthCheck? HealthCheck { get; init; }

    /// <summary>When it is started again by itself.</summary>
    public required RestartPolicy Restart { get; init; }

    /// <summary>All other options; the log driver's are in clear under <see cref="OptionKeys.LogOptions"/>.</summary>
    public required ContainerOptions Options { get; init; }

    /// <summary>Where values come from, as <see cref="InstanceSpec.Origins"/> has it.</summary>
    public required EquatableMap<OptionOrigin> Origins { get; init; }

    /// <summary>What was asked for and is not used, and why.</summary>
    public required EquatableArray<string> Notes { get; init; }
}
