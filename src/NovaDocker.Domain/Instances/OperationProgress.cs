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
            builder.Add(header => new OperationCompleted(header, operation.Id, operation.Verb), LandingAfterSuccess(working));
    }

    private static void GiveUp(DecisionBuilder builder, InstanceState.Working working)
    {
        var fault = working.Facts.LastFault!;
        var operation = working.Operation;
        var unwind = OperationPlan.For(operation.Verb).Unwind;
        if (unwind.IsEmpty)
            Fail(builder, working, fault);
        else
            builder.Add(header => new UnwindStarted(header, operation.Id, operation.Verb, fault, unwind));
    }

    private static void Fail(DecisionBuilder builder, InstanceState.Working working, Fault fault) =>
        builder.Add(
            header => new OperationFailed(header, working.Operation.Id, working.Operation.Verb, fault),
            LandingAfterFailure(working));

    private static InstancePhase LandingAfterSuccess(InstanceState.Working working)
    {
        var landing = OperationPlan.For(working.Operation.Verb).Success ?? working.Operation.Origin;
        return IfStillRunning(landing, working.Facts);
    }

    private static InstancePhase LandingAfterFailure(InstanceState.Working working)
    {
        var landing = OperationPlan.For(working.Operation.Verb).Failure ?? working.Operation.Origin;
        return working.Facts.ContainerId is null ? InstancePhase.Error : IfStillRunning(landing, working.Facts);
    }

    private static InstancePhase IfStillRunning(InstancePhase landing, InstanceFacts facts) =>
        landing is InstancePhase.Active or InstancePhase.Paused && facts.CurrentExit is not null
            ? InstancePhase.Stopped
            : landing;
}
