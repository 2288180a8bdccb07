using System.Runtime.CompilerServices;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using static NovaDocker.Domain.Compute.ComputeProtocol;

namespace NovaDocker.Wire.Client;

/// <content>The images in the hosts' Engines.</content>
public sealed partial class NovaDockerClient
{
    /// <inheritdoc/>
    public Task<EquatableArray<HostProtocol.ImagePull>> PullImageAsync(
        string imageReference, RequestContext request, HostId? host = null, CancellationToken cancellationToken = default) =>
        PullImageAsync(new PullImage(request, imageReference, host), cancellationToken);

    /// <inheritdoc/>
    public async Task<EquatableArray<HostProtocol.ImagePull>> WaitForPullAsync(
        string imageReference,
        RequestContext request,
        HostId? host = null,
        IProgress<EquatableArray<HostProtocol.ImagePull>>? progress = null,
        CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var pulls = await PullImageAsync(imageReference, request, host, cancellationToken).ConfigureAwait(false);
            progress?.Report(pulls);
            if (pulls.All(pull => pull.State != PullState.Pulling))
                return pulls;
            await Task.Delay(ProgressInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<EquatableArray<HostProtocol.HostImages>> ListHostImagesAsync(
        HostId? host = null, CancellationToken cancellationToken = default) =>
        (await AskAsync<HostImagesReport>(new CollectImages(host, DryRun: true), cancellationToken, MaxPatience)
            .ConfigureAwait(false)).Hosts;

    /// <inheritdoc/>
    public async Task<EquatableArray<HostProtocol.HostImages>> CollectImagesAsync(
        HostId? host = null, EquatableArray<ImageId> kept = default, CancellationToken cancellationToken = default) =>
        (await AskAsync<HostImagesReport>(new CollectImages(host, DryRun: false) { Kept = kept }, cancellationToken, MaxPatience)
            .ConfigureAwait(false)).Hosts;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ImageHistoryEntry> GetImageHistoryAsync(
        HostId host, string? image = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var after = 0L;
        while (true)
        {
            var page = await AskAsync<ImageHistoryPage>(
                new GetImageHistory(host, image, after, EventsPerPage), cancellationToken).ConfigureAwait(false);
            if (page.Entries.IsEmpty)
                yield break;
            foreach (var entry in page.Entries)
                yield return entry;
            after = page.Entries[^1].Sequence;
        }
    }
}
