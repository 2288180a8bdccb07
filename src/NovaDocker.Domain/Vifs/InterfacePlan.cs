using System.Net;
using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Vifs;

/// <summary>An address with the length of its network's prefix.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Bits.</param>
public sealed record InterfaceAddress(IPAddress Address, int PrefixLength)
{
    /// <summary>As <c>ip</c> takes and prints it.</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";
}

/// <summary>What an interface is to look like inside of the instance. Derived from the instance's ports alone.</summary>
/// <param name="Name">Its name inside: <c>eth0</c>, <c>eth1</c>, …</param>
/// <param name="Mac">Its hardware address.</param>
/// <param name="Mtu">The largest packet, bytes; null leaves it to the kernel.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="Routes">Its static routes.</param>
/// <param name="Gateways">Where the instance's default routes lead: at most one a family, and none where another interface has it.</param>
public sealed record InterfacePlan(
    string Name,
    MacAddress Mac,
    int? Mtu,
    EquatableArray<InterfaceAddress> Addresses,
    EquatableArray<VifRoute> Routes,
    EquatableArray<IPAddress> Gateways)
{
    /// <summary>
    /// The plan of each port, in their order. The first that knows a gateway of a family has its default route, and the first that
    /// has a static route to a destination has that: a namespace takes one of each.
    /// </summary>
    public static EquatableArray<InterfacePlan> For(IEnumerable<InstancePort> ports)
    {
        var plans = new List<InterfacePlan>();
        var families = new HashSet<bool>();
        var destinations = new HashSet<IPNetwork>();
        foreach (var port in ports)
        {
            var subnets = port.Vif.Network.Subnets;
            var gateways = subnets
                .Where(subnet => subnet is { DefaultGateway: not null, Ips.IsEmpty: false } && families.Add(subnet.IsV6))
                .Select(subnet => subnet.DefaultGateway!)
                .ToEquatableArray();
            plans.Add(new InterfacePlan(
                port.Interface, port.Vif.Mac, port.Vif.Network.Mtu,
                subnets.SelectMany(subnet => subnet.Ips.Select(ip => new InterfaceAddress(ip.Address, subnet.Cidr.PrefixLength)))
                    .ToEquatableArray(),
                subnets.SelectMany(subnet => subnet.OtherRoutes).Where(route => destinations.Add(route.Destination)).ToEquatableArray(),
                gateways));
        }

        return plans.ToEquatableArray();
    }
}
