using NovaDocker.Adapters.Vifs.Commands;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>How Linux bridges are made here.</summary>
internal static class LinuxBridges
{
    /// <summary>
    /// The lines that make a bridge which passes everything on at once: no spanning tree, no wait before a port forwards, and no
    /// snooping after multicast groups, without a querier for which IPv6 would find no neighbours. The host has no address
    /// in it.
    /// </summary>
    public static List<string> Lines(string name, string address, string mark, int? mtu, bool hasV6)
    {
        var size = mtu is { } bytes ? $" mtu {bytes}" : "";
        var lines = new List<string>
        {
            $"link add name {name} address {address}{size} type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
            $"link set dev {name} alias \"{mark}\"",
        };
        if (hasV6)
            lines.Add($"link set dev {name} addrgenmode none");
        return lines;
    }

    /// <summary>Takes devices away that are ours. One that went by itself meanwhile is no failure.</summary>
    public static async Task DeleteAsync(this NetworkTools tools, string step, IEnumerable<HostLink> links, CancellationToken cancellationToken)
    {
        foreach (var link in links)
        {
            var result = await tools.RunAsync(step, tools.Ip, ["link", "delete", "dev", link.Name], cancellationToken).ConfigureAwait(false);
            if (result.IsSuccess)
                continue;
            var now = await tools.LinksAsync(step, cancellationToken).ConfigureAwait(false);
            if (now.Find(link.Name)?.Index == link.Index)
                result.OrThrow();
        }
    }
}
