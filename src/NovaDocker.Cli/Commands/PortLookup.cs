using System.Net;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Cli.Commands;

/// <summary>Which port of an instance a person means.</summary>
internal static class PortLookup
{
    /// <summary>
    /// The port by its id, a beginning of it, its MAC or one of its addresses. A whole id is not looked up: the node judges it,
    /// also where the request is a repeated one and the port has gone.
    /// </summary>
    /// <exception cref="CliException">None or several are meant.</exception>
    public static async Task<PortId> FindAsync(Session session, InstanceId instance, string text, CancellationToken cancellationToken)
    {
        if (text.Length == 0)
            throw CliException.Usage("PORT is empty; a port's id, MAC or address is expected.");
        if (PortId.TryParse(text, out var id))
            return id;
        var view = await session.Client.GetInstanceAsync(instance, cancellationToken).ConfigureAwait(false)
            ?? throw CliException.NotFound($"There is no instance {instance}.", "novadocker list --all shows every instance.");
        return view.Ports.Where(port => IsMeant(port.Vif, text)).ToList() switch
        {
            [var port] => port.Vif.Id,
            { Count: > 1 } several => throw CliException.Usage(
                $"{several.Count} ports of the instance are meant by '{text}'.", $"Name one by its id: {Ids(several)}."),
            _ => throw CliException.NotFound(
                $"The instance has no port '{text}'.",
                view.Ports.IsEmpty ? "It has no ports at all." : $"It has {string.Join("; ", view.Ports.Select(Describe))}."),
        };
    }

    private static bool IsMeant(Vif vif, string text) =>
        vif.Id.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase)
        || (MacAddress.TryParse(text, out var mac) && vif.Mac == mac)
        || (IPAddress.TryParse(text, out var address) && Addresses(vif).Contains(address));

    private static IEnumerable<IPAddress> Addresses(Vif vif) =>
        vif.Network.Subnets.SelectMany(subnet => subnet.Ips).SelectMany(ip => ip.FloatingIps.Prepend(ip.Address));

    private static string Describe(InstancePort port) =>
        string.Join(' ', port.Vif.Addresses.Select(address => address.ToString()).Prepend(port.Vif.Mac.ToString()).Prepend(port.Vif.Id.ToString()));

    private static string Ids(IEnumerable<InstancePort> ports) => string.Join(", ", ports.Select(port => port.Vif.Id));
}
