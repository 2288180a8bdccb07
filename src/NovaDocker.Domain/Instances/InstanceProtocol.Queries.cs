using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

public static partial class InstanceProtocol
{
    /// <summary>The most text, in bytes, in one <see cref="ConsoleOutput"/>: a frame of the remoting holds 128,000.</summary>
    public const int MaxConsoleBytes = 64 * 1024;

    /// <summary>Asks what is true of the instance now; answered by <see cref="InstanceFound"/> or <see cref="NotFound"/>.</summary>
    public sealed record GetInstance(InstanceId InstanceId) : IInstanceQuery;

    /// <summary>
    /// Asks to be told when the instance has more events than the revision given; answered by <see cref="InstanceFound"/>
    /// then, or when the time is up, or by <see cref="NotFound"/> at once.
    /// </summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Revision">The last revision known to who asks.</param>
    /// <param name="Patience">How long to wait at most.</param>
    public sealed record AwaitRevision(InstanceId InstanceId, long Revision, TimeSpan Patience) : IInstanceQuery
    {
        /// <summary>Events of this operation are not worth an answer before its end; null for those of any are.</summary>
        public OperationId? UntilEndOf { get; init; }

        /// <summary>True where the state is what is waited for.</summary>
        public bool IsMetBy(InstanceState state) => state.Revision > Revision
            && (UntilEndOf is null || (state as InstanceState.Working)?.Operation.Id != UntilEndOf);
    }

    /// <summary>Asks for the last lines of the console; answered by <see cref="ConsoleOutput"/>, <see cref="Refused"/> or <see cref="NotFound"/>.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Lines">How many lines at most.</param>
    public sealed record GetConsoleOutput(InstanceId InstanceId, int Lines) : IInstanceQuery;

    /// <summary>The instance as it is.</summary>
    public sealed record InstanceFound(InstanceId InstanceId, InstanceView View) : IInstanceReply;

    /// <summary>The console's last lines.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Text">Standard output and error as written.</param>
    /// <param name="Truncated">True where the beginning was left out because a message is bounded.</param>
    public sealed record ConsoleOutput(InstanceId InstanceId, string Text, bool Truncated) : IInstanceReply;
}
