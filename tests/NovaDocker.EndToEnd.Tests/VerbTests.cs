using System.Text;
using System.Text.Json.Nodes;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>Every verb through the command, with the Engine's own word for what came of it.</summary>
public sealed class VerbTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    private const string Secret = "s3cret-value-that-nobody-may-read";

    [SkippableFact]
    public async Task Boot_makes_the_container_that_was_asked_for()
    {
        var id = CommanderIds.NewInstanceId().ToString();
        var row = await Lab.BootAsync(
            "Web 1", "--id", id, "--vcpus", "2", "--env", $"TOKEN={Secret}", "--env", "EMPTY=",
            "--command", "sh", "-c", "echo token=$TOKEN; exec sleep 3600");

        Assert.Equal(("boot", "done", "active"), (row.Text("verb"), row.Text("outcome"), row.Text("state")));
        Assert.Equal(id, row.Text("id"));
        var container = (await Lab.Engine.ContainerAsync($"nova-{id}"))!;
        Assert.Equal(row.Text("containerId"), container.Text("Id"));
        Assert.Equal(row.Text("engineImageId"), container.Text("Image"));
        var limits = container["HostConfig"]!;
        Assert.Equal(32 * 1024 * 1024, limits.Number("Memory"));
        Assert.Equal(2 * 1024, limits.Number("CpuShares"));
        Assert.Equal(2_000_000_000, limits.Number("NanoCpus"));
        Assert.Equal("none", limits.Text("NetworkMode"));
        Assert.Equal("no", limits["RestartPolicy"]!.Text("Name") is { Length: > 0 } policy ? policy : "no");
        var config = container["Config"]!;
        Assert.Equal("web-1", config.Text("Hostname"));
        Assert.Equal(id, config["Labels"]!.Text("org.novadocker.instance-id"));
        Assert.Equal(row.Text("host"), config["Labels"]!.Text("org.novadocker.host-id"));
        Assert.Contains("EMPTY=", config["Env"]!.AsArray().Select(entry => entry!.GetValue<string>()));

        var console = await Eventually.BecomesAsync(
            () => Lab.DoAsync("console", id), said => said.Text("text") != "", "the console has text");
        Assert.Equal($"token={Secret}\n", console.Text("text"));

        await AssertSecretIsNowhereAsync(id);
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task The_images_own_entrypoint_and_command_run()
    {
        await Lab.AddImageAsync("speaker", Lab.Shell(["from the command"], ["echo", "from the entrypoint and"]));

        var row = await Lab.DoAsync("boot", "--name", "speaker", "--image", "speaker", "--memory-mb", "32");

        var id = row.Text("id")!;
        await Lab.RestsAsync(id, InstancePhase.Stopped);
        Assert.Equal("from the entrypoint and from the command\n", (await Lab.RunAsync("console", id)).Expect(0).Out);
        var shown = await Lab.DoAsync("show", id);
        Assert.Equal(0, shown["lastExit"]!.Number("exitCode"));
        await Lab.DeleteAsync(id);
    }

    [SkippableTheory]
    [InlineData("pause")]
    [InlineData("suspend")]
    public async Task What_is_frozen_is_stopped_by_its_signal_as_anything_else(string freeze)
    {
        var id = (await Lab.BootAsync(
            "frozen", "--command", "sh", "-c", "trap 'echo told to end; exit 0' TERM; echo ready; sleep 3600 & wait")).Text("id")!;
        await Lab.SaidAsync(id, "ready");
        await Lab.DoAsync(freeze, id);

        var stopped = await Lab.DoAsync("stop", id, "--grace", "60");

        Assert.Equal("stopped", stopped.Text("state"));
        Assert.Equal("exited", (await StateAsync(id)).Text("Status"));
        Assert.Contains("told to end", (await Lab.RunAsync("console", id)).Expect(0).Out, StringComparison.Ordinal);
        Assert.Equal("active", (await Lab.DoAsync("start", id)).Text("state"));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task Pause_stop_start_and_reboot_change_the_container_and_keep_its_disk()
    {
        var id = (await Lab.BootAsync("power", "--command", "sh", "-c", "echo run >> /runs; cat /runs; exec sleep 3600")).Text("id")!;
        var container = (await ContainerAsync(id)).Text("Id");
        await RanAsync(1);

        Assert.Equal("paused", (await Lab.DoAsync("pause", id)).Text("state"));
        Assert.Equal("paused", (await StateAsync(id)).Text("Status"));
        Assert.Equal("active", (await Lab.DoAsync("unpause", id)).Text("state"));
        Assert.Equal("running", (await StateAsync(id)).Text("Status"));

        var stopped = await Lab.DoAsync("stop", id);
        Assert.Equal(("stopped", "stopped"), (stopped.Text("state"), stopped.Text("vmState")));
        Assert.Equal("exited", (await StateAsync(id)).Text("Status"));
        var first = (await StateAsync(id)).Text("StartedAt");

        Assert.Equal("active", (await Lab.DoAsync("start", id)).Text("state"));
        Assert.NotEqual(first, (await StateAsync(id)).Text("StartedAt"));
        await RanAsync(2);
        Assert.Equal("active", (await Lab.DoAsync("reboot", id)).Text("state"));
        await RanAsync(3);
        Assert.Equal("active", (await Lab.DoAsync("reboot", "power", "--hard")).Text("state"));

        Assert.Equal(container, (await ContainerAsync(id)).Text("Id"));
        await RanAsync(4);
        Assert.Equal(3, Lines((await Lab.RunAsync("console", id, "--lines", "3")).Expect(0).Out));
        await Lab.DeleteAsync(id);

        // One line at the first run, one more at each of those after it.
        async Task RanAsync(int times)
        {
            var lines = times * (times + 1) / 2;
            var console = await Eventually.BecomesAsync(
                () => Lab.RunAsync("console", id, "--lines", "100"), said => Lines(said.Out) >= lines, $"run {times} has spoken");
            Assert.Equal(lines, Lines(console.Out));
        }
    }

    [SkippableFact]
    public async Task What_is_there_already_is_done()
    {
        var id = (await Lab.BootAsync("done")).Text("id")!;

        Assert.Equal("already-done", (await Lab.DoAsync("start", id)).Text("outcome"));
        Assert.Equal("done", (await Lab.DoAsync("delete", id)).Text("outcome"));
        Assert.Equal("already-done", (await Lab.DoAsync("delete", id)).Text("outcome"));
        Assert.Empty(await Lab.ContainersOfAsync(id));
    }

    [SkippableFact]
    public async Task An_instance_boots_from_a_snapshot_with_the_files_of_the_other()
    {
        var id = (await Lab.BootAsync("origin", "--command", "sh", "-c", "echo kept > /kept; echo ready; exec sleep 3600")).Text("id")!;
        await Lab.SaidAsync(id, "ready");

        var row = await Lab.DoAsync("snapshot", id, "--name", "snapshot-of-origin");

        Assert.Equal("active", row.Text("state"));
        var image = Assert.Single((await Lab.RunAsync("images", "--json")).Expect(0).Rows, i => i.Text("name") == "snapshot-of-origin");
        Assert.Equal(row.Text("snapshotImageId"), image.Text("id"));
        Assert.Null(await Lab.Engine.ImageAsync($"novadocker/snapshot:{image.Text("id")}"));

        var copy = await Lab.DoAsync(
            "boot", "--name", "copy", "--image", "snapshot-of-origin", "--memory-mb", "32", "--command", "cat", "/kept");
        await Lab.RestsAsync(copy.Text("id")!, InstancePhase.Stopped);
        Assert.Equal("kept\n", (await Lab.RunAsync("console", copy.Text("id")!)).Expect(0).Out);
        await Lab.DeleteAsync(id, copy.Text("id")!);
    }

    [SkippableFact]
    public async Task No_wait_returns_before_the_end_and_show_tells_where_it_stands()
    {
        var held = Lab.Proxy.Hold("POST .*/containers/create", HoldAt.Request);

        var row = await Lab.DoAsync("boot", "--name", "later", "--image", Lab.ImageName, "--memory-mb", "32", "--no-wait");

        Assert.Equal("accepted", row.Text("outcome"));
        var id = row.Text("id")!;
        await Eventually.CompletesAsync(held.Reached, "its container is being made");
        var operation = (await Lab.DoAsync("show", "later"))["operation"]!;
        Assert.Equal(("boot", "create-container"), (operation.Text("verb"), operation.Text("step")));
        held.Cut();
        await Lab.RestsAsync(id, InstancePhase.Active);
        Assert.Equal("active", (await Lab.DoAsync("show", "later")).Text("state"));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_request_said_twice_is_carried_out_once()
    {
        var id = CommanderIds.NewInstanceId().ToString();
        var request = CommanderIds.NewRequestId();

        var first = await Lab.BootAsync("twice", "--id", id, "--request-id", request);
        var second = await Lab.BootAsync("twice", "--id", id, "--request-id", request);

        Assert.Equal(first.Text("operationId"), second.Text("operationId"));
        Assert.Single(await Lab.ContainersOfAsync(id));
        Assert.Single(await Lab.HistoryAsync(id), row => row.Text("event") == "boot-requested");
        var other = await Lab.RunAsync("boot", "--name", "twice", "--image", Lab.ImageName, "--id", id, "--json");
        Assert.Equal("already-exists", other.Expect(3).Failure.Text("error"));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task List_and_hosts_say_what_is_there()
    {
        var id = (await Lab.BootAsync("listed")).Text("id")!;
        var host = await Lab.DoAsync("hosts");
        Assert.Equal("healthy", host.Text("engineState"));
        Assert.True(host.Number("memoryMbClaimed") >= 32, host.ToJsonString());
        Assert.Contains((await Lab.RunAsync("list", "--json")).Expect(0).Rows, row => row.Text("id") == id);
        Assert.Contains("listed", (await Lab.RunAsync("list")).Expect(0).Out, StringComparison.Ordinal);

        await Lab.DeleteAsync(id);

        Assert.DoesNotContain((await Lab.RunAsync("list", "--json")).Expect(0).Rows, row => row.Text("id") == id);
        Assert.Contains((await Lab.RunAsync("list", "--all", "--json")).Expect(0).Rows, row => row.Text("id") == id);
    }

    private static int Lines(string text) => text.Count(letter => letter == '\n');

    private async Task<JsonNode> ContainerAsync(string id) => (await Lab.Engine.ContainerAsync($"nova-{id}"))!;

    private async Task<JsonNode> StateAsync(string id) => (await ContainerAsync(id))["State"]!;

    private async Task AssertSecretIsNowhereAsync(string id)
    {
        var told = (await Lab.RunAsync("history", id, "--json")).Expect(0).Out + (await Lab.RunAsync("show", id)).Expect(0).Out;
        Assert.Contains("TOKEN", told, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, told + Lab.Log, StringComparison.Ordinal);
        var secret = Encoding.UTF8.GetBytes(Secret);
        foreach (var file in Directory.GetFiles(Path.Combine(Lab.DataDirectory, "journal")))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Assert.True(bytes.ToArray().AsSpan().IndexOf(secret) < 0, $"{file} holds the secret");
        }
    }
}
