using System.CommandLine;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Commands;

/// <summary>
/// <c>novadocker suspend</c>, <c>resume</c>, <c>resize</c>, <c>resize-confirm</c>, <c>resize-revert</c> and <c>unrescue</c>.
/// </summary>
internal static class ChangeCommands
{
    /// <summary>These, in the order of the help.</summary>
    public static IEnumerable<VerbCommand> All(CommandContext context)
    {
        yield return new PowerCommand(
            context,
            "suspend",
            "Freeze an instance until it is resumed.",
            (id, request, _) => new InstanceProtocol.Suspend(id, request),
            starts: false,
            new Example("novadocker suspend web", "Returns when it is suspended."))
        {
            Details =
                $"""
                Its processes stop where they are and keep their memory, as with pause; nothing is written to a disk, and what it has
                of the host stays its own. Where its process ends meanwhile, because the machine is started anew for one, the instance is
                stopped, and resume starts it.

                {EngineAwayOption.Details}
                """,
        };
        yield return new PowerCommand(
            context,
            "resume",
            "Let the processes of a suspended instance go on; start it where they have ended meanwhile.",
            (id, request, _) => new InstanceProtocol.Resume(id, request),
            starts: true,
            new Example("novadocker resume web", "Returns when it is active."));
        yield return Resize(context);
        yield return new PowerCommand(
            context,
            "resize-confirm",
            "Keep the size that an instance was last given.",
            (id, request, _) => new InstanceProtocol.ConfirmResize(id, request),
            starts: false,
            new Example("novadocker resize-confirm web", "Forgets the size before."));
        yield return new PowerCommand(
            context,
            "resize-revert",
            "Give an instance back the size that it had before.",
            (id, request, _) => new InstanceProtocol.RevertResize(id, request),
            starts: true,
            new Example("novadocker resize-revert web", "Returns when it has it."));
        yield return new PowerCommand(
            context,
            "unrescue",
            "Remove an instance's rescue container and start the instance.",
            (id, request, _) => new InstanceProtocol.Unrescue(id, request),
            starts: true,
            new Example("novadocker unrescue web", "Returns when it is active."));
    }

    private static PowerCommand Resize(CommandContext context)
    {
        var memory = BootCommand.MemoryOption("The new memory limit, MiB.");
        var vcpus = BootCommand.VcpusOption("The new number of processors.");
        foreach (var option in new Option[] { memory, vcpus })
            option.Required = true;
        memory.DefaultValueFactory = null;
        vcpus.DefaultValueFactory = null;
        var resize = new PowerCommand(
            context,
            "resize",
            "Give an instance another size; its contents stay.",
            (id, request, parse) => new InstanceProtocol.Resize(
                id, request, new InstanceSize(parse.GetRequiredValue(memory), parse.GetRequiredValue(vcpus))),
            starts: true,
            new Example("novadocker resize web --memory-mb 512 --vcpus 2", "Returns when it has it and is active."))
        {
            Details =
                $"""
                The limits of its container are changed; a process that runs goes on running, one that is stopped is started. The size
                before is kept until resize-confirm forgets it or resize-revert brings it back.

                {EngineAwayOption.Details}
                """,
        };
        resize.Add(memory);
        resize.Add(vcpus);
        return resize;
    }
}
