using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.Vifs.Commands;

/// <summary>One call of a tool.</summary>
/// <param name="Step">What it is for, in the words that a failure is reported with.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record Command(string Step, Tool Tool, EquatableArray<string> Arguments)
{
    /// <summary>What it is given on standard input.</summary>
    public string Input { get; init; } = "";

    /// <summary>The command line, for messages.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Tool.Program));
}
