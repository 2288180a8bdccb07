using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Testing;

/// <summary>Everything that a <see cref="Verdict"/> is reached by, taken when all is quiet.</summary>
public sealed record Evidence
{
    /// <summary>Every instance that there ever was.</summary>
    public required IReadOnlyCollection<InstanceEvidence> Instances { get; init; }

    /// <summary>Every command that a node said it would carry out.</summary>
    public required IReadOnlyCollection<(InstanceId Instance, string RequestId)> Acknowledged { get; init; }

    /// <summary>Every container of the host.</summary>
    public required IReadOnlyCollection<ContainerSnapshot> Containers { get; init; }

    /// <summary>Every image in the Engine that carries the host's labels.</summary>
    public required IReadOnlyCollection<EngineImage> EngineImages { get; init; }

    /// <summary>The network devices of the host that were made for ports, each with the namespace that its other end is in; null where nobody looked.</summary>
    public IReadOnlyDictionary<string, string>? Devices { get; init; }

    /// <summary>The bridges that were made.</summary>
    public IReadOnlyCollection<string> Bridges { get; init; } = [];

    /// <summary>The names of the volumes of rescue containers.</summary>
    public IReadOnlyCollection<string> Volumes { get; init; } = [];

    /// <summary>The ids of the images in the store.</summary>
    public required IReadOnlyCollection<string> StoredImages { get; init; }

    /// <summary>Those of them that were put there by the test.</summary>
    public required IReadOnlyCollection<string> BaseImages { get; init; }
}

/// <summary>What is known of one instance.</summary>
/// <param name="View">As it shows itself.</param>
/// <param name="History">All its events.</param>
/// <param name="Replayed">As its events alone make it.</param>
public sealed record InstanceEvidence(InstanceView View, IReadOnlyList<HistoryEntry> History, InstanceView? Replayed);
