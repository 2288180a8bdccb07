using System.Net;
using System.Security.Cryptography;
using System.Text;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>A port that cannot be made as wished.</summary>
/// <param name="Code">Why, for programs.</param>
/// <param name="Reason">Why, with the key, its value and what would be right.</param>
internal sealed record NicProblem(RefusalCode Code, string Reason);

/// <summary>
/// Makes ports of what is wished for: Neutron's are taken as they are; of what a person says, this host's configuration makes
/// the rest. Pure, but for the look at what is taken and at the tools there are.
/// </summary>
/// <param name="settings">How ports are plugged on this host.</param>
/// <param name="book">What is taken.</param>
/// <param name="problemWith">Why a port cannot be plugged here at all; null where it can.</param>
internal sealed class NicSettler(NetworkSettings settings, PortBook book, Func<Vif, string?> problemWith)
{
    /// <summary>The ports; null with the problem where one cannot be had. What is given away is kept for the instance for a while.</summary>
    /// <param name="instance">Whose they are to be.</param>
    /// <param name="request">What asks for them: the same request gets the same ids again.</param>
    /// <param name="nics">The wishes.</param>
    /// <param name="others">Ports that the instance has already.</param>
    /// <param name="problem">Why there are none.</param>
    public EquatableArray<Vif>? Settle(
        InstanceId instance, string request, EquatableArray<NicRequest> nics, IEnumerable<Vif> others, out NicProblem? problem)
    {
        var vifs = new List<Vif>();
        var beside = others.ToList();
        problem = null;
        for (var i = 0; i < nics.Count; i++)
        {
            (var vif, problem) = SettleOne(nics[i], IdOf(instance, request, i), [.. beside, .. vifs]);
            if (vif is null)
                return null;
            // Asked for again, a port that the instance has by now is the same one.
            beside.RemoveAll(other => other.Id == vif.Id);
            vifs.Add(vif);
        }

        if (VifRules.Problems(beside.Concat(vifs)) is { Count: > 0 } problems)
        {
            problem = new NicProblem(RefusalCode.InvalidArgument, string.Join(' ', problems));
            return null;
        }

        problem = vifs.Select(vif => Refusal(instance, vif)).FirstOrDefault(refusal => refusal is not null);
        if (problem is not null)
            return null;
        vifs.ForEach(vif => book.Lease(instance, vif));
        return vifs.ToEquatableArray();
    }

    private NicProblem? Refusal(InstanceId instance, Vif vif) =>
        book.Conflict(instance, vif) is { } conflict ? new NicProblem(RefusalCode.PortInUse, conflict)
        : problemWith(vif) is { } impossible ? new NicProblem(RefusalCode.InvalidArgument, impossible)
        : null;

    private (Vif?, NicProblem?) SettleOne(NicRequest nic, PortId ownId, IReadOnlyList<Vif> beside)
    {
        if (nic.Vif is { } given)
            return (given, null);
        var id = nic.Port ?? ownId;
        if (nic.Network is null && nic.Bridge is null)
            return Invalid("net is missing; the network's id or name is expected, or a bridge.");
        var network = nic.Network ?? new NetworkId(nic.Bridge!);
        var local = settings.Networks.TryGetValue(network.Value, out var known) ? known : null;
        var type = nic.Type ?? local?.Type ?? VifTypes.Bridge;
        var bridge = nic.Bridge ?? local?.Bridge ?? (type == VifTypes.Ovs ? settings.OvsBridge : null);
        var (subnets, problem) = SubnetsOf(nic, id, network, local, beside);
        if (subnets is not { } found)
            return (null, problem);
        var vlan = nic.Vlan ?? local?.Vlan;
        if (vlan is not null && type == VifTypes.Bridge && local?.BridgeInterface is null)
        {
            return Invalid($"vlan is {vlan} for a port of type bridge in network {network}; a bridge-interface is expected with it in "
                + $"novadocker.networks.local.{network}, or vif-type=ovs.");
        }

        return (new Vif(
            id, nic.Mac ?? MacAddress.For(id),
            new VifNetwork(network, found)
            {
                Label = local is null ? "" : network.Value,
                Bridge = bridge,
                Mtu = nic.Mtu ?? local?.Mtu,
                ShouldCreateBridge = type == VifTypes.Bridge,
                ShouldCreateVlan = type == VifTypes.Bridge && vlan is not null,
                Vlan = vlan,
                BridgeInterface = local?.BridgeInterface,
            },
            type), null);

        static (Vif?, NicProblem?) Invalid(string reason) => (null, new NicProblem(RefusalCode.InvalidArgument, reason));
    }

