using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>
/// What devices say of themselves, in their alias: by it alone is a device known for ours. The alias can be written only once the
/// device is there, so its hardware address tells in the instant before.
/// </summary>
internal static class DeviceMark
{
    private const string Word = "novadocker";
    private const string Unfinished = "unfinished";

    /// <summary>The mark of a device that was made for a port.</summary>
    public static string Of(OwnedDevice device) =>
        $"{Word} host={device.Owner.Host} instance={device.Owner.Instance} port={device.Port} device={device.Device} "
        + $"type={device.Type} bridge={device.Bridge} hybrid={(device.IsHybrid ? 1 : 0)}";

    /// <summary>The mark of one that others are still to be told of.</summary>
    public static string UnfinishedOf(OwnedDevice device) => $"{Of(device)} {Unfinished}";

    /// <summary>The mark of a device that was made for a network.</summary>
    /// <param name="host">Who made it.</param>
    /// <param name="network">The network.</param>
    /// <param name="bridge">The bridge that it is, or is put into.</param>
    /// <param name="way">The interface of the host that is put into the bridge; null for none.</param>
    public static string Of(HostId host, NetworkId network, string bridge, string? way) =>
        $"{Word} host={host} network={network} bridge={bridge}{(way is null ? "" : $" way={way}")}";

    /// <summary>Reads the mark of a device that was made for a port.</summary>
    public static bool TryParse(string alias, [NotNullWhen(true)] out OwnedDevice? device)
    {
        device = null;
        if (Values(alias) is not { } values
            || !values.TryGetValue("host", out var host)
            || !InstanceId.TryParse(values.GetValueOrDefault("instance"), out var instance)
            || !PortId.TryParse(values.GetValueOrDefault("port"), out var port)
            || !values.TryGetValue("device", out var name) || !VifRules.IsDeviceName(name)
            || !values.TryGetValue("type", out var type))
            return false;
        device = new OwnedDevice(
            name, new VifOwner(new HostId(host), instance), port, type, values.GetValueOrDefault("bridge", ""),
            values.GetValueOrDefault("hybrid") == "1");
        return true;
    }

    /// <summary>Whether a device was made by a host for a port.</summary>
    /// <param name="link">The device.</param>
    /// <param name="host">The host.</param>
    /// <param name="port">The port.</param>
    /// <param name="birth">The hardware address that it was given when it was made.</param>
    public static bool IsOf(HostLink link, HostId host, PortId port, string birth) => TryParse(link.Alias, out var device)
        ? device.Owner.Host == host && device.Port == port
        : link.Alias.Length == 0 && link.Address == birth;

    /// <summary>Whether a device was made by a host for a network.</summary>
    public static bool IsOfNetwork(HostLink link, HostId host) => TryReadNetwork(link, host, out _, out _);

    /// <summary>Reads the mark of a device that a host made for a network.</summary>
    /// <param name="link">The device.</param>
    /// <param name="host">The host.</param>
    /// <param name="device">What it says of itself; its bridge is empty where nothing tells which that is.</param>
    /// <param name="way">The interface of the host in the bridge; null for none.</param>
    public static bool TryReadNetwork(HostLink link, HostId host, [NotNullWhen(true)] out NetworkDevice? device, out string? way)
    {
        (device, way) = (null, null);
        var isNew = link.Alias.Length == 0 && link.Address == BirthAddress(host, link.Name);
        if (!isNew && !link.Alias.StartsWith($"{Word} host={host} network=", StringComparison.Ordinal))
            return false;
        var values = Values(link.Alias) ?? [];
        way = values.GetValueOrDefault("way");
        var bridge = link.IsBridge ? link.Name : values.GetValueOrDefault("bridge") ?? link.Master;
        device = new NetworkDevice(link.Name, values.GetValueOrDefault("network", ""), bridge ?? "");
        return true;
    }

    /// <summary>What stands in a mark; null where it is none.</summary>
    private static Dictionary<string, string>? Values(string alias)
    {
        var words = alias.Split(' ');
        return words[0] != Word
            ? null
            : words.Skip(1).Select(word => word.Split('=', 2)).Where(pair => pair.Length == 2)
                .DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }

    /// <summary>
    /// The hardware address of the outer end of an instance's interface: that of the port, but high, as libvirt has it, so that a
    /// bridge never takes it for its own.
    /// </summary>
    public static string OuterAddress(MacAddress port) => string.Concat("fe", port.Value.AsSpan(2));

    /// <summary>The hardware address that a host gives any other device of its own in the moment it makes it. High as well.</summary>
    public static string BirthAddress(HostId host, string device)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{host} {device}"));
        return $"fe:{digest[0]:x2}:{digest[1]:x2}:{digest[2]:x2}:{digest[3]:x2}:{digest[4]:x2}";
    }
}
