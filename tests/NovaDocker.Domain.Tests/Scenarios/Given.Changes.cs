using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <content>Pasts of an instance that was suspended, rebuilt, resized or rescued.</content>
internal static partial class Given
{
    public static Scenario Suspending() => Active().After(Commands.Suspend("given-suspend"));

    public static Scenario Suspended() => Suspending().UntilAtRest();

    public static Scenario Suspended(UpkeepPolicy upkeep) => Active(upkeep).After(Commands.Suspend("given-suspend")).UntilAtRest();

    public static Scenario Resuming() => Suspended().After(Commands.ResumeSuspended("given-resume"));

    public static Scenario Rebuilding() => Active().After(Commands.Rebuild("given-rebuild"));

    public static Scenario Rebuilding(StepKind step) => Rebuilding().Until(step);

    public static Scenario Resizing() => Active().After(Commands.Resize("given-resize"));

    public static Scenario Resizing(StepKind step) => Resizing().Until(step);

    /// <summary>It has another size, and that is neither confirmed nor taken back.</summary>
    public static Scenario Resized() => Resizing().UntilAtRest();

    /// <summary>The same of an instance that rests in some phase since, or has something under way.</summary>
    public static Scenario ResizedIn(InstancePhase phase)
    {
        var resized = Resized();
        return phase switch
        {
            InstancePhase.Active => resized,
            InstancePhase.Paused => resized.After(Commands.Pause("given-pause")).UntilAtRest(),
            InstancePhase.Stopped => resized.After(Commands.Stop("given-stop")).UntilAtRest(),
            InstancePhase.Suspended => resized.After(Commands.Suspend("given-suspend")).UntilAtRest(),
            InstancePhase.Rescued => resized.After(Commands.Rescue("given-rescue")).UntilAtRest(),
            InstancePhase.Error => resized.After(Commands.Lost()),
            _ => In(phase),
        };
    }

    public static Scenario Reverting() => Resized().After(Commands.RevertResize("given-revert"));

    public static Scenario Reverting(StepKind step) => Reverting().Until(step);

    public static Scenario Rescuing() => Active().After(Commands.Rescue("given-rescue"));

    public static Scenario Rescuing(StepKind step) => Rescuing().Until(step);

    public static Scenario Rescued() => Rescuing().UntilAtRest();

    public static Scenario Unrescuing() => Rescued().After(Commands.Unrescue("given-unrescue"));
}
