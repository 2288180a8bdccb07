using NovaDocker.Actors.Images;
using NovaDocker.Benchmarks.Equipment;
using NovaDocker.Benchmarks.Harness;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;

namespace NovaDocker.Benchmarks.Images;

/// <summary>
/// How fast do image bytes get from a real Glance into the Engine and back, checksums and all, against <c>curl</c> and
/// <c>docker</c> in a pipe? What memory does that take, and what do many boots of one absent image cost?
/// </summary>
internal sealed class ImagesBenchmark(Workbench bench, string? givenEngine, string? givenCloud)
{
    private const string Download = "ensure-image";
    private const string Upload = "upload-snapshot";
    private const string PlainTag = "novadocker-benchmark/big:1";

    private static readonly Target AsFast = new(0.90, IsMost: false);
    private static readonly Target MostMemory = new(64, IsMost: true);
    private static readonly Target MostForMany = new(1.15, IsMost: true);

    /// <summary>Measures and writes the result.</summary>
    /// <param name="size">Size of the images that are timed, MiB.</param>
    /// <param name="large">Size of the image that memory is watched with, MiB.</param>
    /// <param name="rounds">Pairs.</param>
    /// <param name="boots">Boots at once.</param>
    public async Task RunAsync(int size, int large, int rounds, int boots)
    {
        var engine = await Engine.StartAsync(bench, givenEngine).ConfigureAwait(false);
        await using (engine.ConfigureAwait(false))
        {
            var cloud = await Cloud.StartAsync(bench, givenCloud).ConfigureAwait(false);
            await using (cloud.ConfigureAwait(false))
            {
                var node = await StartNodeAsync(engine, cloud).ConfigureAwait(false);
                await using (node.ConfigureAwait(false))
                {
                    var plain = new PlainTransfers(engine, cloud.Services, bench.Cancelled);
                    var image = await MakeAsync(plain, "timed", size).ConfigureAwait(false);
                    await TimeTransfersAsync(node, engine, plain, image, size, rounds).ConfigureAwait(false);
                    await plain.RemoveAsync(image).ConfigureAwait(false);
                    await WatchMemoryAsync(node, engine, plain, large).ConfigureAwait(false);
                    await TimeManyAsync(node, engine, plain, boots, rounds).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<LiveNode> StartNodeAsync(Engine engine, Cloud cloud)
    {
        var user = cloud.Services.User("nova");
        var password = Path.Combine(bench.Directory, "password");
        await File.WriteAllTextAsync(password, user.Password, bench.Cancelled).ConfigureAwait(false);
        var node = await LiveNode.StartAsync(
            bench, Path.Combine(bench.Directory, "n"), engine.Address, engine.Cluster,
            "novadocker.images.store=glance", $"novadocker.openstack.auth-url={cloud.Services.AuthUrl}",
            $"novadocker.openstack.user-name={user.Name}", $"novadocker.openstack.project-name={user.Project}",
            $"novadocker.openstack.password-file={password}", $"novadocker.openstack.region={cloud.Services.Region}")
            .ConfigureAwait(false);
        await Eventually.BecomesAsync(
            () => node.Client.ListHostsAsync(bench.Cancelled), hosts => hosts is [{ EngineState: EngineState.Healthy }],
            "the node sees its Engine").ConfigureAwait(false);
        return node;
    }

    private async Task<string> MakeAsync(PlainTransfers plain, string name, int mebibytes)
    {
        bench.Say($"making an image of {mebibytes} MiB and bringing it into Glance");
        var file = Path.Combine(bench.Directory, $"{name}.tar");
        await BigImage.WriteAsync(file, PlainTag, mebibytes, await ShellAsync().ConfigureAwait(false)).ConfigureAwait(false);
        var id = await plain.CreateAsync($"bench-{name}").ConfigureAwait(false);
        await plain.UploadFileAsync(id, file).ConfigureAwait(false);
        File.Delete(file);
        return id;
    }

    private async Task<DockerArchive> ShellAsync()
    {
        var archive = await Script.RunAsync(
            "docker/make-image.sh", "--output", Path.Combine(bench.Directory, "shell.tar"), "--name", PlainTag).ConfigureAwait(false);
        var file = File.OpenRead(archive.Trim());
        await using (file.ConfigureAwait(false))
            return await DockerArchive.ReadAsync(file, bench.Cancelled).ConfigureAwait(false);
    }

    private async Task TimeTransfersAsync(
        LiveNode node, Engine engine, PlainTransfers plain, string image, int size, int rounds)
    {
        var down = await bench.PairAsync(
            "download and load", rounds, () => DownloadAsync(node, engine, image, size), () => PlainDownloadAsync(engine, plain, image, size))
            .ConfigureAwait(false);
        Workbench.Write(new Table($"Glance to the Engine, {down.Count} pairs of {size} MiB")
            .Add("download and load, verified", "curl | docker load", down, "MiB/s", target: AsFast));

        var id = CommanderIds.NewInstanceId();
        await node.BootAsync(id, image).ConfigureAwait(false);
        var up = await bench.PairAsync(
            "snapshot upload", rounds, () => UploadAsync(node, plain, id, size), () => PlainUploadAsync(plain, image, size))
            .ConfigureAwait(false);
        Workbench.Write(new Table($"the Engine to Glance, {up.Count} pairs of {size} MiB")
            .Add("snapshot upload, verified", "docker save | curl -T -", up, "MiB/s", target: AsFast));
        await node.DeleteAsync(id).ConfigureAwait(false);
        await RemoveAsync(engine, image).ConfigureAwait(false);
    }

    private async Task<double> DownloadAsync(LiveNode node, Engine engine, string image, int size)
    {
        var id = CommanderIds.NewInstanceId();
        await node.BootAsync(id, image).ConfigureAwait(false);
        var time = await node.StepTimeAsync(id, Download).ConfigureAwait(false);
        await node.DeleteAsync(id).ConfigureAwait(false);
        await RemoveAsync(engine, image).ConfigureAwait(false);
        return size * 1000 / time;
    }

    private async Task<double> PlainDownloadAsync(Engine engine, PlainTransfers plain, string image, int size)
    {
        var time = await Workbench.TimeAsync(() => plain.LoadAsync(image)).ConfigureAwait(false);
        await engine.Client.RemoveImageAsync(PlainTag, bench.Cancelled).ConfigureAwait(false);
        return size * 1000 / time;
    }

    private static async Task<double> UploadAsync(LiveNode node, PlainTransfers plain, InstanceId id, int size)
    {
        var target = new SnapshotTarget(CommanderIds.NewImageId(), "bench-snapshot", PauseContainer: false);
        await node.SnapshotAsync(id, target).ConfigureAwait(false);
        await plain.RemoveAsync(target.ImageId.ToString()).ConfigureAwait(false);
        return size * 1000 / await node.StepTimeAsync(id, Upload).ConfigureAwait(false);
    }

    private static async Task<double> PlainUploadAsync(PlainTransfers plain, string image, int size)
    {
        var id = await plain.CreateAsync("bench-plain-snapshot").ConfigureAwait(false);
        var time = await Workbench.TimeAsync(() => plain.SaveAsync(TagOf(image), id)).ConfigureAwait(false);
        await plain.RemoveAsync(id).ConfigureAwait(false);
        return size * 1000 / time;
    }

    private async Task WatchMemoryAsync(LiveNode node, Engine engine, PlainTransfers plain, int large)
    {
        var image = await MakeAsync(plain, "large", large).ConfigureAwait(false);
        var id = CommanderIds.NewInstanceId();
        var download = PeakMemory.Watch(node.ProcessId);
        await node.BootAsync(id, image).ConfigureAwait(false);
        var loaded = download.RiseMiB;
        var upload = PeakMemory.Watch(node.ProcessId);
        var target = new SnapshotTarget(CommanderIds.NewImageId(), "bench-large", PauseContainer: false);
        await node.SnapshotAsync(id, target).ConfigureAwait(false);
        var saved = upload.RiseMiB;
        Workbench.Write(new Table($"resident memory of the node, with an image of {large} MiB")
            .Add("rise at most, while it is downloaded", loaded, "MiB", remark: MostMemory.Judge(loaded))
            .Add("rise at most, while its snapshot is uploaded", saved, "MiB", remark: MostMemory.Judge(saved)));
        await node.DeleteAsync(id).ConfigureAwait(false);
        await RemoveAsync(engine, image).ConfigureAwait(false);
        await plain.RemoveAsync(target.ImageId.ToString()).ConfigureAwait(false);
        await plain.RemoveAsync(image).ConfigureAwait(false);
    }

    private async Task TimeManyAsync(LiveNode node, Engine engine, PlainTransfers plain, int boots, int rounds)
    {
        const int Size = 64;
        var image = await MakeAsync(plain, "many", Size).ConfigureAwait(false);
        var host = (await node.Client.ListHostsAsync(bench.Cancelled).ConfigureAwait(false))[0].Id;
        var many = await bench.PairAsync(
            $"{boots} boots", rounds, () => AllAbsentAsync(node, engine, image, boots, host),
            () => OneAbsentAsync(node, engine, image, boots)).ConfigureAwait(false);
        Workbench.Write(new Table($"{boots} boots of one image of {Size} MiB, {many.Count} pairs; each time one download")
            .Add("all at once, the image absent", "one with it absent, the rest with it present", many, "ms", "0", MostForMany));
        await plain.RemoveAsync(image).ConfigureAwait(false);
    }

    private async Task<double> AllAbsentAsync(LiveNode node, Engine engine, string image, int boots, HostId host)
    {
        var before = await LoadsAsync(node, host, image).ConfigureAwait(false);
        var ids = NewIds(boots);
        var time = await Workbench.TimeAsync(() => bench.EachAsync(ids, boots, id => node.BootAsync(id, image))).ConfigureAwait(false);
        if (await LoadsAsync(node, host, image).ConfigureAwait(false) - before is not 1 and var loads)
            throw new BenchmarkException($"{boots} boots of one image made {loads} downloads; one is expected.");
        await ClearAsync(node, engine, image, ids).ConfigureAwait(false);
        return time;
    }

    private async Task<double> OneAbsentAsync(LiveNode node, Engine engine, string image, int boots)
    {
        var ids = NewIds(boots);
        var one = await Workbench.TimeAsync(() => node.BootAsync(ids[0], image)).ConfigureAwait(false);
        var rest = await Workbench.TimeAsync(() => bench.EachAsync(ids[1..], boots, id => node.BootAsync(id, image))).ConfigureAwait(false);
        await ClearAsync(node, engine, image, ids).ConfigureAwait(false);
        return one + rest;
    }

    private async Task<int> LoadsAsync(LiveNode node, HostId host, string image)
    {
        var loads = 0;
        await foreach (var entry in node.Client.GetImageHistoryAsync(host, image, bench.Cancelled).ConfigureAwait(false))
            loads += entry.Event == "loaded" ? 1 : 0;
        return loads;
    }

    private async Task ClearAsync(LiveNode node, Engine engine, string image, InstanceId[] ids)
    {
        await bench.EachAsync(ids, 8, node.DeleteAsync).ConfigureAwait(false);
        await RemoveAsync(engine, image).ConfigureAwait(false);
    }

    private static InstanceId[] NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => CommanderIds.NewInstanceId())];

    private Task RemoveAsync(Engine engine, string image) => engine.Client.RemoveImageAsync(TagOf(image), bench.Cancelled);

    private static string TagOf(string image) =>
        ImageTags.ForImage(ImageId.TryParse(image, out var id) ? id : throw new BenchmarkException($"'{image}' is no image's id."));
}
