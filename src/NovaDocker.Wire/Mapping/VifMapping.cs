using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Wire.Mapping;

/// <summary>The ports of instances, with all that Neutron says of them.</summary>
internal static class VifMapping
{
    public static V1.Vif ToWire(this Vif vif)
    {
        var wire = new V1.Vif
        {
            Id = vif.Id.ToWire(),
            Mac = vif.Mac.ToWire(),
            Network = ToWire(vif.Network),
            Type = vif.Type,
            VnicType = vif.VnicType,
            IsActive = vif.IsActive,
        };
        if (vif.OvsInterfaceId is { } interfaceId)
            wire.OvsInterfaceId = interfaceId;
        if (vif.DeviceName is { } device)
            wire.DeviceName = device;
        vif.Details.AddTo(wire.Details);
        return wire;
    }

    public static Vif ToDomain(this V1.Vif wire) =>
        new(wire.Id.ToPortId(), wire.Mac.ToMac(), ToDomain(wire.Network.Required()), wire.Type)
        {
            OvsInterfaceId = wire.HasOvsInterfaceId ? wire.OvsInterfaceId : null,
            DeviceName = wire.HasDeviceName ? wire.DeviceName : null,
            VnicType = wire.VnicType,
            IsActive = wire.IsActive,
            Details = wire.Details.ToMap(),
        };

    public static V1.InstancePort ToWire(this InstancePort port) =>
        new() { Vif = port.Vif.ToWire(), Index = port.Index, IsPlugged = port.IsPlugged };

    public static InstancePort ToDomain(this V1.InstancePort wire) => new(
        wire.Vif.Required().ToDomain(),
        wire.Index >= 0 ? wire.Index : throw FieldMapping.Wrong(nameof(wire.Index), $"{wire.Index} is no interface's."),
        wire.IsPlugged);

    public static V1.PluggedVif ToWire(this PluggedVif vif) =>
        new() { Port = vif.Port.ToWire(), Device = vif.Device, Interface = vif.Interface, Adopted = vif.Adopted };

    public static PluggedVif ToDomain(this V1.PluggedVif wire) =>
        new(wire.Port.ToPortId(), wire.Device, wire.Interface, wire.Adopted);

    public static V1.VifProblem ToWire(this VifProblem problem) =>
        new() { Port = problem.Port.ToWire(), Problem = problem.Problem };

    public static VifProblem ToDomain(this V1.VifProblem wire) => new(wire.Port.ToPortId(), wire.Problem);

    private static V1.VifNetwork ToWire(VifNetwork network)
    {
        var wire = new V1.VifNetwork
        {
            Id = network.Id.ToWire(),
            Label = network.Label,
            ShouldCreateBridge = network.ShouldCreateBridge,
            ShouldCreateVlan = network.ShouldCreateVlan,
        };
        if (network.Bridge is { } bridge)
            wire.Bridge = bridge;
        if (network.Mtu is { } mtu)
            wire.Mtu = mtu;
        if (network.Vlan is { } vlan)
            wire.Vlan = vlan;
        if (network.BridgeInterface is { } bridgeInterface)
            wire.BridgeInterface = bridgeInterface;
        wire.Subnets.AddRange(network.Subnets.Select(ToWire));
        return wire;
    }

    private static VifNetwork ToDomain(V1.VifNetwork wire) =>
        new(wire.Id.ToNetworkId(), wire.Subnets.Select(ToDomain).ToEquatableArray())
        {
            Label = wire.Label,
            Bridge = wire.HasBridge ? wire.Bridge : null,
            Mtu = wire.HasMtu ? wire.Mtu : null,
            ShouldCreateBridge = wire.ShouldCreateBridge,
            ShouldCreateVlan = wire.ShouldCreateVlan,
            Vlan = wire.HasVlan ? wire.Vlan : null,
            BridgeInterface = wire.HasBridgeInterface ? wire.BridgeInterface : null,
        };

    private static V1.VifSubnet ToWire(VifSubnet subnet)
    {
        var wire = new V1.VifSubnet { Cidr = subnet.Cidr.ToWire() };
        if (subnet.Gateway is { } gateway)
            wire.Gateway = gateway.ToWire();
        wire.Ips.AddRange(subnet.Ips.Select(ToWire));
        subnet.Dns.AddTo(wire.Dns);
        wire.Routes.AddRange(subnet.Routes.Select(route =>
            new V1.VifRoute { Destination = route.Destination.ToWire(), Gateway = route.Gateway.ToWire() }));
        return wire;
    }

    private static VifSubnet ToDomain(V1.VifSubnet wire) =>
        new(wire.Cidr.ToDomain(), wire.Ips.Select(ToDomain).ToEquatableArray())
        {
            Gateway = wire.HasGateway ? wire.Gateway.ToAddress() : null,
            Dns = wire.Dns.ToAddresses(),
            Routes = wire.Routes.Select(route => new VifRoute(route.Destination.ToDomain(), route.Gateway.ToAddress()))
                .ToEquatableArray(),
        };

    private static V1.FixedIp ToWire(FixedIp ip)
    {
        var wire = new V1.FixedIp { Address = ip.Address.ToWire() };
        ip.FloatingIps.AddTo(wire.FloatingIps);
        return wire;
    }

    private static FixedIp ToDomain(V1.FixedIp wire) => new(wire.Address.ToAddress(), wire.FloatingIps.ToAddresses());
}
