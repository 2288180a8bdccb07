using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.Vifs.Commands;

/// <summary>How a tool ended.</summary>
/// <param name="Command">What was run.</param>
/// <param name="ExitCode">Its exit code; 128 and the signal's number where a signal ended it.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
public sealed record CommandResult(Command Command, int ExitCode, string Output, string Errors)
{
    private const int MaxLength = 400;

    /// <summary>True where it ended well.</summary>
    public bool IsSuccess => ExitCode == 0;

    /// <summary>What it says of its failure, in one line.</summary>
    public string Reason
    {
        get
        {
            var line = string.Join(
                "; ", Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            return line.Length switch
            {
                0 => $"{Command.Tool.Program} ended with code {ExitCode} and said nothing",
                > MaxLength => line[..MaxLength] + "…",
                _ => line,
            };
        }
    }

    /// <summary>The result, where it ended well.</summary>
    /// <exception cref="VifException">It did not: a failure that may pass, unless told otherwise.</exception>
    public CommandResult OrThrow(FaultCode code = FaultCode.Transient) =>
        IsSuccess ? this : throw new VifException(code, Command.Step, Reason);
}
