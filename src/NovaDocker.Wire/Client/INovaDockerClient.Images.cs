using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;

namespace NovaDocker.Wire.Client;

/// <content>The images in the hosts' Engines.</content>
public partial interface INovaDockerClient
{
    /// <summary>
    /// Has hosts bring an image into their Engines before anybody boots it. Each host accepts it in its journal, and brings it
    /// whatever is killed meanwhile. By the same request it may be asked for again, which tells how it stands.
    /// </summary>
    /// <param name="imageReference">The image's id or name.</param>
    /// <param name="request">Who asks, by which request.</param>
    /// <param name="host">The host; null for every one.</param>
    /// <param name="cancellationToken">Ends the wait for the answer; what was accepted goes on.</param>
    /// <returns>Where it stands on each host.</returns>
    Task<EquatableArray<HostProtocol.ImagePull>> PullImageAsync(
        string imageReference, RequestContext request, HostId? host = null, CancellationToken cancellationToken = default);

    /// <summary>The same, and waits until it has ended on every host, well or not.</summary>
    /// <param name="imageReference">The image's id or name.</param>
    /// <param name="request">Who asks, by which request.</param>
    /// <param name="host">The host; null for every one.</param>
    /// <param name="progress">Told twice a second how it stands.</param>
    /// <param name="cancellationToken">Ends the wait; what was accepted goes on.</param>
    Task<EquatableArray<HostProtocol.ImagePull>> WaitForPullAsync(
        string imageReference,
        RequestContext request,
        HostId? host = null,
        IProgress<EquatableArray<HostProtocol.ImagePull>>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>The images of ours in the hosts' Engines, with what would become of each if those that nobody uses were taken away.</summary>
    /// <param name="host">The host; null for every one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<EquatableArray<HostProtocol.HostImages>> ListHostImagesAsync(HostId? host = null, CancellationToken cancellationToken = default);

    /// <summary>Has hosts take away the images that nobody uses.</summary>
    /// <param name="host">The host; null for every one.</param>
    /// <param name="kept">Images that stay all the same: the commander knows of a use that the hosts cannot see.</param>
    /// <param name="cancellationToken">Ends the wait; the collection goes on.</param>
    /// <returns>What became of each image of ours.</returns>
    Task<EquatableArray<HostProtocol.HostImages>> CollectImagesAsync(
        HostId? host = null, EquatableArray<ImageId> kept = default, CancellationToken cancellationToken = default);

    /// <summary>The events of a host's ledger of images, in order.</summary>
    /// <param name="host">The host.</param>
    /// <param name="image">An image's id, or a name that it had; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IAsyncEnumerable<ImageHistoryEntry> GetImageHistoryAsync(
        HostId host, string? image = null, CancellationToken cancellationToken = default);
}
