using System.Text;
using Akka;
using Akka.Actor;
using Akka.Persistence.Query;
using Akka.Serialization;
using Akka.Streams.Dsl;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>
/// What <see cref="TestJournal"/> holds: events as bytes, as the project's serializer writes them. A test tells it here
/// when a write is to fail, and reads here what was written.
/// </summary>
internal sealed class JournalTable(ExtendedActorSystem system)
    : IExtension, ICurrentEventsByPersistenceIdQuery, ICurrentPersistenceIdsQuery
{
    private readonly Lock _gate = new();
    private readonly List<Row> _rows = [];
    private int _room = int.MaxValue;
    private int _held;
    private Exception? _rejection;
    private TaskCompletionSource? _hold;

    /// <summary>Fails every reading, where set.</summary>
    public Exception? ReplayFailure { get; set; }

    public static JournalTable Of(ActorSystem system) =>
        system.WithExtension<JournalTable, JournalTableProvider>();

    /// <summary>Lets so many more events be written; then one write fails, and after that all succeed.</summary>
    public void FailAfter(int events)
    {
        lock (_gate)
            _room = events;
    }

    /// <summary>Lets the next write be rejected.</summary>
    public void RejectNext(Exception cause)
    {
        lock (_gate)
            _rejection = cause;
    }

    /// <summary>Holds every write until released.</summary>
    public TaskCompletionSource Hold()
    {
        lock (_gate)
            return _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>How many writes are held at the moment.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>What a write waits for.</summary>
    public async Task WaitAsync()
    {
        Task hold;
        lock (_gate)
            hold = _hold?.Task ?? Task.CompletedTask;
        Interlocked.Increment(ref _held);
        try
        {
            await hold.ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }

    public Exception? TakeRejection()
    {
        lock (_gate)
        {
            var rejection = _rejection;
            _rejection = null;
            return rejection;
        }
    }

    /// <summary>Writes a batch; where room is short, what fits of it, and throws: so a node may die between two events.</summary>
    public void Write(IReadOnlyList<(string PersistenceId, long SequenceNr, object Event)> batch)
    {
        lock (_gate)
        {
            foreach (var (id, number, @event) in batch)
            {
                if (_room-- == 0)
                {
                    _room = int.MaxValue;
                    throw new IOException("The disk is full, by order.");
                }

                var serializer = system.Serialization.FindSerializerFor(@event);
                _rows.Add(new Row(
                    id, number, serializer.Identifier, Serialization.ManifestFor(serializer, @event),
                    serializer.ToBinary(@event)));
            }
        }
    }

    public IReadOnlyList<(long SequenceNr, object Event)> Read(string persistenceId)
    {
        if (ReplayFailure is { } failure)
            throw failure;
        lock (_gate)
        {
            return [.. _rows.Where(row => row.PersistenceId == persistenceId).Select(row =>
                (row.SequenceNr, system.Serialization.Deserialize(row.Payload, row.SerializerId, row.Manifest)))];
        }
    }

    /// <summary>The events of an instance.</summary>
    public IReadOnlyList<InstanceProtocol.InstanceEvent> EventsOf(Domain.Common.InstanceId id) =>
        [.. Read(id.PersistenceId).Select(row => (InstanceProtocol.InstanceEvent)row.Event)];

    public long HighestOf(string persistenceId)
    {
        lock (_gate)
            return _rows.Where(row => row.PersistenceId == persistenceId).Select(row => row.SequenceNr).DefaultIfEmpty().Max();
    }

    /// <summary>True where the bytes of any event hold the text.</summary>
    public bool Holds(string text)
    {
        lock (_gate)
            return _rows.Any(row => row.Payload.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
    }

    /// <inheritdoc/>
    public Source<EventEnvelope, NotUsed> CurrentEventsByPersistenceId(
        string persistenceId, long fromSequenceNr, long toSequenceNr) =>
        Source.From(Read(persistenceId)
            .Where(row => row.SequenceNr >= fromSequenceNr && row.SequenceNr <= toSequenceNr)
            .Select(row => new EventEnvelope(Offset.Sequence(row.SequenceNr), persistenceId, row.SequenceNr, row.Event, 0, [])));

    /// <inheritdoc/>
    public Source<string, NotUsed> CurrentPersistenceIds()
    {
        lock (_gate)
            return Source.From(_rows.Select(row => row.PersistenceId).Distinct().ToArray());
    }

    private sealed record Row(string PersistenceId, long SequenceNr, int SerializerId, string Manifest, byte[] Payload);
}

internal sealed class JournalTableProvider : ExtensionIdProvider<JournalTable>
{
    public override JournalTable CreateExtension(ExtendedActorSystem system) => new(system);
}
