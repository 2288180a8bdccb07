using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>Pasts to begin a test with, each reached by commands as in life.</summary>
internal static partial class Given
{
    public static Scenario Nothing() => new([]);

    public static Scenario Building() => Nothing().After(Commands.Boot("given-boot"));

    public static Scenario Building(StepKind step) => Building().Until(step);

    public static Scenario Active() => Building().UntilAtRest();

    public static Scenario Active(UpkeepPolicy upkeep) => Nothing().After(Commands.Boot(upkeep, "given-boot")).UntilAtRest();

    public static Scenario Paused() => Pausing().UntilAtRest();

    public static Scenario Stopped() => Stopping().UntilAtRest();

    public static Scenario Starting() => Stopped().After(Commands.Start("given-start"));

    public static Scenario Stopping() => Active().After(Commands.Stop("given-stop"));

    public static Scenario SoftRebooting() => Active().After(Commands.SoftReboot("given-reboot"));

    public static Scenario HardRebooting() => Active().After(Commands.HardReboot("given-reboot"));

    public static Scenario Pausing() => Active().After(Commands.Pause("given-pause"));

    public static Scenario Unpausing() => Paused().After(Commands.Unpause("given-unpause"));

    public static Scenario Snapshotting() => Active().After(Commands.Snapshot("given-snapshot"));

    public static Scenario Snapshotting(StepKind step) => Snapshotting().Until(step);

    /// <summary>The boot failed and was taken back: there is no container.</summary>
    public static Scenario Error() => Building(StepKind.CreateContainer).AfterStepIsGivenUp().UntilAtRest();

    /// <summary>A reboot failed: the container is there.</summary>
    public static Scenario ErrorWithContainer() => HardRebooting().Until(StepKind.StartContainer).AfterStepIsGivenUp();

    /// <summary>The process ended, and the instance waits to start it again.</summary>
    public static Scenario Restarting()
    {
        var active = Active(Keep.Always);
        return active.After(Commands.Exited(active.ExitOfThisRun()));
    }

    /// <summary>The container is gone, and the instance waits to make another: there is no container.</summary>
    public static Scenario Recreating() => Active(Keep.Recreated).After(Commands.Lost());

    /// <summary>The process does not do its work, and the instance waits to stop and start it.</summary>
    public static Scenario RestartingUnhealthy()
    {
        var active = Active(Keep.Healthy);
        return active.AfterSeen(active.Sighting(HealthStatus.Unhealthy));
    }

    public static Scenario Deleting() => Active().After(Commands.Delete("given-delete"));

    public static Scenario Deleted() => Deleting().UntilAtRest();

    /// <summary>Some past that leads to the phase.</summary>
    public static Scenario In(InstancePhase phase)
    {
        var scenario = phase switch
        {
            InstancePhase.Absent => Nothing(),
            InstancePhase.Building => Building(),
            InstancePhase.Active => Active(),
            InstancePhase.Paused => Paused(),
            InstancePhase.Stopped => Stopped(),
            InstancePhase.Starting => Starting(),
            InstancePhase.Stopping => Stopping(),
            InstancePhase.Rebooting => SoftRebooting(),
            InstancePhase.Pausing => Pausing(),
            InstancePhase.Unpausing => Unpausing(),
            InstancePhase.Snapshotting => Snapshotting(),
            InstancePhase.Error => Error(),
            InstancePhase.Deleting => Deleting(),
            InstancePhase.Deleted => Deleted(),
            InstancePhase.Restarting => Restarting(),
            InstancePhase.Attaching => GivenPorts.Attaching(),
            InstancePhase.Detaching => GivenPorts.Detaching(),
            InstancePhase.Repairing => GivenPorts.Repairing(),
            InstancePhase.Suspended => Suspended(),
            InstancePhase.Suspending => Suspending(),
            InstancePhase.Resuming => Resuming(),
            InstancePhase.Rebuilding => Rebuilding(),
            InstancePhase.Resizing => Resizing(),
            InstancePhase.Rescued => Rescued(),
            InstancePhase.Rescuing => Rescuing(),
            InstancePhase.Unrescuing => Unrescuing(),
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "No past leads to this phase yet."),
        };
        Assert.Equal(phase, scenario.Phase);
        return scenario;
    }
}
