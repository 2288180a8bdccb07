using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Wire.Client;

/// <content>The ports of instances, and the networks of hosts.</content>
public partial interface INovaDockerClient
{
    /// <summary>
    /// Plugs one more port into an instance. Its host makes the rest of what is wished for, or refuses; an acceptance says that
    /// it is in the journal, and <see cref="WaitAsync"/> tells how it ends. By the same request it may be asked for again.
    /// </summary>
    Task<InstanceProtocol.CommandReply> AttachInterfaceAsync(
        ComputeProtocol.AttachNic attach, CancellationToken cancellationToken = default);

    /// <summary>What went through an instance's ports, in the order of its interfaces.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="QueryRefusedException">Nothing can be read at present.</exception>
    Task<EquatableArray<PortDiagnostics>> GetDiagnosticsAsync(InstanceId instanceId, CancellationToken cancellationToken = default);

    /// <summary>The networks that the hosts' instances have ports of, or that the hosts know by themselves; sorted by host id.</summary>
    /// <param name="host">The host; null for every one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<EquatableArray<HostProtocol.HostNetworks>> ListNetworksAsync(HostId? host = null, CancellationToken cancellationToken = default);
}
