using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Compute;

/// <content>What makes an instance another one than it was booted as.</content>
public static partial class ComputeProtocol
{
    /// <summary>
    /// Make an instance's container anew. The door has the instance's host settle it and sends
    /// <see cref="InstanceProtocol.Rebuild"/>; answered by an <see cref="InstanceProtocol.CommandReply"/>.
    /// </summary>
    /// <param name="Boot">
    /// What it is to be, as a boot would have it. Of size, ports and host nothing counts, since those stay; an empty image
    /// reference means the image that it is of.
    /// </param>
    public sealed record RebuildInstance(BootInstance Boot) : IWithInstanceId, IWireMessage
    {
        /// <inheritdoc/>
        public InstanceId InstanceId => Boot.InstanceId;
    }

    /// <summary>
    /// Run a rescue container in an instance's place. The door finds the image and sends
    /// <see cref="InstanceProtocol.Rescue"/>; answered by an <see cref="InstanceProtocol.CommandReply"/>.
    /// </summary>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="Request">Who asks, by which request.</param>
    /// <param name="ImageReference">The rescue image's id or name; empty for the image that the instance is of.</param>
    public sealed record RescueInstance(InstanceId InstanceId, RequestContext Request, string ImageReference)
        : IWithInstanceId, IWireMessage
    {
        /// <summary>A Keystone token of the request; null leaves the store to the host's own credentials. Never stored and never logged.</summary>
        public RequestToken? Token { get; init; }

        /// <summary>True refuses while the Engine is away; false lets it wait.</summary>
        public bool RefuseIfEngineAway { get; init; }
    }
}
