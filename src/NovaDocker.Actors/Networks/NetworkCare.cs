using System.Collections.Immutable;
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
    /// <summary>Since when each leftover has been seen, by the clock that nobody sets.</summary>
    private readonly Dictionary<string, long> _firstSeen = new(StringComparer.Ordinal);

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
    /// made under another journal: it is reported, and never removed.
    /// </param>
    /// <param name="isDryRun">True only reports.</param>
    public ImmutableArray<LeftOverDevice> LeftOver(
        HostNetworkSight sight, IReadOnlySet<PortId> known, IReadOnlySet<InstanceId> instances, bool isDryRun)
    {
        var left = sight.Owned.Where(device => !known.Contains(device.Port)).ToImmutableArray();
        foreach (var gone in _firstSeen.Keys.Except(left.Select(device => device.Device), StringComparer.Ordinal).ToArray())
            _firstSeen.Remove(gone);
        return [.. left.Select(device => instances.Contains(device.Owner.Instance)
            ? new LeftOverDevice(device, Decide(device), "No instance has the port that it was made for.")
            : new LeftOverDevice(device, FindingAction.Reported, "The instance that it was made for is not in this journal."))];

        FindingAction Decide(OwnedDevice device)
        {
            if (isDryRun)
                return FindingAction.Reported;
            _firstSeen.TryAdd(device.Device, time.GetTimestamp());
            return time.GetElapsedTime(_firstSeen[device.Device]) >= grace ? FindingAction.Removed : FindingAction.AwaitingGrace;
        }
    }

    /// <summary>Removes what is to be removed, and tells of all there is.</summary>
    public static async Task<NetworkCompared> TidyAsync(
        IHostNetwork network,
        ImmutableArray<InstanceProtocol.ReportVifsBroken> broken,
        ImmutableArray<LeftOverDevice> leftOver,
        bool isDryRun,
        CancellationToken cancellationToken)
    {
        var findings = broken
            .SelectMany(report => report.Problems.Select(problem => new ReconcileFinding(
                FindingKind.BrokenVif, problem.Port.ToString(), report.InstanceId,
                isDryRun ? FindingAction.Reported : FindingAction.Recorded, problem.Problem)))
            .ToList();
        foreach (var (device, decided, why) in leftOver)
        {
            var (action, reason) = (decided, why);
            if (action == FindingAction.Removed)
            {
                try
                {
                    await network.RemoveAsync(device, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when (e is VifException or OperationCanceledException)
                {
                    (action, reason) = (FindingAction.Failed, $"{reason} It could not be removed: {e.Message}");
                }
            }

            findings.Add(new ReconcileFinding(FindingKind.OrphanVif, device.Device, device.Owner.Instance, action, reason));
        }

        return new NetworkCompared([.. findings]);
    }
}

/// <summary>A device that no instance accounts for.</summary>
/// <param name="Device">The device.</param>
/// <param name="Action">What is to be done about it.</param>
/// <param name="Reason">Why it is left over.</param>
internal sealed record LeftOverDevice(OwnedDevice Device, FindingAction Action, string Reason);
