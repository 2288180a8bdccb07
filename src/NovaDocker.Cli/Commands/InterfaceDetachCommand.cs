using System.CommandLine;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker interface-detach</c>.</summary>
internal sealed class InterfaceDetachCommand : VerbCommand
{
    private readonly Argument<string> _id = IdArgument();

    private readonly Argument<string> _port = new("PORT")
    {
        Description = "The port: its id, a beginning of the id that no other port of the instance has, its MAC, or one of its addresses.",
    };

    private readonly EngineAwayOption _engineAway = new();

    private readonly Option<bool> _noWait = NoWaitOption();

    public InterfaceDetachCommand(CommandContext context)
        : base(
            context,
            "interface-detach",
            "Take a port away from an instance; it may run meanwhile.",
            new Example("novadocker interface-detach web 10.1.0.5", "The port that has this address."),
            new Example("novadocker interface-detach web 7a5c", "The port whose id begins so."),
            new Example(
                "novadocker interface-list web --json | jq -r 'select(.networkId == \"blue\").id' | xargs -n1 novadocker interface-detach web",
                "Every port of the network blue."))
    {
        Details =
            $"""
            Where the default route led through it, another port that knows a gateway has it afterwards. A port that the instance
            does not have is exit code 4; the message says which it has.

            {EngineAwayOption.Details}
            """;
        Add(_id);
        Add(_port);
        Add(_engineAway);
        Add(_noWait);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var request = session.NewRequest();
        var id = await session.ResolveAsync(parse.GetRequiredValue(_id), cancellationToken).ConfigureAwait(false);
        var port = await PortLookup.FindAsync(session, id, parse.GetRequiredValue(_port), cancellationToken).ConfigureAwait(false);
        var command = new InstanceProtocol.DetachInterface(id, request, port) { RefuseIfEngineAway = _engineAway.Refuses(parse) };
        return await Operations.RunAsync(
            session,
            new CommandDescription(Name, id, request.RequestId),
            token => session.Client.SendAsync(command, token),
            parse.GetValue(_noWait),
            cancellationToken).ConfigureAwait(false);
    }
}
