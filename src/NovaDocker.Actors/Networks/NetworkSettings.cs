using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Networks;

/// <summary>How ports are plugged on this host.</summary>
public sealed record NetworkSettings
{
    /// <summary>The <c>ip</c> of iproute2: a path, or a name that is looked for on <c>PATH</c>.</summary>
    public required string Ip { get; init; }

    /// <summary>The <c>nsenter</c> of util-linux.</summary>
    public required string Nsenter { get; init; }

    /// <summary>Open vSwitch's <c>ovs-vsctl</c>.</summary>
    public required string OvsVsctl { get; init; }

    /// <summary>The <c>ethtool</c> that takes offloads off; needed for bridges in user space alone.</summary>
    public required string Ethtool { get; init; }

    /// <summary>The <c>iptables</c> that lets bridged traffic pass the Engine's filter; IPv6's is found beside it.</summary>
    public required string Iptables { get; init; }

    /// <summary>Where Open vSwitch's database listens, such as <c>unix:/run/openvswitch/db.sock</c>; empty for <c>ovs-vsctl</c>'s own default.</summary>
    public required string OvsDatabase { get; init; }

    /// <summary>The bridge of Open vSwitch for ports that name none.</summary>
    public required string OvsBridge { get; init; }

    /// <summary>How long one call of a tool may take.</summary>
    public required TimeSpan CommandTimeout { get; init; }

    /// <summary>False refuses ports whose Linux bridge is missing, whatever the port says.</summary>
    public required bool CreateBridges { get; init; }

    /// <summary>
    /// True opens the Engine's filter (chain <c>DOCKER-USER</c>) for traffic between the ports of one bridge, where the kernel shows
    /// bridged traffic to iptables: the Engine's policy would drop all of it.
    /// </summary>
    public required bool OpenEngineFilter { get; init; }

    /// <summary>How often the host's devices are compared with what is to be plugged.</summary>
    public required TimeSpan VerifyInterval { get; init; }

    /// <summary>Types of VIF that commands plug, by name.</summary>
    public EquatableMap<CommandVifType> CommandTypes { get; init; } = EquatableMap<CommandVifType>.Empty;

    /// <summary>Networks that this host knows without Neutron, by name.</summary>
    public EquatableMap<LocalNetwork> Networks { get; init; } = EquatableMap<LocalNetwork>.Empty;
}
