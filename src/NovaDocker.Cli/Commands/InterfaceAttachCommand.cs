using System.CommandLine;
using NovaDocker.Domain.Compute;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker interface-attach</c>.</summary>
internal sealed class InterfaceAttachCommand : VerbCommand
{
    private readonly Argument<string> _id = IdArgument();

    private readonly NicOption _nic = new("The port.", ArgumentArity.ExactlyOne) { Required = true };

    private readonly EngineAwayOption _engineAway = new();

    private readonly Option<bool> _noWait = NoWaitOption();

    public InterfaceAttachCommand(CommandContext context)
        : base(
            context,
            "interface-attach",
            "Plug one more port into an instance; it may run meanwhile.",
            new Example("novadocker interface-attach web --nic net=blue", "With an address that is free in the network blue."),
            new Example("novadocker interface-attach web --nic net=blue,ip=10.1.0.5,mac=fa:16:3e:00:00:01", "With this address and this MAC."),
            new Example("novadocker interface-list web", "What it has now."))
    {
        Details =
            $"""
            Only an instance that was booted with a port can have more of them (boot --nic); others are refused, exit code 3. The
            port gets the first interface that is free, such as eth1. A port that cannot be plugged is taken away again, and the
            instance goes on as it was; exit code 1.

            {NicOption.Details}

            {EngineAwayOption.Details}
            """;
        Add(_id);
        foreach (Option option in new Option[] { _nic, _engineAway, _noWait })
            Add(option);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var request = session.NewRequest();
        var id = await session.ResolveAsync(parse.GetRequiredValue(_id), cancellationToken).ConfigureAwait(false);
        var attach = new ComputeProtocol.AttachNic(id, request, parse.GetRequiredValue(_nic)![0])
        {
            RefuseIfEngineAway = _engineAway.Refuses(parse),
        };
        return await Operations.RunAsync(
            session,
            new CommandDescription(Name, id, request.RequestId),
            token => session.Client.AttachInterfaceAsync(attach, token),
            parse.GetValue(_noWait),
            cancellationToken).ConfigureAwait(false);
    }
}
