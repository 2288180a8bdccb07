using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker diagnostics</c>.</summary>
internal sealed class DiagnosticsCommand : VerbCommand
{
    private readonly Argument<string> _id = IdArgument();

    public DiagnosticsCommand(CommandContext context)
        : base(
            context,
            "diagnostics",
            "Show what went through the ports of an instance since each was plugged: bytes, packets, errors and drops, as the "
            + "instance sees it (rx is what it received).",
            new Example("novadocker diagnostics web", "All of its ports."),
            new Example("novadocker diagnostics web --json | jq '{id, rxBytes, txBytes}'", "For programs; null where a port is not plugged.")) =>
        Add(_id);

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var id = await session.ResolveAsync(parse.GetRequiredValue(_id), cancellationToken).ConfigureAwait(false);
        var ports = await session.Client.GetDiagnosticsAsync(id, cancellationToken).ConfigureAwait(false);
        session.Output.Diagnostics(ports);
        if (ports.IsEmpty)
            session.Output.Note($"Instance {id} has no ports.");
        return ExitCodes.Done;
    }
}
