using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using NovaDocker.Cli.Commands;
using NovaDocker.Cli.Output;

namespace NovaDocker.Cli;

/// <summary>The <c>novadocker</c> command: its verbs, and how a command line becomes an exit code.</summary>
internal static class CommandLine
{
    private const string Description =
        """
        Boots Docker containers as instances on NovaDocker nodes, looks after them, and tells what became of each.

        ID is an instance's UUID, or its name where no other instance has it. A verb waits until what it asked for has
        ended; --no-wait returns as soon as the node has it in its journal, from where on it is carried out whatever is
        killed. Progress goes to standard error, results to standard output. Times are UTC.

        Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused, 4 no such instance, image or port, 5 no answer from the
        node, 130 interrupted while waiting (the operation goes on).
        """;

    /// <summary>Carries out a command line.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliHost host, CancellationToken cancellationToken)
    {
        var options = new GlobalOptions();
        var root = Root(host, options);
        var parse = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parse.Action is ParseErrorAction)
        {
            // The option's own value is not to be had of a line that is wrong as a whole.
            var output = Outputs.Create(host, args.Contains("--json"));
            output.Failure(UsageFailure(parse));
            return ExitCodes.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
        };
        return await parse.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
    }

    private static RootCommand Root(CliHost host, GlobalOptions options)
    {
        var root = new RootCommand(Description);
        options.AddTo(root);
        var context = new CommandContext(host, options);
        root.Add(new BootCommand(context));
        root.Add(new ListCommand(context));
        root.Add(new ShowCommand(context));
        foreach (var verb in PowerCommands.All(context))
            root.Add(verb);
        foreach (var verb in ChangeCommands.All(context))
            root.Add(verb);
        root.Add(new RebuildCommand(context));
        root.Add(new RescueCommand(context));
        root.Add(new ConsoleCommand(context));
        root.Add(new SnapshotCommand(context));
        root.Add(new HistoryCommand(context));
        root.Add(new InterfaceListCommand(context));
        root.Add(new InterfaceAttachCommand(context));
        root.Add(new InterfaceDetachCommand(context));
        root.Add(new DiagnosticsCommand(context));
        root.Add(new NetworksCommand(context));
        root.Add(new ImagesCommand(context));
        root.Add(new ImageAddCommand(context));
        root.Add(new ImagePullCommand(context));
        root.Add(new ImageGcCommand(context));
        root.Add(new ImageHistoryCommand(context));
        root.Add(new UserDataCommand(context));
        root.Add(new HostsCommand(context));
        root.Add(new ReconcileCommand(context));
        root.Add(new CompletionCommand(context));
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new ExampleHelpAction();
        return root;
    }

    private static CliException UsageFailure(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            var verbs = string.Join(", ", command.Subcommands.Select(verb => verb.Name));
            var hint = $"The verbs are {verbs}; {Path(command)} --help explains them.";
            return parse.UnmatchedTokens is [var word, ..]
                ? CliException.Usage($"'{word}' is no verb of {Path(command)}.", hint)
                : CliException.Usage("A verb is missing.", hint);
        }

        var messages = parse.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal);
        return CliException.Usage(string.Join(' ', messages), $"{Path(command)} --help explains it.");
    }

    /// <summary>The words that lead to a command: <c>novadocker user-data check</c>.</summary>
    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : "novadocker";
}
