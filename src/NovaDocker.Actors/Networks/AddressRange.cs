using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace NovaDocker.Actors.Networks;

/// <summary>Counting with addresses.</summary>
internal static class AddressRange
{
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

    /// <summary>True for what no interface can have in a range: its first address, and the last one that IPv4 broadcasts to.</summary>
    public static bool IsReserved(IPNetwork range, IPAddress address)
    {
        var bits = range.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (bits - range.PrefixLength < 2)
            return false;
        var number = NumberOf(address) - NumberOf(range.BaseAddress);
        return number.IsZero || (bits == 32 && number == (BigInteger.One << (bits - range.PrefixLength)) - 1);
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
