using Microsoft.Data.Sqlite;
using NovaDocker.Settings;

namespace NovaDocker.Actors.Hosting;

/// <summary>
/// The SQLite files of the embedded journal: events and state snapshots in a file each, since a writer locks its file
/// (akka.net#3538).
/// </summary>
public static class JournalFiles
{
    /// <summary>The file that holds the events.</summary>
    public static string JournalOf(string directory) => Path.Combine(directory, "journal.db");

    /// <summary>The file that holds the state snapshots.</summary>
    public static string SnapshotsOf(string directory) => Path.Combine(directory, "snapshots.db");

    /// <summary>How long a write waits for another process that holds the file, seconds.</summary>
    private const int LockTimeout = 5;

    /// <summary>How a file is opened that <see cref="Prepare"/> has made. One that is gone is not made anew.</summary>
    public static string ConnectionString(string file) => ConnectionString(file, SqliteOpenMode.ReadWrite);

    /// <summary>
    /// Makes sure that both files can be written, and puts them into write-ahead mode, in which a reader does not wait for
    /// the writer. The mode is kept in the file. Every commit reaches the disk: SQLite's <c>synchronous</c> is FULL unless
    /// it is told otherwise, and nobody tells it.
    /// </summary>
    /// <exception cref="SettingsException">A file cannot be opened or written.</exception>
    public static void Prepare(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var file in new[] { JournalOf(directory), SnapshotsOf(directory) })
            {
                using var connection = new SqliteConnection(ConnectionString(file, SqliteOpenMode.ReadWriteCreate));
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; ROLLBACK;";
                command.ExecuteNonQuery();
            }
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
            [
                $"novadocker.journal.directory is '{directory}', which cannot be written ({e.Message}); "
                + "a directory that this user may write to, with room on its disk, is expected.",
            ]);
        }
    }

    private static string ConnectionString(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = LockTimeout, Mode = mode }.ToString();
}
