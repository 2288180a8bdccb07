using System.CommandLine;
using NovaDocker.UserData.Options;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker user-data</c>: what can be done with user data without a node; its help is the guide to the options.</summary>
internal sealed class UserDataCommand : Command, IExplained
{
    private const string Introduction =
        """
        User data may hold container options: YAML or JSON, in the words of the Engine's create call, of docker-py, or of
        both. What is empty, null or zero is not set. [HostConfig.] says that a key may stand in that mapping or above it.
        A policy key is one below novadocker.policy in the node's configuration; it has a say in what is allowed.
        """;

    /// <summary>Details are set in by so many characters.</summary>
    private const int Indent = 2;

    public UserDataCommand(CommandContext context)
        : base("user-data", "Check a document of container options without booting, and tell which options there are.")
    {
        Add(new UserDataCheckCommand(context));
        Add(new UserDataOptionsCommand(context));
    }

    /// <inheritdoc/>
    public string Details => string.Join(
        "\n\n", Introduction, OptionGuide.PlainText(ExampleHelpAction.Width - Indent).TrimEnd());

    /// <inheritdoc/>
    public IReadOnlyList<Example> Examples { get; } =
    [
        new Example("novadocker user-data check options.yaml", "Would a boot take it?"),
        new Example("novadocker user-data options --json | jq -r 'select(.policyKeys == []).option'", "The options that no policy restricts."),
    ];
}
