using System.CommandLine;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker rebuild</c>.</summary>
internal sealed class RebuildCommand : VerbCommand
{
    private readonly Argument<string> _id = IdArgument();

    private readonly Option<string?> _image = new("--image")
    {
        HelpName = "REF", Description = "The image: its id, or its name where no other image has it. Default: the one it is of.",
    };

    private readonly Option<string?> _name = new("--name") { HelpName = "NAME", Description = "A new display name. Default: the one it has." };

    private readonly Option<EquatableMap<string>?> _environment = new("--env")
    {
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Description = "An environment variable; may be given many times. Values are stored encrypted and never shown.",
        CustomParser = Values.Pairs("--env"),
    };

    private readonly Option<string[]> _command = new("--command")
    {
        HelpName = "ARG...",
        AllowMultipleArgumentsPerToken = true,
        Description = "Words in place of the image's command, up to the next option.",
    };

    private readonly UserDataOptions _userData = new();

    private readonly EngineAwayOption _engineAway = new();

    private readonly Option<bool> _noWait = NoWaitOption();

    public RebuildCommand(CommandContext context)
        : base(
            context,
            "rebuild",
            "Make an instance's container anew, of the same image or of another one.",
            new Example("novadocker rebuild web", "Of its own image; what it had written is gone."),
            new Example("novadocker rebuild web --image nginx:1.27 --meta role=web", "Of another image, with metadata."))
    {
        Details =
            $"""
            Id, size, ports and history stay; command, environment, user data and metadata are what this line says, and not what the
            boot said. The image is fetched before anything is taken away: where it cannot be had, the instance is as it was. Where
            a later step fails for good the instance is in error, and start makes its container once more.

            {UserDataOptions.Details}

            {EngineAwayOption.Details}
            """;
        Add(_id);
        foreach (Option option in new Option[] { _image, _name, _environment, _command })
            Add(option);
        _userData.AddTo(this);
        Add(_engineAway);
        Add(_noWait);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var request = session.NewRequest();
        var id = await session.ResolveAsync(parse.GetRequiredValue(_id), cancellationToken).ConfigureAwait(false);
        var known = await session.Client.GetInstanceAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw CliException.NotFound($"There is no instance {id}.");
        var boot = new ComputeProtocol.BootInstance(
            id, request, parse.GetValue(_name) ?? known.Name, parse.GetValue(_image) ?? "", known.MemoryMb, known.Vcpus,
            [.. parse.GetValue(_command) ?? []], parse.GetValue(_environment) ?? EquatableMap<string>.Empty)
        {
            Upkeep = known.Upkeep,
            RefuseIfEngineAway = _engineAway.Refuses(parse),
            Token = session.Token,
        };
        boot = await _userData.AddToAsync(boot, Host, parse, cancellationToken).ConfigureAwait(false);
        return await Operations.RunAsync(
            session,
            new CommandDescription(Name, id, request.RequestId, Starts: true),
            token => session.Client.RebuildAsync(new ComputeProtocol.RebuildInstance(boot), token),
            parse.GetValue(_noWait),
            cancellationToken).ConfigureAwait(false);
    }
}
