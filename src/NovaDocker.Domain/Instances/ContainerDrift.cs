using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>What was done to a container behind our back. Numbers are on the wire and never change.</summary>
public enum DriftKind
{
    /// <summary>It was frozen.</summary>
    Paused = 1,

    /// <summary>It was thawed.</summary>
    Unpaused = 2,

    /// <summary>It was started.</summary>
    Started = 3,

    /// <summary>It was ended and started again.</summary>
    Restarted = 4,

    /// <summary>It was given another name.</summary>
    Renamed = 5,
}

/// <summary>
/// How a container that was looked at differs from what its instance believes. Pure. While an operation is under way only
/// an end by itself is news: the operation's own steps settle the rest.
/// </summary>
public static class ContainerDrift
{
    /// <summary>The name that an instance's container is made with, as nova-docker named it.</summary>
    public static string NameOf(InstanceId id) => $"nova-{id}";

    /// <summary>True where the look shows something that the instance does not know.</summary>
    public static bool IsNews(InstanceState state, ContainerSighting seen)
    {
        if (seen.Exit is { } exit && IsNews(state, seen.ContainerId, exit))
            return true;
        return state is InstanceState.Resting { Facts: var facts } && facts.ContainerId == seen.ContainerId
            && (KindsOf(state.Phase, facts.RunStartedAt, seen).Any()
                || IsRenamed(facts.InstanceId, facts.ContainerAlias, seen)
                || HealthOf(state, seen) is not null);
    }

    /// <summary>True where the end of a container is not known yet, and is not what the operation under way is for.</summary>
    public static bool IsNews(InstanceState state, string containerId, ContainerExit exit) =>
        state is InstanceState.Existing { Facts: var facts }
        && facts.ContainerId == containerId
        && facts.LastExit?.RunStartedAt != exit.RunStartedAt
        && state switch
        {
            InstanceState.Resting
            {
                Phase: InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped,
            } =>
                !(exit.RunStartedAt < facts.RunStartedAt),
            InstanceState.Working { Operation: { IsEndingContainer: false } operation } =>
                facts.RunStartedAt == exit.RunStartedAt
                || (operation.CurrentStep == StepKind.StartContainer && !(exit.RunStartedAt < facts.RunStartedAt)),
            _ => false,
        };

    /// <summary>What was done to the container of an instance at rest, in the order in which it is to be recorded.</summary>
    /// <param name="phase">The phase it rests in.</param>
    /// <param name="runStartedAt">When the run that it knows of was started; null where it knows of none.</param>
    /// <param name="seen">What was seen.</param>
    public static IEnumerable<DriftKind> KindsOf(
        InstancePhase phase, DateTimeOffset? runStartedAt, ContainerSighting seen)
    {
        if (seen.Condition is not (ContainerCondition.Running or ContainerCondition.Paused))
            yield break;
        var isNewRun = seen.RunStartedAt != runStartedAt;
        DriftKind? first = (phase, isNewRun, seen.Condition) switch
        {
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended, true, _) => DriftKind.Restarted,
            (InstancePhase.Stopped, true, _) => DriftKind.Started,
            (InstancePhase.Paused or InstancePhase.Suspended, false, ContainerCondition.Running) => DriftKind.Unpaused,
            _ => null,
        };
        if (first is { } kind)
            yield return kind;
        if (seen.Condition == ContainerCondition.Paused && (first is not null || phase == InstancePhase.Active))
            yield return DriftKind.Paused;
    }

    /// <summary>True where the container has another name than its instance knows of.</summary>
    public static bool IsRenamed(InstanceId id, string? alias, ContainerSighting seen) =>
        seen.Name != (alias ?? NameOf(id));

    /// <summary>What the health checks of a running container say, where that is news; else null.</summary>
    public static HealthStatus? HealthOf(InstanceState state, ContainerSighting seen) =>
        state is InstanceState.Resting { Phase: InstancePhase.Active, Facts: var facts }
            && seen is { Condition: ContainerCondition.Running, Health: { } health }
            && seen.RunStartedAt == facts.RunStartedAt
            && health != facts.Health
            && (health, facts.Health) is not (HealthStatus.Starting, null)
            ? health
            : null;
}
