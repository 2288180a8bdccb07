using System.Collections.Immutable;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Hosts;

/// <summary>Looks for files that are kept for nobody.</summary>
internal sealed class FileLook(InstanceContents contents, InstanceFinder finder)
{
    /// <summary>What there is, to be looked at before the instances are asked.</summary>
    public IReadOnlyList<KeptFiles> Kept() => contents.Kept();

    /// <summary>What of it is left over.</summary>
    /// <param name="kept">What there was.</param>
    /// <param name="labels">The labels of all containers of this host.</param>
    /// <param name="views">What instances said since. The others are asked: it must be certain that one is not, or no longer.</param>
    public async Task<IEnumerable<Difference>> CompareAsync(
        IReadOnlyList<KeptFiles> kept,
        IEnumerable<ImmutableSortedDictionary<string, string>> labels,
        IReadOnlyDictionary<InstanceId, InstanceView> views)
    {
        var asked = await finder.AskPhasesAsync(
            kept.Select(files => files.Owner).Where(id => !views.ContainsKey(id))).ConfigureAwait(false);
        var phases = asked.Concat(views.Select(view => KeyValuePair.Create(view.Key, view.Value.Phase))).ToDictionary();
        var owners = labels.Select(OwnerOf).OfType<InstanceId>().ToHashSet();
        return FileReconciliation.Compare(kept, owners, phases);
    }

    /// <summary>The instance that a container of ours has to do with, in whatever way; null where its labels name none.</summary>
    public static InstanceId? OwnerOf(ImmutableSortedDictionary<string, string> labels) =>
        Labels.InstanceOf(labels) ?? Labels.SandboxOf(labels) ?? Labels.RescueOf(labels);
}
