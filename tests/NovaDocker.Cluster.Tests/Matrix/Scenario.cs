using NovaDocker.Domain.Instances;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>Where an instance is brought before a verb is asked of it.</summary>
internal enum Origin
{
    /// <summary>It was never asked for, and its image is not in the Engine.</summary>
    Absent,

    /// <summary>The same, and the image is the file system of a container.</summary>
    AbsentExport,

    /// <summary>It was never asked for, and its image is in the Engine.</summary>
    AbsentWithImage,
    Active,
    Paused,
    Stopped,

    /// <summary>A reboot failed: there is a container, and it does not run.</summary>
    Error,

    /// <summary>The boot failed: there is no container.</summary>
    ErrorWithoutContainer,

    /// <summary>It was stopped, and then its sandbox ended.</summary>
    StoppedWithoutSandbox,
    Suspended,
    Rescued,

    /// <summary>It runs, and its resize is neither confirmed nor taken back.</summary>
    Resized,

    /// <summary>It lived, and was deleted.</summary>
    Deleted,
}

/// <summary>
/// One verb in one phase: a row of the matrix. What it asks of the Engine is found by watching it do so; a verb more is a
/// row more.
/// </summary>
/// <param name="Name">What a failing case is called by.</param>
/// <param name="From">Where the instance is brought before.</param>
/// <param name="Verb">What is asked of it.</param>
/// <param name="Ends">Where it rests when nothing fails.</param>
internal sealed record Scenario(string Name, Origin From, InstanceVerb Verb, InstancePhase Ends)
{
    /// <summary>True for an instance that is booted with a port.</summary>
    public bool HasPorts { get; init; }

    /// <summary>True for a boot that waits for Neutron, which says nothing in time and need not.</summary>
    public bool WaitsForVifs { get; init; }

    /// <summary>True for a verb that has an image brought which is not the one that the instance is of.</summary>
    public bool HasOtherImage => Verb is InstanceVerb.Rebuild or InstanceVerb.Rescue;

    /// <summary>True where that is not in the Engine yet. Not many rows, since all that hang in a transfer at once have to have one.</summary>
    public bool IsOtherImageAbsent => HasOtherImage && From == Origin.Active && !HasPorts;

