using Akka.Actor;
using Akka.Serialization;

namespace NovaDocker.Wire;

/// <summary>
/// Writes and reads everything of NovaDocker.Actors that leaves the process, by the one wire table. What the table does
/// not know, it neither writes nor reads: it answers with a <see cref="WireFormatException"/>.
/// </summary>
/// <param name="system">The system that the serializer belongs to.</param>
public sealed class NovaDockerSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>The number under which journals and other nodes know this serializer. Permanent: it lies in journals.</summary>
    public const int WireIdentifier = 7401;

    /// <inheritdoc/>
    public override int Identifier => WireIdentifier;

    /// <inheritdoc/>
    /// <exception cref="WireFormatException">The type has no row.</exception>
    public override string Manifest(object o) => WireTable.Current.Manifest(o);

    /// <inheritdoc/>
    /// <exception cref="WireFormatException">The type has no row, or the message holds what may not be written.</exception>
    public override byte[] ToBinary(object obj) => WireTable.Current.Encode(obj);

    /// <inheritdoc/>
    /// <exception cref="WireFormatException">The manifest is unknown, or the bytes are not of its kind.</exception>
    public override object FromBinary(byte[] bytes, string manifest) => WireTable.Current.Decode(bytes, manifest);
}
