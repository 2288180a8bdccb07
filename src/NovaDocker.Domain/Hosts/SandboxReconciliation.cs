using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Hosts;

/// <summary>A sandbox of this host, as a full look at the Engine showed it.</summary>
/// <param name="Owner">The instance that its labels name.</param>
/// <param name="Sighting">What was seen of it.</param>
public sealed record SeenSandbox(InstanceId Owner, ContainerSighting Sighting);

/// <summary>
/// Compares the sandboxes in the Engine with what the instances say. Pure, and silent where an operation is under way, as
/// <see cref="Reconciliation"/> is.
/// </summary>
public static class SandboxReconciliation
{
    /// <summary>Every difference.</summary>
    /// <param name="sandboxes">All sandboxes of this host.</param>
    /// <param name="instances">What the instances say, asked after the look at the Engine.</param>
    public static IEnumerable<Difference> Compare(
        IReadOnlyCollection<SeenSandbox> sandboxes, IReadOnlyDictionary<InstanceId, InstanceView> instances)
    {
        foreach (var seen in sandboxes)
        {
            if (Judge(seen, instances) is { } difference)
                yield return difference;
        }

        var present = sandboxes.Select(seen => seen.Sighting.ContainerId).ToHashSet();
        foreach (var view in instances.Values)
        {
            if (view is { Operation: null, SandboxId: { } id, IsSandboxUp: true } && !present.Contains(id))
            {
                yield return new Difference(
                    FindingKind.LostSandbox, id, view.Id, null, "The instance has it, the Engine does not.");
            }
        }
    }

    private static Difference? Judge(SeenSandbox seen, IReadOnlyDictionary<InstanceId, InstanceView> instances)
    {
        var id = seen.Sighting.ContainerId;
        // A boot is journaled before anything is made: this is another journal's.
        if (!instances.TryGetValue(seen.Owner, out var view))
            return Differs(FindingKind.UnknownContainer, "The instance that its labels name is not in this journal.");
        if (view.Phase == InstancePhase.Deleted)
            return Differs(FindingKind.OrphanSandbox, "Its instance was deleted.");
        if (view.Operation is not null)
            return null;
        if (view.SandboxId != id)
            return Differs(FindingKind.OrphanSandbox, "Its instance has another sandbox, or none.");
        return view.IsSandboxUp && seen.Sighting.Condition is ContainerCondition.Ended or ContainerCondition.NeverStarted
            ? Differs(FindingKind.LostSandbox, "It does not run, and the ports of its instance are gone with it.")
            : null;

        Difference Differs(FindingKind kind, string reason) => new(kind, id, seen.Owner, seen.Sighting, reason);
    }
}
