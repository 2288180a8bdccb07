using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

/// <summary>Instances that stay up by themselves, on a whole host over a fake Engine.</summary>
public sealed class UpkeepTests
{
    private static readonly UpkeepPolicy Twice = Restart(RestartMode.OnFailure, 2);

    [Fact]
    public async Task A_process_that_fails_is_started_again_and_every_restart_is_in_the_history()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await host.BootedAsync(Restart(RestartMode.OnFailure));
        var container = Assert.Single(machine.Engine.Containers);
        machine.Engine.Print(container.Id, "out of luck\n");

        machine.Engine.Exit(container.Id, 137, outOfMemory: true);
        await IsUpAgainAsync(host, id, restarts: 1);

        var history = await host.HistoryAsync(id);
        var exited = Assert.Single(history, entry => entry.Event == "container-exited");
        Assert.Equal(("137", "true", "9"), (exited.Data["exitCode"], exited.Data["outOfMemory"], exited.Data["signal"]));
        Assert.Equal("out of luck", exited.Data["output"]);
        var requested = Assert.Single(history, entry => entry.Event == "restart-requested");
        Assert.Equal(("exited", "1", "upkeep"), (requested.Data["cause"], requested.Data["restart"], requested.Initiator.Service));
        Assert.Equal(container.Id, Assert.Single(machine.Engine.Containers).Id);
    }

    [Fact]
    public async Task After_as_many_restarts_as_are_allowed_it_stays_stopped_until_somebody_starts_it()
    {
        await using var machine = await Machine.CreateAsync();
        // Once it has been up for that long, its restarts are counted anew.
        var host = await machine.StartAsync("novadocker.instances.restart.reset-after = 1h");
        var id = await host.BootedAsync(Twice);
        for (var restart = 1; restart <= 2; restart++)
        {
            machine.Engine.Exit($"nova-{id}", 1);
            await IsUpAgainAsync(host, id, restart);
        }

        machine.Engine.Exit($"nova-{id}", 1);

        await host.RestsAsync(id, InstancePhase.Stopped);
        await Eventually.BecomesAsync(
            () => host.HistoryAsync(id), history => history[^1].Event == "restart-given-up", "it says so");
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Start, id));
        Assert.Equal(0, (await host.RestsAsync(id, InstancePhase.Active)).Restarts);
    }

    [Fact]
    public async Task What_somebody_stops_stays_stopped()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await host.BootedAsync(Restart(RestartMode.UnlessStopped));

        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Stop, id));
        await host.RestsAsync(id, InstancePhase.Stopped);
        await BackFromRestartAsync(machine, host);

        Assert.Equal(InstancePhase.Stopped, (await host.ViewAsync(id))!.Phase);
        Assert.DoesNotContain(await host.HistoryAsync(id), entry => entry.Event == "restart-requested");
    }

    [Fact]
    public async Task What_is_to_run_always_runs_again_when_the_Engine_was_restarted()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await host.BootedAsync(Restart(RestartMode.Always));
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Stop, id));
        await host.RestsAsync(id, InstancePhase.Stopped);

        await BackFromRestartAsync(machine, host);

        await host.RestsAsync(id, InstancePhase.Active);
        Assert.Single(await host.HistoryAsync(id), entry => entry.Data.GetValueOrDefault("cause") == "engine-restarted");
    }

    [Fact]
    public async Task A_restart_survives_the_crash_of_the_host_before_and_in_the_middle_of_it()
    {
        await using var machine = await Machine.CreateAsync();
        // It waits until the crash; the next host has less patience, and its own counts.
        var host = await machine.StartAsync("novadocker.instances.restart { initial-backoff = 1h, max-backoff = 1h }");
        var id = await host.BootedAsync(Restart(RestartMode.Always));
        machine.Engine.Exit($"nova-{id}", 1);
        await Eventually.BecomesAsync(() => host.ViewAsync(id), view => view!.Phase == InstancePhase.Restarting, "it waits");
        await host.AbortAsync();
        var start = machine.Engine.Faults.HoldAfter(EngineCall.StartContainer);

        host = await machine.StartAsync();
        await Eventually.CompletesAsync(start.Reached, "the container is being started");
        await host.AbortAsync();
        host = await machine.StartAsync();

        await host.RestsAsync(id, InstancePhase.Active);
        Assert.Equal(2, machine.Engine.CountOf(EngineCall.StartContainer));
        Assert.Single(await host.HistoryAsync(id), entry => entry.Event == "restart-requested");
    }

    [Fact]
    public async Task An_unhealthy_instance_is_reported_or_restarted_as_it_wants()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var reports = await host.BootedAsync();
        var restarts = await host.BootedAsync(UpkeepPolicy.None with { WhenUnhealthy = UnhealthyAction.Restart });

        machine.Engine.SetHealth($"nova-{reports}", HealthStatus.Unhealthy);
        machine.Engine.SetHealth($"nova-{restarts}", HealthStatus.Unhealthy);

        await IsUpAgainAsync(host, restarts, restarts: 1);
        Assert.Single(await host.HistoryAsync(restarts), entry => entry.Data.GetValueOrDefault("cause") == "unhealthy");
        var view = await Eventually.BecomesAsync(
            () => host.ViewAsync(reports), seen => seen!.Health == HealthStatus.Unhealthy, "its view says so");
        Assert.Equal(InstancePhase.Active, view!.Phase);
        Assert.Equal("health-changed", (await host.HistoryAsync(reports))[^1].Event);
    }

    [Fact]
    public async Task A_lost_container_is_made_again_where_that_is_wanted_and_on_request_where_it_is_not()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var recreates = await host.BootedAsync(UpkeepPolicy.None with { WhenLost = LostAction.Recreate });
        var reports = await host.BootedAsync();

        await machine.Engine.RemoveContainerAsync($"nova-{recreates}", CancellationToken.None);
        await machine.Engine.RemoveContainerAsync($"nova-{reports}", CancellationToken.None);

        await IsUpAgainAsync(host, recreates, restarts: 1);
        await host.RestsAsync(reports, InstancePhase.Error);
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Start, reports));
        var view = await host.RestsAsync(reports, InstancePhase.Active);
        Assert.Null(view.Fault);
        Assert.Equal(2, machine.Engine.Containers.Length);
        Assert.Equal(2, (await host.HostAsync()).Instances);
    }

    private static UpkeepPolicy Restart(RestartMode mode, int maxRestarts = 0) =>
        UpkeepPolicy.None with { Restart = new RestartPolicy(mode, maxRestarts) };

    private static Task<InstanceView?> IsUpAgainAsync(ComputeHost host, Domain.Common.InstanceId id, int restarts) =>
        Eventually.BecomesAsync(
            () => host.ViewAsync(id),
            view => view is { Phase: InstancePhase.Active, Operation: null } && view.Restarts == restarts,
            $"{id} is up again");

    private static async Task BackFromRestartAsync(Machine machine, ComputeHost host)
    {
        machine.Engine.GoAway();
        machine.Engine.DropEventStreams();
        await Eventually.BecomesAsync(host.HostAsync, view => view.EngineState == EngineState.Unreachable, "it is away");
        machine.Engine.Faults.Clear();
        await Eventually.BecomesAsync(
            host.HostAsync, view => view is { EngineState: EngineState.Healthy, EngineRestarts: 1 }, "it is back");
    }
}
