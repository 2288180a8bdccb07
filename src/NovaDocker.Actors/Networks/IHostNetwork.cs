using System.Collections.Immutable;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// The network devices of a host, as far as ports need them: bridges, pairs of virtual Ethernet devices, Open vSwitch. Failures
/// are <see cref="VifException"/> and nothing else.
/// </summary>
/// <remarks>
/// Everything is computed of the port alone and is idempotent on whatever an earlier attempt left; nothing is remembered.
/// What is not marked as this host's is not touched. Implementations are safe for concurrent use, but not on one port or one
/// bridge: their owners see to that. The contract is written down in <c>HostNetworkContract</c>, which runs against the real
/// adapter and against the fake alike.
/// </remarks>
public interface IHostNetwork
{
    /// <summary>
    /// Finds out whether ports of this type can be plugged here at all: the type is known, and its tools are there.
    /// </summary>
    /// <returns>Why not, with what would be right; null where they can.</returns>
    string? ProblemWith(Vif vif);

    /// <summary>
    /// Sees to it that the bridge of the port's network is there, is up, and lets traffic between its ports pass; makes it, and
    /// the VLAN's interface, where that is allowed. Types without a Linux bridge of the network's own have nothing to be done.
    /// </summary>
    Task PrepareNetworkAsync(Vif vif, CancellationToken cancellationToken);

    /// <summary>
    /// Takes away what <see cref="PrepareNetworkAsync"/> made, where no port is left in it. What somebody else made, or uses,
    /// stays.
    /// </summary>
    Task ReleaseNetworkAsync(Vif vif, CancellationToken cancellationToken);

    /// <summary>
    /// Plugs a port: afterwards the namespace has the interface as planned, and its outer end is up, in its bridge and known to
    /// whoever has to know it. What is there and right is left alone, so that traffic goes on; what is there and wrong (in
    /// another namespace, with another address) is made anew. A plug that fails, or is cancelled, takes back what it did.
    /// </summary>
    /// <returns>True where everything was there already and nothing was changed.</returns>
    Task<bool> PlugAsync(VifPlug plug, CancellationToken cancellationToken);

    /// <summary>Takes a port away from the host. What is gone is no failure.</summary>
    Task UnplugAsync(Vif vif, VifOwner owner, CancellationToken cancellationToken);

    /// <summary>Looks at the devices of the host, without changing anything.</summary>
    /// <param name="expected">The ports that are to be plugged.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<HostNetworkSight> LookAsync(IReadOnlyCollection<Vif> expected, CancellationToken cancellationToken);

    /// <summary>Takes away a device that is left over of a port, by what the device says of itself.</summary>
    Task RemoveAsync(OwnedDevice device, CancellationToken cancellationToken);

    /// <summary>
    /// Takes away what was made here of a bridge, or for it, where no port is left in it: the same as <see cref="ReleaseNetworkAsync"/>
    /// where no port is known that would say which network it was for.
    /// </summary>
    /// <returns>The devices that were taken away.</returns>
    Task<ImmutableArray<string>> TidyBridgeAsync(string bridge, CancellationToken cancellationToken);

    /// <summary>What went through a port since it was plugged, as the instance sees it; null where it is not plugged.</summary>
    Task<VifCounters?> ReadCountersAsync(Vif vif, CancellationToken cancellationToken);
}
