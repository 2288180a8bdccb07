using System.Text;
using System.Text.Json.Nodes;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>Instances that stay up by themselves, and what is seen of those that somebody meddles with.</summary>
public sealed class UpkeepTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    [SkippableFact]
    public async Task A_process_that_dies_is_started_again_and_its_last_words_are_kept()
    {
        var id = (await Lab.BootAsync(
            "dies", "--restart", "on-failure:5", "--command", "sh", "-c",
            "[ -e /ran ] && exec sleep 3600; echo > /ran; echo out of luck >&2; sh -c 'kill -9 $$'; exit $?")).Text("id")!;

        var shown = await Eventually.BecomesAsync(
            () => Lab.DoAsync("show", id), row => row.Text("state") == "active" && row.Number("restarts") == 1, "it is up again");

        Assert.Equal("on-failure:5", shown.Text("restartPolicy"));
        var history = await Lab.HistoryAsync(id);
        // A process that ends at once may do so before the Engine answers the start: then the step tells of it, too.
        var ends = history.Select(row => row["data"]!).Where(data => data.Text("exitCode") == "137").ToArray();
        Assert.InRange(ends.Length, 1, 2);
        Assert.All(ends, end => Assert.Equal(("9", "out of luck\nKilled"), (end.Text("signal"), end.Text("output"))));
        Assert.Single(history, row => row.Text("event") == "restart-requested");
        Assert.Single(await Lab.ContainersOfAsync(id));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_restart_that_waits_survives_the_node()
    {
        // The wait is long enough for the kill to fall into it.
        await using var lab = await Lab.StartAsync("instances.restart.initial-backoff=40s");
        var id = await WaitingForRestartAsync(lab);

        await lab.Node.KillAsync();
        await lab.StartNodeAsync();

        await HasAsync(lab, id, "restart-completed");
        Assert.Equal(
            ["restart-requested", "work-resumed", "restart-completed"],
            (await EventsAsync(lab, id)).Where(name => name is "restart-requested" or "work-resumed" or "restart-completed"));
        await lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_stop_takes_the_place_of_a_restart_that_waits_also_after_a_kill_of_the_node()
    {
        await using var lab = await Lab.StartAsync("instances.restart.initial-backoff=1h", "instances.restart.max-backoff=1h");
        var id = await WaitingForRestartAsync(lab);

        await lab.Node.KillAsync();
        await lab.StartNodeAsync();
        await lab.EngineAnswersAsync();
        // A stop may come before the instance has taken up its wait again.
        await HasAsync(lab, id, "work-resumed");
        await lab.DoAsync("stop", id);

        await lab.RestsAsync(id, InstancePhase.Stopped);
        Assert.Equal(
            ["work-resumed", "restart-cancelled"],
            (await EventsAsync(lab, id)).Intersect(["work-resumed", "restart-cancelled", "restart-completed"]));
        await lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_health_check_that_fails_shows_and_restarts_where_that_is_wanted()
    {
        // A check that comes before the process has begun anew still finds it ill: the start period is for that.
        var id = (await Lab.BootAsync(
            "ill", "--health-cmd", "test ! -e /ill", "--health-interval", "300ms", "--health-retries", "1", "--health-start-period", "1m",
            "--when-unhealthy", "restart", "--command", "sh", "-c", "busybox rm -f /ill; exec sleep 3600")).Text("id")!;
        await Eventually.BecomesAsync(() => Lab.DoAsync("show", id), row => row.Text("health") == "healthy", "it is healthy");
        var first = (await ContainerAsync(id))["State"]!.Text("StartedAt");

        await Lab.Engine.ExecAsync($"nova-{id}", "sh", "-c", "echo > /ill");

        await Eventually.BecomesAsync(
            () => Lab.DoAsync("show", id), row => row.Number("restarts") == 1 && row.Text("health") == "healthy", "it is well again");
        Assert.NotEqual(first, (await ContainerAsync(id))["State"]!.Text("StartedAt"));
        var told = (await Lab.HistoryAsync(id)).Where(row => row.Text("event") == "health-changed").Select(row => row["data"]!.Text("health"));
        Assert.Equal(["healthy", "unhealthy", "healthy"], told.Where(health => health != "starting"));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task The_images_own_health_check_is_observed_and_can_be_switched_off()
    {
        var image = Lab.Shell(["sleep", "3600"]);
        var config = JsonNode.Parse(image.Config)!;
        config["config"]!["Healthcheck"] = new JsonObject
        {
            ["Test"] = new JsonArray("CMD-SHELL", "exit 1"), ["Interval"] = 300_000_000, ["Retries"] = 1,
        };
        await Lab.AddImageAsync("checked", image with { Config = Encoding.UTF8.GetBytes(config.ToJsonString()) });

        var watched = (await Lab.DoAsync("boot", "--name", "watched", "--image", "checked", "--memory-mb", "32")).Text("id")!;
        var left = (await Lab.DoAsync(
            "boot", "--name", "left", "--image", "checked", "--memory-mb", "32", "--no-healthcheck")).Text("id")!;

        await Eventually.BecomesAsync(() => Lab.DoAsync("show", watched), row => row.Text("health") == "unhealthy", "its check fails");
        Assert.Equal("active", (await Lab.DoAsync("show", watched)).Text("state"));
        Assert.Null((await Lab.DoAsync("show", left)).Text("health"));
        await Lab.DeleteAsync(watched, left);
    }

    [SkippableFact]
    public async Task What_somebody_does_with_docker_is_recorded_and_the_instance_goes_by_it()
    {
        var id = (await Lab.BootAsync("meddled")).Text("id")!;
        var container = (await ContainerAsync(id)).Text("Id")!;

        await Lab.Engine.ActAsync(container, "pause");
        await Lab.RestsAsync(id, InstancePhase.Paused);
        await Lab.Engine.ActAsync(container, "unpause");
        await Lab.RestsAsync(id, InstancePhase.Active);
        await Lab.Engine.ActAsync(container, $"rename?name=renamed-{id}");
        await Eventually.BecomesAsync(
            () => Lab.DoAsync("show", id), row => row.Text("containerName") == $"renamed-{id}", "the new name is shown");
        await Lab.Engine.ActAsync(container, "restart?t=0");
        await Eventually.BecomesAsync(
            () => Lab.HistoryAsync(id), rows => rows.Any(row => row.Text("event") is "container-restarted" or "container-started"),
            "the restart is recorded");
        await Lab.RestsAsync(id, InstancePhase.Active);
        Assert.Equal("stopped", (await Lab.DoAsync("stop", id)).Text("state"));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_container_that_somebody_removed_is_made_again_by_policy_or_by_start()
    {
        var again = (await Lab.BootAsync("again", "--when-lost", "recreate")).Text("id")!;
        var asked = (await Lab.BootAsync("asked")).Text("id")!;
        var lost = (await ContainerAsync(again)).Text("Id");

        await Lab.Engine.RemoveContainerAsync($"nova-{again}");
        await Lab.Engine.RemoveContainerAsync($"nova-{asked}");

        await Eventually.BecomesAsync(
            () => Lab.DoAsync("show", again), row => row.Text("state") == "active" && row.Text("containerId") != lost, "it is made again");
        await Lab.RestsAsync(asked, InstancePhase.Error);
        Assert.Equal("active", (await Lab.DoAsync("start", asked)).Text("state"));
        Assert.Single(await Lab.ContainersOfAsync(again));
        Assert.Single(await Lab.ContainersOfAsync(asked));
        await Lab.DeleteAsync(again, asked);
    }

    private static async Task<string> WaitingForRestartAsync(Lab lab)
    {
        var id = (await lab.BootAsync("back", "--restart", "always")).Text("id")!;
        await lab.Engine.KillContainerAsync($"nova-{id}");
        await HasAsync(lab, id, "restart-requested");
        return id;
    }

    private static async Task<IReadOnlyList<string>> EventsAsync(Lab lab, string id) =>
        [.. (await lab.HistoryAsync(id)).Select(row => row.Text("event")!)];

    private static Task<IReadOnlyList<string>> HasAsync(Lab lab, string id, string name) => Eventually.BecomesAsync(
        () => EventsAsync(lab, id), events => events.Contains(name), $"{id} has {name}", TimeSpan.FromMinutes(2));

    private async Task<JsonNode> ContainerAsync(string id) => (await Lab.Engine.ContainerAsync($"nova-{id}"))!;
}
