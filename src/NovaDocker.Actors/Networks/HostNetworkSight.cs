using System.Collections.Immutable;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>What a look at the host's devices showed.</summary>
/// <param name="Problems">What is wrong with ports that are to be plugged, in a sentence each; those without one are well.</param>
/// <param name="Owned">The devices that say that they are this host's.</param>
/// <param name="Idle">What this host made for networks, and no port is in.</param>
public sealed record HostNetworkSight(
    ImmutableDictionary<PortId, string> Problems, ImmutableArray<OwnedDevice> Owned, ImmutableArray<NetworkDevice> Idle);

/// <summary>A device that this host made for a network, by what it says of itself.</summary>
/// <param name="Device">The bridge; or the interface of a VLAN, where its bridge is somebody else's or is gone.</param>
/// <param name="Network">The network.</param>
/// <param name="Bridge">The bridge that it was made for, which is itself where it is one.</param>
public sealed record NetworkDevice(string Device, string Network, string Bridge);

/// <summary>A device of this host that was made for a port, by what it says of itself.</summary>
/// <param name="Device">The outer end of the instance's interface.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Port">The port.</param>
/// <param name="Type">How it was plugged.</param>
/// <param name="Bridge">The bridge it was put into; empty for none.</param>
/// <param name="IsHybrid">True where there is a Linux bridge between it and Open vSwitch.</param>
public sealed record OwnedDevice(string Device, VifOwner Owner, PortId Port, string Type, string Bridge, bool IsHybrid);
