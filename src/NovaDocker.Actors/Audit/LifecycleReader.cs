using Akka.Persistence.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using NovaDocker.Actors.Journal;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Audit;

/// <summary>Reads out of the journal of all instances what those of one host did by themselves.</summary>
/// <param name="journal">The journal, in the order in which it was written.</param>
/// <param name="end">Where it ends.</param>
/// <param name="host">The host.</param>
/// <param name="materializer">What streams run on.</param>
internal sealed class LifecycleReader(ICurrentAllEventsQuery journal, JournalEnd end, HostId host, IMaterializer materializer)
{
    /// <summary>Events of the journal that are held in memory at once.</summary>
    private const int Stretch = 500;

    /// <summary>What comes after a cursor, up to a full page or the journal's end; null for where that is.</summary>
    /// <exception cref="UnknownCursorException">The journal ends before it.</exception>
    public async Task<ComputeProtocol.LifecyclePage> ReadAsync(long? after)
    {
        if (after is not { } cursor)
            return new ComputeProtocol.LifecyclePage([], await end.ReadAsync().ConfigureAwait(false));
        var last = await end.ReadAsync().ConfigureAwait(false);
        if (cursor > last)
            throw new UnknownCursorException(cursor, last);
        var found = new List<LifecycleEvent>();
        while (true)
        {
            var read = await journal.CurrentAllEvents(Offset.Sequence(cursor))
                .Take(Stretch)
                .RunWith(Sink.Seq<EventEnvelope>(), materializer)
                .ConfigureAwait(false);
            foreach (var envelope in read)
            {
                cursor = ((Sequence)envelope.Offset).Value;
                if (envelope.Event is InstanceEvent @event && @event.Header.Host == host && LifecycleEvent.Of(cursor, @event) is { } news)
                    found.Add(news);
                if (found.Count == ComputeProtocol.MaxPage)
                    return Page();
            }

            if (read.Count < Stretch)
                return Page();
        }

        ComputeProtocol.LifecyclePage Page() => new(found.ToEquatableArray(), cursor);
    }
}
