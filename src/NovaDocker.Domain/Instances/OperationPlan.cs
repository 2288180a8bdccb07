using System.Collections.Frozen;
using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>
/// How one verb is carried out: one row of the table that every operation comes from. A new verb is a row here, a column
/// in <see cref="VerbTable"/>, and its steps.
/// </summary>
/// <param name="Verb">The verb.</param>
/// <param name="During">The phase while it is under way.</param>
/// <param name="TaskState">Nova's <c>task_state</c> while it is under way.</param>
/// <param name="Steps">What is done, in order.</param>
/// <param name="Unwind">What is done, in order, after a step was given up.</param>
/// <param name="Success">Where it ends; null for where it came from.</param>
/// <param name="Failure">Where it ends when a step was given up; null for where it came from.</param>
public sealed record OperationPlan(
    InstanceVerb Verb,
    InstancePhase During,
    string TaskState,
    EquatableArray<StepKind> Steps,
    EquatableArray<StepKind> Unwind,
    InstancePhase? Success,
    InstancePhase? Failure)
{
    /// <summary>What makes an instance run that has no container: a boot once more, and its unwinding.</summary>
    public static readonly (EquatableArray<StepKind> Steps, EquatableArray<StepKind> Unwind) Remake = (
        [StepKind.ClaimResources, StepKind.EnsureImage, StepKind.CreateContainer, StepKind.StartContainer],
        [StepKind.RemoveContainer, StepKind.ReleaseResources]);

    private static readonly FrozenDictionary<InstanceVerb, OperationPlan> Plans = new OperationPlan[]
    {
        new(InstanceVerb.Boot, InstancePhase.Building, "spawning",
            Remake.Steps, Remake.Unwind, InstancePhase.Active, InstancePhase.Error),
        new(InstanceVerb.Delete, InstancePhase.Deleting, "deleting",
            [StepKind.RemoveContainer, StepKind.ReleaseResources], [],
            InstancePhase.Deleted, InstancePhase.Error),
        new(InstanceVerb.Start, InstancePhase.Starting, "powering-on",
            [StepKind.StartContainer], [], InstancePhase.Active, null),
        new(InstanceVerb.Stop, InstancePhase.Stopping, "powering-off",
            [StepKind.StopContainer], [], InstancePhase.Stopped, null),
        new(InstanceVerb.SoftReboot, InstancePhase.Rebooting, "rebooting",
            [StepKind.StopContainer, StepKind.StartContainer], [], InstancePhase.Active, InstancePhase.Error),
        new(InstanceVerb.HardReboot, InstancePhase.Rebooting, "rebooting_hard",
            [StepKind.KillContainer, StepKind.StartContainer], [], InstancePhase.Active, InstancePhase.Error),
        new(InstanceVerb.Pause, InstancePhase.Pausing, "pausing",
            [StepKind.PauseContainer], [], InstancePhase.Paused, null),
        new(InstanceVerb.Unpause, InstancePhase.Unpausing, "unpausing",
            [StepKind.UnpauseContainer], [], InstancePhase.Active, null),
        new(InstanceVerb.Snapshot, InstancePhase.Snapshotting, "image_snapshot",
            [StepKind.CommitContainer, StepKind.UploadSnapshot, StepKind.RemoveCommit],
            [StepKind.DiscardUpload, StepKind.RemoveCommit],
            null, null),
        new(InstanceVerb.Restart, InstancePhase.Restarting, "powering-on",
            [StepKind.StartContainer], [], InstancePhase.Active, InstancePhase.Error),
    }.ToFrozenDictionary(plan => plan.Verb);

    /// <summary>True where the verb leads to a running container, also where there is none yet.</summary>
    private bool MakesRunning =>
        Verb is InstanceVerb.Boot or InstanceVerb.Start or InstanceVerb.HardReboot or InstanceVerb.Restart;

    /// <summary>Every row.</summary>
    public static IReadOnlyCollection<OperationPlan> All => Plans.Values;

    /// <summary>What is done, in order, for an instance with or without a container.</summary>
    public EquatableArray<StepKind> StepsFor(bool hasContainer) => hasContainer || !MakesRunning ? Steps : Remake.Steps;

    /// <summary>What is done, in order, after a step was given up and left the instance with or without a container.</summary>
    public EquatableArray<StepKind> UnwindFor(bool hasContainer) => hasContainer || !MakesRunning ? Unwind : Remake.Unwind;

    /// <summary>The row of a verb.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The verb changes nothing and has no row.</exception>
    public static OperationPlan For(InstanceVerb verb) =>
        Plans.TryGetValue(verb, out var plan)
            ? plan
            : throw new ArgumentOutOfRangeException(nameof(verb), verb, "The verb starts no operation.");
}
