using Akka.Persistence.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using NovaDocker.Actors.Common;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Doors;

/// <summary>
/// Lists instances by asking each: there is no second record of them that could differ. The deleted ones are found in the
/// journal.
/// </summary>
internal sealed class InstanceListing(InstanceFinder finder, ICurrentPersistenceIdsQuery journal, IMaterializer materializer)
{
    private const string Prefix = "instance-";

    /// <summary>One page.</summary>
    public async Task<ComputeProtocol.InstancePage> ListAsync(ComputeProtocol.ListInstances query)
    {
        var limit = Paging.Limit(query.Limit);
        var after = query.After?.ToString() ?? "";
        var all = query.IncludeDeleted ? FindInJournalAsync() : finder.FindInMemoryAsync();
        var ids = (await all.ConfigureAwait(false))
            .Where(id => string.CompareOrdinal(id.ToString(), after) > 0)
            .OrderBy(id => id.ToString(), StringComparer.Ordinal);

        var page = new List<InstanceView>(limit);
        foreach (var chunk in ids.Chunk(limit))
        {
            var found = await finder.AskAsync(chunk).ConfigureAwait(false);
            page.AddRange(found.Where(view => query.IncludeDeleted || view.Phase != InstancePhase.Deleted));

            // One more than fits tells that there is a next page.
            var fitting = Paging.FirstPage(page, limit, TextOf);
            if (fitting.Count < page.Count)
                return new ComputeProtocol.InstancePage(fitting, fitting[^1].Id);
        }

        return new ComputeProtocol.InstancePage(page.ToEquatableArray(), null);
    }

    private static int TextOf(InstanceView view) =>
        view.Name.Length + view.Command.Sum(word => word.Length) + view.EnvironmentNames.Sum(name => name.Length)
        + (view.Fault?.Message.Length ?? 0);

    private async Task<IEnumerable<InstanceId>> FindInJournalAsync()
    {
        var ids = await journal.CurrentPersistenceIds()
            .Where(id => id.StartsWith(Prefix, StringComparison.Ordinal))
            .RunWith(Sink.Seq<string>(), materializer)
            .ConfigureAwait(false);
        return ids.Select(id => InstanceId.Parse(id[Prefix.Length..]));
    }
}
