using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Instances;

/// <summary>What may happen: the decision on every command in every state. Pure; a refusal is a value.</summary>
public static class InstanceDecider
{
    /// <summary>Decides on a command.</summary>
    public static Decision Decide(InstanceState state, IInstanceCommand command, DecisionContext context) => command switch
    {
        VerbCommand verb => OnVerb(state, verb, context),
        RecordStepCompleted done => OnStepCompleted(state, done, context),
        RecordStepFailed failed => OnStepFailed(state, failed, context),
        RetryStep retry => OnRetry(state, retry, context),
        TellVifPlugging told => VifPluggingDecider.OnTold(state, told, context),
        ResumeWork => OnResume(state, context),
        ReportContainerExited exited => OnExited(state, exited, context),
        ReportContainerLost lost => OnLost(state, lost, context),
        ReportContainerSeen seen => OnSeen(state, seen, context),
        ReportEngineRestarted restarted => OnEngineRestarted(state, restarted, context),
        ReportVifsBroken broken => PortDecider.OnVifsBroken(state, broken, context),
        ReportSandboxLost lost => PortDecider.OnSandboxLost(state, lost, context),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command of the instance protocol."),
    };

    private static Decision OnVerb(InstanceState state, VerbCommand command, DecisionContext context)
    {
        // Nova tries a build again by the same request, after it has taken the first try back.
        var isAgain = state.Phase == InstancePhase.Deleted && command is Boot { IsAgain: true };
        if (!isAgain && state is InstanceState.Existing { Facts: var known }
            && known.AnswerTo(command.Request.RequestId, command.Verb) is { } first)
            return Unchanged(state, first);

        return VerbTable.Answer(state.Phase, command.Verb) switch
        {
            VerbAnswer.Unknown => Unchanged(state, new NotFound(command.InstanceId)),
            VerbAnswer.Begins => OnBegins(state, command, context),
            VerbAnswer.BeginsAgain when command is Boot { IsAgain: true } => OnBegins(state, command, context),
            VerbAnswer.BeginsAgain => Answered(
                state, command, context, new Refused(command.InstanceId, VerbTable.Exists.Code, VerbTable.Exists.Reason)),
            VerbAnswer.BeginsWithContainer when Facts(state).ContainerId is not null => OnBegins(state, command, context),
            VerbAnswer.BeginsWithContainer => Answered(state, command, context, new Refused(
                command.InstanceId, RefusalCode.NoContainer,
                "The instance has no container to do that with; start it, which makes one anew, or delete it.")),
            VerbAnswer.Done => Answered(state, command, context, new AlreadyDone(command.InstanceId)),
            VerbAnswer.Joins => Joined((InstanceState.Working)state, command, context),
            VerbAnswer.Refuses refusal => Answered(
                state, command, context, new Refused(command.InstanceId, refusal.Code, refusal.Reason)),
            var answer => throw new ArgumentOutOfRangeException(nameof(command), answer, "A command is no question."),
        };
    }

    private static Decision OnBegins(InstanceState state, VerbCommand command, DecisionContext context) => command switch
    {
        { EngineProblem: { } problem } when state is InstanceState.Existing => Answered(
            state, command, context, new Refused(command.InstanceId, RefusalCode.EngineAway, problem)),
        _ when command.Terms.ProblemFor(command.Verb) is { } problem => Malformed(state, command, context, problem),
        Boot boot => OnBoot(state, boot, context),
        Delete => OnDelete(Existing(state), command, context),
        AttachInterface or DetachInterface when PortDecider.AnswerAtOnce(Facts(state), command) is { } answer =>
            Answered(state, command, context, answer),
        AttachInterface attach => Begin(state, command, context, (header, id, steps) =>
            new AttachRequested(header, id, steps, attach.Vif)),
        DetachInterface detach => Begin(state, command, context, (header, id, steps) =>
            new DetachRequested(header, id, PortDecider.OfDetachment(state.Phase, steps), detach.Port)),
        Snapshot snapshot when InstanceSpecRules.NameProblem(snapshot.Target.Name) is { } problem =>
            Malformed(state, command, context, problem),
        Snapshot snapshot => Begin(state, command, context, (header, id, steps) =>
            new SnapshotRequested(header, id, steps, snapshot.Target)),
        Rebuild or Resize or ConfirmResize or RevertResize when ChangeDecider.AnswerAtOnce(Facts(state), command) is { } answer =>
            Answered(state, command, context, answer),
        Rebuild rebuild => Begin(state, command, context, (header, id, steps) =>
            new RebuildRequested(header, id, steps, ChangeDecider.SpecOf(Facts(state), rebuild), rebuild.Image)),
        Resize resize => Begin(state, command, context, (header, id, steps) =>
            new ResizeRequested(header, id, steps, resize.Size)),
        Rescue rescue => Begin(state, command, context, (header, id, steps) =>
            new RescueRequested(header, id, steps, rescue.Image)),
        _ => Begin(state, command, context, (header, id, steps) =>
            new PowerChangeRequested(header, id, steps, command.Verb)),
    };

