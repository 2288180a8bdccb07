using Akka.Actor;
using Akka.Actor.Setup;
using Microsoft.Data.Sqlite;
using NovaDocker.Actors.Hosting;

namespace NovaDocker.Actors.Journal;

/// <summary>
/// Knows whether the journal can be written: whether its files are still those that were opened at start, and whether the
/// last write went well. SQLite goes on writing into a file that was deleted or moved away, and says that all is well; what
/// is written then is lost with the process.
/// </summary>
/// <remarks>
/// One for each actor system, and used by many of its actors at once. It keeps a connection of its own to each file, so that
/// the write-ahead log, which goes with the last connection, stays the same file as long as the system runs.
/// </remarks>
internal sealed class JournalGuard : IExtension, IDisposable
{
    /// <summary>What SQLite keeps beside a file in write-ahead mode: the log, and the index of the log.</summary>
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    private readonly SqliteConnection[] _connections;
    private readonly (string Path, FileIdentity? Opened)[] _files;
    private int _wasAway;
    private volatile string? _writeFailure;

    private JournalGuard(string directory)
    {
        string[] files = [JournalFiles.JournalOf(directory), JournalFiles.SnapshotsOf(directory)];
        _connections = [.. files.Select(Hold)];
        _files =
        [
            .. files.SelectMany(file => Suffixes, (file, suffix) => file + suffix)
                .Select(path => (path, FileIdentity.At(path))),
        ];
    }

    /// <summary>The guard of an actor system.</summary>
    public static JournalGuard Of(ActorSystem system) => system.WithExtension<JournalGuard, Provider>();

    /// <summary>Why nothing can be stored at present, in a sentence; null where all is well.</summary>
    public string? Problem() => FileProblem() ?? _writeFailure;

    /// <summary>Fails where the files are not those that were opened.</summary>
    /// <exception cref="IOException">What is wrong with them.</exception>
    public void CheckFiles()
    {
        if (FileProblem() is { } problem)
            throw new IOException(problem);
    }

    /// <summary>Takes down how a write ended.</summary>
    /// <param name="failure">Why it failed; null where it went well.</param>
    public void Written(Exception? failure) => _writeFailure = failure?.GetBaseException().Message;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private static SqliteConnection Hold(string file)
    {
        var connection = new SqliteConnection($"{JournalFiles.ConnectionString(file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        // The first look into the file makes the log.
        command.CommandText = "SELECT count(*) FROM sqlite_master";
        command.ExecuteScalar();
        return connection;
    }

    private string? FileProblem()
    {
        foreach (var (path, opened) in _files)
        {
            if (FileIdentity.At(path) is var found && found == opened)
                continue;
            Interlocked.Exchange(ref _wasAway, 1);
            return found is null
                ? $"{path}, which this node has open, was removed or moved away."
                : $"{path} is another file than the one that this node has open.";
        }

        // A connection that was opened meanwhile may lead to another file.
        if (Interlocked.Exchange(ref _wasAway, 0) == 1)
            SqliteConnection.ClearAllPools();
        return null;
    }

    /// <summary>Where the files lie.</summary>
    /// <param name="directory">The directory.</param>
    internal sealed class Place(string directory) : Setup
    {
        public string Directory { get; } = directory;
    }

    private sealed class Provider : ExtensionIdProvider<JournalGuard>
    {
        public override JournalGuard CreateExtension(ExtendedActorSystem system)
        {
            var guard = new JournalGuard(system.Settings.Setup.Get<Place>().Value.Directory);
            system.RegisterOnTermination(guard.Dispose);
            return guard;
        }
    }
}
