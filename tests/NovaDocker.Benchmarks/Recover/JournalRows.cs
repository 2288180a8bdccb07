using Akka.Actor;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire;

namespace NovaDocker.Benchmarks.Recover;

/// <summary>The rows of instances in a journal, read as plainly as can be.</summary>
/// <param name="file">The SQLite file.</param>
internal sealed class JournalRows(string file)
{
    /// <summary>Events of each instance of this benchmark.</summary>
    public const int EventsOfInstance = 20;

    private const string Silent = "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters-during-shutdown = off }";

    private const string Query =
        "SELECT persistence_id, sequence_number, identifier, manifest, message FROM journal "
        + "WHERE persistence_id LIKE 'instance-%' ORDER BY persistence_id, sequence_number";

    /// <summary>Reads every byte of every row; how many rows, and how many bytes of messages.</summary>
    public (int Rows, long Bytes) Read()
    {
        var (rows, bytes) = (0, 0L);
        foreach (var row in Rows())
        {
            rows++;
            bytes += row.Message.Length;
        }

        return (rows, bytes);
    }

    /// <summary>Reads the rows, makes events of them, and states of these; how many instances there are.</summary>
    public int Fold()
    {
        using var system = ActorSystem.Create("fold", ConfigurationFactory.ParseString(Silent).WithFallback(SerializationConfig.Value));
        return Rows()
            .GroupBy(row => row.PersistenceId, row => system.Serialization.Deserialize(row.Message, row.Serializer, row.Manifest))
            .Count(events => InstanceReplay.Fold(events.Cast<InstanceProtocol.InstanceEvent>()).Revision == EventsOfInstance);
    }

    private IEnumerable<(string PersistenceId, int Serializer, string Manifest, byte[] Message)> Rows()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Query;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return (reader.GetString(0), reader.GetInt32(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4));
    }
}
