using Microsoft.Data.Sqlite;
using NovaDocker.Actors.Hosting;

namespace NovaDocker.Actors.Journal;

/// <summary>
/// Where the journal of all instances ends: the place of the last event that was ever written into it. Its queries tell only by
/// reading all of it.
/// </summary>
/// <param name="directory">Where the journal lies.</param>
internal sealed class JournalEnd(string directory)
{
    private readonly string _connection = JournalFiles.ConnectionString(JournalFiles.JournalOf(directory));

    /// <summary>The place of the last event; 0 where there never was one.</summary>
    public async Task<long> ReadAsync()
    {
        var connection = new SqliteConnection(_connection);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync().ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = "SELECT seq FROM sqlite_sequence WHERE name = 'journal'";
                return await command.ExecuteScalarAsync().ConfigureAwait(false) is long last ? last : 0;
            }
        }
    }
}
