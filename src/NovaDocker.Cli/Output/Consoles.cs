using Spectre.Console;
using Spectre.Console.Rendering;

namespace NovaDocker.Cli.Output;

/// <summary>Ways to write what Spectre renders.</summary>
internal static class Consoles
{
    /// <summary>Wider than any row: rows are not folded, so that an id can be copied whole and a pipe reads one row a line.</summary>
    private const int Width = 10_000;

    /// <summary>Writes a table, without blanks at the ends of its lines.</summary>
    /// <param name="host">Where to, and whether a terminal takes colours there.</param>
    /// <param name="table">The table.</param>
    public static void Write(CliHost host, IRenderable table)
    {
        var text = new StringWriter { NewLine = "\n" };
        var coloured = host.OutIsTerminal
            && string.IsNullOrEmpty(host.Variable("NO_COLOR"))
            && host.Variable("TERM") is { Length: > 0 } and not "dumb";
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = coloured ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = coloured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = Width;
        console.Write(table);
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
            host.Out.WriteLine(line.TrimEnd());
    }

    /// <summary>A console for a line that changes, on a terminal.</summary>
    public static IAnsiConsole Live(TextWriter terminal) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal) });
}
