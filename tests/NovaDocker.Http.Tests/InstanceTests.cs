using System.Net;
using NovaDocker.Domain.Instances;
using NovaDocker.Http.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;

namespace NovaDocker.Http.Tests;

/// <summary>The life of an instance by way of the door.</summary>
public sealed class InstanceTests(RunningDoor running) : IClassFixture<RunningDoor>
{
    private readonly DoorLab _lab = running.Lab;

    private DoorClient Client => _lab.Client;

    [Fact]
    public async Task A_boot_is_accepted_with_the_place_of_its_operation_and_followed_to_its_end()
    {
        var id = CommanderIds.NewInstanceId().ToString();
        var begun = await Client.ChangeAsync(
            HttpMethod.Put, $"/v1/instances/{id}", DoorClient.BootBody(""", "command": ["sleep", "9"], "environment": {"A": "b"}"""), null,
            ("X-User-Id", "alice"), ("X-Project-Id", "blue"));

        begun.Expect(HttpStatusCode.Accepted);
        Assert.Equal(begun.Body.Text("href"), begun.Location!.OriginalString);
        Assert.Equal("boot", begun.Body.Text("verb"));
        Assert.Equal(id, begun.Body.Text("instanceId"));
        var ended = await Client.EndAsync(begun.Body);
        Assert.Equal("succeeded", ended.Text("state"));
        Assert.Null(ended["step"]);
        Assert.Null(ended["fault"]);

        var view = await Client.InstanceAsync(id);
        Assert.Equal("active", view.Text("phase"));
        Assert.Equal(("active", null, "RUNNING"), (view.Text("vmState"), view.Text("taskState"), view.Text("powerState")));
        Assert.Equal(("alice", "blue"), (view.Text("userId"), view.Text("projectId")));
        Assert.Equal(DoorLab.HostId.Value, view.Text("hostId"));
        Assert.Equal(_lab.ImageId.ToString(), view.Text("imageId"));
        Assert.Equal(ended.Number("revision"), view.Number("revision"));
        Assert.Equal("sleep 9", string.Join(' ', _lab.Engine.SpecOf($"nova-{id}").Command));
        var first = (await Client.GetAsync($"/v1/instances/{id}/history?limit=1")).Body["entries"]![0]!;
        Assert.Equal("nova-compute", first.Text("service"));
        Assert.Equal("boot-requested", first.Text("event"));
    }

    [Fact]
    public async Task The_same_request_is_carried_out_once_and_answered_by_the_same_operation()
    {
        var id = CommanderIds.NewInstanceId().ToString();
        var first = await Client.PutAsync($"/v1/instances/{id}", DoorClient.BootBody(), "req-one");
        await Client.EndAsync(first.Body);

        var again = await Client.PutAsync($"/v1/instances/{id}", DoorClient.BootBody(), "req-one");

        again.Expect(HttpStatusCode.Accepted);
        Assert.Equal(first.Body.Text("id"), again.Body.Text("id"));
        Assert.Equal("succeeded", again.Body.Text("state"));
        var other = await Client.PutAsync($"/v1/instances/{id}", DoorClient.BootBody(), "req-two");
        Assert.Equal(id, other.ExpectProblem(409, "already-exists").Text("instanceId"));
    }

