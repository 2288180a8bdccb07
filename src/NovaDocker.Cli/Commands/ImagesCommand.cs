using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker images</c>.</summary>
internal sealed class ImagesCommand(CommandContext context) : VerbCommand(
    context,
    "images",
    "List the images in the image store, snapshots included, sorted by id.",
    new Example("novadocker images", "All of them."),
    new Example("novadocker images --json | jq -r 'select(.properties.image_location == \"snapshot\").name'", "The names of the snapshots."))
{
    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        await session.Output.ImagesAsync(session.Client.ListImagesAsync(cancellationToken)).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
