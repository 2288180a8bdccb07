using System.CommandLine;
using NovaDocker.Domain.Hosts;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker image-gc</c>.</summary>
internal sealed class ImageGcCommand : VerbCommand
{
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only tell what would go; take nothing away." };

    private readonly HostOption _host = new("Only on this host.");

    public ImageGcCommand(CommandContext context)
        : base(
            context,
            "image-gc",
            "Take the images that nobody uses away from the hosts' Engines, and tell what went, what stays, and why.",
            new Example("novadocker image-gc --dry-run", "What would go, and how much room that would make at most."),
            new Example("novadocker image-gc", "All that nobody uses."),
            new Example("novadocker image-gc --json | jq -r 'select(.fate == \"gone\").imageId'", "What went."))
    {
        Details =
            """
            A host does this by itself now and then, by its rules of age and room (novadocker.images.collect); asked like this, all
            goes that nobody uses, but for what came a moment ago (min-age). Never taken away is what a container uses, whosever it
            is; what an operation under way or a pull needs; and what this host did not load. Of an image that somebody gave
            further tags only ours goes. A boot whose image has gone has it brought again.
            """;
        Add(_dryRun);
        Add(_host);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var host = _host.Chosen(parse);
        var hosts = parse.GetValue(_dryRun)
            ? await session.Client.ListHostImagesAsync(host, cancellationToken).ConfigureAwait(false)
            : await session.Client.CollectImagesAsync(host, cancellationToken: cancellationToken).ConfigureAwait(false);
        session.Output.HostImages(hosts);
        return hosts.Any(told => told.Problem is not null || told.Images.Any(image => image.Fate == ImageFate.Failed))
            ? ExitCodes.Failed
            : ExitCodes.Done;
    }
}
