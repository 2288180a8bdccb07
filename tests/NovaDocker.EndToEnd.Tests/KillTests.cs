using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>
/// The node is killed (SIGKILL) in the middle of a verb, at a call of the Engine that the proxy holds, and started again: it
/// finishes what it began, once, and its history says that it did.
/// </summary>
public sealed class KillTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    private const string Load = "POST .*/images/load";
    private const string Create = "POST .*/containers/create";
    private const string Start = "POST .*/containers/[^/]+/start";
    private const string Stop = "POST .*/containers/[^/]+/stop";
    private const string Kill = "POST .*/containers/[^/]+/kill";
    private const string Pause = "POST .*/containers/[^/]+/pause";
    private const string Unpause = "POST .*/containers/[^/]+/unpause";
    private const string Commit = "POST .*/commit";
    private const string Save = "GET .*/images/(.+/)?get";
    private const string RemoveImage = "DELETE .*/images/";
    private const string Remove = "DELETE .*/containers/";

    [SkippableTheory]
    [InlineData(Load, HoldAt.Request)]
    [InlineData(Load, HoldAt.Body)]
    [InlineData(Load, HoldAt.Answer)]
    [InlineData(Create, HoldAt.Request)]
    [InlineData(Create, HoldAt.Answer)]
    [InlineData(Start, HoldAt.Request)]
    [InlineData(Start, HoldAt.Answer)]
    public async Task A_boot_ends_well_with_one_container_that_ran_once(string call, HoldAt at)
    {
        var image = $"killed-{CommanderIds.NewImageId()}";
        await Lab.AddImageAsync(image, Lab.Shell(["sh", "-c", $"echo {image}; exec sleep 3600"]));
        var id = CommanderIds.NewInstanceId();

        await KillAtAsync(call, at, id, () => Lab.Client.BootAsync(new(
            id, Lab.NewRequest(), "killed", image, 32, 1, [], EquatableMap<string>.Empty)));

        await Lab.RestsAsync(id.ToString(), InstancePhase.Active);
        var container = Assert.Single(await Lab.ContainersOfAsync(id.ToString()))!;
        Assert.Equal("running", container.Text("State"));
        var console = await Eventually.BecomesAsync(
            () => Lab.Client.GetConsoleOutputAsync(id, 10), said => said.Text.Length > 0, "the console has text");
        Assert.Equal($"{image}\n", console.Text);
        await AssertResumedAsync(id, "boot-completed");
        await Lab.DeleteAsync(id.ToString());
    }

    [SkippableTheory]
    [InlineData(InstanceVerb.Stop, Stop, HoldAt.Work, InstancePhase.Stopped)]
    [InlineData(InstanceVerb.Stop, Stop, HoldAt.Request, InstancePhase.Stopped)]
    [InlineData(InstanceVerb.Pause, Pause, HoldAt.Answer, InstancePhase.Paused)]
    [InlineData(InstanceVerb.SoftReboot, Stop, HoldAt.Answer, InstancePhase.Active)]
    [InlineData(InstanceVerb.SoftReboot, Start, HoldAt.Answer, InstancePhase.Active)]
    [InlineData(InstanceVerb.HardReboot, Kill, HoldAt.Answer, InstancePhase.Active)]
    [InlineData(InstanceVerb.Delete, Remove, HoldAt.Request, InstancePhase.Deleted)]
    [InlineData(InstanceVerb.Delete, Remove, HoldAt.Answer, InstancePhase.Deleted)]
    public async Task A_verb_is_finished_after_the_next_start(InstanceVerb verb, string call, HoldAt at, InstancePhase end)
    {
        var id = await BootAsync();

        await KillAtAsync(call, at, id, () => Lab.Client.SendAsync(CommandOf(verb, id)));

        await AssertEndsAsync(id, end, verb);
    }

    [SkippableTheory]
    [InlineData(InstanceVerb.Stop, InstanceVerb.Start, Start, HoldAt.Request)]
    [InlineData(InstanceVerb.Stop, InstanceVerb.Start, Start, HoldAt.Answer)]
    [InlineData(InstanceVerb.Pause, InstanceVerb.Unpause, Unpause, HoldAt.Answer)]
    public async Task The_way_back_is_finished_after_the_next_start(
        InstanceVerb before, InstanceVerb verb, string call, HoldAt at)
    {
        var id = await BootAsync();
        await Lab.EndOfAsync(await Lab.Client.SendAsync(CommandOf(before, id)));

        await KillAtAsync(call, at, id, () => Lab.Client.SendAsync(CommandOf(verb, id)));

        await AssertEndsAsync(id, InstancePhase.Active, verb);
    }

    [SkippableTheory]
    [InlineData(Commit, HoldAt.Request)]
    [InlineData(Commit, HoldAt.Answer)]
    [InlineData(Save, HoldAt.Answer)]
    [InlineData(RemoveImage, HoldAt.Request)]
    public async Task A_snapshot_ends_in_one_image_and_leaves_nothing_beside_it(string call, HoldAt at)
    {
        var id = await BootAsync();
        var target = new SnapshotTarget(CommanderIds.NewImageId(), $"snapshot-of-{id}", PauseContainer: true);

        await KillAtAsync(call, at, id, () => Lab.Client.SnapshotAsync(id, Lab.NewRequest(), target));

        await AssertEndsAsync(id, InstancePhase.Active, InstanceVerb.Snapshot, isDeleted: false);
        var images = await Lab.Client.ListImagesAsync().ReadAllAsync();
        Assert.Equal(target.ImageId, Assert.Single(images, image => image.Name == target.Name).Id);
        Assert.Null(await Lab.Engine.ImageAsync($"novadocker/snapshot:{target.ImageId}"));
        Assert.Equal("running", (await Lab.Engine.ContainerAsync($"nova-{id}"))!["State"]!.Text("Status"));
        Assert.Empty(Directory.GetFiles(Lab.StoreDirectory, "*.partial"));
        await Lab.DeleteAsync(id.ToString());
    }

    [SkippableFact]
    public async Task A_process_that_ended_while_the_node_was_away_is_found_stopped()
    {
        var id = await BootAsync();
        await Lab.Node.KillAsync();

        await Lab.Engine.KillContainerAsync($"nova-{id}");
        await Lab.StartNodeAsync();

        var view = await Lab.RestsAsync(id.ToString(), InstancePhase.Stopped);
        Assert.Equal(137, view!.LastExit!.ExitCode);
        Assert.Single(await ReadHistoryAsync(id), row => row.Event == "container-exited");
        await Lab.DeleteAsync(id.ToString());
    }

    [SkippableFact]
    public async Task A_container_removed_while_the_node_was_away_is_missed()
    {
        var id = await BootAsync();
        await Lab.Node.KillAsync();

        await Lab.Engine.RemoveContainerAsync($"nova-{id}");
        await Lab.StartNodeAsync();

        await Lab.RestsAsync(id.ToString(), InstancePhase.Error);
        Assert.Single(await ReadHistoryAsync(id), row => row.Event == "container-lost");
        await Lab.DeleteAsync(id.ToString());
    }

    private static InstanceProtocol.VerbCommand CommandOf(InstanceVerb verb, InstanceId id) => verb switch
    {
        InstanceVerb.Start => new InstanceProtocol.Start(id, Lab.NewRequest()),
        InstanceVerb.Stop => new InstanceProtocol.Stop(id, Lab.NewRequest()),
        InstanceVerb.SoftReboot => new InstanceProtocol.Reboot(id, Lab.NewRequest(), false),
        InstanceVerb.HardReboot => new InstanceProtocol.Reboot(id, Lab.NewRequest(), true),
        InstanceVerb.Pause => new InstanceProtocol.Pause(id, Lab.NewRequest()),
        InstanceVerb.Unpause => new InstanceProtocol.Unpause(id, Lab.NewRequest()),
        _ => new InstanceProtocol.Delete(id, Lab.NewRequest()),
    };

    private async Task<InstanceId> BootAsync()
    {
        var id = CommanderIds.NewInstanceId();
        await Lab.EndOfAsync(await Lab.Client.BootAsync(new(
            id, Lab.NewRequest(), "killed", Lab.ImageName, 32, 1, [], EquatableMap<string>.Empty)));
        return id;
    }

    private async Task KillAtAsync(
        string call, HoldAt at, InstanceId id, Func<Task<InstanceProtocol.CommandReply>> command)
    {
        var held = Lab.Proxy.Hold(call, at);
        Assert.IsType<InstanceProtocol.Accepted>(await command());
        await Eventually.CompletesAsync(held.Reached, $"the call {call} of instance {id}");
        await Lab.Node.KillAsync();
        held.Cut();
        await Lab.StartNodeAsync();
    }

    private async Task AssertEndsAsync(InstanceId id, InstancePhase end, InstanceVerb verb, bool isDeleted = true)
    {
        await Lab.RestsAsync(id.ToString(), end);
        await AssertResumedAsync(id, $"{EventDescription.Kebab(verb)}-completed");
        var containers = await Lab.ContainersOfAsync(id.ToString());
        Assert.Equal(end == InstancePhase.Deleted ? 0 : 1, containers.Count);
        var state = end switch
        {
            InstancePhase.Active => "running",
            InstancePhase.Paused => "paused",
            _ => "exited",
        };
        Assert.All(containers, container => Assert.Equal(state, container!.Text("State")));
        if (isDeleted)
            await Lab.DeleteAsync(id.ToString());
    }

    private async Task AssertResumedAsync(InstanceId id, string completed)
    {
        var rows = await ReadHistoryAsync(id);
        Assert.Single(rows, row => row.Event == "work-resumed");
        Assert.Single(rows, row => row.Event == completed);
    }

    private async Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(InstanceId id)
    {
        var rows = await Lab.Client.GetHistoryAsync(id).ReadAllAsync();
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => (long)n), rows.Select(row => row.Sequence));
        return rows;
    }
}