    [Fact]
    public async Task Each_plain_action_does_what_it_says()
    {
        var id = await Client.BootedAsync();
        var container = (await Client.InstanceAsync(id)).Text("containerId")!;
        foreach (var (action, body, verb, phase, calls, memory) in new[]
        {
            ("pause", null, "pause", "paused", "PauseContainer", 64),
            ("unpause", "{}", "unpause", "active", "UnpauseContainer", 64),
            ("suspend", null, "suspend", "suspended", "PauseContainer", 64),
            ("resume", null, "resume", "active", "UnpauseContainer", 64),
            ("reboot", """{"type": "soft"}""", "soft-reboot", "active", "StopContainer StartContainer", 64),
            ("reboot", """{"type": "hard"}""", "hard-reboot", "active", "KillContainer StartContainer", 64),
            ("stop", """{"graceSeconds": 0}""", "stop", "stopped", "StopContainer", 64),
            ("start", null, "start", "active", "StartContainer", 64),
            ("resize", """{"memoryMb": 128, "vcpus": 2}""", "resize", "active", "UpdateContainer", 128),
            ("revert-resize", null, "revert-resize", "active", "UpdateContainer", 64),
            ("resize", """{"memoryMb": 96, "vcpus": 1}""", "resize", "active", "UpdateContainer", 96),
            ("confirm-resize", null, "confirm-resize", "active", "", 96),
            ("rescue", null, "rescue", "rescued", "StopContainer", 96),
            ("unrescue", null, "unrescue", "active", "StartContainer", 96),
        })
        {
            var before = _lab.Engine.Calls.Length;

            Assert.Equal(verb, (await Client.DoAsync(id, action, body)).Text("verb"));

            var made = _lab.Engine.Calls.Skip(before).Where(call => call.Subject == container && call.Call != EngineCall.FindContainer);
            Assert.Equal(calls, string.Join(' ', made.Select(call => call.Call)));
            var view = await Client.InstanceAsync(id);
            Assert.Equal((phase, memory), (view.Text("phase"), view.Number("memoryMb")));
            Assert.Equal((long)memory << 20, _lab.Engine.SpecOf(container).MemoryBytes);
        }
    }

    [Fact]
    public async Task A_resize_shows_the_size_before_until_it_is_confirmed()
    {
        var id = await Client.BootedAsync();

        await Client.DoAsync(id, "resize", """{"memoryMb": 128, "vcpus": 2}""");

        var resized = await Client.InstanceAsync(id);
        Assert.Equal((128, 2), (resized.Number("memoryMb"), resized.Number("vcpus")));
        Assert.Equal((64, 1), (resized["previousFlavor"]!.Number("memoryMb"), resized["previousFlavor"]!.Number("vcpus")));
        await Client.DoAsync(id, "confirm-resize");
        Assert.Null((await Client.InstanceAsync(id))["previousFlavor"]);
    }

    [Fact]
    public async Task Where_nothing_is_to_be_done_that_is_said_at_once()
    {
        var id = await Client.BootedAsync();

        var done = (await Client.PostAsync($"/v1/instances/{id}/actions/start")).Expect(HttpStatusCode.OK);

        Assert.Null(done.Location);
        Assert.Equal(("start", "succeeded"), (done.Body.Text("verb"), done.Body.Text("state")));
        Assert.Null(done.Body["id"]);
        var view = await Client.InstanceAsync(id);
        Assert.Equal(view.Number("revision"), done.Body.Number("revision"));
    }

    [Fact]
    public async Task A_stop_has_the_grace_it_is_given()
    {
        var id = await Client.BootedAsync();

        (await Client.PostAsync($"/v1/instances/{id}/actions/stop", """{"graceSeconds": 3601}"""))
            .ExpectProblem(400, "invalid-argument");
        await Client.DoAsync(id, "stop", """{"graceSeconds": 7}""");

        Assert.Equal("stopped", (await Client.InstanceAsync(id)).Text("phase"));
        Assert.Equal(TimeSpan.FromSeconds(7), _lab.Engine.LastStopGrace);
    }

    [Fact]
    public async Task A_failed_operation_tells_step_and_reason_also_long_after()
    {
        var id = await Client.BootedAsync();
        _lab.Engine.Faults.FailBefore(EngineCall.PauseContainer, Actors.Docker.EngineErrorKind.Invalid);
        var begun = (await Client.PostAsync($"/v1/instances/{id}/actions/pause")).Expect(HttpStatusCode.Accepted).Body;

        var failed = await Client.EndAsync(begun);

        Assert.Equal("failed", failed.Text("state"));
        Assert.Equal("pause-container", failed["fault"]!.Text("step"));
        Assert.Equal("invalid", failed["fault"]!.Text("code"));
        Assert.Contains("by order", failed["fault"]!.Text("message"), StringComparison.Ordinal);
        await Client.DoAsync(id, "stop");
        await Client.DoAsync(id, "start");
        Assert.Equal(failed.ToJsonString(), (await Client.GetAsync(begun.Text("href")!)).Body.ToJsonString());
    }

