using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Instances;

/// <summary>The part of <see cref="InstanceDecider"/> that concerns ports and the sandbox they are plugged into.</summary>
internal static class PortDecider
{
    /// <summary>The answer to an attachment or detachment that begins nothing; null where it begins.</summary>
    public static CommandReply? AnswerAtOnce(InstanceFacts facts, VerbCommand command) => command switch
    {
        AttachInterface when !facts.Spec.HasSandbox => new Refused(
            command.InstanceId, RefusalCode.NoSandbox,
            "The instance was booted without ports, so it has no namespace that one could be plugged into; boot it with one."),
        AttachInterface attach when Has(facts, attach.Vif.Id) => new AlreadyDone(command.InstanceId),
        AttachInterface attach when Problems(facts, attach.Vif) is { Count: > 0 } problems => new Refused(
            command.InstanceId, RefusalCode.InvalidArgument, string.Join(' ', problems)),
        DetachInterface detach when !Has(facts, detach.Port) => new Refused(
            command.InstanceId, RefusalCode.NoPort, facts.Ports.IsEmpty
                ? $"The instance has no port {detach.Port}, nor any other."
                : $"The instance has no port {detach.Port}; it has {string.Join(", ", facts.Ports.Select(port => port.Vif.Id))}."),
        _ => null,
    };

    /// <summary>
    /// The steps of a detachment. Where nothing runs, the ports that stay are not looked at: the next start plugs them, and now
    /// there may be no namespace to plug them into.
    /// </summary>
    public static EquatableArray<StepKind> OfDetachment(InstancePhase phase, EquatableArray<StepKind> steps) =>
        phase == InstancePhase.Stopped ? steps.Where(step => step != StepKind.PlugVifs).ToEquatableArray() : steps;

    /// <summary>
    /// Ports came loose. What is recorded is plugged again at once where a process runs that needs it; elsewhere every start
    /// plugs anyhow.
    /// </summary>
    public static Decision OnVifsBroken(InstanceState state, ReportVifsBroken report, DecisionContext context)
    {
        if (state is not InstanceState.Resting { Facts: var facts } resting
            || resting.Phase is not (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped))
            return Unchanged(state);
        var isRunning = resting.Phase == InstancePhase.Active;
        // Where the last repairs came to nothing, or did not hold, the next one waits the longer: the journal must not fill
        // with them.
        if (facts.Repairs > 0 && context.Now - facts.Since < context.Policies.Restarts.BackoffBefore(facts.Repairs + 1))
            return Unchanged(state);
        var news = report.Problems
            .Where(problem => facts.Ports.Any(port => port.Vif.Id == problem.Port && (isRunning || port.IsPlugged)))
            .ToEquatableArray();
        if (news.IsEmpty)
            return Unchanged(state);
        var builder = Watching(resting, context);
        builder.Add(header => new VifsBroken(header, news));
        if (isRunning)
        {
            builder.GoOnFor(new RequestContext("", Initiator.Upkeep));
            builder.Add(header => new RepairRequested(
                header, builder.NewOperation, OperationPlan.For(InstanceVerb.Repair).Steps));
            OperationProgress.Advance(builder);
        }

        return builder.Build(null);
    }

    /// <summary>The sandbox ended or is gone. The next start makes or starts it again, and plugs.</summary>
    public static Decision OnSandboxLost(InstanceState state, ReportSandboxLost report, DecisionContext context)
    {
        if (state is not InstanceState.Resting { Facts: var facts } resting
            || facts.SandboxId != report.SandboxId || facts.SandboxStartedAt is not { } started
            || (report.StartedAt is { } seen && seen != started))
            return Unchanged(state);
        var builder = Watching(resting, context);
        builder.Add(header => new SandboxLost(header, report.SandboxId, report.IsRemoved));
        return builder.Build(null);
    }

    private static bool Has(InstanceFacts facts, PortId port) => facts.Ports.Any(known => known.Vif.Id == port);

    /// <summary>What would be wrong with the instance as a whole; the text of its ports counts to the size of its spec.</summary>
    private static IReadOnlyList<string> Problems(InstanceFacts facts, Vif attached) => InstanceSpecRules.Problems(
        facts.Spec with { Vifs = facts.Ports.Select(port => port.Vif).Append(attached).ToEquatableArray() });

    private static DecisionBuilder Watching(InstanceState.Existing state, DecisionContext context) =>
        DecisionBuilder.On(state, context, new RequestContext("", Initiator.NetworkWatch));

    private static Decision Unchanged(InstanceState state) => new([], null, state);
}
