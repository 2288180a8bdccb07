using Akka.Actor;
using Akka.Persistence.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Audit;

/// <summary>
/// Answers questions about the past by replaying one instance's journal. It reads only, and asks no instance: what it
/// says holds for the deleted as well.
/// </summary>
internal sealed class AuditActor : UntypedActor
{
    /// <summary>The most text, in characters, that the entries of one page may hold together.</summary>
    private const int MaxPageText = 48 * 1024;

    private readonly ICurrentEventsByPersistenceIdQuery _journal;
    private readonly IMaterializer _materializer;

    public AuditActor(ICurrentEventsByPersistenceIdQuery journal)
    {
        _journal = journal;
        _materializer = Context.Materializer();
    }

    public static Props Props(ICurrentEventsByPersistenceIdQuery journal) =>
        Akka.Actor.Props.Create(() => new AuditActor(journal));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ComputeProtocol.GetHistory query:
                PageAsync(query).PipeTo(Sender, failure: Failure);
                break;
            case ComputeProtocol.GetInstanceAt query:
                AtAsync(query).PipeTo(Sender, failure: Failure);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private async Task<object> PageAsync(ComputeProtocol.GetHistory query)
    {
        var limit = Math.Clamp(query.Limit, 1, ComputeProtocol.MaxPage);
        var events = await Events(query.InstanceId, query.AfterSequence)
            .Take(limit)
            .RunWith(Sink.Seq<EventEnvelope>(), _materializer)
            .ConfigureAwait(false);
        if (events.Count == 0 && query.AfterSequence == 0)
            return new NotFound(query.InstanceId);

        var text = 0;
        var entries = events
            .Select(envelope => HistoryEntry.Of(envelope.SequenceNr, (InstanceEvent)envelope.Event))
            .TakeWhile((entry, i) => (text += Length(entry)) <= MaxPageText || i == 0);
        return new ComputeProtocol.HistoryPage(query.InstanceId, entries.ToEquatableArray());
    }

    private async Task<object> AtAsync(ComputeProtocol.GetInstanceAt query)
    {
        var events = await Events(query.InstanceId, 0)
            .Select(envelope => (InstanceEvent)envelope.Event)
            .RunWith(Sink.Seq<InstanceEvent>(), _materializer)
            .ConfigureAwait(false);
        return InstanceView.Of(InstanceReplay.At(events, query.At)) is { } view
            ? new InstanceFound(query.InstanceId, view)
            : new NotFound(query.InstanceId);
    }

    private Source<EventEnvelope, Akka.NotUsed> Events(InstanceId id, long after) =>
        _journal.CurrentEventsByPersistenceId(id.PersistenceId, after + 1, long.MaxValue);

    private static int Length(HistoryEntry entry) =>
        entry.Data.Sum(item => item.Key.Length + item.Value.Length) + entry.RequestId.Length + entry.Event.Length;

    private static ComputeProtocol.QueryFailed Failure(Exception e) => new(
        e is CorruptJournalException ? new Fault(FaultCode.Internal, e.Message) : Faults.Of(e));
}
