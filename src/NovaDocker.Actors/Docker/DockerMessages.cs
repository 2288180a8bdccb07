using System.Collections.Immutable;
using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Docker;

/// <summary>The connection pool was opened, at start or after a restart of its owner: earlier ones are closed.</summary>
internal sealed record EngineOpened(IContainerEngine Engine) : INoSerializationVerificationNeeded;

/// <summary>What the last look at the Engine showed.</summary>
/// <param name="Info">The Engine; null where it did not answer.</param>
/// <param name="Problem">Why it did not answer; null where it did.</param>
/// <param name="IsGone">True where nobody listens at its address any more: then it comes back as another process.</param>
internal sealed record EngineHealth(EngineInfo? Info, string? Problem, bool IsGone = false)
    : INoSerializationVerificationNeeded;

/// <summary>Every container of this host, as a full look showed them.</summary>
internal sealed record ContainersSeen(ImmutableArray<ContainerSnapshot> Containers) : INoSerializationVerificationNeeded;

/// <summary>The Engine told of something that happened to a container of this host.</summary>
internal sealed record ContainerActed(InstanceId InstanceId, string ContainerId, string Action)
    : INoSerializationVerificationNeeded;

/// <summary>Something happened to a container of this host, and this is what a look at it showed.</summary>
internal sealed record ContainerStirred(InstanceId InstanceId, ContainerSighting Sighting)
    : INoSerializationVerificationNeeded;

/// <summary>An instance asked for a look at its container, and this is what it showed.</summary>
/// <param name="Ask">What was asked.</param>
/// <param name="Sighting">What was seen; null where the container is gone.</param>
internal sealed record ContainerInspected(HostProtocol.InspectContainer Ask, ContainerSighting? Sighting)
    : INoSerializationVerificationNeeded;

/// <summary>The Engine answers again after it did not.</summary>
internal sealed class EngineAnswersAgain : INoSerializationVerificationNeeded
{
    public static readonly EngineAnswersAgain Instance = new();
}

/// <summary>Ask the Engine now whether it is there.</summary>
internal sealed class LookAtEngine : INoSerializationVerificationNeeded
{
    public static readonly LookAtEngine Instance = new();
}

/// <summary>The sandbox of an instance ended, or is gone.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="SandboxId">The sandbox.</param>
/// <param name="StartedAt">When the run that ended had been started; null where that is not known.</param>
/// <param name="IsRemoved">True where it is gone.</param>
internal sealed record SandboxEnded(InstanceId InstanceId, string SandboxId, DateTimeOffset? StartedAt, bool IsRemoved)
    : INoSerializationVerificationNeeded;

/// <summary>A container of this host is no longer there.</summary>
internal sealed record ContainerVanished(InstanceId InstanceId, string ContainerId) : INoSerializationVerificationNeeded;
