namespace NovaDocker.Testing;

/// <summary>What a fake container does when it is started.</summary>
/// <param name="Console">What it writes at once.</param>
/// <param name="ExitCode">How it ends at once; null where it runs on.</param>
/// <param name="StopCode">How it ends when asked to; 137 where it does not listen and is killed.</param>
public sealed record FakeProgram(string Console = "", int? ExitCode = null, int StopCode = FakeProgram.Killed)
{
    /// <summary>The exit code of a process that was killed.</summary>
    public const int Killed = 137;
}
