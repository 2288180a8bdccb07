using System.Net;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Wire.Mapping;

/// <summary>Addresses, ranges and the ids of networks: what could not be read again is not written either.</summary>
internal static class AddressMapping
{
    private const int V4Bytes = 4;
    private const int V6Bytes = 16;
    private const int MacBytes = 6;

    public static ByteString ToWire(this IPAddress address) => ByteString.CopyFrom(address.GetAddressBytes());

    public static IPAddress ToAddress(this ByteString bytes, [CallerArgumentExpression(nameof(bytes))] string field = "") =>
        bytes.Length is V4Bytes or V6Bytes
            ? new IPAddress(bytes.Span)
            : throw FieldMapping.Wrong(field, $"an address has {V4Bytes} or {V6Bytes} bytes, not {bytes.Length}.");

    public static void AddTo(this EquatableArray<IPAddress> addresses, RepeatedField<ByteString> wire) =>
        wire.AddRange(addresses.Select(address => address.ToWire()));

    public static EquatableArray<IPAddress> ToAddresses(
        this RepeatedField<ByteString> wire, [CallerArgumentExpression(nameof(wire))] string field = "") =>
        wire.Select(address => address.ToAddress(field)).ToEquatableArray();

    public static V1.IpNetwork ToWire(this IPNetwork network) =>
        new() { Address = network.BaseAddress.ToWire(), PrefixLength = network.PrefixLength };

    public static IPNetwork ToDomain(
        this V1.IpNetwork? wire, [CallerArgumentExpression(nameof(wire))] string field = "")
    {
        var (address, length) = (wire.Required(field).Address.ToAddress(field), wire.PrefixLength);
        if (length < 0 || length > wire.Address.Length * 8)
            throw FieldMapping.Wrong(field, $"{address} has no network of {length} bits.");
        var network = new IPNetwork(address, length);
        return network.BaseAddress.Equals(address)
            ? network
            : throw FieldMapping.Wrong(field, $"{address}/{length} is an address in {network}, not a range.");
    }

    public static ByteString ToWire(this MacAddress mac, [CallerArgumentExpression(nameof(mac))] string field = "") =>
        MacAddress.TryParse(mac.Value, out var known)
            ? ByteString.CopyFrom(Convert.FromHexString(known.Value.Replace(":", "", StringComparison.Ordinal)))
            : throw FieldMapping.Wrong(field, $"'{mac.Value}' is no hardware address.");

    public static MacAddress ToMac(this ByteString bytes, [CallerArgumentExpression(nameof(bytes))] string field = "")
    {
        if (bytes.Length != MacBytes)
            throw FieldMapping.Wrong(field, $"a hardware address has {MacBytes} bytes, not {bytes.Length}.");
        var text = BitConverter.ToString(bytes.ToByteArray());
        return MacAddress.TryParse(text, out var mac)
            ? mac
            : throw FieldMapping.Wrong(field, $"{text} is no address that an interface can have.");
    }

    public static string ToWire(this NetworkId network, [CallerArgumentExpression(nameof(network))] string field = "") =>
        network.Value.ToNetworkId(field).Value;

    public static NetworkId ToNetworkId(this string? text, [CallerArgumentExpression(nameof(text))] string field = "") =>
        NetworkId.TryParse(text, out var id) ? id : throw FieldMapping.Wrong(field, $"'{text}' is no id of a network.");
}
