using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker list</c>.</summary>
internal sealed class ListCommand : VerbCommand
{
    private readonly Option<bool> _all = new("--all") { Description = "Deleted instances, too." };

    public ListCommand(CommandContext context)
        : base(
            context,
            "list",
            "List the instances, sorted by id.",
            new Example("novadocker list", "Every instance that is not deleted."),
            new Example("novadocker list --all --json | jq -r 'select(.state == \"error\").id'", "The ids of those in error."),
            new Example("novadocker list --json | jq -r 'select(.health == \"unhealthy\").id'", "The ids of those whose health check fails.")) =>
        Add(_all);

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var names = await session.HostNamesAsync(cancellationToken).ConfigureAwait(false);
        await session.Output.InstancesAsync(
            session.Client.ListInstancesAsync(parse.GetValue(_all), cancellationToken), names).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