    private static Decision OnBoot(InstanceState state, Boot boot, DecisionContext context)
    {
        var problems = InstanceSpecRules.Problems(boot.Spec);
        if (problems.Count > 0)
            return Malformed(state, boot, context, string.Join(' ', problems));

        var builder = new DecisionBuilder(state, context, boot.InstanceId, boot.Host, boot.Request);
        var steps = OperationPlan.For(InstanceVerb.Boot).StepsFor(InstancePhase.Absent, false, boot.Spec.HasSandbox, boot.Terms);
        builder.Add(header => new BootRequested(header, builder.NewOperation, steps, boot.Spec, boot.Image) { Terms = boot.Terms });
        return Accept(builder, boot);
    }

    private static Decision OnDelete(InstanceState.Existing state, VerbCommand command, DecisionContext context)
    {
        var builder = DecisionBuilder.On(state, context, command.Request);
        var cancelled = (state as InstanceState.Working)?.Operation;
        var discarded = cancelled?.Snapshot;
        var steps = OperationPlan.For(InstanceVerb.Delete)
            .StepsFor(state.Phase, state.Facts.ContainerId is not null, state.Facts.Spec.HasSandbox, command.Terms);
        if (state.Facts.Rescue is not null)
            steps = steps.Prepend(StepKind.RemoveRescue).ToEquatableArray();
        if (discarded is not null)
        {
            // What of the snapshot is still to be done or taken back; a snapshot already uploaded stays.
            var isUploaded = cancelled!.Failure is null && cancelled.CurrentStep is null or StepKind.RemoveCommit;
            EquatableArray<StepKind> rest = isUploaded
                ? [StepKind.RemoveCommit]
                : OperationPlan.For(InstanceVerb.Snapshot).Unwind;
            steps = rest.Concat(steps).ToEquatableArray();
        }

        // This one event says all: were it the last one written, nothing of what was called off would be forgotten.
        builder.Add(header => new DeleteRequested(header, builder.NewOperation, steps, discarded));
        CallOff(builder, state);
        return Accept(builder, command);
    }

    private static Decision Begin(
        InstanceState state,
        VerbCommand command,
        DecisionContext context,
        Func<EventHeader, OperationId, EquatableArray<StepKind>, OperationRequest> request)
    {
        var builder = DecisionBuilder.On(Existing(state), context, command.Request);
        var facts = Facts(state);
        var steps = OperationPlan.For(command.Verb)
            .StepsFor(state.Phase, facts.ContainerId is not null, facts.Spec.HasSandbox, command.Terms);
        // A rescue container that could not be removed is in the way of whatever else uses the file system. Another rescue sees
        // to that itself.
        if (facts.Rescue is not null && state.Phase != InstancePhase.Rescued && command.Verb != InstanceVerb.Rescue
            && steps.Any(step => step is StepKind.StartContainer or StepKind.RemoveContainer))
            steps = steps.Prepend(StepKind.RemoveRescue).ToEquatableArray();
        builder.Add(header => request(header, builder.NewOperation, steps) with { Terms = command.Terms });
        CallOff(builder, state);
        return Accept(builder, command);
    }

