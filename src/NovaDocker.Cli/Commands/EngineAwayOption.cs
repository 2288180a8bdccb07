using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary>The option that says what becomes of a command while the Engine is away.</summary>
internal sealed class EngineAwayOption : Option<EngineAwayOption.Choice?>
{
    /// <summary>What is said of it below a verb's help.</summary>
    public const string Details =
        """
        While the host's Docker Engine is away, what was asked for is kept in the journal and begins once the Engine is back:
        the command waits for that, too. --engine-away refuse has it refused instead, with exit code 3, and nothing is done.
        What is under way already when the Engine goes away waits for it in any case.
        """;

    public EngineAwayOption()
        : base("--engine-away")
    {
        HelpName = "wait|refuse";
        Description = "While the host's Docker Engine is away: wait for it, or refuse. Default: wait.";
        CustomParser = Values.OneOf<Choice?>(Name, ("wait", Choice.Wait), ("refuse", Choice.Refuse));
        Values.Complete(this, "wait", "refuse");
    }

    /// <summary>What becomes of a command.</summary>
    internal enum Choice
    {
        /// <summary>It waits for the Engine.</summary>
        Wait,

        /// <summary>It is refused.</summary>
        Refuse,
    }

    /// <summary>True where the line says that the command is to be refused.</summary>
    public bool Refuses(ParseResult parse) => parse.GetValue(this) == Choice.Refuse;
}
