using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>A journal in memory that fails when its <see cref="JournalTable"/> is told to.</summary>
internal sealed class TestJournal : AsyncWriteJournal
{
    private readonly JournalTable _table = JournalTable.Of(Context.System);

    /// <inheritdoc/>
    public override Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback)
    {
        var rows = _table.Read(persistenceId)
            .Where(row => row.SequenceNr >= fromSequenceNr && row.SequenceNr <= toSequenceNr);
        foreach (var (number, @event) in rows)
            recoveryCallback(new Persistent(@event, number, persistenceId));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task<long> ReadHighestSequenceNrAsync(
        string persistenceId, long fromSequenceNr, CancellationToken cancellationToken) =>
        Task.FromResult(_table.HighestOf(persistenceId));

    /// <inheritdoc/>
    protected override async Task<IImmutableList<Exception?>?> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToArray();
        await _table.WaitAsync().ConfigureAwait(false);
        if (_table.TakeRejection() is { } rejection)
            return writes.Select(Exception? (_) => rejection).ToImmutableList();
        _table.Write([.. writes
            .SelectMany(write => (IImmutableList<IPersistentRepresentation>)write.Payload)
            .Select(row => (row.PersistenceId, row.SequenceNr, row.Payload))]);
        return null;
    }

    /// <inheritdoc/>
    protected override Task DeleteMessagesToAsync(
        string persistenceId, long toSequenceNr, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Events are never deleted.");
}
