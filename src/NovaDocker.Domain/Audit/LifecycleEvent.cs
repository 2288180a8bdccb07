using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Audit;

/// <summary>
/// Something that an instance did by itself, or that somebody did to it behind our back. What a commander asked for is none: who
/// asked hears of it otherwise.
/// </summary>
/// <param name="Cursor">Its place in the journal of all instances; what comes later has a greater one.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="Transition">What became of it.</param>
/// <param name="OccurredAt">When that was taken down, UTC.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record LifecycleEvent(
    long Cursor, InstanceId InstanceId, LifecycleTransition Transition, DateTimeOffset OccurredAt, string Reason)
{
    /// <summary>What an event of the journal tells of; null where it is no such news.</summary>
    /// <param name="cursor">The event's place in the journal of all instances.</param>
    /// <param name="event">The event.</param>
    public static LifecycleEvent? Of(long cursor, InstanceEvent @event) => TransitionOf(@event) is { } transition
        ? new LifecycleEvent(cursor, @event.Header.InstanceId, transition, @event.Header.OccurredAt, ReasonOf(@event))
        : null;

    /// <summary>Which transition an event of the journal means; null where it means none.</summary>
    public static LifecycleTransition? TransitionOf(InstanceEvent @event) => @event switch
    {
        ContainerExited or ContainerLost when IsUp(@event.Header.Before) => LifecycleTransition.Stopped,
        ContainerDrifted { Drift: DriftKind.Started or DriftKind.Restarted } => LifecycleTransition.Started,
        ContainerDrifted { Drift: DriftKind.Paused } => LifecycleTransition.Paused,
        ContainerDrifted { Drift: DriftKind.Unpaused } => LifecycleTransition.Resumed,

        // A restart that somebody's command took the place of is that command's affair.
        OperationCompleted { Verb: InstanceVerb.Restart, Header.After: InstancePhase.Active } => LifecycleTransition.Started,
        OperationFailed { Verb: InstanceVerb.Restart } => LifecycleTransition.Stopped,

        // Asked for was a process that runs; it ended by itself before that was known.
        StepCompleted { Result: StepResult.ContainerStarted { Exit: not null } } => LifecycleTransition.Stopped,
        _ => null,
    };

    /// <summary>False where there was no process that could have ended.</summary>
    private static bool IsUp(InstancePhase phase) =>
        phase is not (InstancePhase.Stopped or InstancePhase.Error or InstancePhase.Deleted);

    private static string ReasonOf(InstanceEvent @event) => @event switch
    {
        ContainerExited { Exit: var exit } => $"Its process ended: {exit}.",
        StepCompleted { Result: StepResult.ContainerStarted { Exit: { } exit } } => $"Its process ended as soon as it was started: {exit}.",
        ContainerLost => "Its container is gone.",
        ContainerDrifted { Drift: DriftKind.Started } => "Somebody started its container.",
        ContainerDrifted { Drift: DriftKind.Restarted } => "Somebody restarted its container.",
        ContainerDrifted { Drift: DriftKind.Paused } => "Somebody paused its container.",
        ContainerDrifted => "Somebody unpaused its container.",
        OperationFailed { Fault: var fault } => $"It could not be restarted by its own policy: {fault.Message}",
        _ => "It was restarted by its own policy.",
    };
}
