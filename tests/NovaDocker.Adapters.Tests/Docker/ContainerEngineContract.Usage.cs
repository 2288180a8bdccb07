using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Adapters.Tests.Docker;

/// <content>What containers use.</content>
public abstract partial class ContainerEngineContract
{
    [SkippableFact]
    public async Task Usage_is_told_while_the_process_is_there_frozen_or_not()
    {
        var engine = await ReadyAsync();
        var id = await StartAsync(engine, Deaf);

        var running = await engine.ReadUsageAsync(id, None);
        await engine.PauseContainerAsync(id, None);
        var paused = await engine.ReadUsageAsync(id, None);

        AssertPlausible(running);
        AssertPlausible(paused);
        Assert.True(paused!.CpuTime >= running!.CpuTime);
    }

    [SkippableFact]
    public async Task Usage_of_what_does_not_run_is_nothing()
    {
        var engine = await ReadyAsync();
        var created = await engine.CreateContainerAsync(Spec(Deaf), None);
        var ended = await StartAsync(engine, Fails);
        await EndAsync(engine, ended);

        Assert.Null(await engine.ReadUsageAsync(created, None));
        Assert.Null(await engine.ReadUsageAsync(ended, None));
        await FailsAsync(EngineErrorKind.NotFound, () => engine.ReadUsageAsync("novadocker-test-absent", None));
    }

    private static void AssertPlausible(ContainerUsage? usage)
    {
        Assert.NotNull(usage);
        Assert.InRange(usage.CpuTime, TimeSpan.FromMicroseconds(1), TimeSpan.FromMinutes(1));
        Assert.InRange(usage.MemoryBytes ?? 0, 1, 1L << 30);
    }
}
