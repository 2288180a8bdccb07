using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

/// <content>What a process sees of limits that changed, and of a file system that was rescued.</content>
public sealed partial class DockerContainerEngineTests
{
    /// <summary>Prints its memory limit again and again, wherever this kernel shows it.</summary>
    private const string PrintsItsLimit =
        "while true; do cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null; sleep 0.2; done";

    [SkippableFact]
    public async Task A_process_that_runs_gets_its_new_limit_at_once()
    {
        var engine = await ReadyAsync();
        var id = await StartAsync(engine, ["sh", "-c", PrintsItsLimit]);
        await PrintsAsync(engine, id, 64L << 20);

        await engine.UpdateContainerAsync(id, new ContainerLimits(96L << 20, 96L << 20, 512, 0), None);
        await PrintsAsync(engine, id, 96L << 20);

        await engine.UpdateContainerAsync(id, new ContainerLimits(48L << 20, 48L << 20, 512, 0), None);
        await PrintsAsync(engine, id, 48L << 20);
    }

    [SkippableFact]
    public async Task What_a_rescue_container_changes_is_changed_in_the_instances_own_file_system()
    {
        var engine = await ReadyAsync();
        await SkipWithoutOverlayAsync();
        var instance = await engine.CreateContainerAsync(
            Spec(["sh", "-c", "test -e /broken || { echo before > /broken; touch /removed; }; cat /broken; test -e /removed && echo removed is there"]),
            None);
        await RunAsync(engine, instance);
        var layers = (await GetAsync(engine, instance)).Overlay;
        Assert.NotNull(layers);
        var volume = await MakeVolumeAsync(engine, layers);

        var rescue = await engine.CreateContainerAsync(
            Spec(["sh", "-ec", "cat /mnt/rescue/broken; echo mended > /mnt/rescue/broken; rm /mnt/rescue/removed; ls /mnt/rescue"]) with
            {
                Volume = new VolumeMount(volume.Name, "/mnt/rescue"),
            },
            None);
        var ended = await RunAsync(engine, rescue);
        var seen = (await engine.ReadConsoleAsync(rescue, 100, 10_000, null, None)).Text;
        await engine.RemoveContainerAsync(rescue, None);
        await engine.RemoveVolumeAsync(volume.Name, None);

        Assert.Equal(0, ended.ExitCode);
        Assert.StartsWith("before\n", seen, StringComparison.Ordinal);
        Assert.Contains("\nbin\n", seen, StringComparison.Ordinal);
        await RunAsync(engine, instance);
        var said = (await engine.ReadConsoleAsync(instance, 100, 10_000, null, None)).Text;
        Assert.Equal("before\nremoved is there\nmended\n", said);
    }

    [SkippableFact]
    public async Task The_file_system_can_be_brought_within_reach_again_and_again()
    {
        var engine = await ReadyAsync();
        await SkipWithoutOverlayAsync();
        var instance = await engine.CreateContainerAsync(Spec(["true"]), None);
        var layers = (await GetAsync(engine, instance)).Overlay;
        Assert.NotNull(layers);

        for (var time = 1; time <= 3; time++)
        {
            var volume = await MakeVolumeAsync(engine, layers);
            var rescue = await engine.CreateContainerAsync(
                Spec(["sh", "-c", "echo x >> /mnt/rescue/count; cat /mnt/rescue/count"]) with
                {
                    Volume = new VolumeMount(volume.Name, "/mnt/rescue"),
                },
                None);
            Assert.Equal(0, (await RunAsync(engine, rescue)).ExitCode);
            var lines = (await engine.ReadConsoleAsync(rescue, 100, 10_000, null, None)).Text;
            Assert.Equal(time, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
            await engine.RemoveContainerAsync(rescue, None);
            await engine.RemoveVolumeAsync(volume.Name, None);
        }
    }

    private static async Task<ContainerSnapshot> RunAsync(IContainerEngine engine, string id)
    {
        await engine.StartContainerAsync(id, None);
        return await EndAsync(engine, id);
    }

    private async Task<VolumeSpec> MakeVolumeAsync(IContainerEngine engine, OverlayLayers layers)
    {
        var volume = Volume("") with
        {
            DriverOptions = new EquatableMap<string>(new Dictionary<string, string>
            {
                ["type"] = "overlay",
                ["device"] = "overlay",
                ["o"] = $"lowerdir={layers.Lower},upperdir={layers.Upper},workdir={layers.Work}",
            }),
        };
        await engine.CreateVolumeAsync(volume, None);
        return volume;
    }

    private static Task<ConsoleText> PrintsAsync(IContainerEngine engine, string id, long bytes) => Eventually.BecomesAsync(
        () => engine.ReadConsoleAsync(id, 1, 1000, null, None), text => text.Text == $"{bytes}\n", $"the limit is {bytes}");
}
