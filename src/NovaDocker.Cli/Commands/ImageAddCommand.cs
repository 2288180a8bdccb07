using System.CommandLine;
using NovaDocker.Cli.Output;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker image-add</c>.</summary>
internal sealed class ImageAddCommand : VerbCommand
{
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "An archive of docker save, or an OCI layout, plain or packed with gzip or zstd; - reads standard input.",
    };

    private readonly Option<string> _name = new("--name")
    {
        Required = true,
        HelpName = "NAME",
        Description = "The image's name. Of an archive with several images it chooses the one that is called so there.",
    };

    private readonly Option<EquatableMap<string>?> _properties = new("--property")
    {
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Description = "A property of the image; may be given many times.",
        CustomParser = Values.Pairs("--property"),
    };

    public ImageAddCommand(CommandContext context)
        : base(
            context,
            "image-add",
            "Bring an image into the image store of the node. On a failure nothing of it stays there.",
            new Example("docker save busybox | novadocker image-add - --name busybox", "From an Engine, without a file."),
            new Example("novadocker image-add nginx.tar --name nginx --property os_distro=debian", "From a file."),
            new Example(
                "docker export web | novadocker image-add - --name web --property docker_archive=export --property os_command_line=sh",
                "The file system of a container, which does not say what to run."),
            new Example(
                "novadocker image-add tools.tar --name tools --property 'os_command_line=sleep 1000'",
                "What instances of it run where nobody says otherwise; its words are split as a shell splits them."))
    {
        Add(_file);
        Add(_name);
        Add(_properties);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(_name);
        if (string.IsNullOrWhiteSpace(name))
            throw CliException.Usage("--name is empty; the image needs a name.");
        var stream = InputFiles.OpenOrStandardInput(
            Host, "FILE", parse.GetRequiredValue(_file), "A readable archive");
        await using (stream.ConfigureAwait(false))
        {
            long? total = stream.CanSeek ? stream.Length : null;
            var image = await session.Output.TrackAsync<long, ImageDescription>(
                "image-add",
                done => ProgressText.Upload(name, done, total),
                progress => session.Client.AddImageAsync(
                    stream, name, parse.GetValue(_properties) ?? EquatableMap<string>.Empty, progress, session.Caller,
                    cancellationToken))
                .ConfigureAwait(false);
            session.Output.ImageAdded(image);
            return ExitCodes.Done;
        }
    }
}
