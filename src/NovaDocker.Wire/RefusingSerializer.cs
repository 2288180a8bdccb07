using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace NovaDocker.Wire;

/// <summary>
/// Stands where Akka has its JSON serializer, which makes whatever type the bytes name. Refuses everything, both ways.
/// It takes the manifest as text, because Akka would look the type up that is named there before it asked any other
/// kind of serializer.
/// </summary>
public sealed class RefusingSerializer : SerializerWithStringManifest
{
    /// <summary>The number of Akka's JSON serializer.</summary>
    public const int JsonIdentifier = 1;

    /// <summary>Makes one.</summary>
    /// <param name="system">The system that it belongs to.</param>
    public RefusingSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <summary>Makes one. Akka calls this where a serializer's settings are configured, as those of its JSON are.</summary>
    /// <param name="system">The system that it belongs to.</param>
    /// <param name="config">The settings, of which none applies.</param>
    public RefusingSerializer(ExtendedActorSystem system, Config config)
        : base(system) => _ = config;

    /// <inheritdoc/>
    public override int Identifier => JsonIdentifier;

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override string Manifest(object o) => throw RefusedToWrite(o);

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) => throw RefusedToWrite(obj);

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, string manifest) => throw new SerializationException(
        $"{bytes.Length} bytes of JSON were refused: only messages of the wire table and Akka's own are read.");

    private static SerializationException RefusedToWrite(object message) => new(
        $"{message.GetType().Name} was not written: it is neither in the wire table nor a message of Akka's own.");
}
