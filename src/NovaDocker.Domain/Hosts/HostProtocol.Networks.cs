using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Hosts;

/// <content>What concerns a host's networks.</content>
public static partial class HostProtocol
{
    /// <summary>A message for one host that its networks answer.</summary>
    public interface IHostNetworkMessage : IHostMessage;

    /// <summary>
    /// May this port be plugged into an instance of this host, and what would it be? Answered by <see cref="InterfaceAdmitted"/>
    /// or <see cref="InstanceProtocol.Refused"/>.
    /// </summary>
    /// <param name="HostId">The host.</param>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="RequestId">The request, which a port that has no id yet gets one of.</param>
    /// <param name="Nic">The port wished for.</param>
    public sealed record AdmitInterface(HostId HostId, InstanceId InstanceId, string RequestId, NicRequest Nic)
        : IHostNetworkMessage, IWithInstanceId;

    /// <summary>It may. An address that was found for it is kept for a while.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Vif">The port.</param>
    public sealed record InterfaceAdmitted(InstanceId InstanceId, Vif Vif) : IWithInstanceId, IWireMessage;

    /// <summary>
    /// What went through these ports? Answered by <see cref="InstanceProtocol.Diagnostics"/> or
    /// <see cref="InstanceProtocol.Refused"/>.
    /// </summary>
    /// <param name="HostId">The host.</param>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Ports">Its ports.</param>
    public sealed record ReadCounters(HostId HostId, InstanceId InstanceId, EquatableArray<InstancePort> Ports)
        : IHostNetworkMessage, IWithInstanceId;

    /// <summary>Which networks are there? Answered by <see cref="HostNetworks"/>.</summary>
    public sealed record GetNetworks(HostId HostId) : IHostNetworkMessage;

    /// <summary>The networks of a host: those that its instances have ports of, and those that it knows by itself.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="Networks">Sorted by id, at most <see cref="MaxNetworks"/>.</param>
    /// <param name="Omitted">How many more there are.</param>
    /// <param name="Problem">Why nothing is known of them; null where it is.</param>
    public sealed record HostNetworks(HostId HostId, EquatableArray<NetworkView> Networks, int Omitted, string? Problem)
        : IWireMessage;

    /// <summary>The most networks that one <see cref="HostNetworks"/> tells of.</summary>
    public const int MaxNetworks = 200;
}
