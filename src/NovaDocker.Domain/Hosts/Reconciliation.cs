using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Hosts;

/// <summary>How the Engine and the journal differ. Numbers are on the wire and never change.</summary>
public enum FindingKind
{
    /// <summary>A container of ours that its instance does not account for.</summary>
    OrphanContainer = 1,

    /// <summary>The local image of a snapshot that nobody is making.</summary>
    OrphanCommit = 2,

    /// <summary>A container that an instance accounts for and the Engine does not have.</summary>
    LostContainer = 3,

    /// <summary>A container that has ended while its instance is believed to run.</summary>
    EndedContainer = 4,

    /// <summary>
    /// A container with our labels whose instance is in no journal here. Since a boot is journaled before anything is made,
    /// that means another journal than the one it was booted under: it is reported, and never removed.
    /// </summary>
    UnknownContainer = 5,

    /// <summary>A container that somebody paused, unpaused, started, restarted or renamed behind our back.</summary>
    DriftedContainer = 6,

    /// <summary>A sandbox of ours that its instance does not account for.</summary>
    OrphanSandbox = 7,

    /// <summary>A sandbox that an instance accounts for, and that ended or is gone.</summary>
    LostSandbox = 8,

    /// <summary>A port of a running instance that is not plugged as it is to be.</summary>
    BrokenVif = 9,

    /// <summary>A network device of ours whose port no instance accounts for.</summary>
    OrphanVif = 10,

    /// <summary>A rescue container of ours that its instance does not account for.</summary>
    OrphanRescue = 11,

    /// <summary>Files kept for an instance that does not exist or was deleted.</summary>
    OrphanFiles = 12,

    /// <summary>A bridge that was made here, or the interface of a VLAN, that no instance's port needs.</summary>
    OrphanNetwork = 13,
}

/// <summary>A container of this host, as a full look at the Engine showed it.</summary>
/// <param name="InstanceId">The instance that its labels name; null where they name none.</param>
/// <param name="Sighting">What was seen of it.</param>
public sealed record SeenContainer(InstanceId? InstanceId, ContainerSighting Sighting)
{
    /// <summary>The Engine's id.</summary>
    public string Id => Sighting.ContainerId;
}

/// <summary>One difference between Engine and journal.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Subject">The container's id, or the image's tag.</param>
/// <param name="InstanceId">The instance concerned; null where none is known.</param>
/// <param name="Sighting">What was seen of the container; null where none was.</param>
/// <param name="Reason">Why it is one, in a sentence.</param>
public sealed record Difference(
    FindingKind Kind, string Subject, InstanceId? InstanceId, ContainerSighting? Sighting, string Reason);

/// <summary>
/// Compares what the Engine holds under our labels with what the instances say. Pure. Where an operation is under way the
/// instance's own steps settle matters, and nothing is said.
/// </summary>
public static class Reconciliation
{
    /// <summary>Every difference.</summary>
    /// <param name="containers">All containers of this host.</param>
    /// <param name="commits">Tags of all local snapshot images of this host.</param>
    /// <param name="instances">What the instances say, asked after the look at the Engine: those of this host, and those that labels name.</param>
    public static IEnumerable<Difference> Compare(
        IReadOnlyCollection<SeenContainer> containers,
        IReadOnlyCollection<string> commits,
        IReadOnlyDictionary<InstanceId, InstanceView> instances)
    {
        foreach (var container in containers)
        {
            if (Judge(container, instances) is { } difference)
                yield return difference;
        }

        var present = containers.Select(container => container.Id).ToHashSet();
        foreach (var view in instances.Values)
        {
            if (IsAtRest(view) && view.ContainerId is { } id && !present.Contains(id)
                && view.Phase is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped)
            {
                yield return new Difference(
                    FindingKind.LostContainer, id, view.Id, null, "The instance has it, the Engine does not.");
            }
        }

        // A view does not name the snapshot under way; while there is one, none is called an orphan.
        if (instances.Values.Any(view => view.Phase is InstancePhase.Snapshotting or InstancePhase.Deleting))
            yield break;
        foreach (var tag in commits)
            yield return new Difference(FindingKind.OrphanCommit, tag, null, null, "No snapshot is under way that would need it.");
    }

    private static Difference? Judge(SeenContainer container, IReadOnlyDictionary<InstanceId, InstanceView> instances)
    {
        if (container.InstanceId is not { } id)
            return Differs(FindingKind.UnknownContainer, "Its labels name no instance.");
        if (!instances.TryGetValue(id, out var view))
            return Differs(FindingKind.UnknownContainer, "The instance that its labels name is not in this journal.");
        if (view.Phase == InstancePhase.Deleted)
            return Differs(FindingKind.OrphanContainer, "Its instance was deleted.");
        if (!IsAtRest(view))
            return null;
        if (view.ContainerId != container.Id)
            return Differs(FindingKind.OrphanContainer, "Its instance has another container, or none.");
        var seen = container.Sighting;
        if (seen.Exit is { } exit && view.LastExit?.RunStartedAt != exit.RunStartedAt
            && view.Phase is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended)
            return Differs(FindingKind.EndedContainer, $"It has ended: {exit}.");
        var drifts = ContainerDrift.KindsOf(view.Phase, view.RunStartedAt, seen).ToList();
        if (ContainerDrift.IsRenamed(id, view.ContainerAlias, seen))
            drifts.Add(DriftKind.Renamed);
        return drifts.Count > 0
            ? Differs(
                FindingKind.DriftedContainer,
                $"It was {string.Join(" and ", drifts).ToLowerInvariant()} behind our back: {seen.Name}, {seen.Condition}.")
            : null;

        Difference Differs(FindingKind kind, string reason) =>
            new(kind, container.Id, container.InstanceId, container.Sighting, reason);
    }

    private static bool IsAtRest(InstanceView view) => view.Operation is null;
}
