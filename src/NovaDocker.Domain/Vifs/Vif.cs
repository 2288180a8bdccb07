using System.Net;
using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Vifs;

/// <summary>A port that is to be plugged into an instance: one element of Nova's <c>network_info</c>.</summary>
/// <param name="Id">The port.</param>
/// <param name="Mac">The address of its interface.</param>
/// <param name="Network">Its network.</param>
/// <param name="Type">How it is plugged: one of <see cref="VifTypes"/>, or one that this host's configuration names.</param>
public sealed record Vif(PortId Id, MacAddress Mac, VifNetwork Network, string Type)
{
    /// <summary>What Open vSwitch knows it by (<c>iface-id</c>); null for the port's id.</summary>
    public string? OvsInterfaceId { get; init; }

    /// <summary>The device's name on the host; null for <c>tap</c> and the first 11 characters of the port's id.</summary>
    public string? DeviceName { get; init; }

    /// <summary>Neutron's <c>vnic_type</c>.</summary>
    public string VnicType { get; init; } = "normal";

    /// <summary>True where Neutron held the port for active when this was written.</summary>
    public bool IsActive { get; init; }

    /// <summary>Neutron's <c>binding:vif_details</c>, each value as text.</summary>
    public EquatableMap<string> Details { get; init; } = EquatableMap<string>.Empty;

    /// <summary>The device on the host that is the outer end of the instance's interface.</summary>
    public string Device => DeviceName ?? "tap" + Id.Short;

    /// <summary>The bridge it is put into.</summary>
    public string Bridge => Network.Bridge ?? Network.Id.DefaultBridge;

    /// <summary>What Open vSwitch knows it by.</summary>
    public string InterfaceId => OvsInterfaceId ?? Id.ToString();

    /// <summary>True where a Linux bridge stands between the instance and Open vSwitch, as iptables' security groups need it.</summary>
    public bool IsHybrid => Type == VifTypes.Ovs
        && Details.TryGetValue("ovs_hybrid_plug", out var hybrid) && bool.TryParse(hybrid, out var isHybrid) && isHybrid;

    /// <summary>Its addresses, in the order of the subnets.</summary>
    public IEnumerable<IPAddress> Addresses => Network.Subnets.SelectMany(subnet => subnet.Ips).Select(ip => ip.Address);
}
