namespace NovaDocker.Domain.Instances;

/// <summary>
/// A state in Nova's words: <c>vm_state</c> (<c>nova/compute/vm_states.py</c>), <c>task_state</c>
/// (<c>nova/compute/task_states.py</c>) and <c>power_state</c> (<c>nova/compute/power_state.py</c>).
/// </summary>
/// <param name="VmState">What the instance durably is.</param>
/// <param name="TaskState">What is being done to it; null where nothing is.</param>
/// <param name="PowerState">What its process is believed to do.</param>
public sealed record NovaStates(string VmState, string? TaskState, string PowerState)
{
    /// <summary>The translation of a state.</summary>
    public static NovaStates Of(InstanceState state) => state switch
    {
        InstanceState.Working { Operation: var operation } =>
            Resting(operation.Verb == InstanceVerb.Boot ? InstancePhase.Building : operation.Origin)
                with { TaskState = TaskOf(operation) },
        _ => Resting(state.Phase),
    };

    private static string TaskOf(Operation operation) => operation.CurrentStep switch
    {
        StepKind.CommitContainer => "image_pending_upload",
        StepKind.UploadSnapshot => "image_uploading",
        _ => OperationPlan.For(operation.Verb).TaskState,
    };

    private static NovaStates Resting(InstancePhase phase) => phase switch
    {
        InstancePhase.Absent or InstancePhase.Building => new("building", null, "NOSTATE"),
        InstancePhase.Active => new("active", null, "RUNNING"),
        InstancePhase.Paused => new("paused", null, "PAUSED"),
        InstancePhase.Stopped => new("stopped", null, "SHUTDOWN"),
        InstancePhase.Error => new("error", null, "NOSTATE"),
        InstancePhase.Deleted => new("deleted", null, "SHUTDOWN"),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "An instance does not rest in this phase."),
    };
}
