namespace NovaDocker.Domain.Instances;

/// <summary>How fast an instance is started again by itself.</summary>
/// <param name="InitialBackoff">Wait before the first restart; doubled before each further one in a row.</param>
/// <param name="MaxBackoff">The longest wait.</param>
/// <param name="ResetAfter">A run that lasts this long ends the row: the next restart is the first again.</param>
public sealed record RestartPace(TimeSpan InitialBackoff, TimeSpan MaxBackoff, TimeSpan ResetAfter)
{
    /// <summary>The Engine's own pace (moby, <c>restartmanager</c>): from 100 ms to a minute, reset after 10 s.</summary>
    public static readonly RestartPace Default =
        new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10));

    /// <summary>How long to wait before a restart, counted from 1.</summary>
    public TimeSpan BackoffBefore(int restart) => Backoff.After(restart, InitialBackoff, MaxBackoff);
}
