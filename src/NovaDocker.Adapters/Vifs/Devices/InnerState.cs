using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>An interface in an instance's namespace, as it is.</summary>
/// <param name="Exists">False where there is none of the name.</param>
internal sealed record InnerState(bool Exists)
{
    /// <summary>An interface that has just been made.</summary>
    public static readonly InnerState Fresh = new(Exists: true);

    /// <summary>The kernel's number for it.</summary>
    public int Index { get; init; }

    /// <summary>The number of its other end, in that one's namespace.</summary>
    public int PeerIndex { get; init; }

    /// <summary>Its hardware address.</summary>
    public string Mac { get; init; } = "";

    /// <summary>Its largest packet, bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>True where it was switched on.</summary>
    public bool IsUp { get; init; }

    /// <summary>True where the namespace's loopback was switched on.</summary>
    public bool IsLoopbackUp { get; init; }

    /// <summary>Its addresses, but those that it gave itself by what routers announce.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>The routes of the main table that lead out by it; an unspecified gateway for what is on the link.</summary>
    public IReadOnlyList<VifRoute> Routes { get; init; } = [];

    /// <summary>Reads what <c>ip -json -details</c> writes for <c>address show</c> and <c>route show table all</c>.</summary>
    public static InnerState Parse(string step, string text, string name)
    {
        var entries = JsonOutput.Parse(step, text).SelectMany(list => list.EnumerateArray()).ToList();
        var isLoopbackUp = entries.Any(entry => entry.Text("ifname") == "lo" && entry.HasWord("flags", "UP"));
        var link = entries.FirstOrDefault(entry => entry.Text("ifname") == name);
        if (link.ValueKind != JsonValueKind.Object)
            return new InnerState(Exists: false) { IsLoopbackUp = isLoopbackUp };
        return new InnerState(Exists: true)
        {
            Index = link.Number("ifindex"),
            PeerIndex = link.Number("link_index"),
            Mac = link.Text("address") ?? "",
            Mtu = link.Number("mtu"),
            IsUp = link.HasWord("flags", "UP"),
            IsLoopbackUp = isLoopbackUp,
            Addresses = [.. link.Elements("addr_info").Where(address => !IsLearned(address)).Select(ReadAddress).OfType<InterfaceAddress>()],
            Routes =
            [
                .. entries.Where(entry => entry.Text("dst") is not null && entry.Text("dev") == name && entry.Text("table") is null or "main")
                    .Select(ReadRoute).OfType<VifRoute>(),
            ],
        };
    }

    private static bool IsLearned(JsonElement address) =>
        address.TryGetProperty("dynamic", out var dynamic) && dynamic.ValueKind == JsonValueKind.True;

    private static InterfaceAddress? ReadAddress(JsonElement address) =>
        IPAddress.TryParse(address.Text("local"), out var ip) ? new InterfaceAddress(ip, address.Number("prefixlen")) : null;

    private static VifRoute? ReadRoute(JsonElement route)
    {
        var hasGateway = IPAddress.TryParse(route.Text("gateway"), out var gateway);
        var destination = route.Text("dst")!;

        // What leads everywhere does not say in which family; routes of IPv6 alone have a preference.
        var isV6 = hasGateway
            ? gateway!.AddressFamily == AddressFamily.InterNetworkV6
            : destination.Contains(':', StringComparison.Ordinal) || route.TryGetProperty("pref", out _);
        var none = isV6 ? IPAddress.IPv6Any : IPAddress.Any;
        if (destination == "default")
            destination = $"{none}/0";
        else if (!destination.Contains('/', StringComparison.Ordinal))
            destination = string.Create(CultureInfo.InvariantCulture, $"{destination}/{(isV6 ? 128 : 32)}");
        return IPNetwork.TryParse(destination, out var network) ? new VifRoute(network, hasGateway ? gateway! : none) : null;
    }
}
