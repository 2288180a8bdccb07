using System.Globalization;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>What the kernel shows, and lets be set, by files.</summary>
/// <param name="root">Where <c>/proc</c> and <c>/sys</c> lie.</param>
internal sealed class KernelFiles(string root = "/")
{
    /// <summary>True where this kernel knows IPv6 at all.</summary>
    public bool HasV6 => Directory.Exists(Path.Combine(root, "proc/sys/net/ipv6"));

    /// <summary>True where this kernel knows VLANs (802.1Q) now.</summary>
    public bool HasVlans => Directory.Exists(Path.Combine(root, "proc/net/vlan"));

    /// <summary>True where there is a device of that name.</summary>
    public bool HasDevice(string name) => Directory.Exists(Path.Combine(root, "sys/class/net", name));

    /// <summary>True where the kernel shows bridged packets of a family to its packet filter.</summary>
    public bool IsBridgedTrafficFiltered(bool isV6)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, $"proc/sys/net/bridge/bridge-nf-call-{(isV6 ? "ip6" : "ip")}tables")).Trim() == "1";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Keeps the host itself out of the IPv6 of a bridge. Without effect where there is no such switch: the bridge has no
    /// link-local address either way.
    /// </summary>
    public void DisableV6(string device)
    {
        try
        {
            using var file = new FileStream(
                Path.Combine(root, $"proc/sys/net/ipv6/conf/{device}/disable_ipv6"), FileMode.Open, FileAccess.Write);
            file.Write("1\n"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No IPv6, or its switches are read-only.
        }
    }

    /// <summary>
    /// What went through the outer end of an instance's interface, as the instance sees it: what that end sends, the instance receives.
    /// Null where it is gone.
    /// </summary>
    public VifCounters? Counters(string device)
    {
        try
        {
            return new VifCounters(
                Read("tx_bytes"), Read("tx_packets"), Read("tx_errors"), Read("tx_dropped"),
                Read("rx_bytes"), Read("rx_packets"), Read("rx_errors"), Read("rx_dropped"));
        }
        catch (IOException)
        {
            return null;
        }

        long Read(string name) => long.Parse(
            File.ReadAllText(Path.Combine(root, $"sys/class/net/{device}/statistics/{name}")), CultureInfo.InvariantCulture);
    }
}