    [Fact]
    public async Task What_a_deletion_called_off_is_cancelled_and_its_history_stays()
    {
        var id = CommanderIds.NewInstanceId().ToString();
        var held = _lab.Engine.Faults.HoldBefore(EngineCall.CreateContainer);
        var boot = (await Client.PutAsync($"/v1/instances/{id}", DoorClient.BootBody())).Expect(HttpStatusCode.Accepted).Body;
        await held.Reached;

        var delete = (await Client.ChangeAsync(HttpMethod.Delete, $"/v1/instances/{id}")).Expect(HttpStatusCode.Accepted).Body;
        held.Release();

        Assert.Equal("succeeded", (await Client.EndAsync(delete)).Text("state"));
        Assert.Equal("cancelled", (await Client.GetAsync(boot.Text("href")!)).Body.Text("state"));
        Assert.Equal("deleted", (await Client.InstanceAsync(id)).Text("phase"));
        Assert.DoesNotContain(_lab.Engine.Containers, container => container.Name == $"nova-{id}");
    }

    [Fact]
    public async Task A_deletion_that_keeps_the_disks_ends_the_process_alone()
    {
        var id = await Client.BootedAsync();

        var kept = (await Client.ChangeAsync(HttpMethod.Delete, $"/v1/instances/{id}?disks=keep")).Expect(HttpStatusCode.Accepted).Body;
        await Client.EndAsync(kept);

        Assert.Equal("stopped", (await Client.InstanceAsync(id)).Text("phase"));
        Assert.Contains(_lab.Engine.Containers, container => container.Name == $"nova-{id}" && !container.IsRunning);
    }

    [Fact]
    public async Task What_was_deleted_is_booted_once_more_and_listed_again()
    {
        await using var lab = await DoorLab.StartedAsync("novadocker.instances.passivate-after = 200ms");
        var client = lab.Client;
        var id = await client.BootedAsync();
        await client.EndAsync((await client.ChangeAsync(HttpMethod.Delete, $"/v1/instances/{id}")).Body);
        await Eventually.BecomesAsync(lab.InMemoryAsync, inMemory => !inMemory.Contains(id), "it is out of memory");
        Assert.DoesNotContain(id, await ListedAsync(client, "deleted=false"));
        Assert.Contains(id, await ListedAsync(client, "deleted=true"));

        var again = (await client.PutAsync($"/v1/instances/{id}", DoorClient.BootBody())).Expect(HttpStatusCode.Accepted).Body;

        Assert.Equal("succeeded", (await client.EndAsync(again)).Text("state"));
        Assert.Contains(id, await ListedAsync(client, "deleted=false"));
    }

