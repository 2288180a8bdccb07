using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

public static partial class InstanceProtocol
{
    /// <summary>The answer to a <see cref="VerbCommand"/>.</summary>
    /// <param name="InstanceId">The instance.</param>
    public abstract record CommandReply(InstanceId InstanceId) : IInstanceReply;

    /// <summary>It is in the journal and will be carried out, whatever is killed.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="OperationId">The operation that carries it out.</param>
    /// <param name="Revision">Journal position of the request: the history after it tells what becomes of it.</param>
    public sealed record Accepted(InstanceId InstanceId, OperationId OperationId, long Revision) : CommandReply(InstanceId);

    /// <summary>The instance is where the command would bring it; nothing was done.</summary>
    public sealed record AlreadyDone(InstanceId InstanceId) : CommandReply(InstanceId);

    /// <summary>It will not be done.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Code">Why, for programs.</param>
    /// <param name="Reason">Why, and what would be right, for people.</param>
    public sealed record Refused(InstanceId InstanceId, RefusalCode Code, string Reason) : CommandReply(InstanceId);

    /// <summary>There is no such instance and never was.</summary>
    public sealed record NotFound(InstanceId InstanceId) : CommandReply(InstanceId);
}
