using System.Net;
using System.Net.Sockets;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;
using NovaDocker.Settings;

namespace NovaDocker.Actors.Hosting;

/// <summary>Reads the networks that a host knows by its own configuration: <c>novadocker.networks.local</c>.</summary>
internal static class LocalNetworkReader
{
    private const string Local = "networks.local";

    private static readonly string[] NetworkKeys = ["type", "bridge", "mtu", "vlan", "bridge-interface", "subnets"];
    private static readonly string[] SubnetKeys = ["cidr", "gateway", "first", "last", "dns", "routes"];

    /// <summary>Reads them.</summary>
    /// <param name="reader">What reads them.</param>
    /// <param name="types">The types of VIF that can be plugged.</param>
    public static EquatableMap<LocalNetwork> Read(SettingsReader reader, string[] types) => new(
        from name in reader.Sections(
            Local, IsName, $"a name of 1 to {NetworkId.MaxLength} letters, digits, '-' and '_' that begins with a letter or a digit")
        let section = $"{Local}.{name}"
        let keys = reader.Names(section, NetworkKeys)
        select KeyValuePair.Create(name, Network(reader, section, new NetworkId(name), types)));

    /// <summary>The name of a device; null, and a fault, where it can be none.</summary>
    public static string? Device(SettingsReader reader, string key)
    {
        var name = reader.Text(key);
        if (VifRules.IsDeviceName(name))
            return name;
        reader.Fault(key, $"'{name}'", $"the name of a device, up to {VifRules.MaxDeviceName} letters, digits, '-', '_' and '.',");
        return null;
    }

    private static bool IsName(string name) =>
        NetworkId.TryParse(name, out _) && !name.Contains('.', StringComparison.Ordinal);

    private static LocalNetwork Network(SettingsReader reader, string section, NetworkId id, string[] types)
    {
        var bridge = reader.Has($"{section}.bridge") ? Device(reader, $"{section}.bridge") : null;
        return new LocalNetwork(
            id, reader.Has($"{section}.type") ? reader.OneOf($"{section}.type", types) : VifTypes.Bridge, bridge, Subnets(reader, $"{section}.subnets"))
        {
            Mtu = reader.Has($"{section}.mtu") ? reader.Number($"{section}.mtu", 68, 65535) : null,
            Vlan = reader.Has($"{section}.vlan") ? reader.Number($"{section}.vlan", 1, 4094) : null,
            BridgeInterface = reader.Has($"{section}.bridge-interface") ? Device(reader, $"{section}.bridge-interface") : null,
        };
    }

    private static EquatableArray<LocalSubnet> Subnets(SettingsReader reader, string section)
    {
        var subnets = new List<LocalSubnet>();
        foreach (var name in reader.Sections(section, IsName, "a name of letters, digits, '-' and '_'"))
        {
            _ = reader.Names($"{section}.{name}", SubnetKeys);
            if (Subnet(reader, $"{section}.{name}") is not { } subnet)
                continue;
            if (subnets.Find(other => other.Cidr.Contains(subnet.Cidr.BaseAddress) || subnet.Cidr.Contains(other.Cidr.BaseAddress)) is { } other)
                reader.Fault($"{section}.{name}.cidr", $"'{subnet.Cidr}', which overlaps {other.Cidr}", "a range of its own");
            subnets.Add(subnet);
        }

        return subnets.ToEquatableArray();
    }

    private static LocalSubnet? Subnet(SettingsReader reader, string section)
    {
        if (Range(reader, $"{section}.cidr") is not { } cidr)
            return null;
        var gateway = reader.Has($"{section}.gateway") ? Address(reader, $"{section}.gateway", cidr, mayBeOutside: true) : null;
        var (lowest, highest) = AddressRange.Usable(cidr);
        var first = reader.Has($"{section}.first") ? Address(reader, $"{section}.first", cidr, mayBeOutside: false) : lowest;
        var last = reader.Has($"{section}.last") ? Address(reader, $"{section}.last", cidr, mayBeOutside: false) : highest;
        if (first is not null && last is not null && AddressRange.Compare(first, last) > 0)
            reader.Fault($"{section}.first", $"'{first}', which comes after the last address, {last}", "an address before it");
        return new LocalSubnet(cidr, first ?? lowest, last ?? highest)
        {
            Gateway = gateway,
            Dns = reader.Has($"{section}.dns") ? reader.List($"{section}.dns", Ip, "an address, such as 192.0.2.53,") : [],
            Routes = reader.Has($"{section}.routes")
                ? reader.List($"{section}.routes", text => Route(text, cidr), $"a route of the family of {cidr}, such as \"{Example(cidr)}\",")
                : [],
        };
    }

    private static IPNetwork? Range(SettingsReader reader, string key)
    {
        var text = reader.Text(key);
        if (IpText.TryParseRange(text, out var range))
            return range;
        var allowed = "a range such as 10.77.0.0/24 or fd00:77::/64";
        if (text.Split('/') is [var start, var bits] && IpText.TryParse(start, out var address)
            && int.TryParse(bits, out var length) && length >= 0 && length <= address.GetAddressBytes().Length * 8)
            allowed = $"its beginning, {AddressRange.Of(address, length)},";
        reader.Fault(key, text.Length == 0 ? "not set" : $"'{text}'", allowed);
        return null;
    }

    private static IPAddress? Address(SettingsReader reader, string key, IPNetwork cidr, bool mayBeOutside)
    {
        var text = reader.Text(key);
        if (IpText.TryParse(text, out var address) && address.AddressFamily == cidr.BaseAddress.AddressFamily
            && (cidr.Contains(address) || (mayBeOutside && address.IsIPv6LinkLocal)))
            return address;
        reader.Fault(key, $"'{text}'", $"an address in {cidr}");
        return null;
    }

    private static IPAddress? Ip(string text) => IpText.TryParse(text, out var address) ? address : null;

    private static VifRoute? Route(string text, IPNetwork cidr) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var to, "via", var by]
        && IpText.TryParseRange(to, out var destination) && IpText.TryParse(by, out var gateway)
        && destination.BaseAddress.AddressFamily == cidr.BaseAddress.AddressFamily && gateway.AddressFamily == cidr.BaseAddress.AddressFamily
            ? new VifRoute(destination, gateway)
            : null;

    private static string Example(IPNetwork cidr) => cidr.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6
        ? "fd00:99::/32 via fd00:77::9"
        : "10.99.0.0/16 via 10.77.0.9";
}
