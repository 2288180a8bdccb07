using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Hosts;

/// <summary>Who a host is, and how others reach it.</summary>
/// <param name="Id">Its stable id.</param>
/// <param name="ClusterName">The cluster it belongs to.</param>
/// <param name="Name">The name its machine goes by.</param>
/// <param name="Address">Where its node listens, <c>host:port</c>.</param>
public sealed record HostIdentity(HostId Id, string ClusterName, string Name, string Address);
