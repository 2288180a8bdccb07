using System.CommandLine;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Client;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker snapshot</c>.</summary>
internal sealed class SnapshotCommand : VerbCommand
{
    private readonly Argument<string> _id = IdArgument();

    private readonly Option<string> _name = new("--name") { Required = true, HelpName = "NAME", Description = "The name of the new image." };

    private readonly Option<bool> _noPause = new("--no-pause")
    {
        Description = "Do not freeze the instance while its files are read; what is being written then may be torn.",
    };

    private readonly Option<ImageId?> _imageId = new("--image-id")
    {
        HelpName = "UUID",
        Description = "The id of the new image. Default: a new one.",
        CustomParser = Values.NewImageId("--image-id"),
    };

    private readonly EngineAwayOption _engineAway = new();

    private readonly Option<bool> _noWait = NoWaitOption();

    public SnapshotCommand(CommandContext context)
        : base(
            context,
            "snapshot",
            "Make an image of an instance's files and bring it into the image store.",
            new Example("novadocker snapshot web --name web-before-upgrade", "Prints the new image's id."),
            new Example("novadocker boot --name web2 --image web-before-upgrade", "Boots another instance from it."))
    {
        Details =
            $"""
            Volumes are not part of it. The instance goes on from where it was; a snapshot that fails leaves no image.

            {EngineAwayOption.Details}
            """;
        Add(_id);
        foreach (Option option in new Option[] { _name, _noPause, _imageId, _engineAway, _noWait })
            Add(option);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(_name);
        if (string.IsNullOrWhiteSpace(name))
            throw CliException.Usage("--name is empty; the new image needs a name.");
        var request = session.NewRequest();
        var id = await session.ResolveAsync(parse.GetRequiredValue(_id), cancellationToken).ConfigureAwait(false);
        var image = parse.GetValue(_imageId) ?? CommanderIds.NewImageId();
        var command = new InstanceProtocol.Snapshot(
            id, request, new SnapshotTarget(image, name, PauseContainer: !parse.GetValue(_noPause)))
        {
            RefuseIfEngineAway = _engineAway.Refuses(parse),
            Token = session.Token,
        };
        return await Operations.RunAsync(
            session,
            new CommandDescription(Name, id, request.RequestId, NewImageId: image),
            token => session.Client.SendAsync(command, token),
            parse.GetValue(_noWait),
            cancellationToken).ConfigureAwait(false);
    }
}
