using System.Collections.Immutable;
using System.Globalization;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Docker;

/// <summary>
/// The labels by which containers and images of ours are known. A name is a help for people; what does not carry these
/// labels with this host's and cluster's names is not touched.
/// </summary>
internal static class Labels
{
    /// <summary>What all of ours begin with.</summary>
    public const string Prefix = "org.novadocker.";

    public const string Instance = "org.novadocker.instance-id";
    public const string Host = "org.novadocker.host-id";
    public const string Cluster = "org.novadocker.cluster";
    public const string MemoryMb = "org.novadocker.memory-mb";
    public const string Vcpus = "org.novadocker.vcpus";
    public const string Snapshot = "org.novadocker.snapshot-id";

    /// <summary>The name that a document gave the container. It is not its identity.</summary>
    public const string Alias = "org.novadocker.alias";

    /// <summary>The instance whose network namespace a sandbox owns. It is no container of the instance's: other labels, other steps.</summary>
    public const string Sandbox = "org.novadocker.sandbox-of";

    /// <summary>The instance that a rescue container, or its volume, stands in for. It is no container of the instance's either.</summary>
    public const string Rescue = "org.novadocker.rescue-of";

    /// <summary>The container whose file system a rescue container has within reach.</summary>
    public const string RescuedContainer = "org.novadocker.rescued-container";

    /// <summary>The labels of everything that this host made.</summary>
    public static ImmutableSortedDictionary<string, string> OfHost(HostIdentity host) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(Host, host.Id.Value).Add(Cluster, host.ClusterName);

    /// <summary>The labels that tell an instance's containers from all others.</summary>
    public static ImmutableSortedDictionary<string, string> OfInstance(HostIdentity host, InstanceId id) =>
        OfHost(host).Add(Instance, id.ToString());

    /// <summary>The labels that tell an instance's sandbox from all other containers.</summary>
    public static ImmutableSortedDictionary<string, string> OfSandbox(HostIdentity host, InstanceId id) =>
        OfHost(host).Add(Sandbox, id.ToString());

    /// <summary>The labels that tell what stands in for an instance from all else.</summary>
    public static ImmutableSortedDictionary<string, string> OfRescue(HostIdentity host, InstanceId id) =>
        OfHost(host).Add(Rescue, id.ToString());

    /// <summary>
    /// All labels that a rescue container is made with. Its image may be a snapshot of an instance, and carry that one's: they are
    /// made void.
    /// </summary>
    public static ImmutableSortedDictionary<string, string> ForRescue(HostIdentity host, InstanceId id, string container) =>
        OfRescue(host, id).Add(RescuedContainer, container).Add(Instance, "").Add(Sandbox, "");

    /// <summary>
    /// The instance that a container stands in for; null where it is no rescue container. An instance's own container is none,
    /// whatever its image has for labels.
    /// </summary>
    public static InstanceId? RescueOf(ImmutableSortedDictionary<string, string> labels) =>
        InstanceOf(labels) is null && InstanceId.TryParse(labels.GetValueOrDefault(Rescue), out var id) ? id : null;

    /// <summary>The instance whose sandbox a container is; null where it is none, as an instance's own container is, too.</summary>
    public static InstanceId? SandboxOf(ImmutableSortedDictionary<string, string> labels) =>
        InstanceOf(labels) is null && InstanceId.TryParse(labels.GetValueOrDefault(Sandbox), out var id) ? id : null;

    /// <summary>All labels that a container is made with.</summary>
    public static ImmutableSortedDictionary<string, string> ForContainer(HostIdentity host, InstanceId id, InstanceSpec spec) =>
        OfInstance(host, id)
            .Add(MemoryMb, spec.MemoryMb.ToString(CultureInfo.InvariantCulture))
            .Add(Vcpus, spec.Vcpus.ToString(CultureInfo.InvariantCulture));

    /// <summary>The instance that a container of ours belongs to; null where its labels name none.</summary>
    public static InstanceId? InstanceOf(ImmutableSortedDictionary<string, string> labels) =>
        InstanceId.TryParse(labels.GetValueOrDefault(Instance), out var id) ? id : null;

    /// <summary>What a container of ours was given; null where its labels do not say.</summary>
    public static Claim? ClaimOf(ImmutableSortedDictionary<string, string> labels) =>
        long.TryParse(labels.GetValueOrDefault(MemoryMb), out var memory)
            && int.TryParse(labels.GetValueOrDefault(Vcpus), out var vcpus)
            ? new Claim(memory, vcpus)
            : null;
}
