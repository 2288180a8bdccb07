using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Adapters.Vifs.Kinds;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs;

/// <summary>Which kind a port is of, by the name of its type.</summary>
internal sealed class VifKinds
{
    private readonly Dictionary<string, IVifKind> _kinds;
    private readonly IVifKind _hybrid;
    private readonly string _known;

    /// <summary>Puts the kinds of a host together.</summary>
    public VifKinds(HostId host, NetworkSettings settings, NetworkTools tools, KernelFiles files, OvsSwitch ovs)
    {
        var filter = new EngineFilter(tools, files, settings.OpenEngineFilter);
        Networks = new BridgeNetworks(host, tools, files, filter, settings.CreateBridges);
        _hybrid = new OvsHybridKind(host, tools, files, filter, ovs);
        _kinds = new Dictionary<string, IVifKind>(StringComparer.Ordinal)
        {
            [VifTypes.Bridge] = new BridgeKind(Networks),
            [VifTypes.Ovs] = new OvsKind(tools, ovs),
            [VifTypes.Tap] = new TapKind(),
        };
        foreach (var (name, type) in settings.CommandTypes)
            _kinds.TryAdd(name, new CommandKind(name, type, tools));
        _known = string.Join(", ", _kinds.Keys.Order(StringComparer.Ordinal));
        _kinds[VifTypes.Unbound] = new RefusedKind("its type is 'unbound': Neutron has bound it to no host yet; bind it to this one first");
        _kinds[VifTypes.BindingFailed] = new RefusedKind(
            "its type is 'binding_failed': Neutron found no way to bind it to this host; an agent that serves its network has to run "
            + "and be alive here (openstack network agent list), and the port to be bound anew");
    }

    /// <summary>The Linux bridges of networks.</summary>
    public BridgeNetworks Networks { get; }

    /// <summary>The kind of a port.</summary>
    public IVifKind Of(Vif vif) => Of(vif.Type, vif.IsHybrid);

    /// <summary>The kind that a device was plugged as.</summary>
    public IVifKind Of(OwnedDevice device) => Of(device.Type, device.IsHybrid);

    private IVifKind Of(string type, bool isHybrid)
    {
        if (isHybrid)
            return _hybrid;
        return _kinds.GetValueOrDefault(type) ?? new RefusedKind(
            $"its type is '{type}', which this host does not know; known are {_known}, and others can be added below novadocker.networks.vif-types");
    }
}
