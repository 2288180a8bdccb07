using System.Globalization;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Vifs;
using Spectre.Console;

namespace NovaDocker.Cli.Output;

/// <summary>Ports, networks and what went through them, for people.</summary>
internal static class PortTables
{
    /// <summary>The ports of an instance.</summary>
    public static Table Ports(IReadOnlyList<InstancePort> ports)
    {
        var table = Tables.Of("PORT", "NETWORK", "INTERFACE", "MAC", "ADDRESSES", "DEVICE", "BRIDGE", "PLUGGED");
        foreach (var port in ports)
        {
            var vif = port.Vif;
            table.AddRow(
                new Text(vif.Id.ToString()), new Text(Named(vif.Network.Id, vif.Network.Label)), new Text(port.Interface),
                new Text(vif.Mac.ToString()), new Text(Dash(Addresses(vif))), new Text(PlainText.Line(vif.Device)),
                new Text(PlainText.Line(vif.Bridge)),
                port.IsPlugged ? new Text("yes", Color.Green) : new Text("no", Color.Yellow));
        }

        return table;
    }

    /// <summary>The networks of hosts; what is not known of one goes to the notes.</summary>
    public static void Networks(CliHost host, IReadOnlyList<HostProtocol.HostNetworks> hosts, Action<string> note)
    {
        var table = Tables.Of("NETWORK", "TYPE", "BRIDGE", "VLAN", "MTU", "RANGES", "PORTS", "KNOWN BY", "HOST");
        foreach (var told in hosts)
        {
            foreach (var network in told.Networks)
            {
                table.AddRow(
                    new Text(Named(network.Id, network.Label)), new Text(PlainText.Line(network.Type)),
                    new Text(PlainText.Line(network.Bridge)), new Text(Number(network.Vlan)), new Text(Number(network.Mtu)),
                    new Text(Dash(Ranges(network))), new Text(Number(network.Ports)),
                    new Text(network.IsLocal ? "configuration" : "ports"), new Text(told.HostId.Value));
            }
        }

        if (table.Rows.Count > 0)
            Consoles.Write(host, table);
        foreach (var told in hosts)
        {
            if (told.Problem is { } problem)
                note($"Host {told.HostId}: nothing is known of its networks: {problem}");
            else if (told.Networks.IsEmpty)
                note($"Host {told.HostId} has no networks.");
            if (told.Omitted > 0)
                note($"Host {told.HostId}: {told.Omitted} more networks are not shown.");
        }
    }

    /// <summary>What went through ports.</summary>
    public static Table Diagnostics(IReadOnlyList<PortDiagnostics> ports)
    {
        var table = Tables.Of(
            "PORT", "INTERFACE", "MAC", "DEVICE", "RX BYTES", "PACKETS", "ERRORS", "DROPS", "TX BYTES", "PACKETS", "ERRORS", "DROPS");
        foreach (var port in ports)
        {
            long?[] counters = port.Counters is { } through
                ?
                [
                    through.RxBytes, through.RxPackets, through.RxErrors, through.RxDrops,
                    through.TxBytes, through.TxPackets, through.TxErrors, through.TxDrops,
                ]
                : new long?[8];
            table.AddRow(
            [
                new Text(port.Port.ToString()), new Text(PlainText.Line(port.Interface)), new Text(port.Mac.ToString()),
                new Text(PlainText.Line(port.Device)), .. counters.Select(counter => new Text(Number(counter))),
            ]);
        }

        return table;
    }

    /// <summary>The first addresses of an instance, for a column of a list.</summary>
    public static string First(IReadOnlyList<InstancePort> ports)
    {
        const int shown = 2;
        var all = ports.SelectMany(port => port.Vif.Addresses).ToList();
        return string.Join(' ', all.Take(shown)) + (all.Count > shown ? " …" : "");
    }

    private static string Addresses(Vif vif) => string.Join(' ', vif.Network.Subnets.SelectMany(subnet => subnet.Ips).Select(ip =>
        ip.FloatingIps.IsEmpty ? ip.Address.ToString() : $"{ip.Address} ({string.Join(' ', ip.FloatingIps)})"));

    private static string Ranges(NetworkView network) => string.Join(' ', network.Ranges.Select((range, i) =>
        i < network.Free.Count ? string.Create(CultureInfo.InvariantCulture, $"{range} ({network.Free[i]} free)") : range.ToString()));

    private static string Named(NetworkId id, string label) =>
        label.Length == 0 || label == id.Value ? id.Value : $"{id} ({PlainText.Line(label)})";

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string Dash(string text) => text.Length == 0 ? "-" : text;
}
