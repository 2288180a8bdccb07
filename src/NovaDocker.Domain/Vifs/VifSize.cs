using System.Text;

namespace NovaDocker.Domain.Vifs;

/// <summary>How much text a port holds: it goes into events, which stay small.</summary>
public static class VifSize
{
    /// <summary>An address as text, bytes at most.</summary>
    private const int Address = 45;

    /// <summary>Bytes in UTF-8, nearly.</summary>
    public static int Of(Vif vif) =>
        Bytes(vif.Id.ToString()) + Bytes(vif.Mac.Value) + Bytes(vif.Network.Id.Value) + Bytes(vif.Network.Label)
        + Bytes(vif.Type) + Bytes(vif.VnicType) + Bytes(vif.Device) + Bytes(vif.Bridge)
        + Bytes(vif.OvsInterfaceId ?? "") + Bytes(vif.Network.BridgeInterface ?? "")
        + vif.Details.Sum(detail => Bytes(detail.Key) + Bytes(detail.Value))
        + (Address * vif.Network.Subnets.Sum(subnet =>
            2 + subnet.Dns.Count + (2 * subnet.Routes.Count) + subnet.Ips.Sum(ip => 1 + ip.FloatingIps.Count)));

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
