using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Client;

/// <content>Single pages, operations of the past, what instances do by themselves.</content>
public sealed partial class NovaDockerClient
{
    /// <inheritdoc/>
    public Task<InstancePage> GetInstancePageAsync(ListInstances query, CancellationToken cancellationToken = default) =>
        AskAsync<InstancePage>(query, cancellationToken);

    /// <inheritdoc/>
    public async Task<EquatableArray<HistoryEntry>> GetHistoryPageAsync(
        GetHistory query, CancellationToken cancellationToken = default) =>
        (await AskAsync<HistoryPage>(query, cancellationToken).ConfigureAwait(false)).Entries;

    /// <inheritdoc/>
    public async Task<OperationRecord?> GetOperationAsync(
        InstanceId instanceId, OperationId operationId, CancellationToken cancellationToken = default) =>
        (await AskAsync<OperationReport>(new GetOperation(instanceId, operationId), cancellationToken).ConfigureAwait(false)).Record;

    /// <inheritdoc/>
    public Task<LifecyclePage> AwaitLifecycleAsync(
        long? after, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        patience = patience < MaxPatience ? patience : MaxPatience;
        return AskAsync<LifecyclePage>(new AwaitLifecycle(after, patience), cancellationToken, patience);
    }

    /// <inheritdoc/>
    public async Task<ContainerUsage?> GetUsageAsync(InstanceId instanceId, CancellationToken cancellationToken = default) =>
        (await AskAsync<UsageReport>(new GetUsage(instanceId), cancellationToken).ConfigureAwait(false)).Usage;

    /// <inheritdoc/>
    public async Task<EquatableArray<HostProtocol.ImagePull>> PullImageAsync(
        PullImage pull, CancellationToken cancellationToken = default) =>
        (await AskAsync<ImagePullReport>(pull, cancellationToken, MaxPatience).ConfigureAwait(false)).Hosts;
}
