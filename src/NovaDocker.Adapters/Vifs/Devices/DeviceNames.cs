using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>Names of network devices: which can be, and what Nova and Neutron call those of a port.</summary>
internal static class DeviceNames
{
    /// <summary>Linux allows 15 characters (<c>IFNAMSIZ</c>).</summary>
    public const int MaxLength = 15;

    /// <summary>
    /// Whether a name can be one. Stricter than the kernel, which takes whatever is no space and no slash: names go into lines
    /// of <c>ip -batch</c>.
    /// </summary>
    public static bool IsValid(string name) => name.Length is > 0 and <= MaxLength
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>What is wrong with a value that is to be a name; null where nothing is.</summary>
    public static string? Problem(string key, string name) => IsValid(name)
        ? null
        : $"{key} is '{name}', which no network device can be called; up to {MaxLength} letters, digits, '-', '_' and '.' are expected";

    /// <summary>The bridge between an instance and Open vSwitch.</summary>
    public static string HybridBridge(PortId port) => "qbr" + port.Short;

    /// <summary>The end of the pair that is in that bridge.</summary>
    public static string HybridInner(PortId port) => "qvb" + port.Short;

    /// <summary>The end that is in Open vSwitch.</summary>
    public static string HybridOuter(PortId port) => "qvo" + port.Short;

    /// <summary>The interface of a VLAN.</summary>
    public static string VlanInterface(int vlan) => $"vlan{vlan}";
}
