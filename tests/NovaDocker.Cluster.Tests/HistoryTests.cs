using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

public sealed class HistoryTests
{
    [Fact]
    public async Task A_long_history_comes_in_pages_without_gap_or_double()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await host.BootedAsync();
        for (var i = 0; i < 100; i++)
            Assert.IsType<AlreadyDone>(await host.AskAsync<CommandReply>(Commands.Of(InstanceVerb.Start, id, $"req-{i}")));

        var whole = await host.HistoryAsync(id);
        Assert.InRange(whole.Count, ComputeProtocol.MaxPage + 1, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, whole.Count).Select(n => (long)n), whole.Select(entry => entry.Sequence));
        Assert.Equal(whole, await host.HistoryAsync(id, limit: 7));
        Assert.Equal(whole.Count, (await host.ViewAsync(id))!.Revision);
    }

    [Fact]
    public async Task The_instance_is_shown_as_it_was_between_any_two_events()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await host.BootedAsync();
        foreach (var (verb, phase) in new[]
                 {
                     (InstanceVerb.Pause, InstancePhase.Paused), (InstanceVerb.Unpause, InstancePhase.Active),
                     (InstanceVerb.Stop, InstancePhase.Stopped), (InstanceVerb.Delete, InstancePhase.Deleted),
                 })
        {
            await host.AskAsync<Accepted>(Commands.Of(verb, id));
            await host.RestsAsync(id, phase);
        }

        var history = await host.HistoryAsync(id);
        foreach (var at in history.Select(entry => entry.OccurredAt).Distinct())
        {
            var then = Assert.IsType<InstanceFound>(
                await host.AskAsync<IInstanceReply>(new ComputeProtocol.GetInstanceAt(id, at))).View;
            var last = history.Last(entry => entry.OccurredAt <= at);
            Assert.Equal((last.Sequence, last.State), (then.Revision, then.Phase));
        }

        Assert.IsType<NotFound>(await host.AskAsync<IInstanceReply>(
            new ComputeProtocol.GetInstanceAt(id, history[0].OccurredAt.AddTicks(-1))));
    }

    [Fact]
    public async Task A_commander_follows_the_history_over_a_restart_of_the_node()
    {
        await using var machine = await Machine.CreateAsync();
        using var reserved = new ReservedPort();
        var port = $"novadocker.remoting.port = {reserved.Number}";
        var host = await machine.StartAsync(port);
        await using var client = new NovaDockerClient(new NovaDockerClientOptions { Contacts = [host.Address] });
        var id = CommanderIds.NewInstanceId();
        var booted = Assert.IsType<Accepted>(await client.BootAsync(Commands.Boot(id)));
        Assert.Equal(InstancePhase.Active, (await client.WaitAsync(booted)).Phase);
        var followed = new List<HistoryEntry>();
        var following = Task.Run(async () =>
        {
            await foreach (var entry in client.FollowHistoryAsync(id))
                followed.Add(entry);
        });

        await host.StopAsync();
        host = await machine.StartAsync(port);
        var stopped = Assert.IsType<Accepted>(await client.StopAsync(id, Commands.By("req-stop")));
        Assert.Equal(InstancePhase.Stopped, (await client.WaitAsync(stopped)).Phase);
        Assert.Equal(stopped, await client.StopAsync(id, Commands.By("req-stop")));
        Assert.IsType<Accepted>(await client.DeleteAsync(id, Commands.By("req-delete")));
        await Eventually.CompletesAsync(following, "the follower comes to the end", TimeSpan.FromMinutes(2));

        Assert.Equal(await host.HistoryAsync(id), followed);
        Assert.Equal("delete-completed", followed[^1].Event);
    }
}
