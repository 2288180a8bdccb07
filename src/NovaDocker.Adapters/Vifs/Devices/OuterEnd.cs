using NovaDocker.Actors.Networks;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>The outer end of an instance's interface: what makes it, and what it lacks, as lines of <c>ip</c>. Pure.</summary>
/// <param name="Plug">What it is for.</param>
/// <param name="Mark">What it says of itself.</param>
/// <param name="Master">The bridge it is put into; null where that is left to others.</param>
internal sealed record OuterEnd(VifPlug Plug, string Mark, string? Master)
{
    private string Device => Plug.Vif.Device;

    /// <summary>Makes the pair; its inner end comes to be in the namespace.</summary>
    public List<string> MakeLines(bool hasV6)
    {
        var size = Plug.Interface.Mtu is { } mtu ? $" mtu {mtu}" : "";
        var lines = new List<string>
        {
            $"link add name {Device} address {DeviceMark.OuterAddress(Plug.Vif.Mac)}{size} "
            + $"type veth peer name {Plug.Interface.Name} netns {Plug.Namespace} address {Plug.Interface.Mac}{size}",
            $"link set dev {Device} alias \"{Mark}\"",
        };
        if (hasV6)
            lines.Add($"link set dev {Device} addrgenmode none");
        if (Master is not null)
            lines.Add($"link set dev {Device} master {Master}");
        lines.Add($"link set dev {Device} up");
        return lines;
    }

    /// <summary>Mends what is there; empty where it is right.</summary>
    public List<string> MendLines(HostLink seen)
    {
        var lines = new List<string>();
        if (Plug.Interface.Mtu is { } mtu && seen.Mtu != mtu)
            lines.Add($"link set dev {Device} mtu {mtu}");
        if (Master is not null && seen.Master != Master)
            lines.Add($"link set dev {Device} master {Master}");
        if (!seen.IsUp)
            lines.Add($"link set dev {Device} up");
        return lines;
    }

    /// <summary>Whether what is there is the pair that is wanted, with its inner end where it is to be.</summary>
    public bool IsPair(HostLink seen, InnerState inner) =>
        seen.Kind == "veth" && seen.Alias == Mark && inner.Exists
        && seen.PeerIndex == inner.Index && inner.PeerIndex == seen.Index && inner.Mac == Plug.Interface.Mac.Value;
}
