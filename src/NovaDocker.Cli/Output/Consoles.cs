using Spectre.Console;

namespace NovaDocker.Cli.Output;

/// <summary>Makes consoles for tables and live lines.</summary>
internal static class Consoles
{
    /// <summary>Wider than any row: what is read from a pipe is not folded.</summary>
    private const int PipeWidth = 10_000;

    public static IAnsiConsole Create(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = PipeWidth;
        return console;
    }
}
