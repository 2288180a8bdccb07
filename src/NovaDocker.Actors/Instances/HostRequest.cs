using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Instances;

/// <summary>A question about an instance that only its host can answer, as that is asked it.</summary>
internal static class HostRequest
{
    /// <summary>The message for the host; null where there is nothing to be asked.</summary>
    public static HostProtocol.IHostMessage? For(InstanceState state, IInstanceQuery query) => (state, query) switch
    {
        (InstanceState.Existing { Facts: var facts }, GetConsoleOutput console) when CanBeRead(state) && Shown(facts) is { } container =>
            new HostProtocol.ReadConsole(facts.Host, facts.InstanceId, container, console.Lines),
        (InstanceState.Existing { Facts: var facts }, GetDiagnostics) when CanBeRead(state) =>
            new HostProtocol.ReadCounters(facts.Host, facts.InstanceId, facts.Ports),
        (InstanceState.Existing { Facts: var facts }, GetUsage) when CanBeRead(state) && Shown(facts) is { } container =>
            new HostProtocol.ReadUsage(facts.Host, facts.InstanceId, container),
        _ => null,
    };

    /// <summary>Why there is nothing to be asked.</summary>
    public static CommandReply Refusal(InstanceState state, IInstanceQuery query) =>
        (state, VerbTable.Answer(state.Phase, InstanceVerb.ConsoleOutput)) switch
        {
            (InstanceState.Absent, _) => new NotFound(query.InstanceId),
            (_, VerbAnswer.Refuses refusal) => new Refused(query.InstanceId, refusal.Code, refusal.Reason),
            _ => new Refused(
                query.InstanceId, RefusalCode.NoContainer,
                $"The instance has no container, so there is {(query is GetUsage ? "nothing that it uses" : "no console")}."),
        };

    /// <summary>The container that stands for the instance: during a rescue the one that is there in its place.</summary>
    private static string? Shown(InstanceFacts facts) => facts.Rescue?.ContainerId ?? facts.ContainerId;

    private static bool CanBeRead(InstanceState state) =>
        VerbTable.Answer(state.Phase, InstanceVerb.ConsoleOutput) is VerbAnswer.Reads;
}
