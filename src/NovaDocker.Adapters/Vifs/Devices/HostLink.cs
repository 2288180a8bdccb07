using System.Text.Json;
using NovaDocker.Adapters.Vifs.Commands;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>A network device of the host, as <c>ip link</c> shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">The kernel's number for it.</param>
/// <param name="Kind">What it is, such as <c>veth</c> or <c>bridge</c>; empty for hardware.</param>
internal sealed record HostLink(string Name, int Index, string Kind)
{
    /// <summary>The device it is put into; null for none.</summary>
    public string? Master { get; init; }

    /// <summary>The number of its other end, or of what it lies on, in that one's namespace; 0 where that is in this one.</summary>
    public int PeerIndex { get; init; }

    /// <summary>The name of its other end, or of what it lies on, where that is in this namespace; null elsewhere.</summary>
    public string? Peer { get; init; }

    /// <summary>What somebody wrote on it; empty for nothing.</summary>
    public string Alias { get; init; } = "";

    /// <summary>Its hardware address.</summary>
    public string Address { get; init; } = "";

    /// <summary>Its largest packet, bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>True where it was switched on.</summary>
    public bool IsUp { get; init; }

    /// <summary>The VLAN of a device of kind <c>vlan</c>; 0 for others.</summary>
    public int Vlan { get; init; }

    /// <summary>True for a Linux bridge.</summary>
    public bool IsBridge => Kind == "bridge";

    /// <summary>Reads an element of <c>ip -json -details link show</c>.</summary>
    public static HostLink Read(JsonElement link)
    {
        var info = link.TryGetProperty("linkinfo", out var given) ? given : default;
        var data = info.ValueKind == JsonValueKind.Object && info.TryGetProperty("info_data", out var inner) ? inner : default;
        return new HostLink(
            link.Text("ifname") ?? "", link.Number("ifindex"), info.ValueKind == JsonValueKind.Object ? info.Text("info_kind") ?? "" : "")
        {
            Master = link.Text("master"),
            PeerIndex = link.Number("link_index"),
            Peer = link.Text("link"),
            Alias = link.Text("ifalias") ?? "",
            Address = link.Text("address") ?? "",
            Mtu = link.Number("mtu"),
            IsUp = link.HasWord("flags", "UP"),
            Vlan = data.ValueKind == JsonValueKind.Object ? data.Number("id") : 0,
        };
    }
}
