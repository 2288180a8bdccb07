using System.Collections.Immutable;
using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Docker;

/// <summary>The connection pool was opened, at start or after a restart of its owner: earlier ones are closed.</summary>
internal sealed record EngineOpened(IContainerEngine Engine) : INoSerializationVerificationNeeded;

/// <summary>What the last look at the Engine showed.</summary>
/// <param name="Info">The Engine; null where it did not answer.</param>
/// <param name="Problem">Why it did not answer; null where it did.</param>
internal sealed record EngineHealth(EngineInfo? Info, string? Problem) : INoSerializationVerificationNeeded;

/// <summary>Every container of this host, as a full look showed them.</summary>
internal sealed record ContainersSeen(ImmutableArray<ContainerSnapshot> Containers) : INoSerializationVerificationNeeded;

/// <summary>A container of this host has ended.</summary>
internal sealed record ContainerEnded(InstanceId InstanceId, string ContainerId, ContainerExit Exit)
    : INoSerializationVerificationNeeded;

/// <summary>A container of this host is no longer there.</summary>
internal sealed record ContainerVanished(InstanceId InstanceId, string ContainerId) : INoSerializationVerificationNeeded;
