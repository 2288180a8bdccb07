using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Images.ImageLedgerEvents;

namespace NovaDocker.Wire.Tests;

/// <summary>The ledgers of images, and what is said of the images in the hosts' Engines.</summary>
public static partial class Samples
{
    private static LedgerHeader Ledger => new(Token.Writer, Time, Host, Image, "cirros:0.6 ünïcode");

    private static HostImageView HeldImage => new(
        Image, "cirros", "sha256:feed", 12_345_678_901, Time, Time.AddHours(1), 2, ImageFate.Stays, null, 0, "Used by 2 instances.");

    private static HostProtocol.HostImages ImagesOfHost => new(
        Host,
        [
            HeldImage with { Instances = 0, Fate = ImageFate.Gone, Reason = CollectReason.Age, FreedBytes = 1L << 33, Why = "Old." },
            HeldImage,
            HeldImage with { Name = "", LoadedAt = null, LastUsed = null },
        ],
        3, new DiskUse("/var/lib/docker", 1L << 40, 1L << 30), null);

    private static IEnumerable<Sample> LedgerEvents()
    {
        yield return new("host-image-pull-requested", new PullRequested(Ledger, Request));
        yield return new("host-image-loaded", new Loaded(
            Ledger, "sha256:feed", "sha512:0123", 12_345_678_901, "store", LoadCause.Of(Instance)));
        yield return new("host-image-loaded-found", new Loaded(
            Ledger with { Name = "" }, "sha256:feed", "", 0, "engine", LoadCause.Of(Request)));
        yield return new("host-image-load-failed", new LoadFailed(Ledger, Fault, Time.AddSeconds(2), LoadCause.Of(Instance)));
        yield return new("host-image-load-failed-for-good", new LoadFailed(Ledger, Fault, null, LoadCause.Of(Request)));
        yield return new("host-image-use-began", new UseChanged(Ledger, InUse: true));
        yield return new("host-image-use-ended", new UseChanged(Ledger, InUse: false));
        yield return new("host-image-vanished", new Vanished(Ledger));
        yield return new("host-image-collection-begun", new CollectionBegun(Ledger, CollectReason.Age, 1L << 33));
        foreach (var reason in Enum.GetValues<CollectReason>())
            yield return new($"host-image-collected-{reason}", new Collected(Ledger, "sha256:feed", reason, 1L << 33));
        yield return new("host-image-collection-failed", new CollectionFailed(Ledger, CollectReason.Disk, Fault));
    }

    private static IEnumerable<Sample> HostImageMessages()
    {
        yield return new("host-pull-image", new HostProtocol.PullImage(Host, Request, "cirros") { Token = KeystoneToken });
        yield return new("host-pull-image-bare", new HostProtocol.PullImage(Host, Request, "cirros"));
        foreach (var state in Enum.GetValues<PullState>())
            yield return new($"image-pull-{state}", new HostProtocol.ImagePull(Host, state, Image, "cirros"));
        yield return new("image-pull-under-way", new HostProtocol.ImagePull(Host, PullState.Pulling, Image, "cirros")
        {
            Progress = new TransferProgress(1, 2) { BytesPerSecond = 3, WaitsFor = "a slot" },
        });
        yield return new("image-pull-with-fault", new HostProtocol.ImagePull(Host, PullState.Failed, Image, "cirros") { Fault = Fault });
        yield return new("image-pull-with-refusal", new HostProtocol.ImagePull(Host, PullState.Refused, null, "cirros")
        {
            Refusal = RefusalCode.ImageNotFound,
            RefusalReason = "No image is called so.",
        });
        yield return new("host-collect-images", new HostProtocol.CollectImages(Host, DryRun: true));
        yield return new("host-images", ImagesOfHost);
        yield return new("host-images-unknown", new HostProtocol.HostImages(Host, [], 0, null, "The Engine does not answer."));
        yield return new("pull-image", new PullImage(Request, "cirros", Host) { Token = KeystoneToken });
        yield return new("pull-image-bare", new PullImage(Request, "cirros", null));
        yield return new("image-pull-report", new ImagePullReport([new HostProtocol.ImagePull(Host, PullState.Present, Image, "cirros")]));
        yield return new("collect-images", new CollectImages(Host, DryRun: false));
        yield return new("collect-images-everywhere", new CollectImages(null, DryRun: true));
        yield return new("host-images-report", new HostImagesReport([ImagesOfHost]));
        yield return new("get-image-history", new GetImageHistory(Host, "cirros", 100, 20));
        yield return new("get-image-history-of-all", new GetImageHistory(Host, null, 0, 20));
        yield return new("image-history-page", new ImageHistoryPage(
            Host,
            [
                .. LedgerEvents().Select((sample, i) => ImageHistoryEntry.Of(i + 1, (LedgerEvent)sample.Message)),
            ]));
        yield return new("image-history-page-empty", new ImageHistoryPage(Host, []));
    }
}
