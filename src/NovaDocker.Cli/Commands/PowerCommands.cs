using System.CommandLine;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker start</c>, <c>stop</c>, <c>reboot</c>, <c>pause</c>, <c>unpause</c> and <c>delete</c>.</summary>
internal static class PowerCommands
{
    /// <summary>The six, in the order of the help.</summary>
    public static IEnumerable<VerbCommand> All(CommandContext context)
    {
        yield return new PowerCommand(
            context,
            "start",
            "Start a stopped instance: the same container, with what it wrote to its disk.",
            (id, request, _) => new InstanceProtocol.Start(id, request),
            starts: true,
            new Example("novadocker start web", "Returns when it is active."))
        {
            Details =
                $"""
                An instance in error is started as well. Where it has no container (its boot failed, or somebody removed the
                container) a new one is made of its image, as at its boot; what the lost one had written is gone. One that waits for
                its next restart is started at once.

                {EngineAwayOption.Details}
                """,
        };
        var grace = new Option<int?>("--grace")
        {
            HelpName = "SECONDS",
            Description = "How long the process has to end before it is killed; 0 kills it at once. Default: the image's, or the host's.",
            CustomParser = result => Values.Whole("--grace", 0, (int)OperationTerms.LongestGrace.TotalSeconds)(result),
        };
        var stop = new PowerCommand(
            context,
            "stop",
            "Stop an instance: its process gets the image's stop signal, and is killed where it does not end in time.",
            (id, request, parse) => new InstanceProtocol.Stop(id, request)
            {
                Terms = parse.GetValue(grace) is { } seconds
                    ? OperationTerms.Usual with { Grace = TimeSpan.FromSeconds(seconds) }
                    : OperationTerms.Usual,
            },
            starts: false,
            new Example("novadocker stop web", "Returns when it is stopped."),
            new Example("novadocker stop web --no-wait", "Returns when the node has it in its journal."),
            new Example("novadocker stop web --engine-away refuse", "Exit code 3 where the Docker Engine is away."))
        {
            Details =
                $"""
                A stopped instance stays stopped: no restart policy starts it again, but for --restart always when the Engine was
                restarted. Stopping one that waits for its next restart calls that off. A paused or suspended one goes on, so that it gets
                the signal.

                {EngineAwayOption.Details}
                """,
        };
        stop.Add(grace);
        yield return stop;

        var hard = new Option<bool>("--hard") { Description = "Kill the process at once; also brings back an instance in error." };
        var reboot = new PowerCommand(
            context,
            "reboot",
            "Stop and start an instance.",
            (id, request, parse) => new InstanceProtocol.Reboot(id, request, parse.GetValue(hard)),
            starts: true,
            new Example("novadocker reboot web", "Ends the process gently."),
            new Example("novadocker reboot web --hard", "Kills it."))
        {
            Details =
                $"""
                --hard also takes an instance that is paused, in error, or waits for its next restart; where it has no container, one
                is made of its image, as at its boot.

                {EngineAwayOption.Details}
                """,
        };
        reboot.Add(hard);
        yield return reboot;

        yield return new PowerCommand(
            context,
            "pause",
            "Freeze the processes of an instance; they keep their memory.",
            (id, request, _) => new InstanceProtocol.Pause(id, request),
            starts: false,
            new Example("novadocker pause web", "Returns when it is paused."));
        yield return new PowerCommand(
            context,
            "unpause",
            "Let the processes of a paused instance go on.",
            (id, request, _) => new InstanceProtocol.Unpause(id, request),
            starts: false,
            new Example("novadocker unpause web", "Returns when it is active."));
        yield return new PowerCommand(
            context,
            "delete",
            "Delete an instance: its container, its network and what it set aside. Whatever is under way is called off.",
            (id, request, _) => new InstanceProtocol.Delete(id, request),
            starts: false,
            new Example("novadocker delete web", "Returns when nothing of it is left."),
            new Example("novadocker list --json | jq -r .id | xargs -n1 novadocker delete", "Deletes every instance."))
        {
            Details =
                $"""
                Its history stays, and its id is never used again.

                {EngineAwayOption.Details}
                """,
        };
    }
}
