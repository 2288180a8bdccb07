using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Secrets;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Hosts;

/// <summary>What an exception means for the step in which it came up.</summary>
internal static class Faults
{
    /// <summary>The fault that the history shows; what is not known is a defect of this program and says so.</summary>
    public static Fault Of(Exception exception) => exception switch
    {
        EngineException e => e.ToFault(),
        VifException e => e.ToFault(),
        ImageStoreException e => e.ToFault(),
        SecretException e => new Fault(FaultCode.Invalid, e.Message),
        IOException or UnauthorizedAccessException => new Fault(FaultCode.Transient, $"A file of the node cannot be used: {exception.Message}"),
        OperationCanceledException => new Fault(FaultCode.Cancelled, "It was called off."),
        _ => new Fault(FaultCode.Internal, $"{exception.GetType().Name}: {exception.Message}"),
    };
}
