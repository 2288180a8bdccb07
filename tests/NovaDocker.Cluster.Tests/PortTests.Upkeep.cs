using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

/// <content>Ports that come loose, and are plugged again.</content>
public sealed partial class PortTests
{
    [Fact]
    public async Task A_device_that_somebody_deletes_is_made_again_and_both_are_in_the_history()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await BootedAsync(host, Nic(1), Nic(2));

        machine.Network.Delete(Device(2));

        var history = await IsRepairedAsync(host, id, times: 1);
        Assert.Equal(2, machine.Network.Devices.Count);
        var broken = Assert.Single(history, entry => entry.Event == "vifs-broken");
        Assert.Equal((EventKind.Observation, "network-watch"), (broken.Kind, broken.Initiator.Service));
        Assert.Contains(broken.Data.Values, value => value.Contains($"{Device(2)} is gone", StringComparison.Ordinal));
        Assert.Equal("upkeep", Assert.Single(history, entry => entry.Event == "repair-requested").Initiator.Service);
        Assert.Contains("was there", string.Join(' ', history[^2].Data.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_of_a_stopped_instance_are_noted_and_plugged_when_it_starts()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await BootedAsync(host, Nic(1));
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Stop, id));
        await host.RestsAsync(id, InstancePhase.Stopped);

        machine.Network.Delete(Device(1));

        await Eventually.BecomesAsync(() => host.HistoryAsync(id), history => history[^1].Event == "vifs-broken", "it is noted");
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Start, id));
        await host.RestsAsync(id, InstancePhase.Active);
        Assert.Equal([Device(1)], machine.Network.Devices.Keys);
        Assert.DoesNotContain(await host.HistoryAsync(id), entry => entry.Event == "repair-requested");
    }

    [Fact]
    public async Task Repairs_that_come_to_nothing_back_off_and_the_instance_stays_usable()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync(Impatient + "\nnovadocker.instances.restart { initial-backoff = 400ms, max-backoff = 1h }");
        var id = await BootedAsync(host, Nic(1));
        machine.Network.Before = (call, subject, _) => call == NetworkCall.Prepare
            ? Task.FromException(new VifException(FaultCode.Transient, $"find bridge {subject}", "it is not there"))
            : Task.CompletedTask;

        machine.Network.Delete(Device(1));

        await Eventually.BecomesAsync(
            () => host.HistoryAsync(id), history => history.Count(entry => entry.Event == "repair-failed") >= 2, "two repairs fail");
        var looks = Looks(machine);
        await Eventually.HoldsAsync(() => Looks(machine) > looks + 10, "it is looked ten times more");
        var view = await host.RestsAsync(id, InstancePhase.Active);
        Assert.Contains("it is not there", view.Fault!.Message, StringComparison.Ordinal);
        AssertBacksOff(await host.HistoryAsync(id), atLeast: 2);

        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Pause, id));
        await host.RestsAsync(id, InstancePhase.Paused);
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Unpause, id));
        await host.RestsAsync(id, InstancePhase.Active);
        machine.Network.Before = (_, _, _) => Task.CompletedTask;
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.HardReboot, id));
        await Eventually.BecomesAsync(
            () => host.ViewAsync(id), seen => seen is { Phase: InstancePhase.Active, Operation: null } && seen.Ports[0].IsPlugged,
            "it is plugged again");
    }

    [Fact]
    public async Task A_device_that_is_deleted_again_and_again_fills_no_journal()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync("novadocker.instances.restart { initial-backoff = 400ms, max-backoff = 1h }");
        var id = await BootedAsync(host, Nic(1));
        var looks = Looks(machine);
        // Whatever is plugged is gone before anybody looks again.
        machine.Network.Before = (call, _, _) =>
        {
            if (call == NetworkCall.Look)
                machine.Network.Delete(Device(1));
            return Task.CompletedTask;
        };

        await Eventually.HoldsAsync(() => Looks(machine) > looks + 30, "it is looked thirty times");

        AssertBacksOff(await host.HistoryAsync(id), atLeast: 1);
    }

    /// <summary>
    /// Each repair but the first begins so long after the end of the one before it as its number wants, doubled each time from 400 ms.
    /// How many there are hangs on how long the test looks.
    /// </summary>
    private static void AssertBacksOff(IReadOnlyList<HistoryEntry> history, int atLeast)
    {
        var repairs = history.Where(entry => entry.Event is "repair-requested" or "repair-failed" or "repair-completed").ToArray();
        var begun = repairs.Index().Where(repair => repair.Item.Event == "repair-requested").Select(repair => repair.Index).ToArray();
        Assert.True(begun.Length >= atLeast, $"{begun.Length} repairs were begun.");
        foreach (var (number, at) in begun.Index().Skip(1))
        {
            var waited = repairs[at].OccurredAt - repairs[at - 1].OccurredAt;
            Assert.True(waited >= TimeSpan.FromMilliseconds(400) * Math.Pow(2, number), $"Repair {number + 1} came after {waited}.");
        }
    }
}
