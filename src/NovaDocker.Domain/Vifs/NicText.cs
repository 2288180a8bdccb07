using System.Globalization;
using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Vifs;

/// <summary>A port as a person writes it: <c>net=blue,ip=10.1.0.5,mac=fa:16:3e:00:00:01</c>, as <c>openstack server create --nic</c> has it.</summary>
public static class NicText
{
    /// <summary>The keys there are, with what each takes.</summary>
    public static readonly IReadOnlyList<(string Key, string Takes)> Keys =
    [
        ("net", "the network: its id, or a name of novadocker.networks.local"),
        ("ip", "an address, with /BITS where the network has no range of its own; may be there several times"),
        ("mac", MacAddress.Expected),
        ("gateway", "the address that the default route leads to; once for IPv4 and once for IPv6"),
        ("dns", "the address of a name server; may be there several times"),
        ("vif-type", "bridge, ovs, tap, or a type of novadocker.networks.vif-types"),
        ("bridge", "the bridge on the host"),
        ("vlan", "a number from 1 to 4094"),
        ("mtu", "bytes"),
        ("port", "the port's id: a UUID"),
    ];

    private static readonly string[] Names = [.. Keys.Select(key => key.Key)];

    /// <summary>Reads one. Everything that is wrong with it is told, each with key, value and what would be right.</summary>
    public static NicRequest? Read(string text, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        var nic = new NicRequest();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = at < 0 ? (part, "") : (part[..at], part[(at + 1)..]);
            if (part.Length == 0)
                found.Add("A KEY=VALUE is missing beside a comma, or there is nothing at all; net=NETWORK is the least.");
            else if (!Names.Contains(key, StringComparer.Ordinal))
                found.Add(Unknown(key));
            else if (value.Length == 0)
                found.Add($"{key} has no value; {Takes(key)} is expected, as {key}=VALUE.");
            else if (key is not ("ip" or "dns" or "gateway") && !seen.Add(key))
                found.Add($"{key} is there twice; once is expected.");
            else if (With(nic, key, value) is { } read)
                nic = read;
            else
                found.Add($"{key} is '{value}'; {Takes(key)} is expected.");
        }

        if (nic.Gateways.GroupBy(gateway => gateway.AddressFamily).Any(family => family.Count() > 1))
            found.Add($"gateway is there twice for one family; {Takes("gateway")} is expected.");
        if (found.Count == 0 && nic is { Network: null, Bridge: null })
            found.Add("net is missing; the network's id or name is expected, or a bridge.");
        problems = found;
        return found.Count == 0 ? nic : null;
    }

    private static NicRequest? With(NicRequest nic, string key, string value) => key switch
    {
        "net" when NetworkId.TryParse(value, out var network) => nic with { Network = network },
        "port" when PortId.TryParse(value, out var port) => nic with { Port = port },
        "mac" when MacAddress.TryParse(value, out var mac) => nic with { Mac = mac },
        "vif-type" => nic with { Type = value },
        "bridge" when VifRules.DeviceProblem(key, value) is null => nic with { Bridge = value },
        "ip" when Address(value) is { } address => nic with { Addresses = nic.Addresses.Add(address) },
        "gateway" when IpText.TryParse(value, out var gateway) => nic with { Gateways = nic.Gateways.Add(gateway) },
        "dns" when IpText.TryParse(value, out var server) => nic with { Dns = nic.Dns.Add(server) },
        "vlan" when Number(value, 1, VifRules.MaxVlan) is { } vlan => nic with { Vlan = vlan },
        "mtu" when Number(value, VifRules.MinMtu, VifRules.MaxMtu) is { } mtu => nic with { Mtu = mtu },
        _ => null,
    };

    private static NicAddress? Address(string value)
    {
        var parts = value.Split('/');
        if (parts.Length > 2 || !IpText.TryParse(parts[0], out var address))
            return null;
        if (parts.Length == 1)
            return new NicAddress(address, null);
        var bits = address.GetAddressBytes().Length * 8;
        return Number(parts[1], 1, bits) is { } length ? new NicAddress(address, length) : null;
    }

    private static int? Number(string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : null;

    private static string Takes(string key) => Keys.First(known => known.Key == key).Takes;

    private static string Unknown(string key) => Spelling.Nearest(key, Names) is { } near
        ? $"{key} is no key of a port; did you mean {near}?"
        : $"{key} is no key of a port; {string.Join(", ", Names)} are.";
}
