using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Output;

/// <summary>How a process ended, in words.</summary>
internal static class ExitText
{
    /// <summary>The signals 1 to 31 by their Linux numbers; what the real-time ones above mean is the program's affair.</summary>
    private static readonly string[] Signals =
    [
        "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV",
        "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN",
        "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    /// <summary>Exit code, signal and whether memory was the reason: <c>exit 137 (SIGKILL), out of memory</c>.</summary>
    public static string Of(ContainerExit exit)
    {
        var signal = exit.Signal is { } number ? $" ({SignalName(number)})" : "";
        return $"exit {exit.ExitCode}{signal}{(exit.OutOfMemory ? ", out of memory" : "")}";
    }

    /// <summary>The signal's name, such as <c>SIGKILL</c>; <c>signal 34</c> for one that has none.</summary>
    public static string SignalName(int number) =>
        number >= 1 && number <= Signals.Length ? Signals[number - 1] : $"signal {number}";
}
