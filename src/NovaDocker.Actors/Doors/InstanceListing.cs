using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Persistence.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Doors;

/// <summary>
/// Lists instances by asking each: there is no second record of them that could differ. Those that are not deleted are in
/// memory, since the region remembers its entities; the deleted ones are found in the journal.
/// </summary>
internal sealed class InstanceListing(IActorRef instances, ICurrentPersistenceIdsQuery journal, IMaterializer materializer)
{
    private const string Prefix = "instance-";
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(10);

    /// <summary>One page.</summary>
    public async Task<ComputeProtocol.InstancePage> ListAsync(ComputeProtocol.ListInstances query)
    {
        var limit = Math.Clamp(query.Limit, 1, ComputeProtocol.MaxPage);
        var after = query.After?.ToString() ?? "";
        var ids = (query.IncludeDeleted ? await FindInJournalAsync().ConfigureAwait(false) : await FindInMemoryAsync().ConfigureAwait(false))
            .Where(id => string.CompareOrdinal(id.ToString(), after) > 0)
            .OrderBy(id => id.ToString(), StringComparer.Ordinal);

        var page = new List<InstanceView>(limit);
        foreach (var chunk in ids.Chunk(limit))
        {
            var found = await Task.WhenAll(chunk.Select(AskAsync)).ConfigureAwait(false);
            foreach (var view in found)
            {
                if (view is null || (!query.IncludeDeleted && view.Phase == InstancePhase.Deleted))
                    continue;
                if (page.Count == limit)
                    return new ComputeProtocol.InstancePage(page.ToEquatableArray(), page[^1].Id);
                page.Add(view);
            }
        }

        return new ComputeProtocol.InstancePage(page.ToEquatableArray(), null);
    }

    private async Task<InstanceView?> AskAsync(InstanceId id) =>
        await instances.Ask<InstanceProtocol.IInstanceReply>(new InstanceProtocol.GetInstance(id), AskTimeout)
            .ConfigureAwait(false) is InstanceProtocol.InstanceFound { View: var view } ? view : null;

    private async Task<IEnumerable<InstanceId>> FindInMemoryAsync()
    {
        var region = await instances.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, AskTimeout)
            .ConfigureAwait(false);
        return region.Shards.SelectMany(shard => shard.EntityIds).Select(InstanceId.Parse);
    }

    private async Task<IEnumerable<InstanceId>> FindInJournalAsync()
    {
        var ids = await journal.CurrentPersistenceIds()
            .Where(id => id.StartsWith(Prefix, StringComparison.Ordinal))
            .RunWith(Sink.Seq<string>(), materializer)
            .ConfigureAwait(false);
        return ids.Select(id => InstanceId.Parse(id[Prefix.Length..]));
    }
}
