using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Hosts.HostProtocol;

namespace NovaDocker.Cli.Tests.Commands;

/// <summary>The verbs about the images in the hosts' Engines.</summary>
public sealed class HostImageTests
{
    private static readonly HostId Host = new("host-1");

    private readonly Shell _shell = new();

    [Fact]
    public async Task A_pull_shows_how_it_gets_on_and_where_the_image_is()
    {
        _shell.Client.Pulls.Add([Pull(PullState.Pulling) with { Progress = new TransferProgress(0, null) { WaitsFor = "a free transfer slot" } }]);
        _shell.Client.Pulls.Add([Pull(PullState.Pulling)]);
        _shell.Client.Pulls.Add([Pull(PullState.Pulled)]);

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("image-pull", "busybox", "--request-id", "req-7"));

        var asked = Assert.IsType<ComputeProtocol.PullImage>(Assert.Single(_shell.Client.Sent));
        Assert.Equal(("req-7", "busybox", null), (asked.Request.RequestId, asked.ImageReference, asked.HostId));
        Assert.Contains("image-pull busybox: pulling, waiting for a free transfer slot", _shell.Error, StringComparison.Ordinal);
        Assert.Equal($"{Samples.Busybox} busybox: pulled on host host-1\n", _shell.Out);
    }

    [Fact]
    public async Task An_image_that_is_there_is_said_to_be_so()
    {
        _shell.Client.Pulls.Add([Pull(PullState.Present)]);

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("image-pull", "busybox", "--host", "host-1"));

        Assert.Equal(Host, Assert.IsType<ComputeProtocol.PullImage>(Assert.Single(_shell.Client.Sent)).HostId);
        Assert.Contains("already present on host host-1", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_waiting_an_accepted_pull_is_the_end()
    {
        _shell.Client.Pulls.Add([Pull(PullState.Pulling)]);

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("--json", "image-pull", "busybox", "--no-wait"));

        Assert.Equal("pulling", Assert.Single(_shell.Rows).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(RefusalCode.ImageNotFound, ExitCodes.NotFound)]
    [InlineData(RefusalCode.InvalidArgument, ExitCodes.Refused)]
    public async Task A_refusal_ends_as_that_of_a_boot(RefusalCode code, int exitCode)
    {
        _shell.Client.Pulls.Add([new ImagePull(Host, PullState.Refused, null, "busybox") { Refusal = code, RefusalReason = "Not that one." }]);

        Assert.Equal(exitCode, await _shell.RunAsync("image-pull", "busybox"));

        Assert.Contains("Not that one.", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_on_one_host_of_two_names_it_and_shows_the_other()
    {
        _shell.Client.Pulls.Add(
        [
            Pull(PullState.Pulled) with { HostId = new HostId("host-2") },
            Pull(PullState.Failed) with { Fault = new Fault(FaultCode.NoCapacity, "No room.") },
        ]);

        Assert.Equal(ExitCodes.Failed, await _shell.RunAsync("--json", "image-pull", "busybox"));

        Assert.Equal("host-2", Assert.Single(_shell.Rows).GetProperty("host").GetString());
        Assert.Equal("no-capacity", _shell.ErrorRow.GetProperty("error").GetString());
        Assert.Contains("on host host-1: No room.", _shell.ErrorRow.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_tells_what_went_what_stays_and_why()
    {
        _shell.Client.HostImages = [Images(ImageFate.Gone)];

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("image-gc"));

        Assert.Equal([new ComputeProtocol.CollectImages(null, DryRun: false)], _shell.Client.Sent);
        Assert.Matches("busybox +2.0 MiB .* gone +Nobody uses it", _shell.Out);
        Assert.Matches("- +- +1 +stays +Used by 1 instance", _shell.Out);
        Assert.Contains("2 images of ours. 1 went, 2.0 MiB at most. /docker: 75.0 % of 4.0 KiB used", _shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image-gc", "--dry-run")]
    [InlineData("images", "--on-hosts")]
    public async Task What_would_go_is_only_told(params string[] line)
    {
        _shell.Client.HostImages = [Images(ImageFate.WouldGo)];

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync([.. line, "--json"]));

        Assert.Equal([new ComputeProtocol.CollectImages(null, DryRun: true)], _shell.Client.Sent);
        Assert.Equal(["would-go", "stays"], _shell.Rows.Select(row => row.GetProperty("fate").GetString()));
        Assert.Equal("on-demand", _shell.Rows[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_host_that_knows_nothing_of_its_images_fails_the_command()
    {
        _shell.Client.HostImages = [new HostImages(Host, [], 0, null, "The Engine does not answer.")];

        Assert.Equal(ExitCodes.Failed, await _shell.RunAsync("image-gc"));
        Assert.Contains("The Engine does not answer.", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_of_an_image_is_asked_of_every_host()
    {
        _shell.Client.ImageHistory.Add(ImageHistoryEntry.Of(3, new ImageLedgerEvents.LoadFailed(
            new ImageLedgerEvents.LedgerHeader(Guid.Empty, Samples.Noon, Host, Samples.Busybox, "busybox"),
            new Fault(FaultCode.Unavailable, "The store\nis away."), null, LoadCause.Of(Samples.Web))));

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("image-history", "busybox"));

        Assert.Contains(new ComputeProtocol.GetImageHistory(_shell.Client.Host.Id, "busybox", 0, 1), _shell.Client.Sent);
        Assert.Matches("3 +2026-03-01 12:00:00.000Z +load-failed +result .*busybox .*message=The store.*is away", _shell.Out);
    }

    [Fact]
    public async Task A_transfer_tells_its_pace_and_what_is_left()
    {
        var progress = new TransferProgress(10 << 20, 40 << 20) { BytesPerSecond = 2 << 20 };

        Assert.Equal(TimeSpan.FromSeconds(15), progress.Remaining);
        _shell.Client.Instances.Add(Samples.View(Samples.Web) with
        {
            Operation = new OperationView(Samples.Operation, InstanceVerb.Boot, StepKind.EnsureImage, 1, null, progress),
        });
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("show", Samples.Web.ToString()));

        Assert.Contains("10.0 MiB of 40.0 MiB, 2.0 MiB/s, 15.0s left", _shell.Out, StringComparison.Ordinal);
    }

    private static ImagePull Pull(PullState state) => new(Host, state, Samples.Busybox, "busybox");

    private static HostImages Images(ImageFate fate) => new(
        Host,
        [
            new HostImageView(
                Samples.Busybox, "busybox", "sha256:1", 2 << 20, Samples.Noon, Samples.Noon, 0, fate, CollectReason.OnDemand, 2 << 20,
                "Nobody uses it."),
            new HostImageView(
                new ImageId(new Guid(8, 0, 0, new byte[8])), "", "sha256:2", 1, null, null, 1, ImageFate.Stays, null, 0, "Used by 1 instance."),
        ],
        0, new DiskUse("/docker", 4096, 1024), null);
}
