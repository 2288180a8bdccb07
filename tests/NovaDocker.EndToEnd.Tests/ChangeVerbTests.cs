using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>The verbs that make an instance another one, with the Engine's own word for what came of it.</summary>
public sealed class ChangeVerbTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    private const string Tells = "cat /told 2>/dev/null; echo up; exec sleep 3600";

    [SkippableFact]
    public async Task Suspend_freezes_and_resume_thaws_or_starts_what_has_ended_meanwhile()
    {
        var id = (await Lab.BootAsync("sleeper")).Text("id")!;
        var began = (await StateAsync(id)).Text("StartedAt");

        var suspended = await Lab.DoAsync("suspend", id);
        Assert.Equal(("suspended", "suspended"), (suspended.Text("state"), suspended.Text("vmState")));
        Assert.Equal("paused", (await StateAsync(id)).Text("Status"));
        Assert.Equal("active", (await Lab.DoAsync("resume", id)).Text("state"));
        Assert.Equal(("running", began), ((await StateAsync(id)).Text("Status"), (await StateAsync(id)).Text("StartedAt")));

        await Lab.DoAsync("suspend", id);
        await Lab.Engine.KillContainerAsync($"nova-{id}");
        await Lab.RestsAsync(id, InstancePhase.Stopped);
        Assert.Equal("active", (await Lab.DoAsync("resume", id)).Text("state"));
        Assert.NotEqual(began, (await StateAsync(id)).Text("StartedAt"));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task Rebuild_makes_the_container_of_another_image_and_leaves_it_where_that_cannot_be_had()
    {
        await Lab.AddImageAsync("after", Lab.Shell(["sh", "-c", "echo after; exec sleep 3600"]));
        var id = (await Lab.BootAsync("rebuilt", "--command", "sh", "-c", "echo kept > /kept; exec sleep 3600")).Text("id")!;
        var before = (await ContainerAsync(id)).Text("Id");

        Assert.NotEqual(0, (await Lab.RunAsync("rebuild", id, "--image", "nowhere")).ExitCode);
        Assert.Equal((before, "running"), ((await ContainerAsync(id)).Text("Id"), (await StateAsync(id)).Text("Status")));

        Assert.Equal("active", (await Lab.DoAsync("rebuild", id, "--image", "after")).Text("state"));

        Assert.NotEqual(before, (await ContainerAsync(id)).Text("Id"));
        Assert.Null(await Lab.Engine.ContainerAsync(before!));
        Assert.Equal(32 * 1024 * 1024, (await ContainerAsync(id))["HostConfig"]!.Number("Memory"));
        await SaysAsync(id, "after\n");
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task Resize_changes_the_limits_of_the_process_that_runs_and_can_be_taken_back()
    {
        var id = (await Lab.BootAsync("resized")).Text("id")!;
        var (container, began) = ((await ContainerAsync(id)).Text("Id"), (await StateAsync(id)).Text("StartedAt"));

        Assert.Equal("active", (await Lab.DoAsync("resize", id, "--memory-mb", "48", "--vcpus", "1")).Text("state"));
        await AssertLimitAsync(id, 48);
        Assert.NotEqual(0, (await Lab.RunAsync("resize", id, "--memory-mb", "64", "--vcpus", "1")).ExitCode);
        Assert.Equal("active", (await Lab.DoAsync("resize-revert", id)).Text("state"));
        await AssertLimitAsync(id, 32);
        await Lab.DoAsync("resize", id, "--memory-mb", "40", "--vcpus", "1");
        Assert.Equal("done", (await Lab.DoAsync("resize-confirm", id)).Text("outcome"));
        await AssertLimitAsync(id, 40);
        Assert.NotEqual(0, (await Lab.RunAsync("resize-revert", id)).ExitCode);

        Assert.Equal(
            (container, began), ((await ContainerAsync(id)).Text("Id"), (await StateAsync(id)).Text("StartedAt")));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task What_is_changed_in_a_rescue_is_changed_in_the_instance()
    {
        var id = (await Lab.BootAsync("rescued", "--command", "sh", "-c", Tells)).Text("id")!;
        await SaysAsync(id, "up\n");

        Assert.Equal("rescued", (await Lab.DoAsync("rescue", id)).Text("state"));
        Assert.Equal("exited", (await StateAsync(id)).Text("Status"));
        var rescue = (await Lab.Engine.ContainerAsync($"nova-{id}-rescue"))!;
        Assert.Equal("running", rescue["State"]!.Text("Status"));
        Assert.Equal([$"nova-{id}-rescue", $"/nova-{id}", $"/nova-{id}-rescue"], await Lab.EverythingOfAsync(id));
        await Lab.Engine.ExecAsync(rescue.Text("Id")!, "sh", "-c", "echo mended > /mnt/rescue/told");

        Assert.Equal("active", (await Lab.DoAsync("unrescue", id)).Text("state"));
        Assert.Equal([$"/nova-{id}"], await Lab.EverythingOfAsync(id));
        await SaysAsync(id, "up\nmended\nup\n");
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_rescue_that_is_stopped_leaves_the_instance_off_with_what_was_changed()
    {
        var id = (await Lab.BootAsync("rescued", "--command", "sh", "-c", Tells)).Text("id")!;
        await SaysAsync(id, "up\n");
        await Lab.DoAsync("rescue", id);
        var rescue = (await Lab.Engine.ContainerAsync($"nova-{id}-rescue"))!;
        await Lab.Engine.ExecAsync(rescue.Text("Id")!, "sh", "-c", "echo mended > /mnt/rescue/told");

        Assert.Equal("stopped", (await Lab.DoAsync("stop", id)).Text("state"));
        Assert.Equal([$"/nova-{id}"], await Lab.EverythingOfAsync(id));
        Assert.Equal("exited", (await StateAsync(id)).Text("Status"));

        Assert.Equal("active", (await Lab.DoAsync("start", id)).Text("state"));
        await SaysAsync(id, "up\nmended\nup\n");
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_rescue_is_deleted_with_its_instance()
    {
        var id = (await Lab.BootAsync("lost")).Text("id")!;
        await Lab.DoAsync("rescue", id);
        Assert.Equal(3, (await Lab.EverythingOfAsync(id)).Count);

        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task Files_and_a_config_drive_are_in_the_container_and_go_with_the_instance()
    {
        var id = CommanderIds.NewInstanceId();
        var boot = new ComputeProtocol.BootInstance(
            id, Lab.NewRequest(), "filed", Lab.ImageName, 32, 1,
            ["sh", "-c", $"cat /etc/motd {InstanceFile.ConfigDrive}/openstack/latest/meta_data.json; exec sleep 3600"],
            EquatableMap<string>.Empty)
        {
            Files =
            [
                new InstanceFile("/etc/motd", "welcome\n"u8.ToArray()),
                new InstanceFile($"{InstanceFile.ConfigDrive}/openstack/latest/meta_data.json", "{}\n"u8.ToArray()),
            ],
        };

        Assert.Equal(InstancePhase.Active, (await Lab.EndOfAsync(await Lab.Client.BootAsync(boot))).Phase);

        await SaysAsync(id.ToString(), "welcome\n{}\n");
        Assert.True(Directory.Exists(Path.Combine(Lab.DataDirectory, "contents", id.ToString())));
        await Lab.DeleteAsync(id.ToString());
        Assert.False(Directory.Exists(Path.Combine(Lab.DataDirectory, "contents", id.ToString())));
    }

    [SkippableFact]
    public async Task A_deleted_instance_lives_once_more_in_the_same_history()
    {
        var id = CommanderIds.NewInstanceId();
        var boot = new ComputeProtocol.BootInstance(
            id, Lab.NewRequest(), "again", Lab.ImageName, 32, 1, [], EquatableMap<string>.Empty);
        await Lab.EndOfAsync(await Lab.Client.BootAsync(boot));
        await Lab.DeleteAsync(id.ToString());
        Assert.IsType<InstanceProtocol.Refused>(await Lab.Client.BootAsync(boot with { Request = Lab.NewRequest() }));

        var reply = await Lab.Client.BootAsync(boot with { Request = Lab.NewRequest(), IsAgain = true });

        Assert.Equal(InstancePhase.Active, (await Lab.EndOfAsync(reply)).Phase);
        Assert.Equal(2, (await Lab.HistoryAsync(id.ToString())).Count(row => row.Text("event") == "boot-completed"));
        await Lab.DeleteAsync(id.ToString());
    }

    [SkippableFact]
    public async Task A_stop_has_the_grace_that_it_was_given()
    {
        // Without terms it would be killed after the second that the lab's node gives.
        var slow = (await Lab.BootAsync(
            "slow", "--command", "sh", "-c", "trap 'sleep 3; echo took its time; exit 0' TERM; echo up; while :; do sleep 1; done")).Text("id")!;
        var deaf = (await Lab.BootAsync("deaf")).Text("id")!;
        await SaysAsync(slow, "up\n");
        var killsBefore = Kills();

        Assert.Equal(0, (await StopAsync(slow, TimeSpan.FromMinutes(1))).LastExit!.ExitCode);
        await SaysAsync(slow, "up\ntook its time\n");
        Assert.Equal(137, (await StopAsync(deaf, TimeSpan.Zero)).LastExit!.ExitCode);
        Assert.Equal(killsBefore + 1, Kills());
        await Lab.DeleteAsync(slow, deaf);

        int Kills() => Lab.Proxy.Requests.Count(line => line.Contains("/kill", StringComparison.Ordinal));

        async Task<InstanceView> StopAsync(string id, TimeSpan grace) => await Lab.EndOfAsync(await Lab.Client.SendAsync(
            new InstanceProtocol.Stop(InstanceId.Parse(id), Lab.NewRequest()) { Terms = new OperationTerms { Grace = grace } }));
    }

    [SkippableTheory]
    [InlineData("DELETE .*/containers/", HoldAt.Answer)]
    [InlineData("POST .*/containers/create", HoldAt.Request)]
    [InlineData("POST .*/containers/create", HoldAt.Answer)]
    public async Task A_rebuild_is_finished_by_a_node_that_was_killed_in_the_middle(string call, HoldAt at)
    {
        var id = (await Lab.BootAsync("killed")).Text("id")!;
        var before = (await ContainerAsync(id)).Text("Id");

        await KillAtAsync(call, at, () => Lab.Client.RebuildAsync(new ComputeProtocol.RebuildInstance(new(
            InstanceId.Parse(id), Lab.NewRequest(), "killed", "", 32, 1, [], EquatableMap<string>.Empty))));

        await Lab.RestsAsync(id, InstancePhase.Active);
        Assert.NotEqual(before, Assert.Single(await Lab.ContainersOfAsync(id))!.Text("Id"));
        await AssertResumedAsync(id, "rebuild-completed");
    }

    [SkippableTheory]
    [InlineData("POST .*/volumes/create", HoldAt.Answer, InstancePhase.Rescued)]
    [InlineData("POST .*/containers/create", HoldAt.Answer, InstancePhase.Rescued)]
    [InlineData("POST .*/containers/[^/]+/start", HoldAt.Answer, InstancePhase.Rescued)]
    public async Task A_rescue_is_finished_by_a_node_that_was_killed_in_the_middle(string call, HoldAt at, InstancePhase end)
    {
        var id = (await Lab.BootAsync("killed")).Text("id")!;

        await KillAtAsync(call, at, () => Lab.Client.RescueAsync(new(InstanceId.Parse(id), Lab.NewRequest(), "")));

        await Lab.RestsAsync(id, end);
        Assert.Equal("running", (await Lab.Engine.ContainerAsync($"nova-{id}-rescue"))!["State"]!.Text("Status"));
        Assert.Equal("active", (await Lab.DoAsync("unrescue", id)).Text("state"));
        await AssertResumedAsync(id, "rescue-completed");
    }

    [SkippableTheory]
    [InlineData(HoldAt.Request)]
    [InlineData(HoldAt.Answer)]
    public async Task A_resize_is_finished_by_a_node_that_was_killed_in_the_middle(HoldAt at)
    {
        var id = (await Lab.BootAsync("killed")).Text("id")!;

        await KillAtAsync(
            "POST .*/containers/[^/]+/update", at,
            () => Lab.Client.ResizeAsync(InstanceId.Parse(id), Lab.NewRequest(), new InstanceSize(48, 1)));

        await Lab.RestsAsync(id, InstancePhase.Active);
        await AssertLimitAsync(id, 48);
        await AssertResumedAsync(id, "resize-completed");
    }

    private async Task KillAtAsync(string call, HoldAt at, Func<Task<InstanceProtocol.CommandReply>> ask)
    {
        var held = Lab.Proxy.Hold(call, at);
        Assert.IsType<InstanceProtocol.Accepted>(await ask());
        await Eventually.CompletesAsync(held.Reached, $"{call} is reached", TimeSpan.FromSeconds(60));
        await Lab.Node.KillAsync();
        held.Cut();
        await Lab.StartNodeAsync();
    }

    private async Task AssertResumedAsync(string id, string end)
    {
        var events = (await Lab.HistoryAsync(id)).Select(row => row.Text("event")).ToList();
        Assert.Contains("work-resumed", events);
        Assert.Single(events, end);
        await Lab.DeleteAsync(id);
    }

    private async Task AssertLimitAsync(string id, long memoryMb)
    {
        Assert.Equal(memoryMb << 20, (await ContainerAsync(id))["HostConfig"]!.Number("Memory"));
        Assert.Equal(memoryMb, (await Lab.DoAsync("show", id)).Number("memoryMb"));
    }

    private Task<ConsoleSaid> SaysAsync(string id, string text) => Eventually.BecomesAsync(
        async () => new ConsoleSaid((await Lab.Client.GetConsoleOutputAsync(InstanceId.Parse(id), 100)).Text),
        said => said.Text == text, $"{id} says {text}");

    private async Task<System.Text.Json.Nodes.JsonNode> ContainerAsync(string id) => (await Lab.Engine.ContainerAsync($"nova-{id}"))!;

    private async Task<System.Text.Json.Nodes.JsonNode> StateAsync(string id) => (await ContainerAsync(id))["State"]!;

    private sealed record ConsoleSaid(string Text);
}
