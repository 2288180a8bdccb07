using Akka.Event;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Hosts;

/// <summary>
/// Asks the instances what they are: those that the region has in memory and those that are named; and, until all of these have
/// answered at the same time once, those that live by the journal. Right after a start the region has not brought all of them back,
/// and what one of these has lost would not be missed.
/// </summary>
/// <param name="finder">Asks them.</param>
/// <param name="findLiving">Finds those that live, by the journal.</param>
/// <param name="log">Where it says that the journal could not be asked.</param>
internal sealed class InstanceSurvey(
    InstanceFinder finder, Func<Task<IReadOnlyCollection<InstanceId>>> findLiving, ILoggingAdapter log)
{
    private volatile bool _isWhole;

    /// <summary>True once all that live have answered.</summary>
    public bool IsWhole => _isWhole;

    /// <summary>What the instances are; without those that never were, or do not answer in time.</summary>
    /// <param name="named">Instances that somebody names, whether they live or not.</param>
    public async Task<IReadOnlyDictionary<InstanceId, InstanceView>> AskAsync(IEnumerable<InstanceId> named)
    {
        var journaled = _isWhole ? [] : await FindJournaledAsync().ConfigureAwait(false);
        var ids = (await finder.FindInMemoryAsync().ConfigureAwait(false)).Concat(journaled ?? []).Concat(named).Distinct();
        var views = (await finder.AskAsync(ids).ConfigureAwait(false)).ToDictionary(view => view.Id);
        _isWhole = journaled?.All(views.ContainsKey) == true;
        return views;
    }

    /// <summary>Those that live by the journal; null where it cannot be asked.</summary>
    private async Task<IReadOnlyCollection<InstanceId>?> FindJournaledAsync()
    {
        try
        {
            return await findLiving().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // However the journal is away: it is asked again, and the region is asked all the same.
        catch (Exception e)
        {
            log.Debug("The journal did not say which instances live: {0}", e.Message);
            return null;
        }
#pragma warning restore CA1031
    }
}
