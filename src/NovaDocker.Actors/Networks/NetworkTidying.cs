using System.Collections.Immutable;
using Akka.Actor;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Networks;

/// <summary>Removes what a comparison found to be left over of networks, and tells of all there is.</summary>
/// <param name="network">The host's devices.</param>
/// <param name="bridges">The owners of the bridges that will be tidied: none is touched while a port is plugged into it.</param>
internal sealed class NetworkTidying(IHostNetwork network, IReadOnlyDictionary<string, IActorRef> bridges)
{
    /// <summary>Longer than the tools may take for a bridge, and shorter than who asked waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

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
        foreach (var left in leftOver)
        {
            findings.Add(left.Port is { } port
                ? await SettleAsync(left, port, cancellationToken).ConfigureAwait(false)
                : await SettleAsync(left, cancellationToken).ConfigureAwait(false));
        }

        return new NetworkCompared([.. findings]);
    }

    private async Task<ReconcileFinding> SettleAsync(LeftOver left, OwnedDevice port, CancellationToken cancellationToken)
    {
        var (action, reason) = (left.Action, left.Reason);
        try
        {
            if (action == FindingAction.Removed)
                await network.RemoveAsync(port, cancellationToken).ConfigureAwait(false);
            if (left.TidiedBridge is { } bridge
                && (await TidyAsync(bridge, cancellationToken).ConfigureAwait(false)).Failure is { } failure)
                (action, reason) = (FindingAction.Failed, $"{reason} It was removed, but not all that was made for {bridge}: {failure.Message}");
        }
        catch (Exception e) when (e is VifException or OperationCanceledException)
        {
            (action, reason) = (FindingAction.Failed, $"{reason} It could not be removed: {e.Message}");
        }

        return new ReconcileFinding(FindingKind.OrphanVif, left.Device, port.Owner.Instance, action, reason);
    }

    private async Task<ReconcileFinding> SettleAsync(LeftOver left, CancellationToken cancellationToken)
    {
        var (action, reason) = (left.Action, left.Reason);
        if (left.TidiedBridge is { } bridge)
        {
            var tidied = await TidyAsync(bridge, cancellationToken).ConfigureAwait(false);
            if (tidied.Failure is { } failure)
                (action, reason) = (FindingAction.Failed, $"{reason} It could not be removed: {failure.Message}");
            else if (!tidied.Removed.Contains(left.Device))
                (action, reason) = (FindingAction.AwaitingGrace, $"{reason} Somebody began to use it meanwhile.");
        }

        return new ReconcileFinding(FindingKind.OrphanNetwork, left.Device, null, action, reason);
    }

    private async Task<BridgeTidied> TidyAsync(string bridge, CancellationToken cancellationToken)
    {
        try
        {
            return await bridges[bridge].Ask<BridgeTidied>(new TidyBridge(bridge, cancellationToken), Patience, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is AskTimeoutException or OperationCanceledException)
        {
            return new BridgeTidied([], e);
        }
    }
}
