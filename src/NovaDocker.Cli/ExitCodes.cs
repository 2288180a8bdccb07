namespace NovaDocker.Cli;

/// <summary>What the command's exit code says. Scripts rely on the numbers; they never change.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>It was begun and ended badly.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>The node refused; nothing was done.</summary>
    public const int Refused = 3;

    /// <summary>No such instance, image or port.</summary>
    public const int NotFound = 4;

    /// <summary>No answer from the node.</summary>
    public const int Unreachable = 5;

    /// <summary>The user interrupted the wait (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
