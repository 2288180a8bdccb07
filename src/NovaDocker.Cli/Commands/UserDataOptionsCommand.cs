using System.CommandLine;
using NovaDocker.UserData.Options;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker user-data options</c>.</summary>
internal sealed class UserDataOptionsCommand : VerbCommand
{
    private readonly Option<bool> _markdown = new("--markdown") { Description = "Write the table in Markdown, as the user guide has it." };

    public UserDataOptionsCommand(CommandContext context)
        : base(
            context,
            "options",
            "List the container options that user data may set: their keys, what is written there, where they end.",
            new Example("novadocker user-data options", "A line for each."),
            new Example("novadocker user-data options --json | jq -r 'select(.keys | index(\"Cmd\")).type'", "What may be written under a key.")) =>
        Add(_markdown);

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        if (!parse.GetValue(_markdown))
            session.Output.OptionTable(OptionTable.Rows);
        else if (session.Output.IsForPrograms)
            throw CliException.Usage("--markdown and --json exclude each other.");
        else
            await Host.Out.WriteLineAsync(OptionGuide.Markdown().TrimEnd()).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
