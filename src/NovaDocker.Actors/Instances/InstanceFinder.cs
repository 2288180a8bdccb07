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
internal sealed class InstanceFinder(IActorRef region)
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The ids of the instances in memory: all that live, and deleted ones that somebody asked about lately.</summary>
    public async Task<IEnumerable<InstanceId>> FindInMemoryAsync()
    {
        var state = await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, AskTimeout).ConfigureAwait(false);
        return state.Shards.SelectMany(shard => shard.EntityIds).Select(InstanceId.Parse);
    }

    /// <summary>What the instances are; those that never were are left out.</summary>
    public async Task<IEnumerable<InstanceView>> AskAsync(IEnumerable<InstanceId> ids)
    {
        var answers = await Task.WhenAll(ids.Select(id =>
            region.Ask<InstanceProtocol.IInstanceReply>(new InstanceProtocol.GetInstance(id), AskTimeout))).ConfigureAwait(false);
        return answers.OfType<InstanceProtocol.InstanceFound>().Select(found => found.View);
    }
}
