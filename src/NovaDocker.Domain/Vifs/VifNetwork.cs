using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Vifs;

/// <summary>The network of a port, as Nova's <c>network_info</c> has it.</summary>
/// <param name="Id">The network.</param>
/// <param name="Subnets">Its subnets that the port has addresses of.</param>
public sealed record VifNetwork(NetworkId Id, EquatableArray<VifSubnet> Subnets)
{
    /// <summary>Its name for people; empty for none.</summary>
    public string Label { get; init; } = "";

    /// <summary>The bridge that ports of the network are put into: a Linux bridge, or one of Open vSwitch; null for the usual one.</summary>
    public string? Bridge { get; init; }

    /// <summary>The largest packet, bytes; null leaves it to the kernel.</summary>
    public int? Mtu { get; init; }

    /// <summary>True lets a missing Linux bridge be made (Nova's <c>should_create_bridge</c>).</summary>
    public bool ShouldCreateBridge { get; init; }

    /// <summary>True lets the VLAN's interface be made and put into the bridge (Nova's <c>should_create_vlan</c>).</summary>
    public bool ShouldCreateVlan { get; init; }

    /// <summary>
    /// The VLAN: of the interface that is made with <see cref="ShouldCreateVlan"/>, or the tag of a port of Open vSwitch that
    /// nobody else tags; null for none.
    /// </summary>
    public int? Vlan { get; init; }

    /// <summary>The host's interface that the VLAN, or the bridge, has its way out by (Nova's <c>bridge_interface</c>); null for none.</summary>
    public string? BridgeInterface { get; init; }
}
