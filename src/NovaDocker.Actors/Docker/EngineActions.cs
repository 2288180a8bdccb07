using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Docker;

/// <summary>What the Engine's words for what happens to containers mean here.</summary>
internal static class EngineActions
{
    /// <summary>True for what may change what an instance believes; the Engine reports much else, such as each health check.</summary>
    public static bool MayBeNews(string action) =>
        action is "die" or "start" or "pause" or "unpause" or "rename"
        || action.StartsWith("health_status", StringComparison.Ordinal);

    /// <summary>True for what a step brings about: while it is under way, nothing is to be learned from being told of it.</summary>
    public static bool IsDoingOf(StepKind step, string action) => step switch
    {
        StepKind.StartContainer => action is "start" or "unpause",
        StepKind.StopContainer or StepKind.KillContainer or StepKind.RemoveContainer => action == "die",
        StepKind.PauseContainer => action == "pause",
        StepKind.UnpauseContainer => action == "unpause",
        StepKind.CommitContainer => action is "pause" or "unpause",
        _ => false,
    };
}
