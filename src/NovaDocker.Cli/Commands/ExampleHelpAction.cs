using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NovaDocker.Cli.Commands;

/// <summary>Writes the help of a verb, and its details and examples below.</summary>
internal sealed class ExampleHelpAction : SynchronousCommandLineAction
{
    /// <summary>The longest line, characters.</summary>
    public const int Width = 120;

    private readonly HelpAction _help = new() { MaxWidth = Width };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = _help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not IExplained verb)
            return exitCode;

        var output = parseResult.InvocationConfiguration.Output;
        if (verb.Details is { } details)
        {
            output.WriteLine("Details:");
            foreach (var line in details.Split('\n'))
                output.WriteLine($"  {line}".TrimEnd());
            output.WriteLine();
        }

        output.WriteLine("Examples:");
        foreach (var example in verb.Examples)
        {
            output.WriteLine($"  {example.CommandLine}");
            output.WriteLine($"      {example.Meaning}");
        }

        output.WriteLine();
        return exitCode;
    }
}
