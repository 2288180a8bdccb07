using Akka.Actor;
using Akka.Configuration;

namespace NovaDocker.Wire;

/// <summary>In place of Akka's JSON, which makes any type that the text names, whatever strict mode says.</summary>
public sealed class RefusingJsonSerializer : RefusingSerializer
{
    /// <summary>The number of Akka's JSON serializer.</summary>
    public const int JsonIdentifier = 1;

    /// <summary>Makes one.</summary>
    /// <param name="system">The system that it belongs to.</param>
    public RefusingJsonSerializer(ExtendedActorSystem system)
        : base(system, JsonIdentifier, "JSON")
    {
    }

    /// <summary>Makes one. Akka calls this where a serializer's settings are configured, as those of its JSON are.</summary>
    /// <param name="system">The system that it belongs to.</param>
    /// <param name="config">The settings, of which none applies.</param>
    public RefusingJsonSerializer(ExtendedActorSystem system, Config config)
        : this(system) => _ = config;
}
