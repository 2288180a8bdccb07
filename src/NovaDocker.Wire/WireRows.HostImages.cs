using NovaDocker.Wire.Mapping;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Images.ImageLedgerEvents;
using HostProtocol = NovaDocker.Domain.Hosts.HostProtocol;

namespace NovaDocker.Wire;

/// <content>The images in the hosts' Engines: what their ledgers hold, and what is said of them.</content>
internal static partial class WireRows
{
    private static WireRow[] HostImageEvents() =>
    [
        WireRow.Of<PullRequested, V1.ImagePullRequested>(
            "host.images.pull-requested.v1", V1.ImagePullRequested.Parser, ImageLedgerMapping.ToWire, ImageLedgerMapping.ToDomain),
        WireRow.Of<Loaded, V1.ImageLoadedHere>(
            "host.images.loaded.v1", V1.ImageLoadedHere.Parser, ImageLedgerMapping.ToWire, ImageLedgerMapping.ToDomain),
        WireRow.Of<LoadFailed, V1.ImageLoadFailed>(
            "host.images.load-failed.v1", V1.ImageLoadFailed.Parser, ImageLedgerMapping.ToWire, ImageLedgerMapping.ToDomain),
        WireRow.Of<UseChanged, V1.ImageUseChanged>(
            "host.images.use-changed.v1", V1.ImageUseChanged.Parser, ImageLedgerMapping.ToWire, ImageLedgerMapping.ToDomain),
        WireRow.Of<Vanished, V1.ImageVanished>(
            "host.images.vanished.v1", V1.ImageVanished.Parser, ImageLedgerMapping.ToWire, ImageLedgerMapping.ToDomain),
        WireRow.Of<CollectionBegun, V1.ImageCollectionBegun>(
            "host.images.collection-begun.v1", V1.ImageCollectionBegun.Parser, ImageLedgerMapping.ToWire, ImageLedgerMapping.ToDomain),
        WireRow.Of<Collected, V1.ImageCollected>(
            "host.images.collected.v1", V1.ImageCollected.Parser, ImageLedgerMapping.ToWire, ImageLedgerMapping.ToDomain),
        WireRow.Of<CollectionFailed, V1.ImageCollectionFailed>(
            "host.images.collection-failed.v1", V1.ImageCollectionFailed.Parser, ImageLedgerMapping.ToWire, ImageLedgerMapping.ToDomain),
    ];

    private static WireRow[] HostImages() =>
    [
        WireRow.Of<HostProtocol.PullImage, V1.HostPullImage>(
            "host.pull-image.v1", V1.HostPullImage.Parser, HostImageMapping.ToWire, HostImageMapping.ToDomain),
        WireRow.Of<HostProtocol.ImagePull, V1.ImagePull>(
            "host.image-pull.v1", V1.ImagePull.Parser, HostImageMapping.ToWire, HostImageMapping.ToDomain),
        WireRow.Of<HostProtocol.CollectImages, V1.HostCollectImages>(
            "host.collect-images.v1", V1.HostCollectImages.Parser, HostImageMapping.ToWire, HostImageMapping.ToDomain),
        WireRow.Of<HostProtocol.HostImages, V1.HostImages>(
            "host.images.v1", V1.HostImages.Parser, HostImageMapping.ToWire, HostImageMapping.ToDomain),
        WireRow.Of<PullImage, V1.PullImage>(
            "compute.pull-image.v1", V1.PullImage.Parser, HostImageMapping.ToWire, HostImageMapping.ToDomain),
        WireRow.Of<ImagePullReport, V1.ImagePullReport>(
            "compute.image-pull-report.v1", V1.ImagePullReport.Parser, HostImageMapping.ToWire, HostImageMapping.ToDomain),
        WireRow.Of<CollectImages, V1.CollectImages>(
            "compute.collect-images.v1", V1.CollectImages.Parser, HostImageMapping.ToWire, HostImageMapping.ToDomain),
        WireRow.Of<HostImagesReport, V1.HostImagesReport>(
            "compute.host-images-report.v1", V1.HostImagesReport.Parser, HostImageMapping.ToWire, HostImageMapping.ToDomain),
        WireRow.Of<GetImageHistory, V1.GetImageHistory>(
            "compute.get-image-history.v1", V1.GetImageHistory.Parser, HostImageMapping.ToWire, HostImageMapping.ToDomain),
        WireRow.Of<ImageHistoryPage, V1.ImageHistoryPage>(
            "compute.image-history-page.v1", V1.ImageHistoryPage.Parser, HostImageMapping.ToWire, HostImageMapping.ToDomain),
    ];
}
