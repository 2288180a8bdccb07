using System.Net;
using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Vifs;

/// <summary>An address of a port.</summary>
/// <param name="Address">The address.</param>
/// <param name="FloatingIps">Addresses that Neutron's routers translate to it. They are Neutron's, and only shown.</param>
public sealed record FixedIp(IPAddress Address, EquatableArray<IPAddress> FloatingIps);
