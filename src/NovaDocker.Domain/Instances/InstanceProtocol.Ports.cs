using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Instances;

/// <content>What concerns an instance's ports.</content>
public static partial class InstanceProtocol
{
    /// <summary>Plug one more port into the instance. The door has had the host settle it before it sends this.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Request">Who asks, by which request.</param>
    /// <param name="Vif">The port.</param>
    public sealed record AttachInterface(InstanceId InstanceId, RequestContext Request, Vif Vif)
        : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.AttachInterface;
    }

    /// <summary>Take a port away from the instance.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Request">Who asks, by which request.</param>
    /// <param name="Port">The port.</param>
    public sealed record DetachInterface(InstanceId InstanceId, RequestContext Request, PortId Port)
        : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.DetachInterface;
    }

    /// <summary>The host's devices were looked at, and ports of the instance are not plugged as they are to be.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Problems">Which, and what is wrong.</param>
    public sealed record ReportVifsBroken(InstanceId InstanceId, EquatableArray<VifProblem> Problems) : IInstanceCommand;

    /// <summary>The sandbox ended or is gone without anybody here having done that.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="SandboxId">The sandbox.</param>
    /// <param name="StartedAt">When the run that ended had been started; null where that is not known.</param>
    /// <param name="IsRemoved">True where the container is gone; false where it is there and does not run.</param>
    public sealed record ReportSandboxLost(InstanceId InstanceId, string SandboxId, DateTimeOffset? StartedAt, bool IsRemoved)
        : IInstanceCommand;

    /// <summary>The attachment of a port was accepted.</summary>
    public sealed record AttachRequested(EventHeader Header, OperationId OperationId, EquatableArray<StepKind> Steps, Vif Vif)
        : OperationRequest(Header, OperationId, Steps)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.AttachInterface;
    }

    /// <summary>The detachment of a port was accepted.</summary>
    public sealed record DetachRequested(EventHeader Header, OperationId OperationId, EquatableArray<StepKind> Steps, PortId Port)
        : OperationRequest(Header, OperationId, Steps)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.DetachInterface;
    }

    /// <summary>The instance plugs its ports again.</summary>
    public sealed record RepairRequested(EventHeader Header, OperationId OperationId, EquatableArray<StepKind> Steps)
        : OperationRequest(Header, OperationId, Steps)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Repair;

        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Decision;
    }

    /// <summary>Ports were seen not to be plugged as they are to be.</summary>
    public sealed record VifsBroken(EventHeader Header, EquatableArray<VifProblem> Problems) : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Observation;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Failure;
    }

    /// <summary>The sandbox was seen to have ended, or to be gone.</summary>
    /// <param name="Header">When, on whose behalf, where.</param>
    /// <param name="SandboxId">The sandbox.</param>
    /// <param name="IsRemoved">True where the container is gone; false where it is there and does not run.</param>
    public sealed record SandboxLost(EventHeader Header, string SandboxId, bool IsRemoved) : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Observation;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Failure;
    }

    /// <summary>What went through the instance's ports; answered by <see cref="Diagnostics"/>, <see cref="Refused"/> or <see cref="NotFound"/>.</summary>
    public sealed record GetDiagnostics(InstanceId InstanceId) : IInstanceQuery;

    /// <summary>What went through the instance's ports.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Ports">Each port with what went through it, in the order of its interfaces.</param>
    public sealed record Diagnostics(InstanceId InstanceId, EquatableArray<PortDiagnostics> Ports) : IInstanceReply;
}
