namespace NovaDocker.Domain.Instances;

/// <summary>
/// Where an instance stands. Phases ending in -ing have an operation under way; in the others the instance rests until
/// somebody asks for something. <see cref="NovaStates"/> says what Nova calls each of them. Numbers are on the wire and
/// never change.
/// </summary>
public enum InstancePhase
{
    /// <summary>Nobody ever asked for this instance.</summary>
    Absent = 1,

    /// <summary>The boot is under way.</summary>
    Building = 2,

    /// <summary>The container runs.</summary>
    Active = 3,

    /// <summary>The container's processes are frozen.</summary>
    Paused = 4,

    /// <summary>The container is there, its process has ended.</summary>
    Stopped = 5,

    /// <summary>On its way from Stopped to Active.</summary>
    Starting = 6,

    /// <summary>On its way to Stopped.</summary>
    Stopping = 7,

    /// <summary>Ending and starting again.</summary>
    Rebooting = 8,

    /// <summary>On its way to Paused.</summary>
    Pausing = 9,

    /// <summary>On its way from Paused to Active.</summary>
    Unpausing = 10,

    /// <summary>An image of it is being made; afterwards it is where it came from.</summary>
    Snapshotting = 11,

    /// <summary>An operation was given up; the last fault says which step and why.</summary>
    Error = 12,

    /// <summary>On its way to Deleted. Nothing stops this.</summary>
    Deleting = 13,

    /// <summary>Gone, except for its history.</summary>
    Deleted = 14,

    /// <summary>
    /// To be started again by its own policy, at once or after a wait. Start, Stop, hard Reboot and Delete take its place.
    /// </summary>
    Restarting = 15,

    /// <summary>A port is being plugged; afterwards it is where it came from.</summary>
    Attaching = 16,

    /// <summary>A port is being taken away; afterwards it is where it came from.</summary>
    Detaching = 17,

    /// <summary>
    /// Active, and ports that came loose are being plugged again. What may be asked of a running instance takes its place.
    /// </summary>
    Repairing = 18,

    /// <summary>The container's processes are frozen, as by a pause, until somebody resumes the instance.</summary>
    Suspended = 19,

    /// <summary>On its way to Suspended.</summary>
    Suspending = 20,

    /// <summary>On its way from Suspended to Active.</summary>
    Resuming = 21,

    /// <summary>Its container is being made anew of another image.</summary>
    Rebuilding = 22,

    /// <summary>Its size is being changed, changed back, or confirmed.</summary>
    Resizing = 23,

    /// <summary>A rescue container runs in its place.</summary>
    Rescued = 24,

    /// <summary>On its way to Rescued.</summary>
    Rescuing = 25,

    /// <summary>On its way from Rescued to Active.</summary>
    Unrescuing = 26,
}
