using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Hosts;

public static partial class HostProtocol
{
    /// <summary>A message for one host that its images answer.</summary>
    public interface IHostImageMessage : IHostMessage;

    /// <summary>
    /// Bring an image into the Engine before any instance needs it; answered by <see cref="ImagePull"/>. To ask again by the same
    /// request is to ask how it stands.
    /// </summary>
    /// <param name="HostId">The host.</param>
    /// <param name="Request">Who asks, by which request.</param>
    /// <param name="Reference">The image's id or name.</param>
    public sealed record PullImage(HostId HostId, RequestContext Request, string Reference) : IHostImageMessage
    {
        /// <summary>A Keystone token of the request; null leaves the store to the host's own credentials. Never stored and never logged.</summary>
        public RequestToken? Token { get; init; }
    }

    /// <summary>Where a pull stands on a host.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="ImageId">The image; null where it is not known.</param>
    /// <param name="Name">Its name, or what was asked for.</param>
    public sealed record ImagePull(HostId HostId, PullState State, ImageId? ImageId, string Name) : IWireMessage
    {
        /// <summary>How far the transfer has come; null where none is under way.</summary>
        public TransferProgress? Progress { get; init; }

        /// <summary>Why it failed; null where it did not.</summary>
        public Fault? Fault { get; init; }

        /// <summary>Why it was refused; null where it was not.</summary>
        public RefusalCode? Refusal { get; init; }

        /// <summary>The same in a sentence; empty where it was not refused.</summary>
        public string RefusalReason { get; init; } = "";
    }

    /// <summary>
    /// Take away the images that nobody uses, and tell of all that are there; answered by <see cref="HostImages"/>.
    /// </summary>
    /// <param name="HostId">The host.</param>
    /// <param name="DryRun">True only tells.</param>
    public sealed record CollectImages(HostId HostId, bool DryRun) : IHostImageMessage
    {
        /// <summary>Images that stay whoever uses them here: who asks knows of a use that the host cannot see.</summary>
        public EquatableArray<ImageId> Kept { get; init; } = [];
    }

    /// <summary>The images of ours in a host's Engine.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="Images">Those that go or went first, at most <see cref="MaxImages"/>.</param>
    /// <param name="Omitted">How many more there are.</param>
    /// <param name="Disk">The Engine's file system, before anything went; null where it cannot be seen.</param>
    /// <param name="Problem">Why nothing is known of them; null where it is.</param>
    public sealed record HostImages(
        HostId HostId, EquatableArray<HostImageView> Images, int Omitted, DiskUse? Disk, string? Problem) : IWireMessage;

    /// <summary>The most images that one <see cref="HostImages"/> tells of.</summary>
    public const int MaxImages = 100;
}
