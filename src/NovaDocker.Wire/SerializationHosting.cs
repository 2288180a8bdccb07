using Akka.Hosting;

namespace NovaDocker.Wire;

/// <summary>Closed serialization for a hosted actor system.</summary>
public static class SerializationHosting
{
    /// <summary>
    /// Lets the system write and read the messages of NovaDocker.Actors and Akka's own, and no others. Call it after the
    /// configuration files are added, so that none of them can lie above it.
    /// </summary>
    public static AkkaConfigurationBuilder WithNovaDockerSerialization(this AkkaConfigurationBuilder builder) =>
        builder.AddHocon(SerializationConfig.Value, HoconAddMode.Prepend);
}
