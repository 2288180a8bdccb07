using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker show</c>.</summary>
internal sealed class ShowCommand : VerbCommand
{
    private readonly Argument<string> _id = IdArgument();

    public ShowCommand(CommandContext context)
        : base(
            context,
            "show",
            "Show all that is known of an instance: state, health, host, image, container, limits, ports, how it stays up, what is under "
            + "way, how its process last ended, what last went wrong; and each option of its container with where it came from.",
            new Example("novadocker show web", "The instance called web."),
            new Example("novadocker show web --json | jq -r '.options[] | select(.source == \"user-data\") | .name'", "What its user data set."),
            new Example("novadocker show web --json | jq -r '.ports[].addresses[].address'", "Its addresses."),
            new Example("novadocker show web --json | jq .fault", "What last went wrong with it."),
            new Example("novadocker show web --json | jq -r .lastExit.output", "What its process wrote before its end.")) =>
        Add(_id);

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var id = await session.ResolveAsync(parse.GetRequiredValue(_id), cancellationToken).ConfigureAwait(false);
        var view = await session.Client.GetInstanceAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw CliException.NotFound($"There is no instance {id}.", "novadocker list --all shows every instance.");
        session.Output.Instance(view, await session.HostNamesAsync(cancellationToken).ConfigureAwait(false));
        return ExitCodes.Done;
    }
}
