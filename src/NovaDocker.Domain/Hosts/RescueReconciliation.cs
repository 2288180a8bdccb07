using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Hosts;

/// <summary>A rescue container of this host, as a full look at the Engine showed it.</summary>
/// <param name="Owner">The instance that its labels name.</param>
/// <param name="Sighting">What was seen of it.</param>
public sealed record SeenRescue(InstanceId Owner, ContainerSighting Sighting);

/// <summary>
/// Compares the rescue containers in the Engine with what the instances say. Pure, and silent where an operation is under way, as
/// <see cref="Reconciliation"/> is.
/// </summary>
public static class RescueReconciliation
{
    /// <summary>Every difference.</summary>
    /// <param name="rescues">All rescue containers of this host.</param>
    /// <param name="instances">What the instances say, asked after the look at the Engine.</param>
    public static IEnumerable<Difference> Compare(
        IEnumerable<SeenRescue> rescues, IReadOnlyDictionary<InstanceId, InstanceView> instances) =>
        from seen in rescues
        let difference = Judge(seen, instances)
        where difference is not null
        select difference;

    private static Difference? Judge(SeenRescue seen, IReadOnlyDictionary<InstanceId, InstanceView> instances)
    {
        if (!instances.TryGetValue(seen.Owner, out var view))
            return Differs(FindingKind.UnknownContainer, "The instance that its labels name is not in this journal.");
        return view.Operation is null && view.Rescue?.ContainerId != seen.Sighting.ContainerId
            ? Differs(FindingKind.OrphanRescue, "Its instance is not rescued, or by another container.")
            : null;

        Difference Differs(FindingKind kind, string reason) => new(kind, seen.Sighting.ContainerId, seen.Owner, seen.Sighting, reason);
    }
}
