using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Hosts;

/// <summary>Files that the host keeps for an instance.</summary>
/// <param name="Owner">The instance.</param>
/// <param name="KeptAt">When files were last brought for it.</param>
public sealed record KeptFiles(InstanceId Owner, DateTimeOffset KeptAt)
{
    /// <summary>What they are called in a finding. Files that come anew are other ones, and are given their own time.</summary>
    public string Subject => $"files of {Owner}, kept {KeptAt.UtcDateTime:O}";
}

/// <summary>
/// Compares the files that the host keeps for instances with what the instances say. Pure. They are kept before the boot is written
/// down that they come with, so one that was refused, or a node that died in between, leaves them to nobody.
/// </summary>
public static class FileReconciliation
{
    /// <summary>Every difference.</summary>
    /// <param name="kept">The files that are kept.</param>
    /// <param name="withContainer">
    /// The instances that anything in the Engine is labelled with. One of them that is in no journal here was booted under another
    /// journal; its files are as little touched as its container.
    /// </param>
    /// <param name="phases">
    /// Where the instances stand, asked after the look at the files. One that did not answer is not in here, and nothing is said of it.
    /// </param>
    public static IEnumerable<Difference> Compare(
        IEnumerable<KeptFiles> kept, IReadOnlySet<InstanceId> withContainer, IReadOnlyDictionary<InstanceId, InstancePhase> phases) =>
        from files in kept
        where !withContainer.Contains(files.Owner)
        let reason = phases.TryGetValue(files.Owner, out var phase) ? ReasonIn(phase) : null
        where reason is not null
        select new Difference(FindingKind.OrphanFiles, files.Subject, files.Owner, null, reason);

    private static string? ReasonIn(InstancePhase phase) => phase switch
    {
        InstancePhase.Absent => "There is no such instance.",
        InstancePhase.Deleted => "Its instance was deleted.",
        _ => null,
    };
}
