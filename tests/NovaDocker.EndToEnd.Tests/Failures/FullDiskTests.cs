using System.Formats.Tar;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests.Failures;

/// <summary>
/// The disk is full that images lie on: the Engine's while one is loaded, the embedded store's while a snapshot is taken in.
/// What does not fit leaves nothing behind, says why, and with room again the same works.
/// </summary>
[Collection(nameof(Failures))]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int MiB = 1024 * 1024;

    [SkippableFact]
    public async Task An_image_that_the_Engine_has_no_room_for_fails_the_boot_alone_and_leaves_nothing()
    {
        await using var disk = await SmallDisk.InMemoryAsync(48);
        await using var engine = await EngineProcess.StartAsync(Path.Combine(disk.Path, "e"));
        await using var lab = Lab.On(
            new Uri(engine.Address), "images.disk-reserve-mb=0", "instances.retry.max-attempts=2",
            "instances.retry.initial-backoff=100ms");
        await lab.OpenAsync();
        var beside = (await lab.BootAsync("beside")).Text("id")!;
        var big = $"big-{CommanderIds.NewImageId()}";
        await lab.AddImageAsync(big, WithNoise(lab.Shell(["sleep", "3600"]), 32 * MiB));
        var images = await ImagesAsync(lab);
        var free = disk.FreeBytes;

        var id = CommanderIds.NewInstanceId();
        var view = await lab.EndOfAsync(await BootAsync(lab, id, big));

        Assert.Equal(InstancePhase.Error, view.Phase);
        Assert.Contains("no space left on device", view.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal("boot-failed", (await lab.HistoryAsync(id.ToString()))[^1].Text("event"));
        Assert.Equal(images, await ImagesAsync(lab));
        Assert.Empty(await lab.ContainersOfAsync(id.ToString()));
        await Eventually.HoldsAsync(() => disk.FreeBytes > free - MiB, "the room is given back");
        await lab.EndOfAsync(await lab.Client.RebootAsync(InstanceId.Parse(beside), Lab.NewRequest(), hard: true));
        Assert.Equal(InstancePhase.Active, (await lab.RestsAsync(beside, InstancePhase.Active))!.Phase);

        await disk.EnlargeAsync(256);
        await lab.DeleteAsync(id.ToString());
        var again = CommanderIds.NewInstanceId();
        Assert.Equal(InstancePhase.Active, (await lab.EndOfAsync(await BootAsync(lab, again, big))).Phase);
        await lab.DeleteAsync(again.ToString(), beside);
        output.WriteLine(lab.Log);
    }

    [SkippableFact]
    public async Task An_image_that_would_leave_too_little_room_is_not_even_moved()
    {
        await using var disk = await SmallDisk.InMemoryAsync(48);
        await using var engine = await EngineProcess.StartAsync(Path.Combine(disk.Path, "e"));
        await using var lab = Lab.On(new Uri(engine.Address), "images.disk-reserve-mb=24");
        await lab.OpenAsync();
        var big = $"big-{CommanderIds.NewImageId()}";
        await lab.AddImageAsync(big, WithNoise(lab.Shell(["sleep", "3600"]), 32 * MiB));
        var free = disk.FreeBytes;

        var pull = await lab.RunAsync("image-pull", big, "--json");

        Assert.Equal("no-capacity", pull.Expect(1).Failure.Text("error"));
        Assert.Matches($"needs 3[0-9] MiB, and 24 MiB to be kept free .*{disk.Path}/e.* has [0-9]+ MiB free", pull.Failure.Text("message"));
        Assert.DoesNotContain(lab.Proxy.Requests, line => line.Contains("/images/load", StringComparison.Ordinal));
        Assert.InRange(disk.FreeBytes, free - (256 * 1024), free + (256 * 1024));
        output.WriteLine(lab.Log);
    }

    [SkippableFact]
    public async Task A_snapshot_that_the_store_has_no_room_for_leaves_nothing_and_the_instance_as_it_was()
    {
        await using var disk = await SmallDisk.InMemoryAsync(8);
        await using var lab = Lab.Empty(
            $"images.store-directory={disk.Path}/images", "instances.retry.max-attempts=2", "instances.retry.initial-backoff=100ms");
        await lab.OpenAsync();
        var id = CommanderIds.NewInstanceId();
        await lab.EndOfAsync(await BootAsync(
            lab, id, lab.ImageName, "sh", "-c", "busybox head -c 12582912 /dev/urandom >/noise; echo written; exec sleep 3600"));
        await Eventually.BecomesAsync(
            () => lab.Client.GetConsoleOutputAsync(id, 1), said => said.Text == "written\n", "the container has its noise");
        var free = disk.FreeBytes;

        var target = new SnapshotTarget(CommanderIds.NewImageId(), $"snapshot-of-{id}", PauseContainer: true);
        var view = await lab.EndOfAsync(await lab.Client.SnapshotAsync(id, Lab.NewRequest(), target));

        Assert.Equal(InstancePhase.Active, view.Phase);
        Assert.Contains(disk.Path, view.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal("snapshot-failed", (await lab.HistoryAsync(id.ToString()))[^1].Text("event"));
        Assert.DoesNotContain(await lab.Client.ListImagesAsync().ReadAllAsync(), image => image.Id == target.ImageId);
        Assert.Null(await lab.Engine.ImageAsync($"novadocker/snapshot:{target.ImageId}"));
        Assert.Equal(2, Directory.GetFiles(lab.StoreDirectory).Length);
        Assert.InRange(disk.FreeBytes, free - (64 * 1024), free + (64 * 1024));

        await disk.EnlargeAsync(64);
        await lab.EndOfAsync(await lab.Client.SnapshotAsync(
            id, Lab.NewRequest(), target with { ImageId = CommanderIds.NewImageId() }));
        Assert.Contains(await lab.Client.ListImagesAsync().ReadAllAsync(), image => image.Name == target.Name);
        await lab.DeleteAsync(id.ToString());
        output.WriteLine(lab.Log);
    }

    private static Task<InstanceProtocol.CommandReply> BootAsync(Lab lab, InstanceId id, string image, params string[] command) =>
        lab.Client.BootAsync(new(id, Lab.NewRequest(), "full", image, 64, 1, [.. command], EquatableMap<string>.Empty));

    /// <summary>Ids of all the images of the Engine, which is nobody else's, those without a name among them.</summary>
    private static async Task<IReadOnlyList<string>> ImagesAsync(Lab lab) =>
        [.. (await lab.Engine.AllImagesAsync()).Select(image => image!.Text("Id")!).Order(StringComparer.Ordinal)];

    /// <summary>The image with one layer more, which no compression makes smaller.</summary>
    private static DockerArchive WithNoise(DockerArchive image, int bytes)
    {
        var noise = new byte[bytes];
        new Random(1).NextBytes(noise);
        using var layer = new MemoryStream();
        using (var tar = new TarWriter(layer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "noise")
            {
                ModificationTime = DateTimeOffset.UnixEpoch,
                DataStream = new MemoryStream(noise),
            });
        }

        return DockerArchive.Create(image.Tags[0], image.Labels, image.Command, [.. image.Layers, layer.ToArray()]);
    }
}
