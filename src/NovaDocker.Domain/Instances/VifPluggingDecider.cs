using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Instances;

/// <summary>
/// The part of <see cref="InstanceDecider"/> that concerns a boot whose process is not to start before Neutron has its ports
/// ready. The wait is a step that nobody does: it ends with what the commander heard of Neutron, or with its time.
/// </summary>
internal static class VifPluggingDecider
{
    /// <summary>True where a boot waits for its ports.</summary>
    public static bool IsAwaited(InstanceState state, out InstanceState.Working awaiting)
    {
        awaiting = (state as InstanceState.Working)!;
        return awaiting is { Operation: { Status: StepStatus.Running, CurrentStep: StepKind.AwaitVifs } };
    }

    /// <summary>Somebody heard of Neutron.</summary>
    public static Decision OnTold(InstanceState state, TellVifPlugging told, DecisionContext context) => state switch
    {
        _ when IsAwaited(state, out var awaiting) => End(awaiting, told.Outcome, told.Detail, context, told.Request),
        InstanceState.Absent => new Decision([], new NotFound(told.InstanceId), state),
        // Taken for late, it would be lost, and the boot wait for what has come already.
        InstanceState.Working { Operation.Pending: var pending } when pending.Contains(StepKind.AwaitVifs) => new Decision(
            [],
            new Refused(
                told.InstanceId, RefusalCode.Busy,
                "The ports are not waited for yet; say it again once the operation is at the step await-vifs."),
            state),
        _ => new Decision([], new AlreadyDone(told.InstanceId), state),
    };

    /// <summary>The time is over, and nobody told anything.</summary>
    public static Decision OnTime(InstanceState.Working awaiting, RetryStep time, DecisionContext context)
    {
        var operation = awaiting.Operation;
        return operation.IntentRevision == time.Revision
            ? End(awaiting, VifPluggingOutcome.TimedOut, "", context, operation.Request)
            : new Decision([], null, awaiting);
    }

    private static Decision End(
        InstanceState.Working awaiting, VifPluggingOutcome outcome, string detail, DecisionContext context, RequestContext teller)
    {
        var operation = awaiting.Operation;
        var builder = DecisionBuilder.On(awaiting, context, teller);
        var isFatal = outcome != VifPluggingOutcome.Plugged && operation.Terms.AwaitVifs is { IsFatal: true };
        if (isFatal)
        {
            builder.Add(header => new StepFailed(
                header, operation.Id, StepKind.AwaitVifs, operation.Attempt, FaultOf(operation, outcome, detail), RetryAt: null));
        }
        else
        {
            builder.Add(header => new StepCompleted(
                header, operation.Id, StepKind.AwaitVifs, operation.Attempt, new StepResult.VifsAwaited(outcome, detail)));
        }

        builder.GoOnFor(operation.Request);
        OperationProgress.Advance(builder);
        return builder.Build(new Accepted(awaiting.Facts.InstanceId, operation.Id, builder.State.Revision));
    }

    private static Fault FaultOf(Operation operation, VifPluggingOutcome outcome, string detail)
    {
        var what = outcome == VifPluggingOutcome.TimedOut
            ? $"Neutron did not say within {operation.Terms.AwaitVifs!.Timeout.TotalSeconds:0.#} s that the ports are plugged; "
                + "see whether its agent runs on this host."
            : "Neutron could not plug the ports.";
        return new Fault(
            outcome == VifPluggingOutcome.TimedOut ? FaultCode.TimedOut : FaultCode.Conflict,
            detail.Length == 0 ? what : $"{what} {detail}");
    }
}
