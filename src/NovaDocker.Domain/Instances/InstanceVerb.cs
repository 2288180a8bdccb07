namespace NovaDocker.Domain.Instances;

/// <summary>What may be asked of an instance. Numbers are on the wire and never change.</summary>
public enum InstanceVerb
{
    /// <summary>Make it and start it (nova-docker: <c>driver.py: spawn</c>).</summary>
    Boot = 1,

    /// <summary>Remove it with all it holds (<c>destroy</c>, <c>cleanup</c>).</summary>
    Delete = 2,

    /// <summary>Start its stopped container (<c>power_on</c>).</summary>
    Start = 3,

    /// <summary>End its process: stop signal, grace time, kill (<c>power_off</c>).</summary>
    Stop = 4,

    /// <summary>Stop, then start (<c>reboot</c>, type SOFT).</summary>
    SoftReboot = 5,

    /// <summary>Kill, then start (<c>reboot</c>, type HARD).</summary>
    HardReboot = 6,

    /// <summary>Freeze its processes (<c>pause</c>).</summary>
    Pause = 7,

    /// <summary>Thaw its processes (<c>unpause</c>).</summary>
    Unpause = 8,

    /// <summary>Make an image of its file system (<c>snapshot</c>).</summary>
    Snapshot = 9,

    /// <summary>Read what its process wrote (<c>get_console_output</c>). Changes nothing.</summary>
    ConsoleOutput = 10,

    /// <summary>Start it again by its own policy. Nobody asks for this: the instance decides it.</summary>
    Restart = 11,

    /// <summary>Plug one more port into it (<c>attach_interface</c>).</summary>
    AttachInterface = 12,

    /// <summary>Take a port away from it (<c>detach_interface</c>).</summary>
    DetachInterface = 13,

    /// <summary>Plug again what came loose behind its back. Nobody asks for this: the instance decides it.</summary>
    Repair = 14,

    /// <summary>Freeze its processes, and keep them so over whatever happens to the node (<c>suspend</c>).</summary>
    Suspend = 15,

    /// <summary>Thaw a suspended instance's processes; start it where they have ended meanwhile (<c>resume</c>).</summary>
    Resume = 16,

    /// <summary>Make its container anew of another image; id, size and ports stay (<c>rebuild</c>).</summary>
    Rebuild = 17,

    /// <summary>Give it another size; its contents stay (<c>finish_migration</c>).</summary>
    Resize = 18,

    /// <summary>Forget the size it had before (<c>confirm_migration</c>).</summary>
    ConfirmResize = 19,

    /// <summary>Give it back the size it had before (<c>finish_revert_migration</c>).</summary>
    RevertResize = 20,

    /// <summary>Stop it, and run a container of a rescue image in its place, with its file system within reach (<c>rescue</c>).</summary>
    Rescue = 21,

    /// <summary>Remove the rescue container and start the instance (<c>unrescue</c>).</summary>
    Unrescue = 22,
}
