using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>What Nova and Neutron call the network devices of a port.</summary>
internal static class DeviceNames
{
    /// <summary>The bridge between an instance and Open vSwitch.</summary>
    public static string HybridBridge(PortId port) => "qbr" + port.Short;

    /// <summary>The end of the pair that is in that bridge.</summary>
    public static string HybridInner(PortId port) => "qvb" + port.Short;

    /// <summary>The end that is in Open vSwitch.</summary>
    public static string HybridOuter(PortId port) => "qvo" + port.Short;

    /// <summary>The interface of a VLAN.</summary>
    public static string VlanInterface(int vlan) => $"vlan{vlan}";
}
