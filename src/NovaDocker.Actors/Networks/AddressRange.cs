using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace NovaDocker.Actors.Networks;

/// <summary>Counting with addresses.</summary>
internal static class AddressRange
{
    /// <summary>The range that an address is in.</summary>
    public static IPNetwork Of(IPAddress address, int prefixLength)
    {
        var octets = address.GetAddressBytes();
        for (var bit = prefixLength; bit < octets.Length * 8; bit++)
            octets[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(octets), prefixLength);
    }

    /// <summary>
    /// The first and the last address of a range that an interface may have. The lowest is the range's own (IPv4) or that of its routers
    /// (IPv6), and the highest of IPv4 is everybody's; ranges of one or two addresses have all of theirs to give.
    /// </summary>
    public static (IPAddress First, IPAddress Last) Usable(IPNetwork range)
    {
        var lowest = range.BaseAddress.GetAddressBytes();
        var highest = range.BaseAddress.GetAddressBytes();
        for (var bit = range.PrefixLength; bit < highest.Length * 8; bit++)
            highest[bit / 8] |= (byte)(0x80 >> (bit % 8));
        if (highest.Length * 8 - range.PrefixLength > 1)
        {
            lowest[^1]++;
            if (range.BaseAddress.AddressFamily == AddressFamily.InterNetwork)
                highest[^1]--;
        }

        return (new IPAddress(lowest), new IPAddress(highest));
    }

    /// <summary>Which of two addresses of one family comes first, by the sign.</summary>
    public static int Compare(IPAddress left, IPAddress right) =>
        left.GetAddressBytes().AsSpan().SequenceCompareTo(right.GetAddressBytes());

    /// <summary>The first address of a subnet that may be given away and is not taken; null where all are.</summary>
    public static IPAddress? FirstFree(LocalSubnet subnet, IReadOnlySet<IPAddress> taken)
    {
        var last = NumberOf(subnet.Last);
        for (var number = NumberOf(subnet.First); number <= last; number++)
        {
            var address = AddressOf(number, subnet.First.AddressFamily);
            if (!taken.Contains(address) && !address.Equals(subnet.Gateway))
                return address;
        }

        return null;
    }

    /// <summary>How many addresses of a subnet may still be given away; no more than can be counted.</summary>
    public static long CountFree(LocalSubnet subnet, IEnumerable<IPAddress> taken)
    {
        var (first, last) = (NumberOf(subnet.First), NumberOf(subnet.Last));
        var given = taken.Append(subnet.Gateway).OfType<IPAddress>().Distinct()
            .Where(address => address.AddressFamily == subnet.First.AddressFamily)
            .Select(NumberOf).Count(number => number >= first && number <= last);
        return (long)BigInteger.Min(last - first + 1 - given, long.MaxValue);
    }

    /// <summary>True for an address of a range that no interface may have.</summary>
    public static bool IsReserved(IPNetwork range, IPAddress address)
    {
        var (first, last) = Usable(range);
        return Compare(address, first) < 0 || Compare(address, last) > 0;
    }

    private static BigInteger NumberOf(IPAddress address) => new(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true);

    private static IPAddress AddressOf(BigInteger number, AddressFamily family)
    {
        var bytes = new byte[family == AddressFamily.InterNetwork ? 4 : 16];
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, bytes.Length - digits.Length);
        return new IPAddress(bytes);
    }
}
