using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

/// <summary>What somebody does to containers behind our back, on a whole host over a fake Engine.</summary>
public sealed class DriftTests
{
    [Fact]
    public async Task What_somebody_does_by_hand_is_found_and_recorded()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await host.BootedAsync();
        var name = $"nova-{id}";

        await machine.Engine.PauseContainerAsync(name, CancellationToken.None);
        await host.RestsAsync(id, InstancePhase.Paused);
        await machine.Engine.UnpauseContainerAsync(name, CancellationToken.None);
        await host.RestsAsync(id, InstancePhase.Active);
        machine.Engine.Rename(name, "renamed");
        await Eventually.BecomesAsync(() => host.ViewAsync(id), view => view!.ContainerAlias == "renamed", "its new name is known");
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Stop, id));
        await host.RestsAsync(id, InstancePhase.Stopped);
        await machine.Engine.StartContainerAsync("renamed", CancellationToken.None);
        await host.RestsAsync(id, InstancePhase.Active);

        var seen = (await host.HistoryAsync(id)).Where(entry => entry.Kind == EventKind.Observation).Select(entry => entry.Event);
        Assert.Equal(["container-paused", "container-unpaused", "container-renamed", "container-started"], seen);
    }

    [Fact]
    public async Task What_the_node_itself_does_is_no_drift()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await host.BootedAsync();

        foreach (var (verb, phase) in new[]
        {
            (InstanceVerb.Pause, InstancePhase.Paused), (InstanceVerb.Unpause, InstancePhase.Active),
            (InstanceVerb.SoftReboot, InstancePhase.Active), (InstanceVerb.HardReboot, InstancePhase.Active),
            (InstanceVerb.Stop, InstancePhase.Stopped), (InstanceVerb.Start, InstancePhase.Active),
        })
        {
            await host.AskAsync<Accepted>(Commands.Of(verb, id));
            await host.RestsAsync(id, phase);
        }

        var report = await host.AskAsync<ComputeProtocol.ReconcileReport>(new ComputeProtocol.Reconcile(DryRun: false));
        Assert.Empty(Assert.Single(report.Hosts).Findings);
        Assert.DoesNotContain(await host.HistoryAsync(id), entry => entry.Kind == EventKind.Observation);
    }

    [Fact]
    public async Task What_was_done_while_the_node_was_away_is_found_at_its_start()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var (paused, restarted, ended) = (await host.BootedAsync(), await host.BootedAsync(), await host.BootedAsync());
        await host.AbortAsync();
        await machine.Engine.PauseContainerAsync($"nova-{paused}", CancellationToken.None);
        machine.Engine.Exit($"nova-{restarted}", 0);
        await machine.Engine.StartContainerAsync($"nova-{restarted}", CancellationToken.None);
        machine.Engine.Exit($"nova-{ended}", 0);
        await machine.Engine.StartContainerAsync($"nova-{ended}", CancellationToken.None);
        machine.Engine.Exit($"nova-{ended}", 9);

        host = await machine.StartAsync();

        await host.RestsAsync(paused, InstancePhase.Paused);
        Assert.Equal(9, (await host.RestsAsync(ended, InstancePhase.Stopped)).LastExit!.ExitCode);
        await Eventually.BecomesAsync(
            () => host.HistoryAsync(restarted), history => history[^1].Event == "container-restarted", "the restart is recorded");

        // The run that nobody here had asked for is not taken for that of the start that is asked for now.
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Start, ended));
        await host.RestsAsync(ended, InstancePhase.Active);
    }
}
