using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Instances;

/// <summary>Why an instance is started again by itself. Numbers are on the wire and never change.</summary>
public enum RestartCause
{
    /// <summary>Its process ended.</summary>
    Exited = 1,

    /// <summary>Its health check failed.</summary>
    Unhealthy = 2,

    /// <summary>Its container is gone.</summary>
    Lost = 3,

    /// <summary>The Engine was restarted, and the instance is to run always.</summary>
    EngineRestarted = 4,
}

/// <summary>
/// What an instance does by itself to stay up, by its <see cref="UpkeepPolicy"/>. It is asked whenever an instance comes to
/// rest otherwise than was wanted; what it decides is an operation like any other, whose first step waits its time.
/// </summary>
internal static class Upkeep
{
    private static readonly RequestContext ByItself = new("", Initiator.Upkeep);

    /// <summary>Adds a restart, where the policy of an instance at rest wants one for this cause.</summary>
    /// <param name="builder">Where to.</param>
    /// <param name="cause">Why.</param>
    /// <param name="hasWorked">False where the last run is known never to have done its work, so that it ends no row.</param>
    public static void Follow(DecisionBuilder builder, RestartCause cause, bool hasWorked = true)
    {
        if (builder.State is not InstanceState.Resting { Facts: var facts } || !IsWanted(facts, cause))
            return;
        var pace = builder.Context.Policies.Restarts;
        var restart = hasWorked && HasHeld(facts, builder.Context.Now, pace) ? 1 : facts.Restarts + 1;
        if (facts.Spec.Upkeep.Restart.Exhausts(restart))
        {
            builder.Add(header => new RestartGivenUp(header with { Request = ByItself }, cause, facts.Restarts));
            return;
        }

        var startAt = builder.Context.Now + pace.BackoffBefore(restart);
        builder.Add(header => new RestartRequested(
            header with { Request = ByItself }, builder.NewOperation, OperationPlan.Of(StepsFor(cause), facts.Spec.HasSandbox),
            cause, restart, startAt));
    }

    private static bool IsWanted(InstanceFacts facts, RestartCause cause) => cause switch
    {
        RestartCause.Exited => facts.CurrentExit is { } exit && facts.Spec.Upkeep.Restart.Wants(exit),
        RestartCause.Unhealthy => facts.Spec.Upkeep.WhenUnhealthy == UnhealthyAction.Restart,
        RestartCause.Lost => facts.Spec.Upkeep.WhenLost == LostAction.Recreate,
        RestartCause.EngineRestarted => facts.Spec.Upkeep.Restart.Mode == RestartMode.Always,
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "Not a cause of a restart."),
    };

    /// <summary>True where the last run lasted so long that what went before does not count.</summary>
    private static bool HasHeld(InstanceFacts facts, DateTimeOffset now, RestartPace pace) =>
        facts.RunStartedAt is { } started && (facts.CurrentExit?.FinishedAt ?? now) - started >= pace.ResetAfter;

    private static EquatableArray<StepKind> StepsFor(RestartCause cause) => cause switch
    {
        RestartCause.Unhealthy => [StepKind.StopContainer, .. OperationPlan.Run],
        RestartCause.Lost => OperationPlan.Remake.Steps,
        _ => OperationPlan.Run,
    };
}
