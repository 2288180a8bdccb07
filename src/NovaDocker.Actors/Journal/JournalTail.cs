using Akka.Actor;
using Microsoft.Data.Sqlite;
using NovaDocker.Actors.Hosting;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Journal;

/// <summary>
/// The journal of all instances in the order in which it was written, read on from any place. SQLite has one writer, so what has a
/// lower place than an event that can be seen can be seen, too; the plugin's own query, which is made for databases where that is not
/// so, sees nothing before its next look a second later.
/// </summary>
/// <param name="directory">Where the journal lies.</param>
/// <param name="system">Reads what is in an event.</param>
internal sealed class JournalTail(string directory, ActorSystem system)
{
    private const string EndQuery = "SELECT seq FROM sqlite_sequence WHERE name = 'journal'";

    // All that begins with "instance-": the dot is the next letter.
    private const string EventsQuery =
        """
        SELECT ordering, identifier, manifest, message FROM journal
        WHERE ordering > $after AND ordering <= $until AND persistence_id >= 'instance-' AND persistence_id < 'instance.'
        ORDER BY ordering LIMIT $most
        """;

    private readonly string _connection = JournalFiles.ConnectionString(JournalFiles.JournalOf(directory));

    /// <summary>The place of the last event that was ever written; 0 where there never was one.</summary>
    public Task<long> EndAsync() => WithCommandAsync(
        EndQuery, async command => await command.ExecuteScalarAsync().ConfigureAwait(false) is long last ? last : 0);

    /// <summary>Events of instances, in order.</summary>
    /// <param name="after">The place behind which to begin.</param>
    /// <param name="until">The last place to look at.</param>
    /// <param name="most">How many at most; where there are fewer, there are no more.</param>
    public Task<List<(long Place, InstanceEvent Event)>> ReadAsync(long after, long until, int most) => WithCommandAsync(
        EventsQuery,
        async command =>
        {
            command.Parameters.AddWithValue("$after", after);
            command.Parameters.AddWithValue("$until", until);
            command.Parameters.AddWithValue("$most", most);
            var events = new List<(long, InstanceEvent)>();
            var row = await command.ExecuteReaderAsync().ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                while (await row.ReadAsync().ConfigureAwait(false))
                {
                    var read = system.Serialization.Deserialize(row.GetFieldValue<byte[]>(3), row.GetInt32(1), row.GetString(2));
                    events.Add((row.GetInt64(0), (InstanceEvent)read));
                }
            }

            return events;
        });

    private async Task<T> WithCommandAsync<T>(string text, Func<SqliteCommand, Task<T>> run)
    {
        var connection = new SqliteConnection(_connection);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync().ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = text;
                return await run(command).ConfigureAwait(false);
            }
        }
    }
}
