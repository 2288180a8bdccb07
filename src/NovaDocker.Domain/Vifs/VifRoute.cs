using System.Net;

namespace NovaDocker.Domain.Vifs;

/// <summary>A static route (Neutron's <c>host_routes</c>).</summary>
/// <param name="Destination">Where to.</param>
/// <param name="Gateway">By way of; the unspecified address for what is on the link.</param>
public sealed record VifRoute(IPNetwork Destination, IPAddress Gateway);
