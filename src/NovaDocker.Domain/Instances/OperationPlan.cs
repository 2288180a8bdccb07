using System.Collections.Frozen;
using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>
/// How one verb is carried out: one row of the table that every operation comes from. A new verb is a row here, a column
/// in <see cref="VerbTable"/>, and its steps.
/// </summary>
/// <param name="Verb">The verb.</param>
/// <param name="During">The phase while it is under way.</param>
/// <param name="TaskState">Nova's <c>task_state</c> while it is under way; null where it has none.</param>
/// <param name="Steps">What is done, in order; the steps of the network for an instance with a sandbox alone.</param>
/// <param name="Unwind">What is done, in order, after a step was given up; likewise.</param>
/// <param name="Success">Where it ends; null for where it came from.</param>
/// <param name="Failure">Where it ends when a step was given up; null for where it came from.</param>
public sealed record OperationPlan(
    InstanceVerb Verb,
    InstancePhase During,
    string? TaskState,
    EquatableArray<StepKind> Steps,
    EquatableArray<StepKind> Unwind,
    InstancePhase? Success,
    InstancePhase? Failure)
{
    /// <summary>What makes an instance run that has no container: a boot once more, and its unwinding.</summary>
    public static readonly (EquatableArray<StepKind> Steps, EquatableArray<StepKind> Unwind) Remake = (
        [
            StepKind.ClaimResources, StepKind.EnsureImage, StepKind.CreateSandbox, StepKind.PlugVifs,
            StepKind.CreateContainer, StepKind.StartContainer,
        ],
        [StepKind.RemoveContainer, StepKind.UnplugVifs, StepKind.RemoveSandbox, StepKind.ReleaseResources]);

    /// <summary>What starts a container: its network is there, and whole, before its first instruction.</summary>
    public static readonly EquatableArray<StepKind> Run = [StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.StartContainer];

    private static readonly FrozenDictionary<InstanceVerb, OperationPlan> Plans = new OperationPlan[]
    {
        new(InstanceVerb.Boot, InstancePhase.Building, "spawning",
            Remake.Steps, Remake.Unwind, InstancePhase.Active, InstancePhase.Error),
        new(InstanceVerb.Delete, InstancePhase.Deleting, "deleting",
            Remake.Unwind, [],
            InstancePhase.Deleted, InstancePhase.Error),
        new(InstanceVerb.Start, InstancePhase.Starting, "powering-on",
            Run, [], InstancePhase.Active, null),
        new(InstanceVerb.Stop, InstancePhase.Stopping, "powering-off",
            [StepKind.StopContainer], [], InstancePhase.Stopped, null),
        new(InstanceVerb.SoftReboot, InstancePhase.Rebooting, "rebooting",
            [StepKind.StopContainer, .. Run], [], InstancePhase.Active, InstancePhase.Error),
        new(InstanceVerb.HardReboot, InstancePhase.Rebooting, "rebooting_hard",
            [StepKind.KillContainer, .. Run], [], InstancePhase.Active, InstancePhase.Error),
        new(InstanceVerb.Pause, InstancePhase.Pausing, "pausing",
            [StepKind.PauseContainer], [], InstancePhase.Paused, null),
        new(InstanceVerb.Unpause, InstancePhase.Unpausing, "unpausing",
            [StepKind.UnpauseContainer], [], InstancePhase.Active, null),
        new(InstanceVerb.Snapshot, InstancePhase.Snapshotting, "image_snapshot",
            [StepKind.CommitContainer, StepKind.UploadSnapshot, StepKind.RemoveCommit],
            [StepKind.DiscardUpload, StepKind.RemoveCommit],
            null, null),
        new(InstanceVerb.Restart, InstancePhase.Restarting, "powering-on",
            Run, [], InstancePhase.Active, InstancePhase.Error),
        new(InstanceVerb.AttachInterface, InstancePhase.Attaching, null,
            [StepKind.CreateSandbox, StepKind.PlugVifs], [StepKind.UnplugVifs], null, null),
        // The ports that stay are looked at behind it: with the port may go the default route, which another one takes over.
        new(InstanceVerb.DetachInterface, InstancePhase.Detaching, null,
            [StepKind.UnplugVifs, StepKind.PlugVifs], [], null, null),
        new(InstanceVerb.Repair, InstancePhase.Repairing, null,
            [StepKind.PlugVifs], [], InstancePhase.Active, InstancePhase.Active),
        new(InstanceVerb.Suspend, InstancePhase.Suspending, "suspending",
            [StepKind.PauseContainer], [], InstancePhase.Suspended, null),
        new(InstanceVerb.Resume, InstancePhase.Resuming, "resuming",
            [StepKind.UnpauseContainer], [], InstancePhase.Active, null),
        // The image comes first: where it cannot be had, the instance is as it was.
        new(InstanceVerb.Rebuild, InstancePhase.Rebuilding, "rebuild_spawning",
            [
                StepKind.EnsureImage, StepKind.StopContainer, StepKind.RemoveContainer, StepKind.CreateSandbox, StepKind.PlugVifs,
                StepKind.CreateContainer, StepKind.StartContainer,
            ],
            Remake.Unwind, InstancePhase.Active, InstancePhase.Error),
        new(InstanceVerb.Resize, InstancePhase.Resizing, "resize_finish",
            [StepKind.ClaimResources, StepKind.UpdateContainer], [StepKind.ClaimResources], InstancePhase.Active, null),
        new(InstanceVerb.ConfirmResize, InstancePhase.Resizing, null,
            [], [], null, null),
        new(InstanceVerb.RevertResize, InstancePhase.Resizing, "resize_reverting",
            [StepKind.ClaimResources, StepKind.UpdateContainer], [StepKind.ClaimResources], InstancePhase.Active, null),
        new(InstanceVerb.Rescue, InstancePhase.Rescuing, "rescuing",
            [StepKind.EnsureRescueImage, StepKind.StopContainer, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.StartRescue],
            [StepKind.RemoveRescue], InstancePhase.Rescued, null),
        new(InstanceVerb.Unrescue, InstancePhase.Unrescuing, "unrescuing",
            [StepKind.RemoveRescue, .. Run], [], InstancePhase.Active, null),
    }.ToFrozenDictionary(plan => plan.Verb);

    /// <summary>True where the verb leads to a running container, also where there is none yet.</summary>
    private bool MakesRunning => Verb
        is InstanceVerb.Boot or InstanceVerb.Start or InstanceVerb.HardReboot or InstanceVerb.Restart or InstanceVerb.Rebuild;

    /// <summary>Every row.</summary>
    public static IReadOnlyCollection<OperationPlan> All => Plans.Values;

    /// <summary>What is done, in order, for an instance as it is.</summary>
    /// <param name="origin">The phase that it rests in.</param>
    /// <param name="hasContainer">True where it has a container.</param>
    /// <param name="hasSandbox">True where a sandbox owns its network namespace.</param>
    /// <param name="terms">How it is to be done.</param>
    public EquatableArray<StepKind> StepsFor(InstancePhase origin, bool hasContainer, bool hasSandbox, OperationTerms terms)
    {
        IEnumerable<StepKind> steps = hasContainer || !MakesRunning ? Steps : Remake.Steps;
        steps = (Verb, origin) switch
        {
            (InstanceVerb.Resume, InstancePhase.Stopped or InstancePhase.Restarting) => Run,
            // Its own process was ended for the rescue.
            (InstanceVerb.Stop, InstancePhase.Rescued) => [StepKind.RemoveRescue],
            (InstanceVerb.Resize or InstanceVerb.RevertResize, InstancePhase.Stopped) =>
                terms.LeavesStopped ? steps : steps.Concat(Run),
            (InstanceVerb.Resize or InstanceVerb.RevertResize, _) when terms.LeavesStopped => steps.Append(StepKind.StopContainer),
            // What does not run need not be stopped, nor gently what is removed anyhow. In error it may run, and nobody else may
            // use the file system that a rescue container gets.
            (InstanceVerb.Rescue, InstancePhase.Stopped) or (InstanceVerb.Rebuild, not InstancePhase.Active) =>
                steps.Where(step => step != StepKind.StopContainer),
            _ => steps,
        };
        if (terms.AwaitVifs is not null && hasSandbox)
            steps = steps.SelectMany(step => step == StepKind.StartContainer ? [StepKind.AwaitVifs, step] : new[] { step });
        if (terms.LeavesStopped)
            steps = steps.Where(step => step is not (StepKind.StartContainer or StepKind.AwaitVifs));
        return Of(steps.ToEquatableArray(), hasSandbox);
    }

    /// <summary>What is done, in order, after a step was given up.</summary>
    /// <param name="facts">What the operation has left the instance as.</param>
    /// <param name="pending">The steps that were not done, the one that was given up first.</param>
    public EquatableArray<StepKind> UnwindFor(InstanceFacts facts, EquatableArray<StepKind> pending) => Verb switch
    {
        InstanceVerb.Rebuild when facts.Former is not null => [],
        InstanceVerb.Resize or InstanceVerb.RevertResize when !pending.Contains(StepKind.UpdateContainer) => [],
        // A call whose answer stayed away may have been carried out all the same.
        InstanceVerb.Resize or InstanceVerb.RevertResize when pending[0] == StepKind.UpdateContainer && facts.ContainerId is not null =>
            Unwind.Prepend(StepKind.UpdateContainer).ToEquatableArray(),
        _ => Of(facts.ContainerId is not null || !MakesRunning ? Unwind : Remake.Unwind, facts.Spec.HasSandbox),
    };

    /// <summary>Where an operation ends whose step was given up; null for where it came from.</summary>
    /// <param name="facts">What it has left the instance as.</param>
    public InstancePhase? FailureOf(InstanceFacts facts) => Verb switch
    {
        InstanceVerb.Rebuild when facts.Former is not null => null,
        InstanceVerb.Unrescue when facts.Rescue is null => InstancePhase.Stopped,
        _ => Failure,
    };

    /// <summary>The steps, without those of the network for an instance that has no sandbox.</summary>
    public static EquatableArray<StepKind> Of(EquatableArray<StepKind> steps, bool hasSandbox) => hasSandbox
        ? steps
        : steps.Where(step => step
            is not (StepKind.CreateSandbox or StepKind.PlugVifs or StepKind.UnplugVifs or StepKind.RemoveSandbox))
            .ToEquatableArray();

    /// <summary>The row of a verb.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The verb changes nothing and has no row.</exception>
    public static OperationPlan For(InstanceVerb verb) =>
        Plans.TryGetValue(verb, out var plan)
            ? plan
            : throw new ArgumentOutOfRangeException(nameof(verb), verb, "The verb starts no operation.");
}
