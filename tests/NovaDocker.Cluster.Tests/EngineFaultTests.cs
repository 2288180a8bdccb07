using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

public sealed class EngineFaultTests
{
    private const string Patient = "novadocker.instances { retry.max-attempts = 1000, clean-up-retry.max-attempts = 1000 }";

    [Theory]
    [InlineData(EngineErrorKind.Unavailable)]
    [InlineData(EngineErrorKind.Transient)]
    public async Task A_lost_answer_does_nothing_twice(EngineErrorKind kind)
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        EngineCall[] calls =
        [
            EngineCall.LoadImage, EngineCall.CreateContainer, EngineCall.StartContainer,
            EngineCall.StopContainer, EngineCall.RemoveContainer,
        ];
        foreach (var call in calls)
            machine.Engine.Faults.FailAfter(call, kind);

        var id = await host.BootedAsync();
        Assert.Single(machine.Engine.Containers);
        Assert.Equal(1, machine.Engine.CountOf(EngineCall.CreateContainer));
        Assert.Equal(1, machine.Engine.CountOf(EngineCall.StartContainer));
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Stop, id));
        await host.RestsAsync(id, InstancePhase.Stopped);
        Assert.Equal(1, machine.Engine.CountOf(EngineCall.StopContainer));
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Delete, id));
        await host.RestsAsync(id, InstancePhase.Deleted);

        Assert.Empty(machine.Engine.Faults.Unmet);
        Assert.Empty(machine.Engine.Containers);
        var failures = (await host.HistoryAsync(id)).Where(entry => entry.Event.EndsWith("-failed", StringComparison.Ordinal));
        Assert.Contains(failures, entry => entry.Event == "create-container-failed");
        Assert.Contains(failures, entry => entry.Event == "stop-container-failed");
    }

    [Fact]
    public async Task An_unreachable_Engine_delays_everything_and_breaks_nothing()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync(Patient);
        var (stopping, deleting, resting) = (await host.BootedAsync(), await host.BootedAsync(), await host.BootedAsync());
        machine.Engine.GoAway();
        await Eventually.BecomesAsync(
            host.HostAsync, view => view is { EngineState: EngineState.Unreachable, Problem: not null }, "the host sees it");

        var booting = CommanderIds.NewInstanceId();
        Assert.IsType<Accepted>(await host.BootAsync(booting));
        Assert.IsType<Accepted>(await host.AskAsync<CommandReply>(Commands.Of(InstanceVerb.Stop, stopping)));
        Assert.IsType<Accepted>(await host.AskAsync<CommandReply>(Commands.Of(InstanceVerb.Delete, deleting)));
        var console = Assert.IsType<Refused>(await host.AskAsync<IInstanceReply>(new GetConsoleOutput(resting, 10)));
        Assert.Equal(RefusalCode.NoHost, console.Code);
        var away = await Eventually.BecomesAsync(host.HostAsync, view => view.StepsWaiting == 3, "three steps wait");
        Assert.Contains("Unavailable by order", away.Problem, StringComparison.Ordinal);
        Assert.All(away.StepsInHand, step => Assert.True(step.IsWaiting));
        Assert.Equal(InstancePhase.Active, (await host.ViewAsync(resting))!.Phase);
        machine.Engine.Faults.Clear();

        await host.RestsAsync(booting, InstancePhase.Active);
        await host.RestsAsync(stopping, InstancePhase.Stopped);
        await host.RestsAsync(deleting, InstancePhase.Deleted);
        await host.RestsAsync(resting, InstancePhase.Active);
        Assert.Equal(3, machine.Engine.Containers.Length);
        await Eventually.BecomesAsync(
            host.HostAsync, view => view is { EngineState: EngineState.Healthy, Problem: null, Instances: 3 }, "it is back");
        foreach (var id in new[] { booting, stopping, deleting })
            Assert.DoesNotContain(await host.HistoryAsync(id), entry => entry.Event.EndsWith("-failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_boot_is_given_up_where_its_calls_fail_for_good_and_leaves_nothing()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        machine.Engine.Faults.FailBefore(EngineCall.CreateContainer, EngineErrorKind.Transient, 1000);
        var id = CommanderIds.NewInstanceId();

        Assert.IsType<Accepted>(await host.BootAsync(id));

        var view = await host.RestsAsync(id, InstancePhase.Error);
        Assert.Equal(FaultCode.Transient, view.Fault?.Code);
        Assert.Empty(machine.Engine.Containers);
        Assert.Equal(0, (await host.HostAsync()).Instances);
    }

    [Fact]
    public async Task A_command_that_does_not_wait_is_refused_while_the_Engine_is_away()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await host.BootedAsync();
        machine.Engine.GoAway();
        await Eventually.BecomesAsync(host.HostAsync, view => view.EngineState == EngineState.Unreachable, "the host sees it");

        var stop = await host.AskAsync<CommandReply>(Commands.Of(InstanceVerb.Stop, id) with { RefuseIfEngineAway = true });
        var boot = await host.AskAsync<CommandReply>(
            Commands.Boot(CommanderIds.NewInstanceId(), "req-boot", Machine.ImageName) with { RefuseIfEngineAway = true });

        Assert.Equal(RefusalCode.EngineAway, Assert.IsType<Refused>(stop).Code);
        Assert.Equal(RefusalCode.EngineAway, Assert.IsType<Refused>(boot).Code);
        Assert.Equal("stop-refused", (await host.HistoryAsync(id))[^1].Event);
        Assert.Equal(InstancePhase.Active, (await host.ViewAsync(id))!.Phase);
    }

    [Fact]
    public async Task One_that_hangs_stalls_no_other()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var hung = await host.BootedAsync();
        var stop = machine.Engine.Faults.HoldBefore(EngineCall.StopContainer);
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Stop, hung));
        await Eventually.CompletesAsync(stop.Reached, "its stop hangs");

        var others = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.BootedAsync()));
        foreach (var id in others)
            await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Stop, id));
        foreach (var id in others)
            await host.RestsAsync(id, InstancePhase.Stopped);

        Assert.Equal(InstancePhase.Stopping, (await host.ViewAsync(hung))!.Phase);
        Assert.Equal(1, (await host.HostAsync()).Steps);
        Assert.Equal(
            RefusalCode.Busy,
            Assert.IsType<Refused>(await host.AskAsync<CommandReply>(Commands.Of(InstanceVerb.Pause, hung))).Code);
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Delete, hung));
        await host.RestsAsync(hung, InstancePhase.Deleted);
    }
}
