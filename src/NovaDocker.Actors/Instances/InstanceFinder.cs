using Akka.Actor;
using Akka.Cluster.Sharding;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Instances;

/// <summary>
/// Finds instances by asking the region which there are, and each what it is. All that are not deleted are in memory,
/// since the region remembers its entities.
/// </summary>
/// <param name="region">The sharding region of instances.</param>
/// <param name="patience">How long an instance may take to answer; 5 seconds unless told.</param>
internal sealed class InstanceFinder(IActorRef region, TimeSpan? patience = null)
{
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(5);

    /// <summary>The ids of the instances in memory: all that live, and deleted ones that somebody asked about lately.</summary>
    public async Task<IEnumerable<InstanceId>> FindInMemoryAsync()
    {
        var state = await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, _patience).ConfigureAwait(false);
        return state.Shards.SelectMany(shard => shard.EntityIds).Select(InstanceId.Parse);
    }

    /// <summary>
    /// What the instances are. Those that never were are left out, and so is one that does not answer in time, as where its
    /// journal cannot be read: it must not hide the others.
    /// </summary>
    public async Task<IEnumerable<InstanceView>> AskAsync(IEnumerable<InstanceId> ids)
    {
        var views = await Task.WhenAll(ids.Select(AskAsync)).ConfigureAwait(false);
        return views.OfType<InstanceView>();
    }

    /// <summary>Where instances stand, those that never were too; without those that do not answer in time.</summary>
    public async Task<IReadOnlyDictionary<InstanceId, InstancePhase>> AskPhasesAsync(IEnumerable<InstanceId> ids)
    {
        var answers = await Task.WhenAll(ids.Select(AnswerOfAsync)).ConfigureAwait(false);
        return answers.OfType<InstanceProtocol.IInstanceReply>().ToDictionary(
            answer => answer.InstanceId,
            answer => answer is InstanceProtocol.InstanceFound { View.Phase: var phase } ? phase : InstancePhase.Absent);
    }

    private async Task<InstanceView?> AskAsync(InstanceId id) =>
        (await AnswerOfAsync(id).ConfigureAwait(false) as InstanceProtocol.InstanceFound)?.View;

    private async Task<InstanceProtocol.IInstanceReply?> AnswerOfAsync(InstanceId id)
    {
        try
        {
            return await region
                .Ask<InstanceProtocol.IInstanceReply>(new InstanceProtocol.GetInstance(id), _patience).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
