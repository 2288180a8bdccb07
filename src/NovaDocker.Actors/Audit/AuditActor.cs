using Akka.Actor;
using Akka.Persistence.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using NovaDocker.Actors.Common;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Audit;

/// <summary>
/// Answers questions about the past by replaying the journal of one instance, or a host's ledger of images. It reads only, and asks
/// no instance: what it says holds for the deleted as well.
/// </summary>
internal sealed class AuditActor : UntypedActor
{
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
            case ComputeProtocol.GetOperation query:
                OperationAsync(query).PipeTo(Sender, failure: Failure);
                break;
            case ComputeProtocol.GetImageHistory query:
                ImagePageAsync(query).PipeTo(Sender, failure: Failure);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private async Task<object> PageAsync(ComputeProtocol.GetHistory query)
    {
        var events = await Events(query.InstanceId, query.AfterSequence)
            .Take(Paging.Limit(query.Limit))
            .RunWith(Sink.Seq<EventEnvelope>(), _materializer)
            .ConfigureAwait(false);
        if (events.Count == 0 && query.AfterSequence == 0)
            return new NotFound(query.InstanceId);

        var entries = events.Select(envelope => HistoryEntry.Of(envelope.SequenceNr, (InstanceEvent)envelope.Event));
        return new ComputeProtocol.HistoryPage(query.InstanceId, Paging.FirstPage(entries, query.Limit, TextOf));
    }

    private async Task<object> OperationAsync(ComputeProtocol.GetOperation query)
    {
        var events = await AllAsync(query.InstanceId).ConfigureAwait(false);
        return events.Count == 0
            ? new NotFound(query.InstanceId)
            : new ComputeProtocol.OperationReport(query.InstanceId, OperationRecord.Of(query.OperationId, events));
    }

    private async Task<object> AtAsync(ComputeProtocol.GetInstanceAt query)
    {
        var events = await AllAsync(query.InstanceId).ConfigureAwait(false);
        return InstanceView.Of(InstanceReplay.At(events, query.At)) is { } view
            ? new InstanceFound(query.InstanceId, view)
            : new NotFound(query.InstanceId);
    }

    private async Task<object> ImagePageAsync(ComputeProtocol.GetImageHistory query)
    {
        var wanted = ImageId.TryParse(query.Image, out var id) ? id : (ImageId?)null;
        var entries = await _journal
            .CurrentEventsByPersistenceId(
                ImageLedgerEvents.PersistenceIdPrefix + query.HostId.Value, query.AfterSequence + 1, long.MaxValue)
            .Select(envelope => ImageHistoryEntry.Of(envelope.SequenceNr, (ImageLedgerEvents.LedgerEvent)envelope.Event))
            .Where(entry => query.Image is not { } name || (wanted is { } image ? entry.ImageId == image : entry.ImageName == name))
            .Take(Paging.Limit(query.Limit))
            .RunWith(Sink.Seq<ImageHistoryEntry>(), _materializer)
            .ConfigureAwait(false);
        return new ComputeProtocol.ImageHistoryPage(
            query.HostId,
            Paging.FirstPage(entries, query.Limit, entry => entry.ImageName.Length + entry.Data.Sum(item => item.Key.Length + item.Value.Length)));
    }

    private Task<System.Collections.Immutable.IImmutableList<InstanceEvent>> AllAsync(InstanceId id) => Events(id, 0)
        .Select(envelope => (InstanceEvent)envelope.Event)
        .RunWith(Sink.Seq<InstanceEvent>(), _materializer);

    private Source<EventEnvelope, Akka.NotUsed> Events(InstanceId id, long after) =>
        _journal.CurrentEventsByPersistenceId(id.PersistenceId, after + 1, long.MaxValue);

    private static int TextOf(HistoryEntry entry) =>
        entry.Data.Sum(item => item.Key.Length + item.Value.Length) + entry.RequestId.Length + entry.Event.Length;

    private static ComputeProtocol.QueryFailed Failure(Exception e) => new(
        e is CorruptJournalException ? new Fault(FaultCode.Internal, e.Message) : Faults.Of(e));
}
