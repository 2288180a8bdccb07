namespace NovaDocker.Cli;

/// <summary>Ends the command: with a code for the shell, one for programs, and words for people.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="code">The kind of failure, in lower case with hyphens.</param>
/// <param name="message">One sentence: what is wrong, with the value that is.</param>
/// <param name="hint">What to do; null where the message says it.</param>
internal sealed class CliException(int exitCode, string code, string message, string? hint = null) : Exception(message)
{
    public int ExitCode => exitCode;

    public string Code => code;

    public string? Hint => hint;

    /// <summary>For people, in place of the message, where there are faults: what the faults are of.</summary>
    public string? Heading { get; init; }

    /// <summary>Everything that is wrong, a sentence each, where the message holds many.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    public static CliException Usage(string message, string? hint = null) => new(ExitCodes.Usage, "usage", message, hint);

    public static CliException NotFound(string message, string? hint = null) => new(ExitCodes.NotFound, "not-found", message, hint);
}
