namespace NovaDocker.Domain.Instances;

/// <summary>What a container was doing when somebody looked. Numbers are on the wire and never change.</summary>
public enum ContainerCondition
{
    /// <summary>Its process has never been started.</summary>
    NeverStarted = 1,

    /// <summary>Its process runs.</summary>
    Running = 2,

    /// <summary>Its processes are frozen.</summary>
    Paused = 3,

    /// <summary>Its process has ended.</summary>
    Ended = 4,

    /// <summary>It is being removed. The Engine says so before it kills the process: that end is part of the removal.</summary>
    Removing = 5,
}

/// <summary>A container as a look at the Engine showed it.</summary>
/// <param name="ContainerId">The Engine's id.</param>
/// <param name="Name">The name it has.</param>
/// <param name="Condition">What it was doing.</param>
/// <param name="RunStartedAt">When it was last started; null where it never was.</param>
/// <param name="Exit">With <see cref="ContainerCondition.Ended"/>: how it ended.</param>
/// <param name="Health">What its health checks say; null where it has none, or does not run.</param>
public sealed record ContainerSighting(
    string ContainerId,
    string Name,
    ContainerCondition Condition,
    DateTimeOffset? RunStartedAt,
    ContainerExit? Exit,
    HealthStatus? Health);
