using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>What an instance may do by itself to stay up: one thing each.</summary>
internal static class Keep
{
    public static readonly UpkeepPolicy Always = Restarted(RestartMode.Always);

    public static readonly UpkeepPolicy UnlessStopped = Restarted(RestartMode.UnlessStopped);

    public static readonly UpkeepPolicy Healthy = UpkeepPolicy.None with { WhenUnhealthy = UnhealthyAction.Restart };

    public static readonly UpkeepPolicy Recreated = UpkeepPolicy.None with { WhenLost = LostAction.Recreate };

    public static UpkeepPolicy OnFailure(int maxRestarts = 0) => Restarted(RestartMode.OnFailure, maxRestarts);

    public static UpkeepPolicy Restarted(RestartMode mode, int maxRestarts = 0) =>
        UpkeepPolicy.None with { Restart = new RestartPolicy(mode, maxRestarts) };
}
