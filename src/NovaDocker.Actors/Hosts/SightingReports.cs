using NovaDocker.Actors.Docker;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Hosts;

/// <summary>What was seen of an instance's container or sandbox, as the instance is told it.</summary>
internal static class SightingReports
{
    /// <summary>The reports that a sighting makes, in the order in which the instance has to get them.</summary>
    /// <param name="message">What a part of the host told.</param>
    /// <returns>None where the message is no sighting.</returns>
    public static IReadOnlyList<IInstanceCommand> Of(object message) => message switch
    {
        ContainerStirred stirred => [new ReportContainerSeen(stirred.InstanceId, stirred.Sighting, AskedAt: null)],
        ContainerInspected { Sighting: { } seen, Ask: var ask } =>
        [
            .. seen.Exit is { } exit ? [new ReportContainerExited(ask.InstanceId, ask.ContainerId, exit)] : Array.Empty<IInstanceCommand>(),
            new ReportContainerSeen(ask.InstanceId, seen, ask.Revision),
        ],
        ContainerInspected { Ask: var ask } => [new ReportContainerLost(ask.InstanceId, ask.ContainerId)],
        ContainerVanished gone => [new ReportContainerLost(gone.InstanceId, gone.ContainerId)],
        SandboxEnded sandbox =>
            [new ReportSandboxLost(sandbox.InstanceId, sandbox.SandboxId, sandbox.StartedAt, sandbox.IsRemoved)],
        _ => [],
    };
}
