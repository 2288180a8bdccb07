using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker images</c>.</summary>
internal sealed class ImagesCommand : VerbCommand
{
    private readonly Option<bool> _properties = new("--properties") { Description = "Their properties, too; --json always has them." };

    public ImagesCommand(CommandContext context)
        : base(
            context,
            "images",
            "List the images in the image store, snapshots included, sorted by id; with --project those that the project may see.",
            new Example("novadocker images", "All of them."),
            new Example("novadocker images --properties", "All of them, with properties such as os_command_line."),
            new Example("novadocker images --json | jq -r 'select(.properties.image_location == \"snapshot\").name'", "The names of the snapshots.")) =>
        Add(_properties);

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        await session.Output.ImagesAsync(
            session.Client.ListImagesAsync(session.Caller, cancellationToken), parse.GetValue(_properties)).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
