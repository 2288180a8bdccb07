using System.Text;

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
            Resting(operation.Origin) with { TaskState = TaskOf(operation.Verb, operation.CurrentStep) },
        _ => Resting(state.Phase),
    };

    /// <summary>The table of all phases in Markdown, as it stands in <c>src/ARCHITECTURE.md</c>.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder("| phase | vm_state | task_state | power_state |\n|---|---|---|---|\n");
        foreach (var phase in Enum.GetValues<InstancePhase>())
        {
            var states = PossibleIn(phase).ToList();
            text.Append("| ").Append(phase)
                .Append(" | ").AppendJoin(", ", states.Select(state => state.VmState).Distinct())
                .Append(" | ").AppendJoin(", ", states.Select(state => state.TaskState ?? "none").Distinct())
                .Append(" | ").AppendJoin(", ", states.Select(state => state.PowerState).Distinct())
                .Append(" |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<NovaStates> PossibleIn(InstancePhase phase)
    {
        var plans = OperationPlan.All.Where(plan => plan.During == phase).OrderBy(plan => plan.Verb).ToList();
        if (plans.Count == 0)
            return [Resting(phase)];
        return from plan in plans
               from origin in Origins(plan.Verb)
               from step in plan.Steps.Select(step => (StepKind?)step).DefaultIfEmpty()
               select Resting(origin) with { TaskState = TaskOf(plan.Verb, step) };
    }

    // A restart by its own policy begins where the instance was seen not to do its work. What takes the place of an
    // operation takes over where that began. All those places rest, but for that of a boot.
    private static IEnumerable<InstancePhase> Origins(InstanceVerb verb)
    {
        return from phase in Enum.GetValues<InstancePhase>()
               where OperationPlan.All.All(plan => plan.During != phase)
               where BeginsIn(phase)
                   || (phase == InstancePhase.Absent && BeginsIn(InstancePhase.Building))
                   || (IsOfRestart(phase) && (verb == InstanceVerb.Restart || BeginsIn(InstancePhase.Restarting)))
                   || (phase == InstancePhase.Active && verb == InstanceVerb.Repair)
               select phase;

        bool BeginsIn(InstancePhase phase) =>
            verb is not (InstanceVerb.Restart or InstanceVerb.Repair)
            && VerbTable.Answer(phase, verb) is VerbAnswer.Begins or VerbAnswer.BeginsWithContainer;
    }

    private static bool IsOfRestart(InstancePhase phase) =>
        phase is InstancePhase.Active or InstancePhase.Stopped or InstancePhase.Error;

    private static string? TaskOf(InstanceVerb verb, StepKind? step) => step switch
    {
        StepKind.CommitContainer => "image_pending_upload",
        StepKind.UploadSnapshot => "image_uploading",
        _ => OperationPlan.For(verb).TaskState,
    };

    private static NovaStates Resting(InstancePhase phase) => phase switch
    {
        InstancePhase.Absent => new("building", null, "NOSTATE"),
        InstancePhase.Active => new("active", null, "RUNNING"),
        InstancePhase.Paused => new("paused", null, "PAUSED"),
        InstancePhase.Suspended => new("suspended", null, "SUSPENDED"),
        InstancePhase.Rescued => new("rescued", null, "RUNNING"),
        InstancePhase.Stopped => new("stopped", null, "SHUTDOWN"),
        InstancePhase.Error => new("error", null, "NOSTATE"),
        InstancePhase.Deleted => new("deleted", null, "SHUTDOWN"),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "An instance does not rest in this phase."),
    };
}
