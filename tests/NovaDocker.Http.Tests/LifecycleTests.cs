using System.Net;
using System.Text.Json.Nodes;
using NovaDocker.Http.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;

namespace NovaDocker.Http.Tests;

/// <summary>The feed of what instances do by themselves.</summary>
public sealed class LifecycleTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task What_happens_by_itself_or_by_hand_is_told_and_what_was_asked_for_is_not()
    {
        await using var lab = await DoorLab.StartedAsync();
        var next = await NowAsync(lab);
        var id = await lab.Client.BootedAsync();
        var name = $"nova-{id}";
        foreach (var (action, body) in new[] { ("pause", null), ("unpause", null), ("stop", null), ("start", null), ("reboot", """{"type": "hard"}""") })
            await lab.Client.DoAsync(id, action, body);
        Assert.Empty((await AfterAsync(lab, next, 0))["events"]!.AsArray());

        await lab.Engine.PauseContainerAsync(name, CancellationToken.None);
        next = await ToldAsync(lab, next, id, "paused");
        await lab.Client.RestsAsync(id, "paused");
        await lab.Engine.UnpauseContainerAsync(name, CancellationToken.None);
        next = await ToldAsync(lab, next, id, "resumed");
        await lab.Client.RestsAsync(id, "active");
        lab.Engine.Exit(name, 137, outOfMemory: true);
        next = await ToldAsync(lab, next, id, "stopped", "Its process ended: exit 137, out of memory.");
        await lab.Client.RestsAsync(id, "stopped");
        await lab.Engine.StartContainerAsync(name, CancellationToken.None);
        next = await ToldAsync(lab, next, id, "started");
        await lab.Client.RestsAsync(id, "active");
        await lab.Engine.RemoveContainerAsync(name, CancellationToken.None);
        await ToldAsync(lab, next, id, "stopped", "Its container is gone.");
    }

    [Fact]
    public async Task Restarts_of_its_own_are_told()
    {
        await using var lab = await DoorLab.StartedAsync();
        var id = await lab.Client.BootedAsync(""", "userData": "restart_policy: {Name: always}" """);
        var next = await NowAsync(lab);

        lab.Engine.Exit($"nova-{id}", 1);

        next = await ToldAsync(lab, next, id, "stopped");
        await ToldAsync(lab, next, id, "started", "It was restarted by its own policy.");
    }

    [Fact]
    public async Task A_boot_whose_process_ends_at_once_has_failed_with_its_last_words()
    {
        await using var lab = await DoorLab.StartedAsync();
        lab.Engine.Programs = _ => new FakeProgram("that was all", ExitCode: 3);
        var id = CommanderIds.NewInstanceId().ToString();

        var failed = await lab.Client.EndAsync(
            (await lab.Client.PutAsync($"/v1/instances/{id}", DoorClient.BootBody())).Expect(HttpStatusCode.Accepted).Body);

        var fault = failed["fault"]!;
        Assert.Equal(("failed", "start-container", "invalid"), (failed.Text("state"), fault.Text("step"), fault.Text("code")));
        Assert.Equal("The process ended at once: exit 3. Its last words: that was all", fault.Text("message"));
        Assert.Equal("error", (await lab.Client.InstanceAsync(id)).Text("phase"));
        Assert.Empty(lab.Engine.Containers);
    }

    [Fact]
    public async Task A_process_that_ends_at_once_is_told_to_have_stopped()
    {
        await using var lab = await DoorLab.StartedAsync();
        var id = await lab.Client.BootedAsync();
        await lab.Client.DoAsync(id, "stop");
        lab.Engine.Programs = _ => new FakeProgram(ExitCode: 3);
        var next = await NowAsync(lab);

        await lab.Client.DoAsync(id, "start");

        await ToldAsync(lab, next, id, "stopped");
        Assert.Equal("stopped", (await lab.Client.InstanceAsync(id)).Text("phase"));
    }

    [Fact]
    public async Task Who_waits_is_told_as_soon_as_it_happens()
    {
        await using var lab = await DoorLab.StartedAsync();
        var id = await lab.Client.BootedAsync();
        await AfterAsync(lab, 0, 0);
        var waiting = AfterAsync(lab, await NowAsync(lab), 20);
        await Eventually.BecomesAsync(
            () => lab.Client.GetAsync("/v1/metrics"),
            metrics => metrics.Text.Contains("novadocker_http_requests_waiting 1\n", StringComparison.Ordinal), "it waits");

        // What it reads at first it has read by the time that another one has.
        await AfterAsync(lab, await NowAsync(lab), 0);
        lab.Engine.Exit($"nova-{id}", 0);

        Assert.Single((await Eventually.CompletesAsync(waiting, "the news", Soon))["events"]!.AsArray());
    }

    [Fact]
    public async Task A_node_that_restarts_loses_none_and_tells_none_twice()
    {
        await using var lab = await DoorLab.StartedAsync();
        var id = await lab.Client.BootedAsync();
        var next = await NowAsync(lab);
        lab.Engine.Exit($"nova-{id}", 1);
        await lab.Client.RestsAsync(id, "stopped");
        await lab.Client.DoAsync(id, "start");
        await lab.StopAsync();
        lab.Engine.Exit($"nova-{id}", 2);
        await lab.StartAsync();
        await lab.Client.RestsAsync(id, "stopped");

        var page = await AfterAsync(lab, next, 0);

        Assert.Equal(
            ["stopped: Its process ended: exit 1.", "stopped: Its process ended: exit 2."],
            page["events"]!.AsArray().Select(told => $"{told!.Text("transition")}: {told!.Text("reason")}"));
        var cursors = page["events"]!.AsArray().Select(told => told!.Number("cursor")).ToArray();
        Assert.True(next < cursors[0] && cursors[0] < cursors[1] && cursors[1] <= page.Number("next"));
        Assert.Single((await AfterAsync(lab, cursors[0], 0))["events"]!.AsArray());
        Assert.Empty((await AfterAsync(lab, page.Number("next"), 0))["events"]!.AsArray());
    }

    [Fact]
    public async Task A_cursor_of_another_journal_is_refused()
    {
        await using var lab = await DoorLab.StartedAsync();

        var problem = (await lab.Client.GetAsync("/v1/lifecycle?after=1000000&wait=20")).ExpectProblem(400, "invalid-argument");

        Assert.Contains("another journal", problem.Text("detail"), StringComparison.Ordinal);
    }

    private static async Task<long> NowAsync(DoorLab lab)
    {
        var page = (await lab.Client.GetAsync("/v1/lifecycle")).Expect(HttpStatusCode.OK).Body;
        Assert.Empty(page["events"]!.AsArray());
        return page.Number("next");
    }

    private static async Task<JsonNode> AfterAsync(DoorLab lab, long after, int wait) =>
        (await lab.Client.GetAsync($"/v1/lifecycle?after={after}&wait={wait}")).Expect(HttpStatusCode.OK).Body;

    /// <summary>Waits for the next thing told, and returns where to go on.</summary>
    private static async Task<long> ToldAsync(DoorLab lab, long after, string id, string transition, string? reason = null)
    {
        var page = await AfterAsync(lab, after, 20);
        var told = page["events"]!.AsArray().First()!;
        Assert.Equal((id, transition), (told.Text("instanceId"), told.Text("transition")));
        if (reason is not null)
            Assert.Equal(reason, told.Text("reason"));
        return told.Number("cursor");
    }
}
