using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker hosts</c>.</summary>
internal sealed class HostsCommand(CommandContext context) : VerbCommand(
    context,
    "hosts",
    "List the compute hosts: their Engine, what they have given away, the steps they have in hand, and what is wrong with "
    + "them. Steps that take longer than two seconds, or wait for the Engine, are listed below.",
    new Example("novadocker hosts", "All of them."),
    new Example("novadocker hosts --json | jq 'select(.engineState != \"healthy\")'", "Those whose Engine does not answer."),
    new Example("novadocker hosts --json | jq '.stepsInHand[] | select(.waiting)'", "The steps that wait for an Engine."))
{
    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        session.Output.Hosts(await session.Client.ListHostsAsync(cancellationToken).ConfigureAwait(false));
        return ExitCodes.Done;
    }
}
