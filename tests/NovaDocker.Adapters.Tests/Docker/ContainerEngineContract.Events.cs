using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

public abstract partial class ContainerEngineContract
{
    [SkippableFact]
    public async Task Events_tell_what_happened_since_then_and_what_happens_now()
    {
        var engine = await ReadyAsync();
        var id = await engine.CreateContainerAsync(Spec(Fails, ("colour", "blue")), None);
        await engine.StartContainerAsync(id, None);
        var started = (await EndAsync(engine, id)).StartedAt!.Value;

        var actions = new List<string>();
        using var off = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await foreach (var happened in engine.WatchContainersAsync(started - TimeSpan.FromSeconds(1), off.Token))
        {
            if (happened.ContainerId != id)
                continue;

            Assert.Equal("blue", happened.Labels["colour"]);
            Assert.InRange(happened.At, started - TimeSpan.FromSeconds(5), started + TimeSpan.FromMinutes(1));
            actions.Add(happened.Action);
            if (happened.Action == "die")
                await engine.RemoveContainerAsync(id, None);
            if (happened.Action == "destroy")
                break;
        }

        Assert.Subset(actions.ToHashSet(), new HashSet<string> { "start", "die", "destroy" });
        Assert.True(actions.IndexOf("start") < actions.IndexOf("die"));
    }

    [SkippableFact]
    public async Task Watching_ends_when_it_is_called_off()
    {
        var engine = await ReadyAsync();
        using var off = new CancellationTokenSource();
        await using var events = engine.WatchContainersAsync(DateTimeOffset.UnixEpoch, off.Token)
            .GetAsyncEnumerator(None);

        var next = Task.Run(async () =>
        {
            while (await events.MoveNextAsync())
            {
                // What other tests do on the same Engine is none of ours.
            }
        });
        await off.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.CompletesAsync(next, "watching ends"));
    }
}
