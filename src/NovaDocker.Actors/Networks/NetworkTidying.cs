using System.Collections.Immutable;
using Akka.Actor;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// Removes what a comparison found to be left over of networks, the devices of ports first and then the bridges, and tells of all
/// there is.
/// </summary>
/// <param name="network">The host's devices.</param>
/// <param name="bridges">The owners of the bridges that will be tidied: none is touched while a port is plugged into it.</param>
internal sealed class NetworkTidying(IHostNetwork network, IReadOnlyDictionary<string, IActorRef> bridges)
{
    /// <summary>How long all bridges are waited for; whoever asked for the comparison waits a little longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Does it.</summary>
    /// <param name="broken">The ports that came loose, by instance.</param>
    /// <param name="leftOver">The devices that no instance accounts for.</param>
    /// <param name="isDryRun">True only reports.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<NetworkCompared> TidyAsync(
        ImmutableArray<InstanceProtocol.ReportVifsBroken> broken,
        ImmutableArray<LeftOver> leftOver,
        bool isDryRun,
        CancellationToken cancellationToken)
    {
        var findings = broken
            .SelectMany(report => report.Problems.Select(problem => new ReconcileFinding(
                FindingKind.BrokenVif, problem.Port.ToString(), report.InstanceId,
                isDryRun ? FindingAction.Reported : FindingAction.Recorded, problem.Problem)))
            .ToList();
        var failures = new Dictionary<LeftOver, Exception>();
        foreach (var left in leftOver)
        {
            if (left.Action == FindingAction.Removed && left.Port is { } port
                && await RemoveAsync(port, cancellationToken).ConfigureAwait(false) is { } failure)
                failures.Add(left, failure);
        }

        var idle = leftOver.Except(failures.Keys).Select(left => left.TidiedBridge).OfType<string>().Distinct();
        var tidied = (await Task.WhenAll(idle.Select(async bridge =>
                (Bridge: bridge, End: await TidyAsync(bridge, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false))
            .ToDictionary(one => one.Bridge, one => one.End);
        findings.AddRange(leftOver.Select(left => Finding(
            left, failures.GetValueOrDefault(left), left.TidiedBridge is { } bridge ? tidied.GetValueOrDefault(bridge) : null)));
        return new NetworkCompared([.. findings]);
    }

    /// <param name="left">What is left over.</param>
    /// <param name="failure">Why its device could not be removed.</param>
    /// <param name="tidied">What became of its bridge; null where that was not to be tidied.</param>
    private static ReconcileFinding Finding(LeftOver left, Exception? failure, BridgeTidied? tidied)
    {
        var (action, why) = (failure ?? tidied?.Failure, left.Port) switch
        {
            ({ } problem, not null) when failure is null =>
                (FindingAction.Failed, $" It was removed, but not all that was made for {left.Bridge}: {problem.Message}"),
            ({ } problem, _) => (FindingAction.Failed, $" It could not be removed: {problem.Message}"),
            (null, null) when tidied is not null && !tidied.Removed.Contains(left.Device) =>
                (FindingAction.AwaitingGrace, " It was in use, or gone, when it was to be removed."),
            _ => (left.Action, ""),
        };
        return new ReconcileFinding(
            left.Port is null ? FindingKind.OrphanNetwork : FindingKind.OrphanVif, left.Device, left.Port?.Owner.Instance, action,
            left.Reason + why);
    }

    private async Task<Exception?> RemoveAsync(OwnedDevice device, CancellationToken cancellationToken)
    {
        try
        {
            await network.RemoveAsync(device, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is VifException or OperationCanceledException)
        {
            return e;
        }
    }

    private async Task<BridgeTidied> TidyAsync(string bridge, CancellationToken cancellationToken)
    {
        try
        {
            return await bridges[bridge].Ask<BridgeTidied>(new TidyBridge(bridge, cancellationToken), Patience, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return new BridgeTidied([], new TimeoutException($"{bridge} was not done with after {Patience.TotalSeconds} seconds; it may be yet."));
        }
        catch (OperationCanceledException e)
        {
            return new BridgeTidied([], e);
        }
    }
}
