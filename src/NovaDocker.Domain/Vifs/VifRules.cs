namespace NovaDocker.Domain.Vifs;

/// <summary>What the ports of an instance may say.</summary>
public static class VifRules
{
    /// <summary>The most ports of an instance: as many as its journal's events and the names of its interfaces bear.</summary>
    public const int MaxPorts = 32;

    /// <summary>The longest name of a device, characters (IFNAMSIZ without the final zero).</summary>
    public const int MaxDeviceName = 15;

    /// <summary>The smallest packet that IPv4 lets an interface have, bytes (RFC 791).</summary>
    public const int MinMtu = 68;

    /// <summary>The smallest packet that IPv6 lets an interface have, bytes (RFC 8200).</summary>
    public const int MinMtuV6 = 1280;

    /// <summary>The largest packet there is, bytes.</summary>
    public const int MaxMtu = 65535;

    /// <summary>The largest VLAN id (IEEE 802.1Q).</summary>
    public const int MaxVlan = 4094;

    /// <summary>Everything that is wrong with ports that are to be one instance's, each as one sentence with key, value and what would be right.</summary>
    public static IReadOnlyList<string> Problems(IEnumerable<Vif> vifs)
    {
        var all = vifs.ToList();
        var problems = all.SelectMany(Problems).ToList();
        if (all.Count > MaxPorts)
            problems.Add($"The instance would have {all.Count} ports; at most {MaxPorts} are possible.");
        problems.AddRange(Twice(all.Select(vif => vif.Id.ToString()), "port", "each port goes into an instance once"));
        problems.AddRange(Twice(all.Select(vif => vif.Mac.ToString()), "address", "every interface has a MAC address of its own"));
        problems.AddRange(Twice(all.Select(vif => vif.Device), "devname", "every port has a device of its own"));
        foreach (var network in all.GroupBy(vif => vif.Network.Id))
        {
            problems.AddRange(Twice(
                network.SelectMany(vif => vif.Addresses).Select(address => address.ToString()), "fixed IP", $"an address is given once in network {network.Key}"));
        }

        return problems;
    }

    /// <summary>What is wrong with the name of a device or bridge; null where nothing is.</summary>
    public static string? DeviceProblem(string key, string name) =>
        IsDeviceName(name)
            ? null
            : $"{key} is '{name}'; 1 to {MaxDeviceName} characters are expected: letters, digits, '-', '_' and '.', the first a letter or a digit.";

    /// <summary>
    /// Whether a network device may be called so. Stricter than Linux, which takes whatever is no space and no slash: names go
    /// into lines of <c>ip -batch</c>.
    /// </summary>
    public static bool IsDeviceName(string name) => name.Length is > 0 and <= MaxDeviceName
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static IEnumerable<string> Problems(Vif vif)
    {
        if (vif.Type == VifTypes.BindingFailed)
        {
            yield return $"vif-type of port {vif.Id} is {vif.Type}: Neutron found no way to bind it to this host; see its log, "
                + "and whether an agent of Neutron runs here.";
        }

        if (vif.Type == VifTypes.Unbound)
            yield return $"vif-type of port {vif.Id} is {vif.Type}: Neutron has bound it to no host; a bound port is expected.";
        foreach (var (key, name) in new[]
        {
            ("devname", vif.Device), ("bridge", vif.Bridge), ("bridge-interface", vif.Network.BridgeInterface ?? "eth0"),
        })
        {
            if (DeviceProblem(key, name) is { } problem)
                yield return problem;
        }

        if (vif.Network.Vlan is < 1 or > MaxVlan)
            yield return $"vlan of port {vif.Id} is {vif.Network.Vlan}; a number from 1 to {MaxVlan} is expected.";
        if (vif.Network is { ShouldCreateVlan: true, Vlan: null } or { ShouldCreateVlan: true, BridgeInterface: null })
            yield return $"should_create_vlan of network {vif.Network.Id} is true; a vlan and a bridge_interface are expected with it.";
        var minMtu = vif.Network.Subnets.Any(subnet => subnet.IsV6) ? MinMtuV6 : MinMtu;
        if (vif.Network.Mtu is { } mtu && (mtu < minMtu || mtu > MaxMtu))
            yield return $"mtu of port {vif.Id} is {mtu}; a number from {minMtu} to {MaxMtu} is expected.";
        foreach (var subnet in vif.Network.Subnets)
        {
            foreach (var ip in subnet.Ips.Where(ip => !subnet.Cidr.Contains(ip.Address)))
                yield return $"ip of port {vif.Id} is {ip.Address}; an address in {subnet.Cidr} is expected.";
            if (subnet.Gateway is { } gateway && gateway.AddressFamily != subnet.Cidr.BaseAddress.AddressFamily)
                yield return $"gateway of port {vif.Id} is {gateway}; an address of {Family(subnet)} is expected, as in {subnet.Cidr}.";
            foreach (var route in subnet.Routes.Where(route => route.Gateway.AddressFamily != route.Destination.BaseAddress.AddressFamily))
                yield return $"route of port {vif.Id} leads to {route.Destination} by {route.Gateway}; a gateway of the same family is expected.";
        }
    }

    private static string Family(VifSubnet subnet) => subnet.IsV6 ? "IPv6" : "IPv4";

    private static IEnumerable<string> Twice(IEnumerable<string> values, string key, string rule) =>
        from value in values
        group value by value into same
        where same.Count() > 1
        select $"{key} {same.Key} is there {same.Count()} times; {rule}.";
}
