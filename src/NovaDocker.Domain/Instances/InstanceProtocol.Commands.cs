using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Domain.Instances;

public static partial class InstanceProtocol
{
    /// <summary>
    /// A wish of a commander. The pair of request id and verb names it: said again, it gets the first answer again.
    /// </summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Request">Who asks, by which request.</param>
    public abstract record VerbCommand(InstanceId InstanceId, RequestContext Request) : IInstanceCommand
    {
        /// <summary>
        /// What becomes of the command while the Engine is away: true refuses it, false lets its steps wait until the Engine
        /// is back.
        /// </summary>
        public bool RefuseIfEngineAway { get; init; }

        /// <summary>Set by the door, where the command is to be refused for it: why the Engine is away.</summary>
        public string? EngineProblem { get; init; }

        /// <summary>How it is to be carried out.</summary>
        public OperationTerms Terms { get; init; } = OperationTerms.Usual;

        /// <summary>What is asked.</summary>
        public abstract InstanceVerb Verb { get; }
    }

    /// <summary>Make the instance. The door has found the image and the host before it sends this.</summary>
    public sealed record Boot(
        InstanceId InstanceId, RequestContext Request, InstanceSpec Spec, ResolvedImage Image, HostId Host)
        : VerbCommand(InstanceId, Request)
    {
        /// <summary>
        /// True begins a new life in the same history where the instance was deleted; false refuses, since ids are not used again
        /// by mistake. Nova does it when it unshelves a server, and when one comes back that was evacuated.
        /// </summary>
        public bool IsAgain { get; init; }

        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Boot;
    }

    /// <summary>Remove the instance; calls off what is under way.</summary>
    public sealed record Delete(InstanceId InstanceId, RequestContext Request) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Delete;
    }

    /// <summary>Start the stopped instance.</summary>
    public sealed record Start(InstanceId InstanceId, RequestContext Request) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Start;
    }

    /// <summary>Stop the instance gently.</summary>
    public sealed record Stop(InstanceId InstanceId, RequestContext Request) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Stop;
    }

    /// <summary>Stop and start the instance.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Request">Who asks, by which request.</param>
    /// <param name="Hard">True kills instead of stopping gently.</param>
    public sealed record Reboot(InstanceId InstanceId, RequestContext Request, bool Hard) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => Hard ? InstanceVerb.HardReboot : InstanceVerb.SoftReboot;
    }

    /// <summary>Freeze the instance.</summary>
    public sealed record Pause(InstanceId InstanceId, RequestContext Request) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Pause;
    }

    /// <summary>Thaw the instance.</summary>
    public sealed record Unpause(InstanceId InstanceId, RequestContext Request) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Unpause;
    }

    /// <summary>Make an image of the instance.</summary>
    public sealed record Snapshot(InstanceId InstanceId, RequestContext Request, SnapshotTarget Target)
        : VerbCommand(InstanceId, Request)
    {
        /// <summary>
        /// A Keystone token of the request, which the image is uploaded with as long as it is valid; null leaves that to the
        /// host's own credentials. The door hands it to the host and takes it out.
        /// </summary>
        public RequestToken? Token { get; init; }

        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Snapshot;
    }

    /// <summary>The host did a step. Taken only where the token is that of the step under way.</summary>
    public sealed record RecordStepCompleted(InstanceId InstanceId, FencingToken Token, StepResult Result) : IInstanceCommand;

    /// <summary>The host could not do a step. Taken only where the token is that of the step under way.</summary>
    public sealed record RecordStepFailed(InstanceId InstanceId, FencingToken Token, Fault Fault) : IInstanceCommand;

    /// <summary>The time for another attempt at the step has come.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Revision">The revision of the intent that failed; another attempt since then makes this void.</param>
    public sealed record RetryStep(InstanceId InstanceId, long Revision) : IInstanceCommand;

    /// <summary>The instance was replayed from its journal while an operation was under way: go on with it.</summary>
    public sealed record ResumeWork(InstanceId InstanceId) : IInstanceCommand;

    /// <summary>The Engine's watch saw the container's process end.</summary>
    public sealed record ReportContainerExited(InstanceId InstanceId, string ContainerId, ContainerExit Exit) : IInstanceCommand;

    /// <summary>The Engine's watch saw that the container is no longer there.</summary>
    public sealed record ReportContainerLost(InstanceId InstanceId, string ContainerId) : IInstanceCommand;

    /// <summary>Somebody looked at the container.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Sighting">What was seen.</param>
    /// <param name="AskedAt">
    /// The revision at which the instance itself had asked for the look: where it is still the same, nothing that the
    /// instance did can have come in between. Null where nobody had asked: then it is a hint, and nothing is recorded.
    /// </param>
    public sealed record ReportContainerSeen(InstanceId InstanceId, ContainerSighting Sighting, long? AskedAt)
        : IInstanceCommand;

    /// <summary>The Engine was restarted, and still has the container.</summary>
    public sealed record ReportEngineRestarted(InstanceId InstanceId, string ContainerId) : IInstanceCommand;
}
