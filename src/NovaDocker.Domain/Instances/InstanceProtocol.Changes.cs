using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Domain.Instances;

/// <content>What makes an instance another one than it was booted as: suspension, rebuild, resize and rescue.</content>
public static partial class InstanceProtocol
{
    /// <summary>Freeze the instance until it is resumed.</summary>
    public sealed record Suspend(InstanceId InstanceId, RequestContext Request) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Suspend;
    }

    /// <summary>Thaw the suspended instance; start it where its process has ended meanwhile.</summary>
    public sealed record Resume(InstanceId InstanceId, RequestContext Request) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Resume;
    }

    /// <summary>Make the instance's container anew. The door has had the host settle what it is to be.</summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Request">Who asks, by which request.</param>
    /// <param name="Spec">What it is to be; of its size and ports nothing counts, since those stay.</param>
    /// <param name="Image">What its container is to be made of.</param>
    public sealed record Rebuild(InstanceId InstanceId, RequestContext Request, InstanceSpec Spec, ResolvedImage Image)
        : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Rebuild;
    }

    /// <summary>Give the instance another size. The size it has is kept until that is confirmed or taken back.</summary>
    public sealed record Resize(InstanceId InstanceId, RequestContext Request, InstanceSize Size) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Resize;
    }

    /// <summary>Keep the size that the last resize gave.</summary>
    public sealed record ConfirmResize(InstanceId InstanceId, RequestContext Request) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.ConfirmResize;
    }

    /// <summary>Take the last resize back.</summary>
    public sealed record RevertResize(InstanceId InstanceId, RequestContext Request) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.RevertResize;
    }

    /// <summary>Run a rescue container in the instance's place. The door has found the image.</summary>
    public sealed record Rescue(InstanceId InstanceId, RequestContext Request, ResolvedImage Image) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Rescue;
    }

    /// <summary>Remove the rescue container and start the instance.</summary>
    public sealed record Unrescue(InstanceId InstanceId, RequestContext Request) : VerbCommand(InstanceId, Request)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Unrescue;
    }

    /// <summary>
    /// What became of the ports that a boot waits for. Answered by <see cref="Accepted"/>, or by <see cref="AlreadyDone"/>
    /// where none are waited for any longer: late news is none. Where they will be and are not yet, it is refused.
    /// </summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Request">Who tells, by which request.</param>
    /// <param name="Outcome">What became of them.</param>
    /// <param name="Detail">The same in the teller's words; empty for none.</param>
    public sealed record TellVifPlugging(InstanceId InstanceId, RequestContext Request, VifPluggingOutcome Outcome, string Detail)
        : IInstanceCommand;

    /// <summary>A rebuild was accepted: from here on the instance is what it is to be, unless its image cannot be had.</summary>
    public sealed record RebuildRequested(
        EventHeader Header, OperationId OperationId, EquatableArray<StepKind> Steps, InstanceSpec Spec, ResolvedImage Image)
        : OperationRequest(Header, OperationId, Steps)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Rebuild;
    }

    /// <summary>A resize was accepted.</summary>
    public sealed record ResizeRequested(EventHeader Header, OperationId OperationId, EquatableArray<StepKind> Steps, InstanceSize Size)
        : OperationRequest(Header, OperationId, Steps)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Resize;
    }

    /// <summary>A rescue was accepted.</summary>
    public sealed record RescueRequested(EventHeader Header, OperationId OperationId, EquatableArray<StepKind> Steps, ResolvedImage Image)
        : OperationRequest(Header, OperationId, Steps)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Rescue;
    }
}
