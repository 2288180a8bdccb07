using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Tests;

/// <content>What the command does not ask.</content>
internal sealed partial class FakeClient
{
    public Task<ComputeProtocol.InstancePage> GetInstancePageAsync(
        ComputeProtocol.ListInstances query, CancellationToken cancellationToken = default) => throw NotOfCommand();

    public Task<EquatableArray<HistoryEntry>> GetHistoryPageAsync(
        ComputeProtocol.GetHistory query, CancellationToken cancellationToken = default) => throw NotOfCommand();

    public Task<OperationRecord?> GetOperationAsync(
        InstanceId instanceId, OperationId operationId, CancellationToken cancellationToken = default) => throw NotOfCommand();

    public Task<ComputeProtocol.LifecyclePage> AwaitLifecycleAsync(
        long? after, TimeSpan patience, CancellationToken cancellationToken = default) => throw NotOfCommand();

    public Task<ContainerUsage?> GetUsageAsync(InstanceId instanceId, CancellationToken cancellationToken = default) => throw NotOfCommand();

    public Task<EquatableArray<HostProtocol.ImagePull>> PullImageAsync(
        ComputeProtocol.PullImage pull, CancellationToken cancellationToken = default) => throw NotOfCommand();

    private static NotSupportedException NotOfCommand() => new("The command does not ask that.");
}
