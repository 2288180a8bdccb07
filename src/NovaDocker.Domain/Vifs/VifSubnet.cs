using System.Net;
using System.Net.Sockets;
using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Vifs;

/// <summary>A subnet of a network, with the addresses that the port has of it.</summary>
/// <param name="Cidr">Its range.</param>
/// <param name="Ips">The port's addresses in it.</param>
public sealed record VifSubnet(IPNetwork Cidr, EquatableArray<FixedIp> Ips)
{
    /// <summary>The gateway; null for none. It may be outside of the range, as a link-local address is.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Name servers.</summary>
    public EquatableArray<IPAddress> Dns { get; init; } = [];

    /// <summary>Static routes.</summary>
    public EquatableArray<VifRoute> Routes { get; init; } = [];

    /// <summary>Where the default route leads: a static route to everywhere stands above the gateway, as in Neutron's DHCP; null for none.</summary>
    public IPAddress? DefaultGateway => Routes.FirstOrDefault(IsDefault)?.Gateway ?? Gateway;

    /// <summary>The static routes that are no default route.</summary>
    public IEnumerable<VifRoute> OtherRoutes => Routes.Where(route => !IsDefault(route));

    /// <summary>True for IPv6.</summary>
    public bool IsV6 => Cidr.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;

    private static bool IsDefault(VifRoute route) => route.Destination.PrefixLength == 0;
}
