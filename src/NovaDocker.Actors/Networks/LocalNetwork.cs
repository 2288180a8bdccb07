using System.Net;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>A network that this host knows by its own configuration, for use without Neutron.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Type">How its ports are plugged.</param>
/// <param name="Bridge">The bridge; null for the usual one.</param>
/// <param name="Subnets">Its ranges; empty for a network whose ports get addresses of their own, or none.</param>
public sealed record LocalNetwork(NetworkId Id, string Type, string? Bridge, EquatableArray<LocalSubnet> Subnets)
{
    /// <summary>The largest packet, bytes; null leaves it to the kernel.</summary>
    public int? Mtu { get; init; }

    /// <summary>The VLAN; null for none.</summary>
    public int? Vlan { get; init; }

    /// <summary>The host's interface that the VLAN, or the bridge, has its way out by; null for none.</summary>
    public string? BridgeInterface { get; init; }
}

/// <summary>A range of a network, and which of its addresses may be given away.</summary>
/// <param name="Cidr">The range.</param>
/// <param name="First">The first address that is given away.</param>
/// <param name="Last">The last one.</param>
public sealed record LocalSubnet(IPNetwork Cidr, IPAddress First, IPAddress Last)
{
    /// <summary>The gateway; null for none. It is never given away.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Name servers.</summary>
    public EquatableArray<IPAddress> Dns { get; init; } = [];

    /// <summary>Static routes.</summary>
    public EquatableArray<VifRoute> Routes { get; init; } = [];
}
