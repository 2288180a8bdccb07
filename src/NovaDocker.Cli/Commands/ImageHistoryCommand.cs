using System.CommandLine;
using System.Runtime.CompilerServices;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Wire.Client;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker image-history</c>.</summary>
internal sealed class ImageHistoryCommand : VerbCommand
{
    private readonly Argument<string?> _image = new("IMAGE")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "An image: its id, or a name that it had. Default: all.",
    };

    private readonly HostOption _host = new("Only on this host.");

    public ImageHistoryCommand(CommandContext context)
        : base(
            context,
            "image-history",
            "Show what the hosts' ledgers hold of the images in their Engines: how each came and for whom, which loads failed and why, "
            + "when uses began and ended, and why it went.",
            new Example("novadocker image-history", "Every image."),
            new Example("novadocker image-history nginx", "One image, also after it has gone."),
            new Example("novadocker image-history --json | jq 'select(.event == \"load-failed\") | .data.message'", "Why loads failed."))
    {
        Add(_image);
        Add(_host);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        HostId[] hosts = _host.Chosen(parse) is { } chosen
            ? [chosen]
            : [.. (await session.Client.ListHostsAsync(cancellationToken).ConfigureAwait(false)).Select(host => host.Id)];
        await session.Output.ImageHistoryAsync(
            EntriesAsync(session.Client, hosts, parse.GetValue(_image), cancellationToken)).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static async IAsyncEnumerable<ImageHistoryEntry> EntriesAsync(
        INovaDockerClient client, HostId[] hosts, string? image, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var host in hosts)
        {
            await foreach (var entry in client.GetImageHistoryAsync(host, image, cancellationToken).ConfigureAwait(false))
                yield return entry;
        }
    }
}
