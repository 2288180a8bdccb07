using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;

namespace NovaDocker.Actors.Journal;

/// <summary>
/// The journal in SQL, behind <see cref="JournalGuard"/>: it takes no event, and brings nothing back, while its files are not
/// those that were opened. An event is taken for stored only if they are so after the write, too.
/// </summary>
internal sealed class GuardedSqlJournal(Config config) : SqlWriteJournal(config)
{
    private readonly JournalGuard _guard = JournalGuard.Of(Context.System);

    /// <inheritdoc/>
    public override async Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback)
    {
        _guard.CheckFiles();
        await base.ReplayMessagesAsync(context, persistenceId, fromSequenceNr, toSequenceNr, max, recoveryCallback)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        _guard.CheckFiles();
        return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        try
        {
            _guard.CheckFiles();
            var rejected = await base.WriteMessagesAsync(messages, cancellationToken).ConfigureAwait(false);
            _guard.CheckFiles();
            _guard.Written(null);
            return rejected;
        }
        catch (Exception e)
        {
            _guard.Written(e);
            throw;
        }
    }
}
