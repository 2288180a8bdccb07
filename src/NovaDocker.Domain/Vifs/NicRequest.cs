using System.Net;
using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Vifs;

/// <summary>An address that somebody wishes for a port.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Bits of its network; null for those of the network's range.</param>
public sealed record NicAddress(IPAddress Address, int? PrefixLength)
{
    /// <inheritdoc/>
    public override string ToString() => PrefixLength is { } length ? $"{Address}/{length}" : Address.ToString();
}

/// <summary>
/// A port that is wished for: either as Neutron has it, or by what a person says; the host that is to plug it makes the rest of
/// it.
/// </summary>
public sealed record NicRequest
{
    /// <summary>The port as Neutron has it; then nothing else counts. Null where there is no Neutron.</summary>
    public Vif? Vif { get; init; }

    /// <summary>The network.</summary>
    public NetworkId? Network { get; init; }

    /// <summary>The id that the port is to have; null for one that is made up.</summary>
    public PortId? Port { get; init; }

    /// <summary>The address of its interface; null for one that is made up.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>How it is plugged; null for the network's way, and for <see cref="VifTypes.Bridge"/> where that says nothing.</summary>
    public string? Type { get; init; }

    /// <summary>The bridge; null for the network's.</summary>
    public string? Bridge { get; init; }

    /// <summary>Its addresses; empty for one of each of the network's ranges.</summary>
    public EquatableArray<NicAddress> Addresses { get; init; } = [];

    /// <summary>Where its default routes lead, at most one a family; empty for the network's gateways.</summary>
    public EquatableArray<IPAddress> Gateways { get; init; } = [];

    /// <summary>Name servers; empty for the network's.</summary>
    public EquatableArray<IPAddress> Dns { get; init; } = [];

    /// <summary>The largest packet, bytes; null for the network's.</summary>
    public int? Mtu { get; init; }

    /// <summary>The VLAN; null for the network's.</summary>
    public int? Vlan { get; init; }
}
