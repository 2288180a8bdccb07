using System.Collections.Immutable;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// What is to be done about what a look at the host's devices showed: a port that came loose is its instance's affair, which
/// is told; a device of ours that no instance accounts for is removed once it has been seen for the grace time.
/// </summary>
/// <param name="grace">How long a leftover must have been seen before it is removed.</param>
/// <param name="time">The clock.</param>
internal sealed class NetworkCare(TimeSpan grace, TimeProvider time)
{
    private readonly GraceTime _grace = new(grace, time);

    /// <summary>The instances with ports that came loose, each with what is wrong.</summary>
    public static ImmutableArray<InstanceProtocol.ReportVifsBroken> Broken(
        HostNetworkSight sight, IReadOnlyDictionary<PortId, InstanceId> owners) =>
    [
        .. from problem in sight.Problems
           where owners.ContainsKey(problem.Key)
           group new VifProblem(problem.Key, problem.Value) by owners[problem.Key] into instance
           select new InstanceProtocol.ReportVifsBroken(instance.Key, instance.ToEquatableArray()),
    ];

    /// <summary>The devices that no instance accounts for, each with what is to be done about it.</summary>
    /// <param name="sight">What was seen.</param>
    /// <param name="known">The ports that instances have, or are getting.</param>
    /// <param name="instances">
    /// The instances of this journal. A port is journaled before it is plugged, so a device that was made for another one was
    /// made under another journal: it is reported, and never removed. A bridge without ports is no loss to anybody.
    /// </param>
    /// <param name="isDryRun">True only reports.</param>
    public ImmutableArray<LeftOver> LeftOver(
        HostNetworkSight sight, IReadOnlyCollection<Vif> known, IReadOnlySet<InstanceId> instances, bool isDryRun)
    {
        var ports = known.Select(vif => vif.Id).ToHashSet();
        var needed = known.Select(vif => vif.Bridge).ToHashSet(StringComparer.Ordinal);
        var devices = sight.Owned.Where(device => !ports.Contains(device.Port)).ToList();
        var networks = sight.Idle.Where(device => !needed.Contains(device.Bridge)).ToList();
        _grace.Keep(devices.Select(device => device.Device).Concat(networks.Select(network => network.Device)));
        return
        [
            .. devices.Select(device => new LeftOver(
                device.Device, device,
                device.Bridge.Length == 0 || needed.Contains(device.Bridge) ? null : device.Bridge,
                instances.Contains(device.Owner.Instance) ? Decide(device.Device) : FindingAction.Reported,
                instances.Contains(device.Owner.Instance)
                    ? "No instance has the port that it was made for."
                    : "The instance that it was made for is not in this journal.")),
            .. networks.Select(network => new LeftOver(
                network.Device, null, network.Bridge, Decide(network.Device),
                $"It was made for the network {network.Network}, and no instance has a port that needs it.")),
        ];

        FindingAction Decide(string device)
        {
            if (isDryRun)
                return FindingAction.Reported;
            _grace.Begin(device);
            return _grace.IsOver(device) ? FindingAction.Removed : FindingAction.AwaitingGrace;
        }
    }
}
