using Akka.Configuration;
using NovaDocker.Domain.Common;

namespace NovaDocker.Wire;

/// <summary>
/// Akka's settings for closed serialization: our messages by our serializer, Akka's own by Akka's, nothing else. Strict
/// mode alone keeps foreign types from being written; the refusing serializers keep them from being read.
/// </summary>
public static class SerializationConfig
{
    /// <summary>The settings, to lie above all others: <c>SerializationConfig.Value.WithFallback(others)</c>.</summary>
    public static Config Value { get; } = ConfigurationFactory.ParseString(
        $$"""
        akka.actor {
          serializers {
            json = "{{Name(typeof(RefusingJsonSerializer))}}"
            daemon-create = "{{Name(typeof(RefusingDeploymentSerializer))}}"
            novadocker = "{{Name(typeof(NovaDockerSerializer))}}"
          }
          serialization-bindings {
            "{{Name(typeof(IWireMessage))}}" = novadocker
          }
          serialization-settings.allow-unregistered-types = off
        }
        """);

    private static string Name(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
