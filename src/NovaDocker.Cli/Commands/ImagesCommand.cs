using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker images</c>.</summary>
internal sealed class ImagesCommand : VerbCommand
{
    private readonly Option<bool> _properties = new("--properties") { Description = "Their properties, too; --json always has them." };

    private readonly Option<bool> _onHosts = new("--on-hosts")
    {
        Description = "Those in the hosts' Engines in place of the store's: size, since when, last use, and whether each could go.",
    };

    public ImagesCommand(CommandContext context)
        : base(
            context,
            "images",
            "List the images in the image store, snapshots included, sorted by id; with --project those that the project may see.",
            new Example("novadocker images", "All of them."),
            new Example("novadocker images --properties", "All of them, with properties such as os_command_line."),
            new Example("novadocker images --json | jq -r 'select(.properties.image_location == \"snapshot\").name'", "The names of the snapshots."),
            new Example("novadocker images --on-hosts", "What the hosts have in their Engines, and who uses it."))
    {
        Add(_properties);
        Add(_onHosts);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(_onHosts))
        {
            if (parse.GetValue(_properties))
                throw CliException.Usage("--on-hosts and --properties exclude each other: Engines know nothing of properties.");
            var hosts = await session.Client.ListHostImagesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            session.Output.HostImages(hosts);
            return hosts.Any(host => host.Problem is not null) ? ExitCodes.Failed : ExitCodes.Done;
        }

        await session.Output.ImagesAsync(
            session.Client.ListImagesAsync(session.Caller, cancellationToken), parse.GetValue(_properties)).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
