namespace NovaDocker.Domain.Instances;

/// <summary>
/// When an instance whose process ended by itself is started again; the meanings are those of <c>docker run --restart</c>.
/// Numbers are on the wire and never change.
/// </summary>
public enum RestartMode
{
    /// <summary>Never.</summary>
    No = 1,

    /// <summary>When the process ended with another exit code than 0, or ran out of memory.</summary>
    OnFailure = 2,

    /// <summary>However it ended; and, when the Engine was restarted, also where somebody had stopped it.</summary>
    Always = 3,

    /// <summary>However it ended. What somebody stopped stays stopped.</summary>
    UnlessStopped = 4,
}

/// <summary>When and how often an instance is started again by itself.</summary>
/// <param name="Mode">When.</param>
/// <param name="MaxRestarts">
/// With <see cref="RestartMode.OnFailure"/>: how many times in a row; 0 for without end. A run that lasts for the
/// operator's <c>reset-after</c> ends the row.
/// </param>
public sealed record RestartPolicy(RestartMode Mode, int MaxRestarts)
{
    /// <summary>The highest <see cref="MaxRestarts"/>: beyond it the number is a slip.</summary>
    public const int MostRestarts = 1_000_000;

    /// <summary>Never.</summary>
    public static readonly RestartPolicy No = new(RestartMode.No, 0);

    /// <summary>True where a process that ended so is to be started again, however often it was before.</summary>
    public bool Wants(ContainerExit exit) => Mode switch
    {
        RestartMode.Always or RestartMode.UnlessStopped => true,
        RestartMode.OnFailure => exit.ExitCode != 0 || exit.OutOfMemory,
        _ => false,
    };

    /// <summary>True where this restart, counted from 1, is one too many.</summary>
    public bool Exhausts(int restart) => Mode == RestartMode.OnFailure && MaxRestarts > 0 && restart > MaxRestarts;

    /// <summary>As <c>docker run --restart</c> takes it: <c>no</c>, <c>on-failure:3</c>, <c>always</c>, <c>unless-stopped</c>.</summary>
    public override string ToString() => Mode switch
    {
        RestartMode.OnFailure => MaxRestarts > 0 ? $"on-failure:{MaxRestarts}" : "on-failure",
        RestartMode.Always => "always",
        RestartMode.UnlessStopped => "unless-stopped",
        _ => "no",
    };
}
