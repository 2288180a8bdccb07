using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Persistence.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using NovaDocker.Actors.Common;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Doors;

/// <summary>
/// Lists instances: which there are, the journal says. Those in memory are asked; the others are replayed, which changes
/// nothing: the deleted, and, right after a start, those that the region has not brought back yet. A list tells nothing of
/// options and user data, so that a page holds many instances: who wants them asks for the instance.
/// </summary>
internal sealed class InstanceListing(
    InstanceFinder finder,
    ICurrentPersistenceIdsQuery journaledIds,
    ICurrentEventsByPersistenceIdQuery journal,
    IMaterializer materializer)
{
    private const string Prefix = "instance-";

    /// <summary>
    /// Instances known to be deleted: a list that leaves them out need not replay them again. One that was booted once more since is
    /// in memory.
    /// </summary>
    private readonly ConcurrentDictionary<InstanceId, bool> _deleted = new();

    private volatile Task<ImmutableArray<InstanceView>>? _finding;

    /// <summary>One page.</summary>
    public async Task<ComputeProtocol.InstancePage> ListAsync(ComputeProtocol.ListInstances query)
    {
        var limit = Paging.Limit(query.Limit);
        var after = query.After?.ToString() ?? "";
        var inMemory = (await finder.FindInMemoryAsync().ConfigureAwait(false)).ToHashSet();
        var ids = (await FindInJournalAsync().ConfigureAwait(false))
            .Where(id => query.IncludeDeleted || !_deleted.ContainsKey(id) || inMemory.Contains(id))
            .Where(id => string.CompareOrdinal(id.ToString(), after) > 0)
            .OrderBy(id => id.ToString(), StringComparer.Ordinal);

        var page = new List<InstanceView>(limit);
        foreach (var chunk in ids.Chunk(limit))
        {
            var asked = await finder.AskAsync(chunk.Where(inMemory.Contains)).ConfigureAwait(false);
            var replayed = await Task.WhenAll(chunk.Where(id => !inMemory.Contains(id)).Select(ReplayAsync)).ConfigureAwait(false);
            var found = asked.Concat(replayed.OfType<InstanceView>()).OrderBy(view => view.Id.ToString(), StringComparer.Ordinal);
            page.AddRange(found
                .Where(view => query.IncludeDeleted || view.Phase != InstancePhase.Deleted)
                .Select(view => view with { Options = [], UserData = null }));

            // One more than fits tells that there is a next page.
            var fitting = Paging.FirstPage(page, limit, TextOf);
            if (fitting.Count < page.Count)
                return new ComputeProtocol.InstancePage(fitting, fitting[^1].Id);
        }

        return new ComputeProtocol.InstancePage(page.ToEquatableArray(), null);
    }

    /// <summary>Every instance that is not deleted.</summary>
    public Task<ImmutableArray<InstanceView>> FindLivingAsync()
    {
        var finding = FindAsync();
        _finding = finding;
        return finding;
    }

    /// <summary>
    /// Which instances are not deleted. Where that is being found out already the answer is taken from there, so that a start
    /// replays the deleted once: who was booted meanwhile is in memory.
    /// </summary>
    public async Task<IReadOnlyCollection<InstanceId>> FindLivingIdsAsync()
    {
        var finding = _finding is { IsCompleted: false } begun ? begun : FindLivingAsync();
        return [.. (await finding.ConfigureAwait(false)).Select(view => view.Id)];
    }

    private async Task<ImmutableArray<InstanceView>> FindAsync()
    {
        var found = ImmutableArray.CreateBuilder<InstanceView>();
        InstanceId? after = null;
        do
        {
            var page = await ListAsync(new ComputeProtocol.ListInstances(after, ComputeProtocol.MaxPage, IncludeDeleted: false))
                .ConfigureAwait(false);
            found.AddRange(page.Instances);
            after = page.Next;
        }
        while (after is not null);
        return found.ToImmutable();
    }

    private static int TextOf(InstanceView view) =>
        view.Name.Length + view.Command.Sum(word => word.Length) + view.EnvironmentNames.Sum(name => name.Length)
        + (view.Fault?.Message.Length ?? 0) + view.Ports.Sum(port => VifSize.Of(port.Vif));

    private async Task<InstanceView?> ReplayAsync(InstanceId id)
    {
        var events = await journal.CurrentEventsByPersistenceId(id.PersistenceId, 1, long.MaxValue)
            .Select(envelope => (InstanceProtocol.InstanceEvent)envelope.Event)
            .RunWith(Sink.Seq<InstanceProtocol.InstanceEvent>(), materializer)
            .ConfigureAwait(false);
        try
        {
            var view = InstanceView.Of(InstanceReplay.Fold(events));
            if (view?.Phase == InstancePhase.Deleted)
                _deleted[id] = true;
            return view;
        }
        catch (CorruptJournalException)
        {
            // It must not hide the others; asked about by its id, it tells what is wrong with it.
            return null;
        }
    }

    private async Task<IEnumerable<InstanceId>> FindInJournalAsync()
    {
        var ids = await journaledIds.CurrentPersistenceIds()
            .Where(id => id.StartsWith(Prefix, StringComparison.Ordinal))
            .RunWith(Sink.Seq<string>(), materializer)
            .ConfigureAwait(false);
        return ids.Select(id => InstanceId.Parse(id[Prefix.Length..]));
    }
}
