using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>
/// Everything that is said to, by and about one instance: commands, events, queries and replies. What stands here may
/// cross process borders; the messages that an actor sends itself are private to it.
/// </summary>
public static partial class InstanceProtocol
{
    /// <summary>A wish, or news of the world: the only door through which an instance changes.</summary>
    public interface IInstanceCommand : IWithInstanceId, IWireMessage;

    /// <summary>A question that changes nothing.</summary>
    public interface IInstanceQuery : IWithInstanceId, IWireMessage;

    /// <summary>An answer to a command or a query.</summary>
    public interface IInstanceReply : IWithInstanceId, IWireMessage;
}
