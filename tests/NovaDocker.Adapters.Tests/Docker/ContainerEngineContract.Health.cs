using NovaDocker.Domain.Instances;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

public abstract partial class ContainerEngineContract
{
    [SkippableTheory]
    [InlineData("exit 0", HealthStatus.Healthy)]
    [InlineData("exit 1", HealthStatus.Unhealthy)]
    public async Task A_health_check_comes_to_its_verdict_and_is_told_as_an_event(string command, HealthStatus verdict)
    {
        var engine = await ReadyAsync();
        var id = await engine.CreateContainerAsync(Spec(Deaf) with { HealthCheck = Check(command) }, None);
        Assert.Null((await GetAsync(engine, id)).Sighting.Health);

        await engine.StartContainerAsync(id, None);

        var judged = await Eventually.BecomesAsync(
            () => GetAsync(engine, id), c => c.Health is not null and not HealthStatus.Starting, "the check was made");
        Assert.Equal(verdict, judged.Sighting.Health);
        using var off = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await foreach (var happened in engine.WatchContainersAsync(judged.StartedAt!.Value - TimeSpan.FromSeconds(1), off.Token))
        {
            if (happened.ContainerId == id && happened.Action.StartsWith("health_status", StringComparison.Ordinal))
                break;
        }

        Assert.False(off.IsCancellationRequested, "no event told of it");
    }

    [SkippableFact]
    public async Task A_container_that_has_ended_has_no_health()
    {
        var engine = await ReadyAsync();
        var id = await engine.CreateContainerAsync(Spec(Deaf) with { HealthCheck = Check("exit 0") }, None);
        await engine.StartContainerAsync(id, None);

        await engine.KillContainerAsync(id, None);

        Assert.Null((await EndAsync(engine, id)).Sighting.Health);
    }

    [SkippableFact]
    public async Task A_check_that_is_switched_off_says_nothing()
    {
        var engine = await ReadyAsync();
        await LoadAsync(engine, """{"Healthcheck":{"Test":["CMD-SHELL","exit 0"],"Interval":200000000}}""");
        var on = await engine.CreateContainerAsync(Spec(Deaf) with { Image = $"{ImageTag}-saying" }, None);
        var off = await engine.CreateContainerAsync(
            Spec(Deaf) with { Image = $"{ImageTag}-saying", HealthCheck = HealthCheck.Off }, None);

        await engine.StartContainerAsync(off, None);
        await engine.StartContainerAsync(on, None);

        await Eventually.BecomesAsync(
            () => GetAsync(engine, on), c => c.Health == HealthStatus.Healthy, "the check of the image was made");
        Assert.Null((await GetAsync(engine, off)).Health);
    }

    private static HealthCheck Check(string command) => new(
        ["sh", "-c", command], TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.Zero, Retries: 1);
}
