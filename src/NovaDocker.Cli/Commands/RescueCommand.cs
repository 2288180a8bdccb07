using System.CommandLine;
using NovaDocker.Domain.Compute;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker rescue</c>.</summary>
internal sealed class RescueCommand : VerbCommand
{
    private readonly Argument<string> _id = IdArgument();

    private readonly Option<string?> _image = new("--image")
    {
        HelpName = "REF", Description = "The rescue image: its id, or its name. Default: the image that the instance is of.",
    };

    private readonly EngineAwayOption _engineAway = new();

    private readonly Option<bool> _noWait = NoWaitOption();

    public RescueCommand(CommandContext context)
        : base(
            context,
            "rescue",
            "Stop an instance and run a rescue container in its place, with its file system within reach.",
            new Example("novadocker rescue web --image busybox", "docker exec -it nova-ID-rescue sh looks into it; its files are in /mnt/rescue."),
            new Example("novadocker unrescue web", "Goes back to the instance."))
    {
        Details =
            $"""
            The rescue container runs the image's own command with a terminal, has the instance's ports and size, and has its file system
            at /mnt/rescue: what is changed there is changed in the instance. The instance's own volumes and binds are not in it. It
            needs an Engine on the node's machine with the storage driver overlay2.

            {EngineAwayOption.Details}
            """;
        Add(_id);
        foreach (Option option in new Option[] { _image, _engineAway, _noWait })
            Add(option);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var request = session.NewRequest();
        var id = await session.ResolveAsync(parse.GetRequiredValue(_id), cancellationToken).ConfigureAwait(false);
        var rescue = new ComputeProtocol.RescueInstance(id, request, parse.GetValue(_image) ?? "")
        {
            RefuseIfEngineAway = _engineAway.Refuses(parse),
            Token = session.Token,
        };
        return await Operations.RunAsync(
            session,
            new CommandDescription(Name, id, request.RequestId),
            token => session.Client.RescueAsync(rescue, token),
            parse.GetValue(_noWait),
            cancellationToken).ConfigureAwait(false);
    }
}
