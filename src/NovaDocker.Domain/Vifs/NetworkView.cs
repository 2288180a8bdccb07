using System.Net;
using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Vifs;

/// <summary>What a commander is shown of a network on a host.</summary>
/// <param name="Id">The network.</param>
/// <param name="Label">Its name for people; empty for none.</param>
/// <param name="Type">How its ports are plugged.</param>
/// <param name="Bridge">The bridge they are put into.</param>
/// <param name="Ports">How many ports of instances there are of it.</param>
/// <param name="IsLocal">True where this host's own configuration has it.</param>
public sealed record NetworkView(NetworkId Id, string Label, string Type, string Bridge, int Ports, bool IsLocal)
{
    /// <summary>The largest packet, bytes; null where nobody says.</summary>
    public int? Mtu { get; init; }

    /// <summary>The VLAN; null for none.</summary>
    public int? Vlan { get; init; }

    /// <summary>Its ranges.</summary>
    public EquatableArray<IPNetwork> Ranges { get; init; } = [];

    /// <summary>How many addresses may still be given away, by range; empty where this host gives none away.</summary>
    public EquatableArray<long> Free { get; init; } = [];
}
