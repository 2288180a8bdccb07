using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;

namespace NovaDocker.Domain.Compute;

public static partial class ComputeProtocol
{
    /// <summary>
    /// Have hosts bring an image into their Engines; answered by <see cref="ImagePullReport"/>. To ask again by the same request is
    /// to ask how it stands.
    /// </summary>
    /// <param name="Request">Who asks, by which request.</param>
    /// <param name="ImageReference">The image's id or name.</param>
    /// <param name="HostId">The host; null for every one.</param>
    public sealed record PullImage(RequestContext Request, string ImageReference, HostId? HostId) : IWireMessage
    {
        /// <summary>A Keystone token of the request; null leaves the store to the hosts' own credentials. Never stored and never logged.</summary>
        public RequestToken? Token { get; init; }
    }

    /// <summary>Where the pull stands on each host, sorted by host id.</summary>
    public sealed record ImagePullReport(EquatableArray<HostProtocol.ImagePull> Hosts) : IWireMessage;

    /// <summary>
    /// Have hosts take away the images that nobody uses, and tell of all in their Engines; answered by
    /// <see cref="HostImagesReport"/>.
    /// </summary>
    /// <param name="HostId">The host; null for every one.</param>
    /// <param name="DryRun">True only tells.</param>
    public sealed record CollectImages(HostId? HostId, bool DryRun) : IWireMessage
    {
        /// <summary>Images that stay whoever uses them on the hosts: who asks knows of a use that they cannot see.</summary>
        public EquatableArray<ImageId> Kept { get; init; } = [];
    }

    /// <summary>The images in the Engines, sorted by host id.</summary>
    public sealed record HostImagesReport(EquatableArray<HostProtocol.HostImages> Hosts) : IWireMessage;

    /// <summary>What a host's ledger holds of its images; answered by <see cref="ImageHistoryPage"/>.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="Image">An image's id, or a name that it had; null for all.</param>
    /// <param name="AfterSequence">The last sequence number already known; 0 begins.</param>
    /// <param name="Limit">How many at most.</param>
    public sealed record GetImageHistory(HostId HostId, string? Image, long AfterSequence, int Limit) : IWireMessage;

    /// <summary>Some of a ledger's events.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="Entries">In order of sequence number; empty where there is no more.</param>
    public sealed record ImageHistoryPage(HostId HostId, EquatableArray<ImageHistoryEntry> Entries) : IWireMessage;
}
