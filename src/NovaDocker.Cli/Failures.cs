using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Client;

namespace NovaDocker.Cli;

/// <summary>How each thing that can go wrong ends the command.</summary>
internal static class Failures
{
    /// <summary>The end that an exception leads to.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="interrupted">True where the user interrupted the command.</param>
    public static CliException Of(Exception exception, bool interrupted) => exception switch
    {
        CliException failure => failure,
        OperationCanceledException when interrupted => new(ExitCodes.Interrupted, "interrupted", "Interrupted."),
        HostUnreachableException => new(
            ExitCodes.Unreachable, "host-unreachable", exception.Message, "Name another node with --node HOST:PORT or NOVADOCKER_NODE."),
        InstanceNotFoundException => CliException.NotFound(exception.Message, "novadocker list --all shows every instance."),
        QueryRefusedException refused => Refused(refused.Code, refused.Message),
        QueryFailedException { Fault: var fault } => Failed(fault),
        MessageTooBigException => CliException.Usage(exception.Message),
        _ => new(ExitCodes.Failed, "internal", $"{exception.GetType().Name}: {exception.Message}", "This is a defect of novadocker."),
    };

    /// <summary>A refusal of the node.</summary>
    public static CliException Refused(RefusalCode code, string reason) => code switch
    {
        RefusalCode.ImageNotFound => CliException.NotFound(reason, "novadocker images shows the images there are."),
        RefusalCode.NoPort => CliException.NotFound(reason, "novadocker interface-list ID shows the ports of an instance."),
        RefusalCode.EngineAway => new CliException(
            ExitCodes.Refused, EventDescription.Kebab(code), reason,
            "Ask again later, as a new request; or without --engine-away refuse, and it is done once the Engine is back."),
        RefusalCode.InvalidUserData => Listed(code, reason, "The user data cannot be taken:"),
        RefusalCode.PolicyForbids => Listed(code, reason, "The operator's policy forbids what the user data asks for:"),
        _ => new CliException(ExitCodes.Refused, EventDescription.Kebab(code), reason),
    };

    /// <summary>A refusal whose reason has a line for each fault.</summary>
    private static CliException Listed(RefusalCode code, string reason, string heading) =>
        new(ExitCodes.Refused, EventDescription.Kebab(code), reason)
        {
            Heading = heading,
            Faults = reason.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        };

    private static CliException Failed(Fault fault)
    {
        var exitCode = fault.Code switch
        {
            FaultCode.NotFound => ExitCodes.NotFound,
            FaultCode.Unavailable or FaultCode.TimedOut => ExitCodes.Unreachable,
            _ => ExitCodes.Failed,
        };
        return new CliException(exitCode, EventDescription.Kebab(fault.Code), fault.Message);
    }
}
