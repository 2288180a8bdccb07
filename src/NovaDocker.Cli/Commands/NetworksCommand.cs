using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker networks</c>.</summary>
internal sealed class NetworksCommand : VerbCommand
{
    private readonly HostOption _host = new("Only of this host.");

    public NetworksCommand(CommandContext context)
        : base(
            context,
            "networks",
            "List the networks of the hosts: those that their configuration names (novadocker.networks.local), with how many "
            + "addresses are free, and those that ports of instances belong to.",
            new Example("novadocker networks", "Of every host."),
            new Example("novadocker networks --host $(novadocker hosts --json | jq -r 'select(.name == \"compute-1\").id')", "Of one host."),
            new Example("novadocker networks --json | jq -r 'select(.local).id'", "What boot --nic net=... can name without Neutron.")) =>
        Add(_host);

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var hosts = await session.Client.ListNetworksAsync(_host.Chosen(parse), cancellationToken).ConfigureAwait(false);
        session.Output.Networks(hosts);
        return hosts.Any(host => host.Problem is not null) ? ExitCodes.Failed : ExitCodes.Done;
    }
}
