using System.CommandLine;
using NovaDocker.Cli.UserData;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker user-data check</c>.</summary>
internal sealed class UserDataCheckCommand : VerbCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The document; - reads standard input." };

    private readonly Option<string?> _policy = new("--policy")
    {
        HelpName = "FILE",
        Description = "The operator's policy, in HOCON: a node's configuration. Default: the policy of a node without one.",
    };

    private readonly Option<long> _memory = BootCommand.MemoryOption("The flavor's memory, MiB: the most that the document may ask for.");

    private readonly Option<int> _vcpus = BootCommand.VcpusOption("The flavor's processors.");

    public UserDataCheckCommand(CommandContext context)
        : base(
            context,
            "check",
            "Judge user data as a boot would, without a node: 0 where it would be taken, 3 with every fault where not.",
            new Example("novadocker user-data check options.yaml", "Under the default policy, which lets no tenant reach the host."),
            new Example("novadocker user-data check options.yaml --policy hocon/node.conf --memory-mb 256", "Under an operator's policy, in a flavor."),
            new Example("novadocker user-data check - --json < options.json | jq -r '.options[] | .name + \"=\" + .value'", "For programs."))
    {
        Details =
            """
            The messages are those of a boot. Paths of the host are resolved on this machine, so run it on the host where they
            matter. Instances that links and volumes-from name are not looked up. Values of environment variables and of log
            options are not shown. A guest's script is no container option and would be left to the metadata service.
            """;
        Add(_file);
        foreach (Option option in new Option[] { _policy, _memory, _vcpus })
            Add(option);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var bytes = await UserDataFile.ReadAsync(Host, "FILE", parse.GetRequiredValue(_file), cancellationToken).ConfigureAwait(false);
        session.Output.UserDataChecked(new UserDataCheck(Host.UserData).Run(
            bytes, parse.GetValue(_policy), parse.GetValue(_memory), parse.GetValue(_vcpus)));
        return ExitCodes.Done;
    }
}
