using Google.Protobuf;
using NovaDocker.Domain.Common;
using NovaDocker.Wire.Mapping;

namespace NovaDocker.Wire;

/// <summary>One kind of message: its type, its permanent name, and the way there and back.</summary>
/// <remarks>
/// The bytes are a protobuf message behind its length as a varint (protobuf's delimited form). Without the length, bytes
/// cut off between two fields would read as a shorter truth.
/// </remarks>
internal sealed record WireRow(
    Type Type, string Manifest, Func<IWireMessage, byte[]> Encode, Func<byte[], IWireMessage> Decode)
{
    public static WireRow Of<TDomain, TWire>(
        string manifest, MessageParser<TWire> parser, Func<TDomain, TWire> toWire, Func<TWire, TDomain> toDomain)
        where TDomain : class, IWireMessage
        where TWire : class, IMessage<TWire> => new(
        typeof(TDomain),
        manifest,
        message => Write(manifest, () => toWire((TDomain)message)),
        bytes => Read(manifest, () => toDomain(Parse(manifest, parser, bytes))));

    private static byte[] Write(string manifest, Func<IMessage> toWire)
    {
        try
        {
            var wire = toWire();
            var bytes = new byte[CodedOutputStream.ComputeMessageSize(wire)];
            using var output = new CodedOutputStream(bytes);
            output.WriteMessage(wire);
            output.CheckNoSpaceLeft();
            return bytes;
        }
        catch (WireFieldException e)
        {
            throw new WireFormatException(manifest, e.Field, e.Message, e);
        }
    }

    private static IWireMessage Read(string manifest, Func<IWireMessage> read)
    {
        try
        {
            return read();
        }
        catch (WireFieldException e)
        {
            throw new WireFormatException(manifest, e.Field, e.Message, e);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new WireFormatException(manifest, null, $"the bytes are damaged. {e.Message}", e);
        }
    }

    private static TWire Parse<TWire>(string manifest, MessageParser<TWire> parser, byte[] bytes)
        where TWire : IMessage<TWire>
    {
        using var input = new CodedInputStream(bytes);
        var length = input.ReadLength();
        var start = (int)input.Position;
        return length == bytes.Length - start
            ? parser.ParseFrom(bytes, start, length)
            : throw new WireFormatException(
                manifest, null, $"{length} bytes are promised and {bytes.Length - start} are there.");
    }
}
