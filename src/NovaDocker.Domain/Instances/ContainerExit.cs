namespace NovaDocker.Domain.Instances;

/// <summary>How a container's process ended.</summary>
/// <param name="RunStartedAt">When the run that ended had been started: it tells one run from another.</param>
/// <param name="FinishedAt">When it ended, by the Engine's clock.</param>
/// <param name="ExitCode">The exit code; 128 + n for signal n.</param>
/// <param name="OutOfMemory">True where the kernel killed it for its memory limit.</param>
public sealed record ContainerExit(DateTimeOffset RunStartedAt, DateTimeOffset FinishedAt, int ExitCode, bool OutOfMemory)
{
    /// <inheritdoc/>
    public override string ToString() => OutOfMemory ? $"exit {ExitCode}, out of memory" : $"exit {ExitCode}";
}