    private static void CallOff(DecisionBuilder builder, InstanceState before)
    {
        if (before is InstanceState.Working { Operation: var cancelled })
            builder.Add(header => new OperationCancelled(header, cancelled.Id, cancelled.Verb));
    }

    private static Decision Accept(DecisionBuilder builder, VerbCommand command)
    {
        var reply = Facts(builder.State).AnswerTo(command.Request.RequestId, command.Verb)!;
        OperationProgress.Advance(builder);
        return builder.Build(reply);
    }

    private static Decision Joined(InstanceState.Working state, VerbCommand command, DecisionContext context) =>
        Answered(state, command, context, new Accepted(command.InstanceId, state.Operation.Id, state.Revision));

    /// <summary>A command that is wrong in itself; of an instance that does not exist there is nowhere to write that down.</summary>
    private static Decision Malformed(InstanceState state, VerbCommand command, DecisionContext context, string problem)
    {
        var refused = new Refused(command.InstanceId, RefusalCode.InvalidArgument, problem);
        return state is InstanceState.Existing ? Answered(state, command, context, refused) : Unchanged(state, refused);
    }

    private static Decision Answered(
        InstanceState state, VerbCommand command, DecisionContext context, CommandReply reply)
    {
        var builder = DecisionBuilder.On(Existing(state), context, command.Request);
        builder.Add(header => new CommandAnswered(header, command.Verb, reply));
        return builder.Build(reply);
    }

    private static Decision OnStepCompleted(InstanceState state, RecordStepCompleted command, DecisionContext context)
    {
        if (!IsCurrent(state, command.Token, out var working))
            return Unchanged(state);
        if (EndedAtOnce(working, command.Result) is { } fault)
            return OnStepFailed(state, new RecordStepFailed(command.InstanceId, command.Token, fault), context);
        var operation = working.Operation;
        var builder = DecisionBuilder.On(working, context, operation.Request);
        builder.Add(header => new StepCompleted(
            header, operation.Id, operation.CurrentStep!.Value, operation.Attempt, command.Result));
        OperationProgress.Advance(builder);
        return builder.Build(null);
    }

    private static Decision OnStepFailed(InstanceState state, RecordStepFailed command, DecisionContext context)
    {
        if (!IsCurrent(state, command.Token, out var working))
            return Unchanged(state);
        var operation = working.Operation;
        var step = operation.CurrentStep!.Value;
        var policy = context.Policies.For(step);
        DateTimeOffset? retryAt = command.Fault.IsRetryable && operation.Attempt < policy.MaxAttempts
            ? context.Now + policy.BackoffAfter(operation.Attempt)
            : null;
        var builder = DecisionBuilder.On(working, context, operation.Request);
        builder.Add(header => new StepFailed(header, operation.Id, step, operation.Attempt, command.Fault, retryAt));
        OperationProgress.Advance(builder);
        return builder.Build(null);
    }

    private static Decision OnRetry(InstanceState state, RetryStep command, DecisionContext context)
    {
        if (VifPluggingDecider.IsAwaited(state, out var awaiting))
            return VifPluggingDecider.OnTime(awaiting, command, context);
        if (state is not InstanceState.Working { Operation: { Status: StepStatus.AwaitingRetry } operation } working
            || operation.IntentRevision != command.Revision)
            return Unchanged(state);
        var builder = DecisionBuilder.On(working, context, operation.Request);
        builder.Add(header => new StepStarted(header, operation.Id, operation.CurrentStep!.Value, operation.Attempt + 1));
        return builder.Build(null);
    }

    private static Decision OnResume(InstanceState state, DecisionContext context)
    {
        if (state is not InstanceState.Working { Operation: var operation } working)
            return Unchanged(state);
        var builder = DecisionBuilder.On(
            working, context, operation.Request with { Initiator = Initiator.Recovery });
        if (operation.CurrentStep is { } step)
            builder.Add(header => new WorkResumed(header, operation.Id, step, operation.Attempt));
        OperationProgress.Advance(builder);
        return builder.Build(null);
    }

