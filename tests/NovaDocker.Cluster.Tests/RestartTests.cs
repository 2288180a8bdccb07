using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

[Collection(OneAtATime.Name)]
public sealed class RestartTests
{
    private const string PassivatesSoon = "novadocker.instances.passivate-after = 300ms";

    [Fact]
    public async Task All_live_instances_are_back_after_a_restart_without_anybody_asking()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync(PassivatesSoon);
        var (active, stopped, paused, deleted) =
            (await host.BootedAsync(), await host.BootedAsync(), await host.BootedAsync(), await host.BootedAsync());
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Stop, stopped));
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Pause, paused));
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Delete, deleted));
        await host.RestsAsync(stopped, InstancePhase.Stopped);
        await host.RestsAsync(paused, InstancePhase.Paused);
        await host.RestsAsync(deleted, InstancePhase.Deleted);
        var live = new[] { active, stopped, paused }.Order(ComputeHost.ById).ToArray();
        var before = await host.HistoryAsync(active);
        await host.StopAsync();

        host = await machine.StartAsync(PassivatesSoon);
        await Eventually.BecomesAsync(
            host.InMemoryAsync, ids => ids.Order(ComputeHost.ById).SequenceEqual(live), "the live ones, and no other, are in memory");
        await Eventually.BecomesAsync(
            host.HostAsync, view => view is { Instances: 3, MemoryMbClaimed: 24, VcpusClaimed: 3 }, "claims are made again");

        Assert.Equal(live, await host.ListAsync());
        Assert.Equal(live.Append(deleted).Order(ComputeHost.ById), await host.ListAsync(includeDeleted: true, limit: 3));
        Assert.Equal(InstancePhase.Active, (await host.ViewAsync(active))!.Phase);
        Assert.Equal(InstancePhase.Stopped, (await host.ViewAsync(stopped))!.Phase);
        Assert.Equal(InstancePhase.Paused, (await host.ViewAsync(paused))!.Phase);
        Assert.Equal("delete-completed", (await host.HistoryAsync(deleted))[^1].Event);
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Stop, active));
        await host.RestsAsync(active, InstancePhase.Stopped);
        var after = await host.HistoryAsync(active);
        Assert.Equal(before, after.Take(before.Count));
        Assert.Equal(Enumerable.Range(1, after.Count).Select(n => (long)n), after.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task A_stop_with_steps_under_way_is_quick_and_the_work_goes_on_at_the_next_start()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var runs = await host.BootedAsync();
        var start = machine.Engine.Faults.HoldBefore(EngineCall.StartContainer);
        var starting = CommanderIds.NewInstanceId();
        await host.BootAsync(starting);
        await Eventually.CompletesAsync(start.Reached, "a container is being started");
        var commit = machine.Engine.Faults.HoldAfter(EngineCall.CommitContainer);
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Snapshot, runs));
        await Eventually.CompletesAsync(commit.Reached, "a container is being committed");

        var began = TimeProvider.System.GetTimestamp();
        await host.StopAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Equal(0, machine.Engine.CountOf(EngineCall.StopContainer) + machine.Engine.CountOf(EngineCall.KillContainer));
        Assert.True(machine.Engine.Containers.Single(container => container.Name == $"nova-{runs}").IsRunning);

        host = await machine.StartAsync();
        await host.RestsAsync(starting, InstancePhase.Active);
        await host.RestsAsync(runs, InstancePhase.Active);
        Assert.Contains(await host.HistoryAsync(starting), entry => entry.Event == "work-resumed");
        Assert.Equal(2, (await machine.Images.ListAsync(null, ImageCaller.Nobody, CancellationToken.None)).Length);
        Assert.Equal(2, machine.Engine.Containers.Length);
        Assert.Equal(1, machine.Engine.CountOf(EngineCall.CommitContainer));
    }

    [Fact]
    public async Task An_unknown_id_leaves_nothing_behind()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var unknown = CommanderIds.NewInstanceId();

        Assert.IsType<NotFound>(await host.AskAsync<IInstanceReply>(new GetInstance(unknown)));
        Assert.IsType<NotFound>(await host.AskAsync<CommandReply>(Commands.Of(InstanceVerb.Delete, unknown)));
        Assert.IsType<NotFound>(await host.AskAsync<IInstanceReply>(new GetConsoleOutput(unknown, 10)));
        Assert.IsType<NotFound>(await host.AskAsync<IInstanceReply>(new AwaitRevision(unknown, 0, TimeSpan.FromSeconds(5))));
        Assert.IsType<NotFound>(await host.AskAsync<object>(new ComputeProtocol.GetHistory(unknown, 0, 10)));
        var refused = Assert.IsType<Refused>(await host.BootAsync(unknown, image: "no such image"));
        Assert.Equal(RefusalCode.ImageNotFound, refused.Code);
        await Eventually.BecomesAsync(host.InMemoryAsync, ids => ids.Count == 0, "nothing is in memory");

        await host.StopAsync();
        host = await machine.StartAsync();
        Assert.Empty(await host.ListAsync(includeDeleted: true));
        Assert.Empty(await host.InMemoryAsync());
    }

    [Fact]
    public async Task A_deleted_instance_leaves_memory_and_keeps_its_history()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync(PassivatesSoon);
        var id = await host.BootedAsync();
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Delete, id));
        await host.RestsAsync(id, InstancePhase.Deleted);
        await Eventually.BecomesAsync(host.InMemoryAsync, ids => ids.Count == 0, "it has left memory");
        var later = await host.BootedAsync();
        await host.AbortAsync();

        // The Engine still tells of the container's end, which may wake the instance once more, and not for long.
        host = await machine.StartAsync(PassivatesSoon);
        Assert.Equal([later], await host.ListAsync());
        Assert.Equal([id, later], (await host.ListAsync(includeDeleted: true)).OrderBy(listed => listed == later));
        await Eventually.BecomesAsync(host.InMemoryAsync, ids => ids.SequenceEqual([later]), "only the living one is in memory");
        Assert.Equal("boot-requested", (await host.HistoryAsync(id))[0].Event);
        Assert.Equal(InstancePhase.Deleted, (await host.ViewAsync(id))!.Phase);
    }

    [Fact]
    public async Task A_boot_that_meets_a_passivation_is_carried_out_and_remembered()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var ids = Enumerable.Range(0, 20).Select(_ => CommanderIds.NewInstanceId()).ToArray();
        var image = Assert.Single(await machine.Images.ListAsync(null, ImageCaller.Nobody, CancellationToken.None));

        // The question makes the absent instance leave memory; the boot is right behind it.
        var replies = await Task.WhenAll(ids.Select(id =>
        {
            host.Region.Tell(new GetInstance(id), ActorRefs.NoSender);
            return host.Region.Ask<CommandReply>(new Boot(
                id, Commands.By("req-boot"), new InstanceSpec("i", 8, 1, [], EquatableMap<SealedValue>.Empty),
                new ResolvedImage(image.Id, image.Name), Machine.Id));
        }));

        Assert.All(replies, reply => Assert.IsType<Accepted>(reply));
        await Eventually.HoldsAsync(
            () => machine.Engine.Containers.Count(container => container.IsRunning) == ids.Length, "all run");
        Assert.Equal(ids.Order(ComputeHost.ById), (await host.InMemoryAsync()).Order(ComputeHost.ById));
    }
}
