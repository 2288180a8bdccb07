using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary>A verb of the command line: one subcommand with its options, help and examples.</summary>
internal abstract class VerbCommand : Command, IExplained
{
    private readonly CommandContext _context;

    protected VerbCommand(CommandContext context, string name, string description, params Example[] examples)
        : base(name, description)
    {
        _context = context;
        Examples = examples;
        SetAction(RunAsync);
    }

    /// <inheritdoc/>
    public string? Details { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<Example> Examples { get; }

    protected CliHost Host => _context.Host;

    /// <summary>Carries the verb out; what goes wrong is thrown.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken);

    /// <summary>The argument that names an instance.</summary>
    protected static Argument<string> IdArgument() => new("ID")
    {
        Description = "The instance: its UUID, or its name where no other instance has it.",
    };

    /// <summary>The option not to wait.</summary>
    protected static Option<bool> NoWaitOption() => new("--no-wait")
    {
        Description = "Return once the node has accepted it, without waiting for its end.",
    };

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var session = new Session(_context, parse);
        await using (session.ConfigureAwait(false))
        {
            try
            {
                return await RunAsync(session, parse, cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever goes wrong ends in words and an exit code, never in a stack trace.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                var failure = Failures.Of(exception, cancellationToken.IsCancellationRequested);
                session.Output.Failure(failure);
                return failure.ExitCode;
            }
        }
    }
}
