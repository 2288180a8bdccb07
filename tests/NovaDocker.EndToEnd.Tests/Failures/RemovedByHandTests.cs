using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.EndToEnd.Tests.Failures;

/// <summary>
/// Somebody removes the container by hand (<c>docker rm -f</c>), in each phase that an instance can be in: it ends in a phase
/// that its history explains, and a deletion leaves nothing.
/// </summary>
[Collection(nameof(Failures))]
public sealed class RemovedByHandTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    private const string Lost = "container-lost";

    /// <summary>What a step that concerns a container ends in.</summary>
    private const string StepFailed = "-container-failed";

    [SkippableTheory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Stopped)]
    public async Task At_rest_it_is_missed(InstancePhase phase)
    {
        var id = await RestingAsync(phase);

        await RemoveByHandAsync(id);

        var view = (await Lab.RestsAsync(id.ToString(), InstancePhase.Error))!;
        Assert.Equal(FaultCode.NotFound, view.Fault!.Code);
        Assert.Single(await EventsAsync(id), Lost);
        await AssertDeletedAsync(id);
    }

    [SkippableFact]
    public async Task In_error_nothing_is_left_to_miss_and_a_start_makes_a_container_anew()
    {
        var id = await RestingAsync(InstancePhase.Active);
        await RemoveByHandAsync(id);
        await Lab.RestsAsync(id.ToString(), InstancePhase.Error);

        await RemoveByHandAsync(id);
        (await Lab.RunAsync("reconcile")).Expect(0);
        Assert.Single(await EventsAsync(id), Lost);
        var started = await Lab.EndOfAsync(await Lab.Client.StartAsync(id, Lab.NewRequest()));

        Assert.Equal((InstancePhase.Active, null), (started.Phase, started.Fault));
        Assert.Single(await Lab.ContainersOfAsync(id.ToString()));
        await AssertDeletedAsync(id);
    }

    [SkippableTheory]
    [InlineData(HoldAt.Request)]
    [InlineData(HoldAt.Answer)]
    public async Task During_a_boot_it_is_given_up_and_taken_back(HoldAt at)
    {
        var id = CommanderIds.NewInstanceId();

        var reply = await RemoveDuringAsync(id, "POST .*/containers/[^/]+/start", at, () => Lab.Client.BootAsync(new(
            id, Lab.NewRequest(), "removed", Lab.ImageName, 32, 1, [], EquatableMap<string>.Empty)));

        var view = await Lab.EndOfAsync(reply);
        Assert.Equal(InstancePhase.Error, view.Phase);
        Assert.Equal(FaultCode.NotFound, view.Fault!.Code);
        var events = await EventsAsync(id);
        Assert.Contains(events, name => name.EndsWith(StepFailed, StringComparison.Ordinal));
        Assert.Equal("boot-failed", events[^1]);
        await AssertDeletedAsync(id);
    }

    [SkippableTheory]
    [InlineData(InstanceVerb.Stop, "POST .*/stop", HoldAt.Request, InstancePhase.Active)]
    [InlineData(InstanceVerb.Stop, "POST .*/stop", HoldAt.Answer, InstancePhase.Active)]
    [InlineData(InstanceVerb.SoftReboot, "POST .*/stop", HoldAt.Request, InstancePhase.Active)]
    [InlineData(InstanceVerb.SoftReboot, "POST .*/containers/[^/]+/start", HoldAt.Request, InstancePhase.Active)]
    [InlineData(InstanceVerb.HardReboot, "POST .*/kill", HoldAt.Answer, InstancePhase.Active)]
    [InlineData(InstanceVerb.Start, "POST .*/containers/[^/]+/start", HoldAt.Answer, InstancePhase.Stopped)]
    [InlineData(InstanceVerb.Pause, "POST .*/pause", HoldAt.Request, InstancePhase.Active)]
    [InlineData(InstanceVerb.Unpause, "POST .*/unpause", HoldAt.Answer, InstancePhase.Paused)]
    [InlineData(InstanceVerb.Snapshot, "POST .*/commit", HoldAt.Request, InstancePhase.Active)]
    public async Task During_a_verb_it_is_given_up_and_the_instance_in_error(
        InstanceVerb verb, string call, HoldAt at, InstancePhase before)
    {
        var id = await RestingAsync(before);

        var reply = await RemoveDuringAsync(id, call, at, () => Lab.Client.SendAsync(CommandOf(verb, id)));

        var view = await Lab.EndOfAsync(reply);
        Assert.Equal(InstancePhase.Error, view.Phase);
        Assert.Equal(FaultCode.NotFound, view.Fault!.Code);
        Assert.Contains(await EventsAsync(id), name => name.EndsWith(StepFailed, StringComparison.Ordinal));
        await AssertDeletedAsync(id);
    }

    [SkippableFact]
    public async Task After_the_commit_a_snapshot_is_finished_and_the_container_missed_afterwards()
    {
        var id = await RestingAsync(InstancePhase.Active);
        var name = $"snapshot-of-{id}";

        var reply = await RemoveDuringAsync(id, "GET .*/images/(.+/)?get", HoldAt.Request, () => Lab.Client.SnapshotAsync(
            id, Lab.NewRequest(), new SnapshotTarget(CommanderIds.NewImageId(), name, PauseContainer: true)));

        await Lab.EndOfAsync(reply);
        Assert.Contains(await Lab.Client.ListImagesAsync().ReadAllAsync(), image => image.Name == name);
        // An instance at work is not told; the next comparison makes up for it.
        (await Lab.RunAsync("reconcile")).Expect(0);
        await Lab.RestsAsync(id.ToString(), InstancePhase.Error);
        Assert.Single(await EventsAsync(id), Lost);
        await AssertDeletedAsync(id);
    }

    [SkippableTheory]
    [InlineData(HoldAt.Request)]
    [InlineData(HoldAt.Answer)]
    public async Task During_a_deletion_it_is_done(HoldAt at)
    {
        var id = await RestingAsync(InstancePhase.Active);

        var reply = await RemoveDuringAsync(
            id, "DELETE .*/containers/", at, () => Lab.Client.DeleteAsync(id, Lab.NewRequest()));

        Assert.Equal(InstancePhase.Deleted, (await Lab.EndOfAsync(reply)).Phase);
        await AssertDeletedAsync(id);
    }

    private static VerbCommand CommandOf(InstanceVerb verb, InstanceId id) => verb switch
    {
        InstanceVerb.Start => new Start(id, Lab.NewRequest()),
        InstanceVerb.Stop => new Stop(id, Lab.NewRequest()),
        InstanceVerb.SoftReboot => new Reboot(id, Lab.NewRequest(), false),
        InstanceVerb.HardReboot => new Reboot(id, Lab.NewRequest(), true),
        InstanceVerb.Pause => new Pause(id, Lab.NewRequest()),
        InstanceVerb.Unpause => new Unpause(id, Lab.NewRequest()),
        _ => new Snapshot(id, Lab.NewRequest(), new SnapshotTarget(CommanderIds.NewImageId(), $"of-{id}", PauseContainer: true)),
    };

    private async Task<InstanceId> RestingAsync(InstancePhase phase)
    {
        var id = InstanceId.Parse((await Lab.BootAsync("removed")).Text("id")!);
        if (phase == InstancePhase.Stopped)
            await Lab.EndOfAsync(await Lab.Client.StopAsync(id, Lab.NewRequest()));
        else if (phase == InstancePhase.Paused)
            await Lab.EndOfAsync(await Lab.Client.PauseAsync(id, Lab.NewRequest()));
        return id;
    }

    private Task RemoveByHandAsync(InstanceId id) => Lab.Engine.RemoveContainerAsync($"nova-{id}");

    /// <summary>Removes the container while a call of the command is held, and cuts the call off.</summary>
    private async Task<CommandReply> RemoveDuringAsync(
        InstanceId id, string call, HoldAt at, Func<Task<CommandReply>> command)
    {
        var held = Lab.Proxy.Hold(call, at);
        var reply = await command();
        await Eventually.CompletesAsync(held.Reached, $"the call {call} of instance {id}");
        await RemoveByHandAsync(id);
        held.Cut();
        return reply;
    }

    private async Task<IReadOnlyList<string>> EventsAsync(InstanceId id) =>
        [.. (await Lab.HistoryAsync(id.ToString())).Select(row => row.Text("event")!)];

    private async Task AssertDeletedAsync(InstanceId id)
    {
        await Lab.DeleteAsync(id.ToString());
        Assert.Equal(InstancePhase.Deleted, (await Lab.Client.GetInstanceAsync(id))!.Phase);
        Assert.Null(await Lab.Engine.ContainerAsync($"nova-{id}"));
    }
}
