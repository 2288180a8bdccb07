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
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private static readonly InstanceMessageExtractor Extractor = new();

    /// <summary>The ids of the instances in memory: all that live, and deleted ones that somebody asked about lately.</summary>
    public async Task<IEnumerable<InstanceId>> FindInMemoryAsync() => IdsOf(await AskRegionAsync().ConfigureAwait(false));

    /// <summary>
    /// The same, complete: waits until every shard that these instances ever lived in is back. After a start, and after a
    /// fault of the journal, shards come back one by one, and what lives in the others would be missing.
    /// </summary>
    /// <param name="known">Instances that exist or existed.</param>
    /// <exception cref="AskTimeoutException">They are not all back in time.</exception>
    public async Task<IEnumerable<InstanceId>> FindInMemoryAsync(IEnumerable<InstanceId> known)
    {
        var expected = known.Select(id => Extractor.ShardId(id.ToString())).ToHashSet(StringComparer.Ordinal);
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < AskTimeout)
        {
            var state = await AskRegionAsync().ConfigureAwait(false);
            if (expected.IsSubsetOf(state.Shards.Select(shard => shard.ShardId)))
                return IdsOf(state);
            await Task.Delay(LookAgain).ConfigureAwait(false);
        }

        throw new AskTimeoutException("The instances are still being brought back.");
    }

    /// <summary>What the instances are; those that never were are left out.</summary>
    public async Task<IEnumerable<InstanceView>> AskAsync(IEnumerable<InstanceId> ids)
    {
        var answers = await Task.WhenAll(ids.Select(id =>
            region.Ask<InstanceProtocol.IInstanceReply>(new InstanceProtocol.GetInstance(id), AskTimeout))).ConfigureAwait(false);
        return answers.OfType<InstanceProtocol.InstanceFound>().Select(found => found.View);
    }

    private Task<CurrentShardRegionState> AskRegionAsync() =>
        region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, AskTimeout);

    private static IEnumerable<InstanceId> IdsOf(CurrentShardRegionState state) =>
        state.Shards.SelectMany(shard => shard.EntityIds).Select(InstanceId.Parse);
}
