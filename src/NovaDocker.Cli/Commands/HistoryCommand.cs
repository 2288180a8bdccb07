using System.CommandLine;
using NovaDocker.Domain.Common;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker history</c>.</summary>
internal sealed class HistoryCommand : VerbCommand
{
    private readonly Argument<string> _id = IdArgument();

    private readonly Option<DateTimeOffset?> _at = new("--at")
    {
        HelpName = "TIME",
        Description = "Show the instance as it was at this time (ISO 8601; UTC where no offset is given) in place of its events.",
        CustomParser = Values.Time("--at"),
    };

    private readonly Option<bool> _follow = new("--follow")
    {
        Description = "Go on showing events as they happen, until the instance is deleted.",
    };

    public HistoryCommand(CommandContext context)
        : base(
            context,
            "history",
            "Show every event of an instance, deleted ones included.",
            new Example("novadocker history web", "Every event so far."),
            new Example("novadocker history web --at 2026-03-01T12:30:00Z", "The instance as it was then."),
            new Example("novadocker history web --follow", "Goes on until it is deleted or Ctrl-C is pressed."),
            new Example("novadocker history web --json | jq 'select(.outcome == \"failure\")'", "What went wrong."))
    {
        Details =
            """
            An event tells what was asked and by whom, what was about to be done, what came of it, or what was seen without
            having been asked for. Without --follow it ends with the last event there is.

            A name is looked for among the living instances first, then among the deleted ones.
            """;
        Add(_id);
        Add(_at);
        Add(_follow);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var follow = parse.GetValue(_follow);
        var at = parse.GetValue(_at);
        if (follow && at is not null)
            throw CliException.Usage("--at and --follow exclude each other: one shows the past, the other what comes.");

        var id = await session.ResolveAsync(parse.GetRequiredValue(_id), cancellationToken).ConfigureAwait(false);
        if (at is { } time)
            return await ShowAsync(session, id, time, cancellationToken).ConfigureAwait(false);

        var entries = follow
            ? session.Client.FollowHistoryAsync(id, 0, cancellationToken)
            : session.Client.GetHistoryAsync(id, 0, cancellationToken);
        await session.Output.HistoryAsync(entries, live: follow).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static async Task<int> ShowAsync(
        Session session, InstanceId id, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var view = await session.Client.GetInstanceAtAsync(id, time, cancellationToken).ConfigureAwait(false)
            ?? throw CliException.NotFound(
                $"There was no instance {id} at {time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}.", $"novadocker history {id} shows when it was booted.");
        session.Output.Instance(view, await session.HostNamesAsync(cancellationToken).ConfigureAwait(false));
        return ExitCodes.Done;
    }
}
