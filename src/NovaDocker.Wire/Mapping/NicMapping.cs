using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Wire.Mapping;

/// <summary>The ports that are wished for.</summary>
internal static class NicMapping
{
    public static V1.NicRequest ToWire(this NicRequest nic)
    {
        var wire = new V1.NicRequest { Vif = nic.Vif?.ToWire() };
        if (nic.Network is { } network)
            wire.Network = network.ToWire();
        if (nic.Port is { } port)
            wire.Port = port.ToWire();
        if (nic.Mac is { } mac)
            wire.Mac = mac.ToWire();
        if (nic.Type is { } type)
            wire.Type = type;
        if (nic.Bridge is { } bridge)
            wire.Bridge = bridge;
        if (nic.Mtu is { } mtu)
            wire.Mtu = mtu;
        if (nic.Vlan is { } vlan)
            wire.Vlan = vlan;
        wire.Addresses.AddRange(nic.Addresses.Select(ToWire));
        nic.Gateways.AddTo(wire.Gateways);
        nic.Dns.AddTo(wire.Dns);
        return wire;
    }

    public static NicRequest ToDomain(this V1.NicRequest wire) => new()
    {
        Vif = wire.Vif?.ToDomain(),
        Network = wire.HasNetwork ? wire.Network.ToNetworkId() : null,
        Port = wire.HasPort ? wire.Port.ToPortId() : null,
        Mac = wire.HasMac ? wire.Mac.ToMac() : null,
        Type = wire.HasType ? wire.Type : null,
        Bridge = wire.HasBridge ? wire.Bridge : null,
        Addresses = wire.Addresses.Select(ToDomain).ToEquatableArray(),
        Gateways = wire.Gateways.ToAddresses(),
        Dns = wire.Dns.ToAddresses(),
        Mtu = wire.HasMtu ? wire.Mtu : null,
        Vlan = wire.HasVlan ? wire.Vlan : null,
    };

    private static V1.NicAddress ToWire(NicAddress address)
    {
        var wire = new V1.NicAddress { Address = address.Address.ToWire() };
        if (address.PrefixLength is { } length)
            wire.PrefixLength = length;
        return wire;
    }

    private static NicAddress ToDomain(V1.NicAddress wire)
    {
        var address = wire.Address.ToAddress();
        if (!wire.HasPrefixLength)
            return new NicAddress(address, null);
        return wire.PrefixLength >= 0 && wire.PrefixLength <= wire.Address.Length * 8
            ? new NicAddress(address, wire.PrefixLength)
            : throw FieldMapping.Wrong(nameof(wire.PrefixLength), $"{address} has no network of {wire.PrefixLength} bits.");
    }
}
