using Akka.Configuration;
using NovaDocker.Wire;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>
/// How the actor systems of these tests are configured: the project's serialization, a journal that can fail, and patience with a
/// machine that does something else for a while.
/// </summary>
internal static class TestSystem
{
    /// <summary>Runs by the machine's clock.</summary>
    public static Config Config { get; } = SerializationConfig.Value.WithFallback(ConfigurationFactory.ParseString(
        $$"""
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          logger-startup-timeout = 30s
          test {
            single-expect-default = 30s
            default-timeout = 30s
            startup-timeout = 30s
          }
          persistence {
            journal {
              plugin = "test-journal"
            }
            snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
          }
        }
        test-journal {
          class = "{{typeof(TestJournal).FullName}}, {{typeof(TestJournal).Assembly.GetName().Name}}"
          plugin-dispatcher = "akka.actor.default-dispatcher"
          circuit-breaker { max-failures = 1000, call-timeout = 10s, reset-timeout = 1s }
        }
        """));

    /// <summary>Runs by virtual time: <see cref="Akka.TestKit.TestScheduler"/>.</summary>
    public static Config VirtualTime { get; } = ConfigurationFactory.ParseString(
        """akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """).WithFallback(Config);
}
