namespace NovaDocker.Domain.Audit;

/// <summary>
/// What became of an instance without anybody having asked for it, in the words of Nova's lifecycle events. Numbers are on the
/// wire and never change.
/// </summary>
public enum LifecycleTransition
{
    /// <summary>Its process ended, or its container is gone.</summary>
    Stopped = 1,

    /// <summary>Its process runs again.</summary>
    Started = 2,

    /// <summary>Its processes were frozen.</summary>
    Paused = 3,

    /// <summary>Its processes were thawed.</summary>
    Resumed = 4,

    /// <summary>It was suspended.</summary>
    Suspended = 5,
}
