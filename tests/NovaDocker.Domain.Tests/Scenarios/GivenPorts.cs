using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Tests.Scenarios.PortSample;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>Pasts of an instance that was booted with two ports, or with those named.</summary>
internal static class GivenPorts
{
    public static Scenario Building(params Vif[] vifs) =>
        Given.Nothing().After(Commands.BootWithPorts(vifs.Length > 0 ? vifs : [First, Second]));

    public static Scenario Active(params Vif[] vifs) => Building(vifs).UntilAtRest();

    public static Scenario Active(UpkeepPolicy upkeep)
    {
        var boot = Commands.BootWithPorts(First, Second);
        return Given.Nothing().After(boot with { Spec = boot.Spec with { Upkeep = upkeep } }).UntilAtRest();
    }

    public static Scenario Paused() => Active().After(Commands.Pause("given-pause")).UntilAtRest();

    public static Scenario Stopped() => Active().After(Commands.Stop("given-stop")).UntilAtRest();

    public static Scenario Suspended() => Active().After(Commands.Suspend("given-suspend")).UntilAtRest();

    public static Scenario Rescued() => Active().After(Commands.Rescue("given-rescue")).UntilAtRest();

    /// <summary>A boot that waits for Neutron to have its ports ready.</summary>
    public static Scenario Awaiting(bool isFatal = true) =>
        Given.Nothing().After(Commands.BootAwaiting(isFatal)).Until(StepKind.AwaitVifs);

    public static Scenario Attaching() => Active().After(Commands.Attach(Third, "given-attach"));

    public static Scenario Detaching() => Active().After(Commands.Detach(First, "given-detach"));

    public static Scenario Repairing() => Active().After(Commands.Broken(First));

    /// <summary>The boot failed and was taken back: there is neither container nor sandbox.</summary>
    public static Scenario Error() => Building().Until(StepKind.PlugVifs).AfterStepIsGivenUp().UntilAtRest();

    /// <summary>A reboot failed: the container is there, and the ports are plugged.</summary>
    public static Scenario ErrorWithContainer() =>
        Active().After(Commands.HardReboot("given-reboot")).Until(StepKind.StartContainer).AfterStepIsGivenUp();

    /// <summary>Some past that leads to the phase.</summary>
    public static Scenario In(InstancePhase phase)
    {
        var scenario = phase switch
        {
            InstancePhase.Absent => Given.Nothing(),
            InstancePhase.Building => Building(),
            InstancePhase.Active => Active(),
            InstancePhase.Paused => Paused(),
            InstancePhase.Stopped => Stopped(),
            InstancePhase.Starting => Stopped().After(Commands.Start("given-start")),
            InstancePhase.Stopping => Active().After(Commands.Stop("given-stop")),
            InstancePhase.Rebooting => Active().After(Commands.SoftReboot("given-reboot")),
            InstancePhase.Pausing => Active().After(Commands.Pause("given-pause")),
            InstancePhase.Unpausing => Paused().After(Commands.Unpause("given-unpause")),
            InstancePhase.Snapshotting => Active().After(Commands.Snapshot("given-snapshot")),
            InstancePhase.Error => Error(),
            InstancePhase.Deleting => Active().After(Commands.Delete("given-delete")),
            InstancePhase.Deleted => Active().After(Commands.Delete("given-delete")).UntilAtRest(),
            InstancePhase.Restarting => Active(Keep.Recreated).After(Commands.Lost()),
            InstancePhase.Attaching => Attaching(),
            InstancePhase.Detaching => Detaching(),
            InstancePhase.Repairing => Repairing(),
            InstancePhase.Suspending => Active().After(Commands.Suspend("given-suspend")),
            InstancePhase.Suspended => Suspended(),
            InstancePhase.Resuming => Suspended().After(Commands.ResumeSuspended("given-resume")),
            InstancePhase.Rebuilding => Active().After(Commands.Rebuild("given-rebuild")),
            InstancePhase.Resizing => Active().After(Commands.Resize("given-resize")),
            InstancePhase.Rescuing => Active().After(Commands.Rescue("given-rescue")),
            InstancePhase.Rescued => Rescued(),
            InstancePhase.Unrescuing => Rescued().After(Commands.Unrescue("given-unrescue")),
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "No past leads to this phase yet."),
        };
        Assert.Equal(phase, scenario.Phase);
        return scenario;
    }
}
