using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker console</c>.</summary>
internal sealed class ConsoleCommand : VerbCommand
{
    private const int DefaultLines = 100;
    private const int MaxLines = 100_000;

    private readonly Argument<string> _id = IdArgument();

    private readonly Option<int> _lines = new("--lines")
    {
        HelpName = "N",
        Description = "How many lines at most, counted from the end.",
        DefaultValueFactory = _ => DefaultLines,
        CustomParser = Values.Whole("--lines", 1, MaxLines),
    };

    public ConsoleCommand(CommandContext context)
        : base(
            context,
            "console",
            "Print the last lines that an instance's process wrote to its standard output and error.",
            new Example("novadocker console web --lines 20", "The last 20 lines."))
    {
        Add(_id);
        Add(_lines);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var id = await session.ResolveAsync(parse.GetRequiredValue(_id), cancellationToken).ConfigureAwait(false);
        session.Output.Console(
            await session.Client.GetConsoleOutputAsync(id, parse.GetValue(_lines), cancellationToken).ConfigureAwait(false));
        return ExitCodes.Done;
    }
}
