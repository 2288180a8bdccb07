using System.Globalization;
using System.Text.Json.Nodes;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>What the command tells of the past.</summary>
public sealed class HistoryTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    [SkippableFact]
    public async Task Every_event_tells_what_who_and_by_which_request()
    {
        var id = (await Lab.BootAsync("past", "--request-id", "req-boot", "--user", "ann", "--project", "blue")).Text("id")!;
        await Lab.DoAsync("stop", id, "--request-id", "req-stop", "--user", "bob");
        await Lab.DeleteAsync(id);

        var rows = await Lab.HistoryAsync(id);

        Assert.Equal(
            [
                "boot-requested",
                "claim-resources-started", "claim-resources-completed",
                "ensure-image-started", "ensure-image-completed",
                "create-container-started", "create-container-completed",
                "start-container-started", "start-container-completed",
                "boot-completed",
                "stop-requested", "stop-container-started", "stop-container-completed", "stop-completed",
                "delete-requested", "remove-container-started", "remove-container-completed",
                "release-resources-started", "release-resources-completed", "delete-completed",
            ],
            rows.Select(row => row.Text("event")));
        Assert.All(rows.Take(10), row => Assert.Equal(("req-boot", "ann", "blue"), (row.Text("requestId"), row.Text("userId"), row.Text("projectId"))));
        Assert.All(rows.Skip(10).Take(4), row => Assert.Equal(("req-stop", "bob"), (row.Text("requestId"), row.Text("userId"))));
        Assert.Equal("137", rows[12].Data("exitCode"));
        Assert.Equal(rows.Select(OccurredAt).Order(), rows.Select(OccurredAt));
        Assert.Equal(rows.Count, rows.Select(row => row.Text("eventId")).Distinct().Count());
        Assert.Contains("boot-completed", (await Lab.RunAsync("history", id)).Expect(0).Out, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_refused_verb_is_in_the_history()
    {
        var id = (await Lab.BootAsync("refused")).Text("id")!;
        await Lab.DoAsync("pause", id);

        var refused = (await Lab.RunAsync("start", id, "--json")).Expect(3);

        Assert.Equal("wrong-state", refused.Failure.Text("error"));
        Assert.Equal("start-refused", (await Lab.HistoryAsync(id))[^1].Text("event"));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task At_shows_the_instance_as_it_was()
    {
        var id = (await Lab.BootAsync("then")).Text("id")!;
        await Lab.DoAsync("stop", id);
        await Lab.DeleteAsync(id);
        var rows = await Lab.HistoryAsync(id);

        Assert.Equal("active", (await Lab.DoAsync("history", id, "--at", TimeOf("boot-completed"))).Text("state"));
        Assert.Equal("stopped", (await Lab.DoAsync("history", id, "--at", TimeOf("stop-completed"))).Text("state"));
        Assert.Equal("deleted", (await Lab.DoAsync("history", id, "--at", TimeOf("delete-completed"))).Text("state"));
        Assert.Equal(4, (await Lab.RunAsync("history", id, "--at", "2001-01-01T00:00:00Z")).ExitCode);

        // The next millisecond: what the command takes in may be coarser than what the journal holds.
        string TimeOf(string name) => rows.Single(row => row.Text("event") == name)["occurredAt"]!.GetValue<DateTime>()
            .ToString("O", CultureInfo.InvariantCulture);
    }

    [SkippableFact]
    public async Task Follow_goes_on_until_the_instance_is_deleted()
    {
        var id = (await Lab.BootAsync("followed")).Text("id")!;
        await using var follow = Lab.Start("history", id, "--follow", "--json");
        await follow.SaysAsync("boot-completed");

        await Lab.DoAsync("pause", id);
        await follow.SaysAsync("pause-completed");
        Assert.False(follow.HasEnded);
        await Lab.DeleteAsync(id);

        var ended = (await follow.EndAsync()).Expect(0);
        Assert.Equal("delete-completed", ended.Rows[^1].Text("event"));
        Assert.Equal(await CountAsync(id), ended.Rows.Count);
    }

    [SkippableFact]
    public async Task Follow_of_the_deleted_ends_and_follow_interrupted_says_so_by_its_code()
    {
        var id = (await Lab.BootAsync("gone")).Text("id")!;
        await using var follow = Lab.Start("history", id, "--follow");
        await follow.SaysAsync("boot-completed");

        Assert.Equal(130, (await follow.InterruptAsync()).ExitCode);

        await Lab.DeleteAsync(id);
        Assert.Equal(await CountAsync(id), (await Lab.RunAsync("history", id, "--follow", "--json")).Expect(0).Rows.Count);
    }

    [SkippableFact]
    public async Task A_process_that_ends_by_itself_stops_the_instance_with_its_exit_code()
    {
        var id = (await Lab.BootAsync("ends", "--command", "sh", "-c", "cat /stop || exec sleep 3600")).Text("id")!;

        await Lab.Engine.KillContainerAsync($"nova-{id}");

        var view = await Lab.RestsAsync(id, InstancePhase.Stopped);
        Assert.Equal(137, view!.LastExit!.ExitCode);
        var exited = Assert.Single(await Lab.HistoryAsync(id), row => row.Text("event") == "container-exited");
        Assert.Equal(("observation", "137"), (exited.Text("kind"), exited.Data("exitCode")));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_boot_whose_process_fails_at_once_says_so()
    {
        var result = await Lab.RunAsync(
            "boot", "--name", "fails", "--image", Lab.ImageName, "--memory-mb", "32", "--json", "--command", "sh", "-c", "echo sorry; exit 3");

        // The process may end before or after the Engine answers the start: in the second case the boot is done.
        var id = result.Row.Text("id")!;
        var view = await Lab.RestsAsync(id, InstancePhase.Stopped);
        Assert.Equal(3, view!.LastExit!.ExitCode);
        Assert.Equal(result.Row.Text("state") == "stopped" ? 1 : 0, result.ExitCode);
        Assert.Equal("sorry\n", (await Lab.RunAsync("console", id)).Expect(0).Out);
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_container_removed_behind_the_nodes_back_is_an_error()
    {
        var id = (await Lab.BootAsync("lost")).Text("id")!;

        await Lab.Engine.RemoveContainerAsync($"nova-{id}");

        await Lab.RestsAsync(id, InstancePhase.Error);
        Assert.Contains(await Lab.HistoryAsync(id), row => row.Text("event") == "container-lost");
        Assert.Equal("active", (await Lab.DoAsync("start", id)).Text("state"));
        Assert.Single(await Lab.ContainersOfAsync(id));
        await Lab.DeleteAsync(id);
    }

    private static DateTimeOffset OccurredAt(JsonNode row) => DateTimeOffset.Parse(row.Text("occurredAt")!, CultureInfo.InvariantCulture);

    private async Task<int> CountAsync(string id) => (await Lab.HistoryAsync(id)).Count;
}