    private (EquatableArray<VifSubnet>? Subnets, NicProblem? Problem) SubnetsOf(
        NicRequest nic, PortId id, NetworkId network, LocalNetwork? local, IReadOnlyList<Vif> beside)
    {
        var subnets = new List<VifSubnet>();
        foreach (var wish in nic.Addresses)
        {
            var range = local?.Subnets.FirstOrDefault(subnet => subnet.Cidr.Contains(wish.Address));
            if (AddressProblem(wish, range, local, network) is { } reason)
                return (null, new NicProblem(RefusalCode.InvalidArgument, reason));
            subnets.Add(range is null
                ? new VifSubnet(AddressRange.Of(wish.Address, wish.PrefixLength!.Value), [new FixedIp(wish.Address, [])])
                : Of(range, wish.Address));
        }

        if (nic.Addresses.IsEmpty && local is not null)
        {
            // A port that the instance was given for this very request keeps its addresses.
            var before = book.Find(id)?.Addresses.ToHashSet() ?? [];
            var taken = book.Taken(network).Except(before)
                .Concat(beside.Where(vif => vif.Id != id && vif.Network.Id == network).SelectMany(vif => vif.Addresses)).ToHashSet();
            foreach (var range in local.Subnets)
            {
                var free = before.FirstOrDefault(range.Cidr.Contains) ?? AddressRange.FirstFree(range, taken);
                if (free is null)
                {
                    return (null, new NicProblem(
                        RefusalCode.NoAddress, $"Network {network} has no free address from {range.First} to {range.Last} in {range.Cidr}."));
                }

                subnets.Add(Of(range, free));
            }
        }

        var merged = subnets.GroupBy(subnet => subnet.Cidr)
            .Select(same => same.First() with { Ips = same.SelectMany(subnet => subnet.Ips).ToEquatableArray() }).ToList();
        foreach (var gateway in nic.Gateways)
        {
            var at = merged.FindIndex(subnet => subnet.Cidr.BaseAddress.AddressFamily == gateway.AddressFamily);
            if (at < 0)
            {
                return (null, new NicProblem(
                    RefusalCode.InvalidArgument, $"gateway is {gateway}; an ip of the same family is expected beside it."));
            }

            merged[at] = merged[at] with { Gateway = gateway };
        }

        if (!nic.Dns.IsEmpty && merged.Count > 0)
        {
            merged = [.. merged.Select(subnet => subnet with { Dns = [] })];
            merged[0] = merged[0] with { Dns = nic.Dns };
        }

        return (merged.ToEquatableArray(), null);
    }

    private static string? AddressProblem(NicAddress wish, LocalSubnet? range, LocalNetwork? local, NetworkId network)
    {
        if (range is null && local is { Subnets.IsEmpty: false })
        {
            return $"ip is {wish.Address}; an address of network {network} is expected: "
                + $"{string.Join(" or ", local.Subnets.Select(subnet => subnet.Cidr))}.";
        }

        if (range is null && wish.PrefixLength is null)
            return $"ip is {wish.Address}; ADDRESS/BITS is expected, since network {network} has no range in novadocker.networks.local.";
        if (range is not null && wish.PrefixLength is { } bits && bits != range.Cidr.PrefixLength)
            return $"ip is {wish}; /{range.Cidr.PrefixLength}, as network {network} has it, or no /BITS is expected.";
        if (range is not null && wish.Address.Equals(range.Gateway))
            return $"ip is {wish.Address}, which is the gateway of network {network}; another address in {range.Cidr} is expected.";
        var whole = range?.Cidr ?? AddressRange.Of(wish.Address, wish.PrefixLength!.Value);
        return AddressRange.IsReserved(whole, wish.Address)
            ? $"ip is {wish.Address}, which no interface in {whole} can have; another address in it is expected."
            : null;
    }

    private static VifSubnet Of(LocalSubnet range, IPAddress address) =>
        new(range.Cidr, [new FixedIp(address, [])]) { Gateway = range.Gateway, Dns = range.Dns, Routes = range.Routes };

    /// <summary>An id for a port that nobody gave one: a hash of what asks for it, marked as version 8 (RFC 9562).</summary>
    private static PortId IdOf(InstanceId instance, string request, int index)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{instance} {request} {index}")).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new PortId(new Guid(hash, bigEndian: true));
    }
}
