using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Instances;

/// <summary>How an operation goes on once a step is done or given up: the next step, the cleaning up, or the end.</summary>
internal static class OperationProgress
{
    /// <summary>Adds what follows from the state of the operation; nothing where the host has the next move.</summary>
    public static void Advance(DecisionBuilder builder)
    {
        if (builder.State is InstanceState.Working { Operation.Status: StepStatus.GivenUp } failed)
            GiveUp(builder, failed);
        if (builder.State is not InstanceState.Working { Operation: { Status: StepStatus.Due } operation } working)
            return;
        if (operation.CurrentStep is { } step)
            builder.Add(header => new StepStarted(header, operation.Id, step, 1));
        else if (operation.Failure is { } fault)
            Fail(builder, working, fault);
        else
            Complete(builder, working);
    }

    private static void GiveUp(DecisionBuilder builder, InstanceState.Working working)
    {
        var fault = working.Facts.LastFault!;
        var operation = working.Operation;
        var unwind = OperationPlan.For(operation.Verb).UnwindFor(working.Facts, operation.Pending);
        if (unwind.IsEmpty)
            Fail(builder, working, fault);
        else
            builder.Add(header => new UnwindStarted(header, operation.Id, operation.Verb, fault, unwind));
    }

    private static void Complete(DecisionBuilder builder, InstanceState.Working working)
    {
        var operation = working.Operation;
        var landing = operation.Terms.LeavesStopped ? InstancePhase.Stopped : OperationPlan.For(operation.Verb).Success ?? operation.Origin;
        Land(builder, working, landing, header => new OperationCompleted(header, operation.Id, operation.Verb));
    }

    private static void Fail(DecisionBuilder builder, InstanceState.Working working, Fault fault)
    {
        var operation = working.Operation;
        var landing = OperationPlan.For(operation.Verb).FailureOf(working.Facts) ?? operation.Origin;
        Land(
            builder, working, working.Facts.ContainerId is null ? InstancePhase.Error : landing,
            header => new OperationFailed(header, operation.Id, operation.Verb, fault));
    }

    /// <summary>Ends the operation where it was to end, or where things really are; then its own policy has its say.</summary>
    private static void Land(
        DecisionBuilder builder, InstanceState.Working working, InstancePhase landing, Func<EventHeader, InstanceEvent> end)
    {
        var facts = working.Facts;
        var operation = working.Operation;
        var hasEnded = landing is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended && facts.CurrentExit is not null;
        builder.Add(end, hasEnded ? InstancePhase.Stopped : landing);

        // Who asked for an end got it, however it came about.
        if (operation.Verb is InstanceVerb.Stop or InstanceVerb.Delete || operation.Terms.LeavesStopped)
            return;
        // A boot or a rebuild that failed has taken its container back itself; what began with a container that was to run has
        // lost it.
        var wasToRun = operation.Verb != InstanceVerb.Rebuild
            && (operation.Origin is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended
                || (operation.Origin == InstancePhase.Stopped && operation.Verb != InstanceVerb.Snapshot));
        var wasLost = landing == InstancePhase.Error && facts.ContainerId is null && wasToRun;
        if (hasEnded)
            Upkeep.Follow(builder, RestartCause.Exited);
        else if (wasLost)
            Upkeep.Follow(builder, RestartCause.Lost);
    }
}