    /// <summary>Every row.</summary>
    public static readonly IReadOnlyList<Scenario> All =
    [
        new("boot, image absent", Origin.Absent, InstanceVerb.Boot, InstancePhase.Active),
        new("boot, file system absent", Origin.AbsentExport, InstanceVerb.Boot, InstancePhase.Active),
        new("boot, image present", Origin.AbsentWithImage, InstanceVerb.Boot, InstancePhase.Active),
        new("start, stopped", Origin.Stopped, InstanceVerb.Start, InstancePhase.Active),
        new("start, error", Origin.Error, InstanceVerb.Start, InstancePhase.Active),
        new("stop, active", Origin.Active, InstanceVerb.Stop, InstancePhase.Stopped),
        new("stop, error", Origin.Error, InstanceVerb.Stop, InstancePhase.Stopped),
        new("soft reboot, active", Origin.Active, InstanceVerb.SoftReboot, InstancePhase.Active),
        new("hard reboot, active", Origin.Active, InstanceVerb.HardReboot, InstancePhase.Active),
        new("hard reboot, paused", Origin.Paused, InstanceVerb.HardReboot, InstancePhase.Active),
        new("hard reboot, stopped", Origin.Stopped, InstanceVerb.HardReboot, InstancePhase.Active),
        new("hard reboot, error", Origin.Error, InstanceVerb.HardReboot, InstancePhase.Active),
        new("pause, active", Origin.Active, InstanceVerb.Pause, InstancePhase.Paused),
        new("unpause, paused", Origin.Paused, InstanceVerb.Unpause, InstancePhase.Active),
        new("snapshot, active", Origin.Active, InstanceVerb.Snapshot, InstancePhase.Active),
        new("snapshot, paused", Origin.Paused, InstanceVerb.Snapshot, InstancePhase.Paused),
        new("snapshot, stopped", Origin.Stopped, InstanceVerb.Snapshot, InstancePhase.Stopped),
        new("delete, active", Origin.Active, InstanceVerb.Delete, InstancePhase.Deleted),
        new("delete, paused", Origin.Paused, InstanceVerb.Delete, InstancePhase.Deleted),
        new("delete, stopped", Origin.Stopped, InstanceVerb.Delete, InstancePhase.Deleted),
        new("delete, error", Origin.Error, InstanceVerb.Delete, InstancePhase.Deleted),
        new("delete, no container", Origin.ErrorWithoutContainer, InstanceVerb.Delete, InstancePhase.Deleted),
        new("boot, deleted", Origin.Deleted, InstanceVerb.Boot, InstancePhase.Active),
        new("suspend, active", Origin.Active, InstanceVerb.Suspend, InstancePhase.Suspended),
        new("resume, suspended", Origin.Suspended, InstanceVerb.Resume, InstancePhase.Active),
        new("resume, stopped", Origin.Stopped, InstanceVerb.Resume, InstancePhase.Active),
        new("rebuild, active", Origin.Active, InstanceVerb.Rebuild, InstancePhase.Active),
        new("rebuild, stopped", Origin.Stopped, InstanceVerb.Rebuild, InstancePhase.Active),
        new("rebuild, error", Origin.Error, InstanceVerb.Rebuild, InstancePhase.Active),
        new("rebuild, no container", Origin.ErrorWithoutContainer, InstanceVerb.Rebuild, InstancePhase.Active),
        new("resize, active", Origin.Active, InstanceVerb.Resize, InstancePhase.Active),
        new("resize, stopped", Origin.Stopped, InstanceVerb.Resize, InstancePhase.Active),
        new("resize taken back, active", Origin.Resized, InstanceVerb.RevertResize, InstancePhase.Active),
        new("rescue, active", Origin.Active, InstanceVerb.Rescue, InstancePhase.Rescued),
        new("rescue, stopped", Origin.Stopped, InstanceVerb.Rescue, InstancePhase.Rescued),
        new("rescue, error", Origin.Error, InstanceVerb.Rescue, InstancePhase.Rescued),
        new("unrescue, rescued", Origin.Rescued, InstanceVerb.Unrescue, InstancePhase.Active),
        new("stop, rescued", Origin.Rescued, InstanceVerb.Stop, InstancePhase.Stopped),
        new("delete, suspended", Origin.Suspended, InstanceVerb.Delete, InstancePhase.Deleted),
        new("delete, rescued", Origin.Rescued, InstanceVerb.Delete, InstancePhase.Deleted),
        WithPorts("boot, Neutron waited for", Origin.AbsentWithImage, InstanceVerb.Boot, InstancePhase.Active) with { WaitsForVifs = true },
        WithPorts("rebuild, active", Origin.Active, InstanceVerb.Rebuild, InstancePhase.Active),
        WithPorts("rescue, active", Origin.Active, InstanceVerb.Rescue, InstancePhase.Rescued),
        WithPorts("unrescue, rescued", Origin.Rescued, InstanceVerb.Unrescue, InstancePhase.Active),
        WithPorts("delete, rescued", Origin.Rescued, InstanceVerb.Delete, InstancePhase.Deleted),
        WithPorts("boot", Origin.AbsentWithImage, InstanceVerb.Boot, InstancePhase.Active),
        WithPorts("start, stopped", Origin.Stopped, InstanceVerb.Start, InstancePhase.Active),
        WithPorts("start, sandbox ended", Origin.StoppedWithoutSandbox, InstanceVerb.Start, InstancePhase.Active),
        WithPorts("start, no container", Origin.ErrorWithoutContainer, InstanceVerb.Start, InstancePhase.Active),
        WithPorts("soft reboot, active", Origin.Active, InstanceVerb.SoftReboot, InstancePhase.Active),
        WithPorts("hard reboot, paused", Origin.Paused, InstanceVerb.HardReboot, InstancePhase.Active),
        WithPorts("attach, active", Origin.Active, InstanceVerb.AttachInterface, InstancePhase.Active),
        WithPorts("attach, stopped", Origin.Stopped, InstanceVerb.AttachInterface, InstancePhase.Stopped),
        WithPorts("detach, active", Origin.Active, InstanceVerb.DetachInterface, InstancePhase.Active),
        WithPorts("detach, stopped", Origin.Stopped, InstanceVerb.DetachInterface, InstancePhase.Stopped),
        WithPorts("delete, active", Origin.Active, InstanceVerb.Delete, InstancePhase.Deleted),
        WithPorts("delete, no container", Origin.ErrorWithoutContainer, InstanceVerb.Delete, InstancePhase.Deleted),
    ];

    /// <summary>The names of the rows that are chosen, for a theory.</summary>
    public static TheoryData<string> Names(Func<Scenario, bool> chosen) => [.. All.Where(chosen).Select(scenario => scenario.Name)];

    /// <summary>The row of a name.</summary>
    public static Scenario Of(string name) => All.Single(scenario => scenario.Name == name);

    /// <summary>True for a call that the row is caught at: of one with ports only those that one without them does not have.</summary>
    public bool Catches(MatrixCall call) => !HasPorts || call.IsOfPorts;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Scenario WithPorts(string name, Origin from, InstanceVerb verb, InstancePhase ends) =>
        new($"{name}, with a port", from, verb, ends) { HasPorts = true };
}
