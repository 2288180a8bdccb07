using NovaDocker.Actors.Journal;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;

namespace NovaDocker.Actors.Audit;

/// <summary>Reads out of the journal of all instances what those of one host did by themselves.</summary>
/// <param name="journal">The journal.</param>
/// <param name="host">The host.</param>
internal sealed class LifecycleReader(JournalTail journal, HostId host)
{
    /// <summary>Events of the journal that are held in memory at once.</summary>
    private const int Stretch = 500;

    /// <summary>What comes after a cursor, up to a full page or the journal's end; null for where that is.</summary>
    /// <exception cref="UnknownCursorException">The journal ends before it.</exception>
    public async Task<ComputeProtocol.LifecyclePage> ReadAsync(long? after)
    {
        var last = await journal.EndAsync().ConfigureAwait(false);
        if (after is not { } cursor)
            return new ComputeProtocol.LifecyclePage([], last);
        if (cursor > last)
            throw new UnknownCursorException(cursor, last);
        var found = new List<LifecycleEvent>();
        while (true)
        {
            var read = await journal.ReadAsync(cursor, last, Stretch).ConfigureAwait(false);
            foreach (var (place, @event) in read)
            {
                cursor = place;
                if (@event.Header.Host == host && LifecycleEvent.Of(place, @event) is { } news)
                    found.Add(news);
                if (found.Count == ComputeProtocol.MaxPage)
                    return new ComputeProtocol.LifecyclePage(found.ToEquatableArray(), cursor);
            }

            if (read.Count < Stretch)
                return new ComputeProtocol.LifecyclePage(found.ToEquatableArray(), last);
        }
    }
}
