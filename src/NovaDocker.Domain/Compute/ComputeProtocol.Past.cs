using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Compute;

/// <content>What the journal tells of operations, and of what instances do by themselves.</content>
public static partial class ComputeProtocol
{
    /// <summary>
    /// What became of an operation, however long ago; answered by <see cref="OperationReport"/> or
    /// <see cref="InstanceProtocol.NotFound"/>, which is about the instance.
    /// </summary>
    /// <param name="InstanceId">The instance, which may be deleted.</param>
    /// <param name="OperationId">The operation.</param>
    public sealed record GetOperation(InstanceId InstanceId, OperationId OperationId) : IWithInstanceId, IWireMessage;

    /// <summary>What became of it.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Record">What the history tells; null where the instance never had such an operation.</param>
    public sealed record OperationReport(InstanceId InstanceId, OperationRecord? Record) : IWithInstanceId, IWireMessage;

    /// <summary>
    /// What instances of a node's host did by themselves; answered by <see cref="LifecyclePage"/> as soon as there is something, or
    /// when the time is up.
    /// </summary>
    /// <param name="After">The last cursor known; null asks for none of it, but for where the journal stands.</param>
    /// <param name="Patience">How long to wait at most.</param>
    public sealed record AwaitLifecycle(long? After, TimeSpan Patience) : IWireMessage;

    /// <summary>What they did.</summary>
    /// <param name="Events">In order; empty where there was nothing in time.</param>
    /// <param name="Next">How far was read: where the next question begins.</param>
    public sealed record LifecyclePage(EquatableArray<LifecycleEvent> Events, long Next) : IWireMessage;
}
