using System.Collections.Immutable;
using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Adapters.Vifs.Kinds;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs;

/// <summary>
/// The network devices of the machine, by the tools of iproute2 and of Open vSwitch. Whatever the type, an instance's interface is a
/// pair of virtual Ethernet devices; what else a type does is an <see cref="IVifKind"/>.
/// </summary>
public sealed partial class HostNetwork : IHostNetwork
{
    private readonly HostId _host;
    private readonly NetworkTools _tools;
    private readonly KernelFiles _files = new();
    private readonly OvsSwitch _ovs;
    private readonly VifKinds _kinds;

    /// <summary>Makes one.</summary>
    /// <param name="host">Whose devices are made, and looked at.</param>
    /// <param name="settings">How ports are plugged.</param>
    /// <param name="runner">What runs the tools.</param>
    public HostNetwork(HostId host, NetworkSettings settings, ICommandRunner runner)
    {
        _host = host;
        _tools = new NetworkTools(settings, runner);
        _ovs = new OvsSwitch(host, _tools, settings);
        _kinds = new VifKinds(host, settings, _tools, _files, _ovs);
    }

    /// <inheritdoc/>
    public string? ProblemWith(Vif vif) =>
        _kinds.Of(vif).ProblemWith(vif) is { } problem ? $"port {vif.Id} cannot be plugged: {problem}"
        : VifRules.DeviceProblem("devname", vif.Device) is { } name ? $"port {vif.Id} cannot be plugged: {name}"
        : _tools.Ip.Problem ?? _tools.Nsenter.Problem;

    /// <inheritdoc/>
    public Task PrepareNetworkAsync(Vif vif, CancellationToken cancellationToken)
    {
        Refuse(vif, $"prepare the network {vif.Network.Id}");
        return _kinds.Of(vif).PrepareAsync(vif, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseNetworkAsync(Vif vif, CancellationToken cancellationToken) =>
        _kinds.Of(vif).ReleaseAsync(vif, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> TidyBridgeAsync(string bridge, CancellationToken cancellationToken) =>
        _kinds.Networks.TidyAsync(bridge, cancellationToken);

    /// <inheritdoc/>
    public Task<VifCounters?> ReadCountersAsync(Vif vif, CancellationToken cancellationToken) =>
        Task.FromResult(VifRules.IsDeviceName(vif.Device) ? _files.Counters(vif.Device) : null);

    /// <inheritdoc/>
    public async Task<HostNetworkSight> LookAsync(IReadOnlyCollection<Vif> expected, CancellationToken cancellationToken)
    {
        const string step = "look at the host's network";
        // Without the tool nothing was plugged here.
        if (expected.Count == 0 && _tools.Ip.Problem is not null)
            return new HostNetworkSight(ImmutableDictionary<PortId, string>.Empty, [], []);
        var links = await _tools.LinksAsync(step, cancellationToken).ConfigureAwait(false);
        OvsState? ovs = null;
        string? silence = null;
        try
        {
            if (expected.Any(vif => vif.Type == VifTypes.Ovs))
                ovs = await _ovs.LookAsync(step, cancellationToken).ConfigureAwait(false);
        }
        catch (VifException e)
        {
            silence = e.Message;
        }

        var problems = from vif in expected
                       let problem = Sight(vif, links, ovs) ?? (vif.Type == VifTypes.Ovs ? silence : null)
                       where problem is not null
                       select KeyValuePair.Create(vif.Id, problem);
        return new HostNetworkSight(problems.ToImmutableDictionary(), [.. OwnedAmong(links)], [.. _kinds.Networks.Idle(links)]);
    }

    /// <summary>The devices of this host, one a port: of a hybrid port the others speak for one that is gone.</summary>
    private IEnumerable<OwnedDevice> OwnedAmong(HostLinks links) => links.All
        .Select(link => DeviceMark.TryParse(link.Alias, out var device) ? device : null)
        .OfType<OwnedDevice>()
        .Where(device => device.Owner.Host == _host)
        .DistinctBy(device => device.Port);

    private string? Sight(Vif vif, HostLinks links, OvsState? ovs)
    {
        if (!links.Has(vif.Device, out var link))
            return $"{vif.Device} is gone";
        if (!IsOurs(link, vif))
            return $"{vif.Device} is not the device that this host made for the port";
        return _kinds.Of(vif).Sight(vif, links, ovs) ?? (link.IsUp ? null : $"{vif.Device} is down");
    }

    private bool IsOurs(HostLink link, Vif vif) => DeviceMark.IsOf(link, _host, vif.Id, DeviceMark.OuterAddress(vif.Mac));

    private void Refuse(Vif vif, string step)
    {
        if (ProblemWith(vif) is { } problem)
            throw new VifException(FaultCode.Invalid, step, problem);
    }
}
