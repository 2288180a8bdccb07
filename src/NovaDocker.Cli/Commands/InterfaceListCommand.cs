using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker interface-list</c>.</summary>
internal sealed class InterfaceListCommand : VerbCommand
{
    private readonly Argument<string> _id = IdArgument();

    public InterfaceListCommand(CommandContext context)
        : base(
            context,
            "interface-list",
            "List the ports of an instance: network, interface inside, MAC, addresses with floating ones, device and bridge on the "
            + "host, and whether it is plugged.",
            new Example("novadocker interface-list web", "All of its ports."),
            new Example("novadocker interface-list web --json | jq -r '.addresses[].address'", "Its addresses."),
            new Example("novadocker interface-list web --json | jq 'select(.plugged | not)'", "The ports that are not plugged.")) =>
        Add(_id);

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var id = await session.ResolveAsync(parse.GetRequiredValue(_id), cancellationToken).ConfigureAwait(false);
        var view = await session.Client.GetInstanceAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw CliException.NotFound($"There is no instance {id}.", "novadocker list --all shows every instance.");
        session.Output.Ports(view.Ports);
        if (view.Ports.IsEmpty)
            session.Output.Note($"Instance {id} has no ports.");
        return ExitCodes.Done;
    }
}