    [Fact]
    public async Task A_list_comes_in_pages_in_the_order_of_ids()
    {
        for (var i = 0; i < 3; i++)
            await Client.BootedAsync();

        var whole = await ListedAsync(Client, "deleted=true");
        var paged = new List<string>();
        var after = "";
        do
        {
            var page = (await Client.GetAsync($"/v1/instances?deleted=true&limit=2{after}")).Expect(HttpStatusCode.OK).Body;
            Assert.InRange(page["instances"]!.AsArray().Count, 1, 2);
            paged.AddRange(page["instances"]!.AsArray().Select(view => view!.Text("id")!));
            after = page.Text("next") is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);

        Assert.True(whole.Count >= 3);
        Assert.Equal(whole.Order(StringComparer.Ordinal), whole);
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task A_snapshot_fills_the_image_that_it_is_given()
    {
        var id = await Client.BootedAsync();
        var image = CommanderIds.NewImageId().ToString();

        await Client.DoAsync(id, "snapshot", $$"""{"imageId": "{{image}}", "name": "nightly"}""");

        Assert.Contains(image, _lab.Images.Ids);
    }

    [Fact]
    public async Task A_rebuild_makes_a_new_container_of_the_same_instance()
    {
        var id = await Client.BootedAsync();
        var before = (await Client.InstanceAsync(id)).Text("containerId");

        await Client.DoAsync(id, "rebuild", $$"""{"image": "{{_lab.ImageId}}", "command": ["sleep", "5"], "powerOn": false}""");

        var after = await Client.InstanceAsync(id);
        Assert.NotEqual(before, after.Text("containerId"));
        Assert.Equal(("web", "stopped", 64), (after.Text("name"), after.Text("phase"), after.Number("memoryMb")));
        Assert.Equal("sleep 5", string.Join(' ', _lab.Engine.SpecOf($"nova-{id}").Command));
    }

    [Fact]
    public async Task A_boot_can_leave_the_instance_stopped_with_files_in_it()
    {
        var id = await Client.BootedAsync(
            """
            , "powerOn": false, "extraSpecs": {"docker:any": "1"}, "metadata": {"role": "web"},
            "configDrive": [{"path": "openstack/latest/meta_data.json", "content": "e30="}],
            "injectedFiles": [{"path": "/etc/motd", "content": "aGVsbG8="}]
            """);

        Assert.Equal("stopped", (await Client.InstanceAsync(id)).Text("phase"));
        var binds = _lab.Engine.Containers.Single(container => container.Name == $"nova-{id}").Binds;
        Assert.Contains(binds, bind => bind.EndsWith($":{InstanceFile.ConfigDrive}:ro", StringComparison.Ordinal));
        var file = binds.Single(bind => bind.EndsWith(":/etc/motd:ro", StringComparison.Ordinal));
        Assert.Equal("hello", await File.ReadAllTextAsync(file.Split(':')[0]));
    }

    [Fact]
    public async Task Console_and_diagnostics_are_read_from_the_Engine()
    {
        var id = await Client.BootedAsync();
        _lab.Engine.Print($"nova-{id}", "one\ntwo\nthree\n");

        var console = (await Client.GetAsync($"/v1/instances/{id}/console?lines=2")).Expect(HttpStatusCode.OK).Body;
        var diagnostics = (await Client.GetAsync($"/v1/instances/{id}/diagnostics")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(("two\nthree\n", false), (console.Text("text"), console["truncated"]!.GetValue<bool>()));
        Assert.Equal("running", diagnostics.Text("state"));
        Assert.Equal(25_000_000, diagnostics["cpu"]![0]!.Number("timeNs"));
        Assert.Equal((64, 4), (diagnostics["memory"]!.Number("maximumMb"), diagnostics["memory"]!.Number("usedMb")));
        await Client.DoAsync(id, "stop");
        var stopped = (await Client.GetAsync($"/v1/instances/{id}/diagnostics")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("shutdown", stopped.Text("state"));
        Assert.Null(stopped["cpu"]);
        Assert.Null(stopped["memory"]);
        Assert.Null(stopped["uptimeSeconds"]);
    }

    [Fact]
    public async Task A_history_comes_in_pages_with_the_members_of_the_command()
    {
        var id = await Client.BootedAsync();

        var entries = new List<string>();
        long? after = 0;
        while (after is { } known)
        {
            var page = (await Client.GetAsync($"/v1/instances/{id}/history?after={known}&limit=4")).Expect(HttpStatusCode.OK).Body;
            entries.AddRange(page["entries"]!.AsArray().Select(entry => entry!.Text("event")!));
            after = page["next"]?.GetValue<long>();
        }

        Assert.Equal("boot-requested", entries[0]);
        Assert.Equal("boot-completed", entries[^1]);
        Assert.Equal(entries.Count, (await Client.InstanceAsync(id)).Number("revision"));
    }

    private static async Task<IReadOnlyList<string>> ListedAsync(DoorClient client, string query)
    {
        var ids = new List<string>();
        var after = "";
        do
        {
            var page = (await client.GetAsync($"/v1/instances?{query}{after}")).Expect(HttpStatusCode.OK).Body;
            ids.AddRange(page["instances"]!.AsArray().Select(view => view!.Text("id")!));
            after = page.Text("next") is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);
        return ids;
    }
}
