using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Wire.Client;

/// <content>What programs ask that stand between Nova and a node: single pages, operations of the past, what instances do by themselves.</content>
public partial interface INovaDockerClient
{
    /// <summary>Some instances, sorted by id.</summary>
    Task<ComputeProtocol.InstancePage> GetInstancePageAsync(
        ComputeProtocol.ListInstances query, CancellationToken cancellationToken = default);

    /// <summary>Some events of an instance, deleted or not, in order of sequence number; none where there is no more.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    Task<EquatableArray<HistoryEntry>> GetHistoryPageAsync(
        ComputeProtocol.GetHistory query, CancellationToken cancellationToken = default);

    /// <summary>What the history tells of an operation, however long ago; null where the instance never had such a one.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    Task<OperationRecord?> GetOperationAsync(
        InstanceId instanceId, OperationId operationId, CancellationToken cancellationToken = default);

    /// <summary>
    /// What instances of the node's host did by themselves, as soon as there is something, or when the patience is at its end.
    /// </summary>
    /// <param name="after">The last cursor known; null asks for none of it, but for where the journal stands.</param>
    /// <param name="patience">How long to wait at most; cut to 20 seconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ComputeProtocol.LifecyclePage> AwaitLifecycleAsync(
        long? after, TimeSpan patience, CancellationToken cancellationToken = default);

    /// <summary>What an instance's container has used; null where its process does not run.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="QueryRefusedException">Nothing can be read at present.</exception>
    Task<ContainerUsage?> GetUsageAsync(InstanceId instanceId, CancellationToken cancellationToken = default);

    /// <summary>Has hosts bring an image into their Engines, with all that the request says.</summary>
    /// <returns>Where it stands on each host.</returns>
    Task<EquatableArray<HostProtocol.ImagePull>> PullImageAsync(
        ComputeProtocol.PullImage pull, CancellationToken cancellationToken = default);
}
