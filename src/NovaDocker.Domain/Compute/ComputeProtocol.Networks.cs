using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Compute;

/// <content>What concerns networks.</content>
public static partial class ComputeProtocol
{
    /// <summary>
    /// Plug one more port into an instance. The door has the instance's host settle it and sends
    /// <see cref="InstanceProtocol.AttachInterface"/>; answered by an <see cref="InstanceProtocol.CommandReply"/>.
    /// </summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Request">Who asks, by which request.</param>
    /// <param name="Nic">The port.</param>
    public sealed record AttachNic(InstanceId InstanceId, RequestContext Request, NicRequest Nic) : IWithInstanceId, IWireMessage
    {
        /// <summary>True refuses while the Engine is away; false lets it wait.</summary>
        public bool RefuseIfEngineAway { get; init; }
    }

    /// <summary>The networks of hosts; answered by <see cref="NetworksReport"/>.</summary>
    /// <param name="HostId">The host; null for every one.</param>
    public sealed record ListNetworks(HostId? HostId) : IWireMessage;

    /// <summary>The networks, sorted by host id.</summary>
    public sealed record NetworksReport(EquatableArray<HostProtocol.HostNetworks> Hosts) : IWireMessage;
}
