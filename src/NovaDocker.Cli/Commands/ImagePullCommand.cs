using System.CommandLine;
using NovaDocker.Cli.Output;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker image-pull</c>.</summary>
internal sealed class ImagePullCommand : VerbCommand
{
    private readonly Argument<string> _reference = new("REF")
    {
        Description = "The image: its id, or its name where no other image has it.",
    };

    private readonly HostOption _host = new("Bring it into the Engine of this host alone.");

    private readonly Option<bool> _noWait = NoWaitOption();

    public ImagePullCommand(CommandContext context)
        : base(
            context,
            "image-pull",
            "Bring an image into the Engine of every host, so that boots need not wait for it.",
            new Example("novadocker image-pull nginx", "Everywhere, and wait for it."),
            new Example("novadocker image-pull nginx --host 0191f6f2-6d3c-7c1e-8c0a-2f6a4f1f9a77 --no-wait", "On one host, in its own time."),
            new Example("novadocker image-pull nginx --json | jq -r 'select(.state == \"present\").host'", "The hosts that had it already."))
    {
        Details =
            """
            However many pulls and boots want an image at once, it is transferred once. A host that has it says so at once. An
            accepted pull is in the host's journal, and is carried out whatever is killed meanwhile; one that fails is not tried
            again by itself. Asked again with the same --request-id it tells how it stands.

            The image stays until nobody has used it for long, or room is needed: see novadocker image-gc.
            """;
        Add(_reference);
        Add(_host);
        Add(_noWait);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var (reference, host) = (parse.GetRequiredValue(_reference), _host.Chosen(parse));
        if (string.IsNullOrWhiteSpace(reference))
            throw CliException.Usage("REF is empty; the id or name of an image is expected.", "novadocker images shows the images there are.");
        var request = session.NewRequest();
        var pulls = parse.GetValue(_noWait)
            ? await session.Client.PullImageAsync(reference, request, host, cancellationToken).ConfigureAwait(false)
            : await WaitAsync(session, reference, request, host, cancellationToken).ConfigureAwait(false);
        session.Output.Pulls([.. pulls.Where(pull => pull.State is not (PullState.Refused or PullState.Failed))]);
        return Problem(pulls) is { } problem ? throw problem : ExitCodes.Done;
    }

    private static async Task<EquatableArray<HostProtocol.ImagePull>> WaitAsync(
        Session session, string reference, RequestContext request, HostId? host, CancellationToken cancellationToken)
    {
        try
        {
            return await session.Output.TrackAsync<EquatableArray<HostProtocol.ImagePull>, EquatableArray<HostProtocol.ImagePull>>(
                $"image-pull {reference}",
                ProgressText.Of,
                progress => session.Client.WaitForPullAsync(reference, request, host, progress, cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new CliException(
                ExitCodes.Interrupted, "interrupted", $"No longer waiting; what was accepted of the pull of {reference} goes on.",
                $"novadocker image-history {reference} tells what became of it.");
        }
    }

    /// <summary>The first that went wrong, where more than one did; the others are in the histories of their hosts.</summary>
    private static CliException? Problem(EquatableArray<HostProtocol.ImagePull> pulls)
    {
        var wrong = pulls.Where(pull => pull.State is PullState.Refused or PullState.Failed).ToArray();
        if (wrong is not [var first, ..])
            return null;
        var others = wrong.Length > 1 ? $" ({wrong.Length} hosts failed; this is the first.)" : "";
        return first.Refusal is { } refusal
            ? Failures.Refused(refusal, first.RefusalReason + others)
            : new CliException(
                ExitCodes.Failed, EventDescription.Kebab(first.Fault?.Code ?? FaultCode.Internal),
                $"image-pull failed on host {first.HostId}: {first.Fault?.Message}{others}",
                $"novadocker image-history {first.ImageId?.ToString() ?? first.Name} shows every try.");
    }
}
