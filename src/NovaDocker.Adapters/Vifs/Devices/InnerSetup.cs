using System.Net;
using System.Net.Sockets;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>
/// What an interface in a namespace lacks to be as planned, as lines of <c>ip</c>. Pure: an interface that is right lacks nothing,
/// and nobody who uses it notices a repair of something else.
/// </summary>
internal static class InnerSetup
{
    private const int LinkLocalBits = 64;
    private const byte UniversalBit = 0x02;

    /// <summary>The lines, in their order; empty where nothing is lacking.</summary>
    public static List<string> Lines(InterfacePlan plan, InnerState seen)
    {
        var device = plan.Name;
        var lines = new List<string>();
        if (!seen.IsLoopbackUp)
            lines.Add("link set dev lo up");
        if (plan.Mtu is { } mtu && seen.Mtu != mtu)
            lines.Add($"link set dev {device} mtu {mtu}");

        // The kernel would look for a second after somebody else with the link-local address that it makes itself.
        var wanted = Wanted(plan).ToList();
        if (!seen.IsUp && wanted.Exists(address => address.Address.IsIPv6LinkLocal))
            lines.Add($"link set dev {device} addrgenmode none");
        if (!seen.IsUp)
            lines.Add($"link set dev {device} up");
        lines.AddRange(seen.Addresses.Except(wanted).Where(address => !address.Address.IsIPv6LinkLocal)
            .Select(address => $"address del {address} dev {device}"));
        lines.AddRange(wanted.Except(seen.Addresses)
            .Select(address => $"address add {address} dev {device}{(IsV6(address.Address) ? " nodad" : "")}"));
        AddRoutes(lines, plan, seen);
        return lines;
    }

    private static void AddRoutes(List<string> lines, InterfacePlan plan, InnerState seen)
    {
        var defaults = plan.Gateways.Select(DefaultBy).ToList();
        lines.AddRange(seen.Routes.Where(route => route.Destination.PrefixLength == 0 && !defaults.Contains(route))
            .Select(route => $"route del {Target(route)} dev {plan.Name}"));

        // An address that is taken away takes its routes along, so that all are looked at once more where one is.
        var isKept = seen.Addresses.All(address => Wanted(plan).Contains(address) || address.Address.IsIPv6LinkLocal);
        lines.AddRange(plan.Routes.Concat(defaults).Where(route => !isKept || !seen.Routes.Contains(route))
            .Select(route => $"route replace {Target(route)} dev {plan.Name}{(IsReached(plan, route.Gateway) ? "" : " onlink")}"));
    }

    /// <summary>The addresses of a plan, and the link-local one without which there is no IPv6.</summary>
    private static IEnumerable<InterfaceAddress> Wanted(InterfacePlan plan) =>
        plan.Addresses.Any(address => IsV6(address.Address))
            ? plan.Addresses.Append(new InterfaceAddress(LinkLocal(plan.Mac), LinkLocalBits)).Distinct()
            : plan.Addresses.Distinct();

    /// <summary>The link-local address that belongs to a hardware address (EUI-64).</summary>
    private static IPAddress LinkLocal(MacAddress mac)
    {
        var octets = Convert.FromHexString(mac.Value.Replace(":", "", StringComparison.Ordinal));
        return new IPAddress(
        [
            0xfe, 0x80, 0, 0, 0, 0, 0, 0,
            (byte)(octets[0] ^ UniversalBit), octets[1], octets[2], 0xff, 0xfe, octets[3], octets[4], octets[5],
        ]);
    }

    private static VifRoute DefaultBy(IPAddress gateway) =>
        new(new IPNetwork(IsV6(gateway) ? IPAddress.IPv6Any : IPAddress.Any, 0), gateway);

    private static string Target(VifRoute route) =>
        IsNone(route.Gateway) ? route.Destination.ToString() : $"{route.Destination} via {route.Gateway}";

    private static bool IsReached(InterfacePlan plan, IPAddress gateway) =>
        IsNone(gateway) || gateway.IsIPv6LinkLocal || plan.Addresses.Any(address => Holds(address, gateway));

    private static bool Holds(InterfaceAddress range, IPAddress address)
    {
        if (range.Address.AddressFamily != address.AddressFamily)
            return false;
        var (left, right) = (range.Address.GetAddressBytes(), address.GetAddressBytes());
        var whole = range.PrefixLength / 8;
        var rest = 0xff00 >> (range.PrefixLength % 8) & 0xff;
        return left.AsSpan(0, whole).SequenceEqual(right.AsSpan(0, whole))
            && (rest == 0 || (left[whole] & rest) == (right[whole] & rest));
    }

    private static bool IsNone(IPAddress gateway) => gateway.Equals(IPAddress.Any) || gateway.Equals(IPAddress.IPv6Any);

    private static bool IsV6(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6;
}
