using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>How a download that breaks off is taken up again: <c>novadocker.images.resume</c> in HOCON.</summary>
public sealed record ResumeSettings
{
    /// <summary>How often in a row it may break off without a byte in between; 0 gives up at once.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>How long to wait before it is opened again for the first time; doubled each time.</summary>
    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before an attempt.</summary>
    /// <param name="attempt">Which in a row, counted from 1.</param>
    public TimeSpan WaitBefore(int attempt) => Backoff.After(attempt, InitialBackoff, MaxBackoff);
}