    private static Decision OnExited(InstanceState state, ReportContainerExited report, DecisionContext context)
    {
        if (!ContainerDrift.IsNews(state, report.ContainerId, report.Exit))
            return Unchanged(state);
        var builder = Watching(state, context);
        builder.Add(header => new ContainerExited(header, report.ContainerId, report.Exit));
        // What had been stopped already was started by hand, and is nobody's wish: it is left as it is.
        if (state.Phase != InstancePhase.Stopped)
            Upkeep.Follow(builder, RestartCause.Exited);
        return builder.Build(null);
    }

    private static Decision OnLost(InstanceState state, ReportContainerLost report, DecisionContext context)
    {
        var isNews = state is InstanceState.Resting
        {
            Phase: InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped,
        } resting && resting.Facts.ContainerId == report.ContainerId;
        if (!isNews)
            return Unchanged(state);
        var builder = Watching(state, context);
        builder.Add(header => new ContainerLost(header, report.ContainerId));
        // What did not run is not made to run: its next start makes the container anew.
        if (state.Phase != InstancePhase.Stopped)
            Upkeep.Follow(builder, RestartCause.Lost);
        return builder.Build(null);
    }

    private static Decision OnSeen(InstanceState state, ReportContainerSeen report, DecisionContext context)
    {
        var seen = report.Sighting;
        if (report.AskedAt != state.Revision || !ContainerDrift.IsNews(state, seen))
            return Unchanged(state);
        if (seen.Exit is { } exit && ContainerDrift.IsNews(state, seen.ContainerId, exit))
            return OnExited(state, new ReportContainerExited(report.InstanceId, seen.ContainerId, exit), context);
        var builder = Watching(state, context);
        var facts = Facts(state);
        var drifts = ContainerDrift.KindsOf(state.Phase, facts.RunStartedAt, seen);
        if (ContainerDrift.IsRenamed(facts.InstanceId, facts.ContainerAlias, seen))
            drifts = drifts.Append(DriftKind.Renamed);
        foreach (var drift in drifts)
            builder.Add(header => new ContainerDrifted(header, seen.ContainerId, drift, seen.RunStartedAt, seen.Name));
        if (ContainerDrift.HealthOf(builder.State, seen) is { } health)
        {
            // A run that never was healthy did not hold, however long it took to find out.
            var hasWorked = Facts(builder.State).Health == HealthStatus.Healthy;
            builder.Add(header => new HealthChanged(header, seen.ContainerId, health));
            if (health == HealthStatus.Unhealthy)
                Upkeep.Follow(builder, RestartCause.Unhealthy, hasWorked);
        }

        return builder.Build(null);
    }

    private static Decision OnEngineRestarted(
        InstanceState state, ReportEngineRestarted report, DecisionContext context)
    {
        var isStopped = state is InstanceState.Resting { Phase: InstancePhase.Stopped } resting
            && resting.Facts.ContainerId == report.ContainerId;
        if (!isStopped)
            return Unchanged(state);
        var builder = Watching(state, context);
        Upkeep.Follow(builder, RestartCause.EngineRestarted);
        return builder.Build(null);
    }

    private static DecisionBuilder Watching(InstanceState state, DecisionContext context) =>
        DecisionBuilder.On(Existing(state), context, new RequestContext("", Initiator.EngineWatch));

    private static Fault? EndedAtOnce(InstanceState.Working working, StepResult result) =>
        working.Operation.Terms.MustStayUp && result is StepResult.ContainerStarted { Exit: { } exit }
        && !working.Facts.Spec.Upkeep.Restart.Wants(exit)
            ? new Fault(
                FaultCode.Invalid,
                $"The process ended at once: {exit}. {(exit.Output.Length > 0 ? $"Its last words: {exit.Output}" : "It said nothing.")}")
            : null;

    private static bool IsCurrent(InstanceState state, FencingToken token, out InstanceState.Working working)
    {
        working = (state as InstanceState.Working)!;
        return working is { Operation.Status: StepStatus.Running } && working.Operation.IntentRevision == token.Revision;
    }

    private static InstanceState.Existing Existing(InstanceState state) => (InstanceState.Existing)state;

    private static InstanceFacts Facts(InstanceState state) => Existing(state).Facts;

    private static Decision Unchanged(InstanceState state, CommandReply? reply = null) => new([], reply, state);
}
