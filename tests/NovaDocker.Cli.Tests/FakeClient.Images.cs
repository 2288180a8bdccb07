using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;

namespace NovaDocker.Cli.Tests;

/// <content>The images in the hosts' Engines.</content>
internal sealed partial class FakeClient
{
    /// <summary>How a pull stands, question after question; the last one is the end.</summary>
    public List<EquatableArray<HostProtocol.ImagePull>> Pulls { get; } = [];

    public EquatableArray<HostProtocol.HostImages> HostImages { get; set; } = [];

    public List<ImageHistoryEntry> ImageHistory { get; } = [];

    public Task<EquatableArray<HostProtocol.ImagePull>> PullImageAsync(
        string imageReference, RequestContext request, HostId? host = null, CancellationToken cancellationToken = default) =>
        Answer(new ComputeProtocol.PullImage(request, imageReference, host), () => Pulls[0]);

    public async Task<EquatableArray<HostProtocol.ImagePull>> WaitForPullAsync(
        string imageReference,
        RequestContext request,
        HostId? host = null,
        IProgress<EquatableArray<HostProtocol.ImagePull>>? progress = null,
        CancellationToken cancellationToken = default)
    {
        await Answer(new ComputeProtocol.PullImage(request, imageReference, host), () => 0);
        if (Hang is { } hang)
        {
            hang.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        foreach (var pulls in Pulls)
            progress?.Report(pulls);
        return Pulls[^1];
    }

    public Task<EquatableArray<HostProtocol.HostImages>> ListHostImagesAsync(
        HostId? host = null, CancellationToken cancellationToken = default) =>
        Answer(new ComputeProtocol.CollectImages(host, DryRun: true), () => HostImages);

    public Task<EquatableArray<HostProtocol.HostImages>> CollectImagesAsync(
        HostId? host = null, EquatableArray<ImageId> kept = default, CancellationToken cancellationToken = default) =>
        Answer(new ComputeProtocol.CollectImages(host, DryRun: false) { Kept = kept }, () => HostImages);

    public async IAsyncEnumerable<ImageHistoryEntry> GetImageHistoryAsync(
        HostId host,
        string? image = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Answer(new ComputeProtocol.GetImageHistory(host, image, 0, 1), () => 0);
        foreach (var entry in ImageHistory)
            yield return entry;
    }
}
