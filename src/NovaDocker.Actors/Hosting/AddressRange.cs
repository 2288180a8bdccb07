using System.Net;
using System.Net.Sockets;

namespace NovaDocker.Actors.Hosting;

/// <summary>Counting with addresses.</summary>
internal static class AddressRange
{
    /// <summary>Reads a range. False for what is none, and for one that is not written by its beginning.</summary>
    public static bool TryParse(string text, out IPNetwork range) => IPNetwork.TryParse(text, out range)
        && IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)), out var start) && start.Equals(range.BaseAddress);

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
}
