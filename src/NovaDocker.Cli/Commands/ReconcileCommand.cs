using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker reconcile</c>.</summary>
internal sealed class ReconcileCommand : VerbCommand
{
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only report; remove and record nothing." };

    public ReconcileCommand(CommandContext context)
        : base(
            context,
            "reconcile",
            "Have every host compare its Engine with the journal now, as it does by itself at its start and now and then. What "
            + "the Engine lost or ended, what somebody paused, started, restarted or renamed behind the instance's back, and ports "
            + "that are not plugged as they are to be, is told to the instance; what no instance accounts for, be it a container, a "
            + "snapshot's image, a sandbox, a network device or a bridge that was made here, is removed once it has been "
            + "seen for the grace time (novadocker.host.orphan-grace). What does not carry the host's labels is not touched.",
            new Example("novadocker reconcile --dry-run", "What differs, if anything."),
            new Example("novadocker reconcile --dry-run --json | jq 'select(.kind == \"drifted-container\")'", "What somebody did by hand, and nobody has recorded yet."),
            new Example("novadocker reconcile --json | jq -r 'select(.action == \"removed\").subject'", "What was removed.")) =>
        Add(_dryRun);

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var hosts = await session.Client.ReconcileAsync(parse.GetValue(_dryRun), cancellationToken).ConfigureAwait(false);
        session.Output.Reconciled(hosts);
        return hosts.Any(host => host.Problem is not null) ? ExitCodes.Failed : ExitCodes.Done;
    }
}
