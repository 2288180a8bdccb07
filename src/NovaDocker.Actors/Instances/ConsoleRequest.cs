using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Instances;

/// <summary>A question for an instance's console, as its host is asked it.</summary>
internal static class ConsoleRequest
{
    /// <summary>The message for the host; null where there is no console to read.</summary>
    public static HostProtocol.ReadConsole? For(InstanceState state, GetConsoleOutput query) =>
        state is InstanceState.Existing { Facts: { ContainerId: { } container } facts }
            && VerbTable.Answer(state.Phase, InstanceVerb.ConsoleOutput) is VerbAnswer.Reads
            ? new HostProtocol.ReadConsole(facts.Host, facts.InstanceId, container, query.Lines)
            : null;

    /// <summary>Why there is no console to read.</summary>
    public static CommandReply Refusal(InstanceState state, GetConsoleOutput query) =>
        (state, VerbTable.Answer(state.Phase, InstanceVerb.ConsoleOutput)) switch
        {
            (InstanceState.Absent, _) => new NotFound(query.InstanceId),
            (_, VerbAnswer.Refuses refusal) => new Refused(query.InstanceId, refusal.Code, refusal.Reason),
            _ => new Refused(
                query.InstanceId, RefusalCode.NoContainer, "The instance has no container, so there is no console."),
        };
}
