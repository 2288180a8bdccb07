namespace NovaDocker.Domain.Instances;

/// <summary>
/// The steps that operations are made of. Each is carried out by the hands of the instance's host and is idempotent: it
/// looks for what is there, adopts it, and only else makes it. Numbers are on the wire and never change.
/// </summary>
public enum StepKind
{
    /// <summary>Set memory and processors of the host aside for the instance.</summary>
    ClaimResources = 1,

    /// <summary>Have the image in the Engine, verified.</summary>
    EnsureImage = 2,

    /// <summary>Make the container.</summary>
    CreateContainer = 3,

    /// <summary>Start the container.</summary>
    StartContainer = 4,

    /// <summary>End the container's process gently.</summary>
    StopContainer = 5,

    /// <summary>End the container's process at once.</summary>
    KillContainer = 6,

    /// <summary>Freeze the container.</summary>
    PauseContainer = 7,

    /// <summary>Thaw the container.</summary>
    UnpauseContainer = 8,

    /// <summary>Make a local image of the container.</summary>
    CommitContainer = 9,

    /// <summary>Bring the local image into the image store.</summary>
    UploadSnapshot = 10,

    /// <summary>Remove the local image of a snapshot.</summary>
    RemoveCommit = 11,

    /// <summary>Take a snapshot that will not be finished out of the image store.</summary>
    DiscardUpload = 12,

    /// <summary>Remove the container and its anonymous volumes.</summary>
    RemoveContainer = 13,

    /// <summary>Give memory and processors back to the host.</summary>
    ReleaseResources = 14,

    /// <summary>Have the sandbox, which owns the instance's network namespace, and have it run.</summary>
    CreateSandbox = 15,

    /// <summary>Have the ports plugged into the namespace.</summary>
    PlugVifs = 16,

    /// <summary>Take the ports away from the host.</summary>
    UnplugVifs = 17,

    /// <summary>Remove the sandbox, and the namespace with it.</summary>
    RemoveSandbox = 18,

    /// <summary>
    /// Wait until Neutron has the ports ready, or until it is too late for that. Nobody does this step: somebody tells the
    /// instance, or its time comes.
    /// </summary>
    AwaitVifs = 19,

    /// <summary>Give the container the limits of the instance's size.</summary>
    UpdateContainer = 20,

    /// <summary>Have the rescue image in the Engine, verified.</summary>
    EnsureRescueImage = 21,

    /// <summary>Have a container of the rescue image, with the instance's file system within reach, and have it run.</summary>
    StartRescue = 22,

    /// <summary>Remove the rescue container.</summary>
    RemoveRescue = 23,
}
