using System.Text.Json;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Query;
using NovaDocker.Actors.Journal;

namespace NovaDocker.Actors.Hosting;

/// <summary>
/// What the actor system needs to be in order that this program is right: not for an operator to turn. Numbers that are
/// come from <see cref="NovaDockerSettings"/>.
/// </summary>
internal static class AkkaStructure
{
    /// <summary>The plugin that answers questions about the journal.</summary>
    public static readonly string ReadJournal = SqlReadJournal.Identifier;

    /// <summary>
    /// At any other level the SQLite provider begins a transaction as a writer, and a replay waits for every write. In
    /// write-ahead mode, with a cache for each connection, a reader sees what is committed and nothing else at this level too.
    /// </summary>
    private const string ReadWithoutLock = "read-isolation-level = read-uncommitted";

    /// <summary>
    /// A clone of a connection puts the mapping of types to columns together anew, and what was found out by an earlier
    /// mapping is lost on it: a third of what a write costs the processor. Connections made by the same options share one.
    /// </summary>
    private const string NoClones = "use-clone-connection = off";

    /// <summary>The configuration of Akka for these settings.</summary>
    public static Config For(NovaDockerSettings settings)
    {
        var remoting = settings.Remoting;
        return ConfigurationFactory.ParseString($$"""
            akka {
              stdout-logger-class = {{Quote($"{typeof(LastResortLogger).FullName}, {typeof(LastResortLogger).Assembly.GetName().Name}")}}
              stdout-loglevel = ERROR
              # Nothing here is timed closer; at the default of 10 ms the ticking is most of what an idle node does.
              scheduler.tick-duration = 50ms
              log-dead-letters-during-shutdown = off
              actor.provider = cluster
              remote.dot-netty.tcp {
                # On here lets a second node listen on the same port, and each gets half of what is sent.
                tcp-reuse-addr = off
                hostname = {{Quote(remoting.Hostname)}}
                port = {{remoting.Port}}
                {{remoting.Tls?.ToHocon()}}
              }
              cluster {
                downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
                sharding {
                  # A start brings every instance back: as many as the host holds, and not one at a time.
                  entity-recovery-strategy = all
                  entity-restart-backoff = 3s
                  # What could not write down which entities and shards it remembers is back soon after the journal is. The
                  # coordinator has a shard remembered, and asks again every five seconds (updating-state-timeout); while its
                  # store is down that is lost. By default the store is down for as long, and is missed again and again.
                  shard-failure-backoff = 2s
                  coordinator-failure-backoff = 2s
                }
              }
              persistence {
                journal {
                  plugin = "akka.persistence.journal.sql"
                  sql {
                    class = {{Quote($"{typeof(GuardedSqlJournal).FullName}, {typeof(GuardedSqlJournal).Assembly.GetName().Name}")}}
                    connection-string = {{Quote(JournalFiles.ConnectionString(JournalFiles.JournalOf(settings.JournalDirectory)))}}
                    provider-name = "SQLite.MS"
                    {{ReadWithoutLock}}
                    {{NoClones}}
                    auto-initialize = on
                    # SQLite has one writer at a time. A second one would find the file locked and sleep before it tries
                    # again; what comes while a write is under way is stored together by the next one.
                    parallelism = 1
                    # SQLite gives up waiting for a lock before this does, so that a write that is refused was not made.
                    # After that many refusals in a row the journal is left in peace, but not for long.
                    circuit-breaker { max-failures = 20, call-timeout = 20s, reset-timeout = 3s }
                  }
                }
                query.journal.sql {
                  connection-string = {{Quote(JournalFiles.ConnectionString(JournalFiles.JournalOf(settings.JournalDirectory)))}}
                  provider-name = "SQLite.MS"
                  {{ReadWithoutLock}}
                  {{NoClones}}
                }
                snapshot-store {
                  plugin = "akka.persistence.snapshot-store.sql"
                  sql {
                    class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
                    connection-string = {{Quote(JournalFiles.ConnectionString(JournalFiles.SnapshotsOf(settings.JournalDirectory)))}}
                    provider-name = "SQLite.MS"
                    {{ReadWithoutLock}}
                    {{NoClones}}
                    auto-initialize = on
                  }
                }
              }
            }
            """)
            .WithFallback(SqlPersistence.DefaultConfiguration)
            // Serializers are fixed when the system is made; these extensions would bring theirs in afterwards only.
            .WithFallback(DistributedPubSub.DefaultConfig())
            .WithFallback(ClusterClientReceptionist.DefaultConfig());
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
