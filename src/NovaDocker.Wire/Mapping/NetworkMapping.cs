using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Hosts.HostProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>What is said of hosts' networks, and of what goes through ports.</summary>
internal static class NetworkMapping
{
    public static V1.GetDiagnostics ToWire(this GetDiagnostics q) => new() { InstanceId = q.InstanceId.ToWire() };

    public static GetDiagnostics ToDomain(this V1.GetDiagnostics wire) => new(wire.InstanceId.ToInstanceId());

    public static V1.Diagnostics ToWire(this Diagnostics a)
    {
        var wire = new V1.Diagnostics { InstanceId = a.InstanceId.ToWire() };
        wire.Ports.AddRange(a.Ports.Select(ToWire));
        return wire;
    }

    public static Diagnostics ToDomain(this V1.Diagnostics wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Ports.Select(ToDomain).ToEquatableArray());

    public static V1.AdmitInterface ToWire(this AdmitInterface m) => new()
    {
        HostId = m.HostId.Value,
        InstanceId = m.InstanceId.ToWire(),
        RequestId = m.RequestId,
        Nic = m.Nic.ToWire(),
    };

    public static AdmitInterface ToDomain(this V1.AdmitInterface wire) =>
        new(new HostId(wire.HostId), wire.InstanceId.ToInstanceId(), wire.RequestId, wire.Nic.Required().ToDomain());

    public static V1.InterfaceAdmitted ToWire(this InterfaceAdmitted m) =>
        new() { InstanceId = m.InstanceId.ToWire(), Vif = m.Vif.ToWire() };

    public static InterfaceAdmitted ToDomain(this V1.InterfaceAdmitted wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Vif.Required().ToDomain());

    public static V1.ReadCounters ToWire(this ReadCounters m)
    {
        var wire = new V1.ReadCounters { HostId = m.HostId.Value, InstanceId = m.InstanceId.ToWire() };
        wire.Ports.AddRange(m.Ports.Select(port => port.ToWire()));
        return wire;
    }

    public static ReadCounters ToDomain(this V1.ReadCounters wire) => new(
        new HostId(wire.HostId), wire.InstanceId.ToInstanceId(),
        wire.Ports.Select(port => port.ToDomain()).ToEquatableArray());

    public static V1.GetNetworks ToWire(this GetNetworks m) => new() { HostId = m.HostId.Value };

    public static GetNetworks ToDomain(this V1.GetNetworks wire) => new(new HostId(wire.HostId));

    public static V1.HostNetworks ToWire(this HostNetworks m)
    {
        var wire = new V1.HostNetworks { HostId = m.HostId.Value, Omitted = m.Omitted };
        wire.Networks.AddRange(m.Networks.Select(ToWire));
        if (m.Problem is { } problem)
            wire.Problem = problem;
        return wire;
    }

    public static HostNetworks ToDomain(this V1.HostNetworks wire) => new(
        new HostId(wire.HostId), wire.Networks.Select(ToDomain).ToEquatableArray(), wire.Omitted,
        wire.HasProblem ? wire.Problem : null);

    public static V1.AttachNic ToWire(this AttachNic m) => new()
    {
        InstanceId = m.InstanceId.ToWire(),
        Request = m.Request.ToWire(),
        Nic = m.Nic.ToWire(),
        RefuseIfEngineAway = m.RefuseIfEngineAway,
    };

    public static AttachNic ToDomain(this V1.AttachNic wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Nic.Required().ToDomain())
        {
            RefuseIfEngineAway = wire.RefuseIfEngineAway,
        };

    public static V1.ListNetworks ToWire(this ListNetworks q)
    {
        var wire = new V1.ListNetworks();
        if (q.HostId is { } host)
            wire.HostId = host.Value;
        return wire;
    }

    public static ListNetworks ToDomain(this V1.ListNetworks wire) =>
        new(wire.HasHostId ? new HostId(wire.HostId) : null);

    public static V1.NetworksReport ToWire(this NetworksReport report)
    {
        var wire = new V1.NetworksReport();
        wire.Hosts.AddRange(report.Hosts.Select(host => host.ToWire()));
        return wire;
    }

    public static NetworksReport ToDomain(this V1.NetworksReport wire) =>
        new(wire.Hosts.Select(host => host.ToDomain()).ToEquatableArray());

    private static V1.NetworkView ToWire(NetworkView view)
    {
        var wire = new V1.NetworkView
        {
            Id = view.Id.ToWire(),
            Label = view.Label,
            Type = view.Type,
            Bridge = view.Bridge,
            Ports = view.Ports,
            IsLocal = view.IsLocal,
        };
        if (view.Mtu is { } mtu)
            wire.Mtu = mtu;
        if (view.Vlan is { } vlan)
            wire.Vlan = vlan;
        wire.Ranges.AddRange(view.Ranges.Select(range => range.ToWire()));
        wire.Free.AddRange(view.Free);
        return wire;
    }

    private static NetworkView ToDomain(V1.NetworkView wire) =>
        new(wire.Id.ToNetworkId(), wire.Label, wire.Type, wire.Bridge, wire.Ports, wire.IsLocal)
        {
            Mtu = wire.HasMtu ? wire.Mtu : null,
            Vlan = wire.HasVlan ? wire.Vlan : null,
            Ranges = wire.Ranges.Select(range => range.ToDomain(nameof(wire.Ranges))).ToEquatableArray(),
            Free = wire.Free.ToEquatableArray(),
        };

    private static V1.PortDiagnostics ToWire(PortDiagnostics port) => new()
    {
        Port = port.Port.ToWire(),
        Mac = port.Mac.ToWire(),
        Device = port.Device,
        Interface = port.Interface,
        Counters = port.Counters is { } through ? ToWire(through) : null,
    };

    private static PortDiagnostics ToDomain(V1.PortDiagnostics wire) => new(
        wire.Port.ToPortId(), wire.Mac.ToMac(), wire.Device, wire.Interface,
        wire.Counters is { } through ? ToDomain(through) : null);

    private static V1.VifCounters ToWire(VifCounters through) => new()
    {
        RxBytes = through.RxBytes,
        RxPackets = through.RxPackets,
        RxErrors = through.RxErrors,
        RxDrops = through.RxDrops,
        TxBytes = through.TxBytes,
        TxPackets = through.TxPackets,
        TxErrors = through.TxErrors,
        TxDrops = through.TxDrops,
    };

    private static VifCounters ToDomain(V1.VifCounters wire) => new(
        wire.RxBytes, wire.RxPackets, wire.RxErrors, wire.RxDrops, wire.TxBytes, wire.TxPackets, wire.TxErrors,
        wire.TxDrops);
}
