using NovaDocker.Actors.Docker;
using NovaDocker.Adapters.Tests.Docker.Options;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

/// <content>Limits that change, volumes, and what file systems are put together of.</content>
public abstract partial class ContainerEngineContract
{
    private static readonly ContainerLimits Wider = new(128L << 20, 128L << 20, 2048, 500_000_000);

    [SkippableFact]
    public async Task Update_changes_the_limits_of_what_runs_and_does_not_disturb_it()
    {
        var engine = await ReadyAsync();
        var id = await StartAsync(engine, Deaf);
        var before = await GetAsync(engine, id);

        await engine.UpdateContainerAsync(id, Wider, None);
        await engine.UpdateContainerAsync(id, Wider, None);
        await AssertLimitsAsync(engine, id, Wider);
        var narrower = Wider with { MemoryBytes = 32L << 20, MemorySwapBytes = 32L << 20 };
        await engine.UpdateContainerAsync(id, narrower with { NanoCpus = 0 }, None);

        // A limit of 0 is none that is asked for: the Engine leaves what there is.
        await AssertLimitsAsync(engine, id, narrower);
        var after = await GetAsync(engine, id);
        Assert.Equal((before.Pid, before.StartedAt, ContainerStatus.Running), (after.Pid, after.StartedAt, after.Status));
        Assert.Equal(before.Labels, after.Labels);
    }

    [SkippableFact]
    public async Task Update_changes_the_limits_of_what_does_not_run()
    {
        var engine = await ReadyAsync();
        var id = await engine.CreateContainerAsync(Spec(Deaf), None);

        await engine.UpdateContainerAsync(id, Wider, None);

        await engine.StartContainerAsync(id, None);
        Assert.True((await GetAsync(engine, id)).IsRunning);
        await AssertLimitsAsync(engine, id, Wider);
    }

    [SkippableFact]
    public async Task Update_of_what_is_not_there_is_not_found()
    {
        var engine = await ReadyAsync();

        await FailsAsync(EngineErrorKind.NotFound, () => engine.UpdateContainerAsync("novadocker-test-absent", Wider, None));
    }

    [SkippableFact]
    public async Task A_stop_without_grace_kills_at_once()
    {
        var engine = await ReadyAsync();
        var patient = Spec(Deaf) with { Options = Set.Of(Set.To(OptionKeys.StopTimeout, 3600)) };
        var id = await engine.CreateContainerAsync(patient, None);
        await engine.StartContainerAsync(id, None);

        await Eventually.CompletesAsync(engine.StopContainerAsync(id, TimeSpan.Zero, None), "it is stopped");

        Assert.Equal((ContainerStatus.Exited, 137), ((await GetAsync(engine, id)).Status, (await GetAsync(engine, id)).ExitCode));
    }

    [SkippableFact]
    public async Task What_a_file_system_is_put_together_of_is_shown_by_a_look_at_the_container()
    {
        var engine = await ReadyAsync();
        await SkipWithoutOverlayAsync();
        var id = await engine.CreateContainerAsync(Spec(Deaf), None);

        var layers = (await GetAsync(engine, id)).Overlay;

        Assert.NotNull(layers);
        Assert.All(new[] { layers.Upper, layers.Work }, path => Assert.StartsWith("/", path, StringComparison.Ordinal));
        Assert.All(layers.Lower.Split(':'), path => Assert.StartsWith("/", path, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_volume_is_made_once_and_removed_once_and_no_harm_is_done_by_more()
    {
        var engine = await ReadyAsync();
        var volume = Volume("/nowhere/1");

        Assert.Null(await MountOfAsync(engine, volume.Name));
        await engine.CreateVolumeAsync(volume, None);
        await engine.CreateVolumeAsync(volume, None);
        Assert.Equal(volume.DriverOptions, await MountOfAsync(engine, volume.Name));
        await engine.RemoveVolumeAsync(volume.Name, None);
        Assert.Null(await MountOfAsync(engine, volume.Name));
        await engine.RemoveVolumeAsync(volume.Name, None);
    }

    [SkippableFact]
    public async Task A_volume_that_is_there_stays_as_it_is_whatever_it_is_made_with_again()
    {
        var engine = await ReadyAsync();
        var first = Volume("/nowhere/1");
        await engine.CreateVolumeAsync(first, None);

        await engine.CreateVolumeAsync(Volume("/nowhere/2"), None);

        Assert.Equal(first.DriverOptions, await MountOfAsync(engine, first.Name));
        await engine.RemoveVolumeAsync(first.Name, None);
    }

    [SkippableFact]
    public async Task A_volume_that_a_container_uses_cannot_be_removed()
    {
        var engine = await ReadyAsync();
        var volume = Volume("/nowhere/1");
        await engine.CreateVolumeAsync(volume, None);
        var id = await engine.CreateContainerAsync(Spec(Deaf) with { Volume = new VolumeMount(volume.Name, "/mnt/rescue") }, None);

        await FailsAsync(EngineErrorKind.Conflict, () => engine.RemoveVolumeAsync(volume.Name, None));

        await engine.RemoveContainerAsync(id, None);
        await engine.RemoveVolumeAsync(volume.Name, None);
    }

    /// <summary>Asserts what the Engine holds a container to.</summary>
    protected abstract Task AssertLimitsAsync(IContainerEngine engine, string id, ContainerLimits limits);

    /// <summary>What the Engine mounts for a volume; null where there is no such volume.</summary>
    protected abstract Task<EquatableMap<string>?> MountOfAsync(IContainerEngine engine, string volume);

    /// <summary>Skips the test where the Engine, by what it says of itself, keeps file systems in another way than <c>overlay2</c>.</summary>
    protected abstract Task SkipWithoutOverlayAsync();

    protected VolumeSpec Volume(string device) => new(
        $"novadocker-test-{_run}", RunLabels,
        new EquatableMap<string>(new Dictionary<string, string> { ["type"] = "none", ["device"] = device, ["o"] = "bind" }));
}
