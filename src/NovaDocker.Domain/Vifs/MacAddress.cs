using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NovaDocker.Domain.Vifs;

/// <summary>The hardware address of an interface.</summary>
/// <param name="Value">Six pairs of hexadecimal digits in lower case with colons between them; not multicast, not zero.</param>
public readonly record struct MacAddress(string Value)
{
    private const int Octets = 6;

    /// <summary>What an address looks like, for messages.</summary>
    public const string Expected = "six pairs of hexadecimal digits such as fa:16:3e:00:00:01, not multicast and not all zero";

    /// <summary>Reads one with colons or hyphens. False for anything else, and for what no interface can have.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MacAddress address)
    {
        address = default;
        var parts = text?.Split(':', '-') ?? [];
        var octets = new byte[Octets];
        if (parts.Length != Octets)
            return false;
        for (var i = 0; i < Octets; i++)
        {
            if (parts[i].Length != 2 || !byte.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octets[i]))
                return false;
        }

        const byte multicast = 1;
        if ((octets[0] & multicast) != 0 || octets.All(octet => octet == 0))
            return false;
        address = new MacAddress(string.Join(':', octets.Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture))));
        return true;
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static MacAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not a MAC address; {Expected} is expected.");

    /// <summary>
    /// An address for a port that nobody gave one: Neutron's prefix <c>fa:16:3e</c> (its option <c>base_mac</c>) and three octets
    /// of the port's id.
    /// </summary>
    public static MacAddress For(PortId port)
    {
        var octets = port.Value.ToByteArray(bigEndian: true)[^3..];
        return Parse($"fa:16:3e:{octets[0]:x2}:{octets[1]:x2}:{octets[2]:x2}");
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
