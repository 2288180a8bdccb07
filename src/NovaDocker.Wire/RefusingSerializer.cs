using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace NovaDocker.Wire;

/// <summary>
/// Stands where Akka has a serializer that makes whatever type the bytes name. Refuses everything, both ways. It takes
/// the manifest as text, because Akka would look the type up that is named there before it asked any other kind.
/// </summary>
public abstract class RefusingSerializer : SerializerWithStringManifest
{
    private readonly string _what;

    private protected RefusingSerializer(ExtendedActorSystem system, int identifier, string what)
        : base(system)
    {
        Identifier = identifier;
        _what = what;
    }

    /// <inheritdoc/>
    public sealed override int Identifier { get; }

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public sealed override string Manifest(object o) => throw RefusedToWrite(o);

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public sealed override byte[] ToBinary(object obj) => throw RefusedToWrite(obj);

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public sealed override object FromBinary(byte[] bytes, string manifest) => throw new SerializationException(
        $"{bytes.Length} bytes of {_what} were refused: only messages of the wire table and Akka's own are read.");

    private SerializationException RefusedToWrite(object message) => new(
        $"{message.GetType().Name} was not written as {_what}: only messages of the wire table and Akka's own are.");
}
