namespace NovaDocker.Domain.Instances;

/// <summary>How a container's process ended.</summary>
/// <param name="RunStartedAt">When the run that ended had been started: it tells one run from another.</param>
/// <param name="FinishedAt">When it ended, by the Engine's clock.</param>
/// <param name="ExitCode">The exit code; 128 + n for signal n.</param>
/// <param name="OutOfMemory">True where the kernel killed it for its memory limit.</param>
public sealed record ContainerExit(DateTimeOffset RunStartedAt, DateTimeOffset FinishedAt, int ExitCode, bool OutOfMemory)
{
    /// <summary>The most that <see cref="Output"/> holds, bytes of UTF-8: an event is small.</summary>
    public const int MaxOutputBytes = 1024;

    private const int SignalBase = 128;
    private const int LastSignal = 64;

    /// <summary>The last lines that it wrote before its end; empty where nobody asked for them.</summary>
    public string Output { get; init; } = "";

    /// <summary>
    /// The signal that ended it, as its exit code says by the shells' custom; null where that names none. The Engine does
    /// not tell a signal from an <c>exit 137</c>.
    /// </summary>
    public int? Signal => ExitCode is > SignalBase and <= SignalBase + LastSignal ? ExitCode - SignalBase : null;

    /// <inheritdoc/>
    public override string ToString() => OutOfMemory ? $"exit {ExitCode}, out of memory" : $"exit {ExitCode}";
}
