using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <content>What an instance's container uses of its host.</content>
public static partial class InstanceProtocol
{
    /// <summary>
    /// What has the instance's container used? Answered by <see cref="UsageReport"/>, <see cref="Refused"/> or
    /// <see cref="NotFound"/>.
    /// </summary>
    public sealed record GetUsage(InstanceId InstanceId) : IInstanceQuery;

    /// <summary>What it has used.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Usage">What; null where its process does not run.</param>
    public sealed record UsageReport(InstanceId InstanceId, ContainerUsage? Usage) : IInstanceReply;
}
