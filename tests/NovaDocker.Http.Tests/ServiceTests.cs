using System.Net;
using System.Text.Json.Nodes;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Images;
using NovaDocker.Http.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;

namespace NovaDocker.Http.Tests;

/// <summary>What the node says of itself and its host, and the images in its Engine.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task It_says_which_versions_it_speaks_and_where_they_are_described()
    {
        await using var lab = await DoorLab.StartedAsync();

        var version = Assert.Single((await lab.Client.GetAsync("/")).Expect(HttpStatusCode.OK).Body["versions"]!.AsArray())!;

        Assert.Equal(("v1", "current"), (version.Text("id"), version.Text("status")));
        var described = version["links"]!.AsArray().Single(link => link!.Text("rel") == "describedby")!.Text("href")!;
        var description = (await lab.Client.GetAsync(described)).Expect(HttpStatusCode.OK);
        Assert.Equal("application/yaml", description.MediaType);
        Assert.StartsWith("openapi: 3.1.0", description.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_degraded_while_the_Engine_is_away()
    {
        await using var lab = await DoorLab.StartedAsync();
        var well = (await lab.Client.GetAsync("/v1/health")).Body;
        Assert.Equal(("ok", "ok"), (well.Text("status"), well.Text("journal")));
        Assert.Empty(well["problems"]!.AsArray());

        lab.Engine.Faults.FailBefore(EngineCall.GetInfo, EngineErrorKind.Unavailable, 10_000);

        var ill = (await Eventually.BecomesAsync(
            () => lab.Client.GetAsync("/v1/health"), health => health.Body.Text("status") == "degraded", "it shows")).Body;
        Assert.Equal("unreachable", ill.Text("engine"));
        Assert.NotEmpty(ill["problems"]!.AsArray());
    }

    [Fact]
    public async Task Health_is_degraded_while_the_journal_is_away()
    {
        await using var lab = await DoorLab.StartedAsync();
        var journal = Path.Combine(lab.DataDirectory, "journal");
        var id = await lab.Client.BootedAsync();

        Directory.Move(journal, journal + ".away");

        var ill = (await lab.Client.GetAsync("/v1/health")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal(("degraded", "away"), (ill.Text("status"), ill.Text("journal")));
        Assert.Contains("removed or moved away", ill["problems"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        (await lab.Client.PutAsync($"/v1/instances/{CommanderIds.NewInstanceId()}", DoorClient.BootBody()))
            .ExpectProblem(503, "journal-unavailable");
        Directory.Move(journal + ".away", journal);

        // Whether it can be written shows with the next write.
        await Eventually.BecomesAsync(
            () => lab.Client.PostAsync($"/v1/instances/{id}/actions/stop"), stop => stop.Status == HttpStatusCode.Accepted, "it is taken again");
        Assert.Equal("ok", (await lab.Client.GetAsync("/v1/health")).Body.Text("status"));
    }

    [Fact]
    public async Task What_Placement_computes_of_the_inventories_is_what_the_host_gives_away()
    {
        await using var lab = DoorLab.Empty();
        lab.Engine.Info = lab.Engine.Info with { Processors = 3, MemoryBytes = 4_321L << 20 };
        await lab.StartAsync(
            """
            novadocker.host.reserved-memory-mb = 321
            novadocker.host.memory-allocation-ratio = 1.3
            novadocker.host.cpu-allocation-ratio = 2.7
            novadocker.images.disk-reserve-mb = 1500
            """);

        var host = (await lab.Client.GetAsync("/v1/host")).Expect(HttpStatusCode.OK).Body;
        var view = (await ViewAsync(lab))!;

        Assert.Equal((4321, 321), (host["inventories"]!["MEMORY_MB"]!.Number("total"), host["inventories"]!["MEMORY_MB"]!.Number("reserved")));
        Assert.Equal(5200, CapacityOf(host, "MEMORY_MB"));
        Assert.Equal(view.MemoryMb, CapacityOf(host, "MEMORY_MB"));
        Assert.Equal(8, CapacityOf(host, "VCPU"));
        Assert.Equal(view.Vcpus, CapacityOf(host, "VCPU"));
        Assert.Equal((100, 2), (host["inventories"]!["DISK_GB"]!.Number("total"), host["inventories"]!["DISK_GB"]!.Number("reserved")));
        Assert.Equal((100, 60, 40), (host["resources"]!.Number("localGb"), host["resources"]!.Number("localGbUsed"), host["resources"]!.Number("diskAvailableLeastGb")));
        Assert.All(host["inventories"]!.AsObject(), inventory => Assert.True(inventory.Value!.Number("max_unit") <= inventory.Value!.Number("total")));
    }

    [Fact]
    public async Task Reserved_is_never_more_than_there_is_and_what_cannot_be_seen_is_left_out()
    {
        await using var lab = DoorLab.Empty();
        lab.Disk = null;
        lab.Engine.Info = lab.Engine.Info with { MemoryBytes = 300L << 20 };
        await lab.StartAsync();

        var host = (await lab.Client.GetAsync("/v1/host")).Body;

        Assert.Equal((300, 300), (host["inventories"]!["MEMORY_MB"]!.Number("total"), host["inventories"]!["MEMORY_MB"]!.Number("reserved")));
        Assert.Equal(0, CapacityOf(host, "MEMORY_MB"));
        Assert.Null(host["inventories"]!["DISK_GB"]);
        Assert.Equal(0, host["resources"]!.Number("localGb"));
    }

    [Fact]
    public async Task A_host_tells_of_its_Engine_its_processors_and_what_is_set_aside()
    {
        await using var lab = await DoorLab.StartedAsync();
        await lab.Client.BootedAsync();

        var host = (await lab.Client.GetAsync("/v1/host")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(DoorLab.HostId.Value, host.Text("hostId"));
        Assert.Equal(("healthy", "20.10.24", "1.41"), (host["engine"]!.Text("state"), host["engine"]!.Text("version"), host["engine"]!.Text("apiVersion")));
        Assert.Equal((64, 1, 1), (host["resources"]!.Number("memoryMbUsed"), host["resources"]!.Number("vcpusUsed"), host.Number("instances")));
        Assert.Contains("CUSTOM_NOVADOCKER", host["traits"]!.AsArray().Select(trait => trait!.GetValue<string>()));
        Assert.Matches(@"^ \d\d:\d\d:\d\d up .*,  0 users,  load average: ", host.Text("uptime"));
        Assert.NotEmpty(host["cpu"]!["features"]!.AsArray());
    }

    [Fact]
    public async Task Metrics_count_instances_by_phase_and_requests_by_route()
    {
        await using var lab = await DoorLab.StartedAsync();
        var id = await lab.Client.BootedAsync();
        await lab.Client.DoAsync(await lab.Client.BootedAsync(), "stop");
        (await lab.Client.GetAsync("/nowhere")).ExpectProblem(404, "not-found");

        var metrics = (await lab.Client.GetAsync("/v1/metrics")).Expect(HttpStatusCode.OK);

        Assert.Equal("text/plain", metrics.MediaType);
        var lines = metrics.Text.Split('\n');
        Assert.Contains("novadocker_instances{phase=\"active\"} 1", lines);
        Assert.Contains("novadocker_instances{phase=\"stopped\"} 1", lines);
        Assert.Contains("novadocker_engine_state{state=\"healthy\"} 1", lines);
        Assert.Contains("novadocker_memory_claimed_mib 128", lines);
        Assert.Contains("novadocker_http_requests_total{method=\"PUT\",route=\"/v1/instances/{id}\",status=\"202\"} 2", lines);
        Assert.Contains("novadocker_http_requests_total{method=\"GET\",route=\"-\",status=\"404\"} 1", lines);
        Assert.DoesNotContain(id, metrics.Text, StringComparison.Ordinal);
        Assert.All(lines.Where(line => line.Length > 0), line => Assert.Matches(@"^(# (HELP|TYPE) |[a-z_]+(\{[^}]*\}[^ ]*)? \d+$)", line));
    }

    [Fact]
    public async Task An_image_is_pulled_once_by_a_request_and_taken_away_unless_it_is_used()
    {
        await using var lab = await DoorLab.StartedAsync("novadocker.images.collect.min-age = 0s");
        var other = new ImageId(CommanderIds.NewInstanceId().Value);
        lab.Images.Put(other, "team/other:1", TestImages.OneFile("team/other:1", new Dictionary<string, string>(), "two").ToBytes());

        var pulled = await Eventually.BecomesAsync(
            () => lab.Client.PostAsync("/v1/images/team%2Fother:1/pull", null, "req-pull"), pull => pull.Body.Text("state") != "pulling", "it is there");
        Assert.Equal(("ready", other.ToString(), "team/other:1"), (pulled.Body.Text("state"), pulled.Body.Text("imageId"), pulled.Body.Text("name")));
        pulled.Expect(HttpStatusCode.OK);
        var refused = (await lab.Client.PostAsync("/v1/images/nothing/pull")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("refused", refused.Text("state"));
        Assert.NotNull(refused.Text("problem"));
        (await lab.Client.PostAsync("/v1/images/collect", """{"inUse": ["x"]}""")).ExpectProblem(400, "invalid-argument");

        var kept = (await lab.Client.PostAsync("/v1/images/collect", $$"""{"inUse": ["{{other}}"]}""")).Expect(HttpStatusCode.OK).Body;
        Assert.Empty(kept["removed"]!.AsArray());
        Assert.Equal("Who asked for the collection uses it.", Assert.Single(kept["kept"]!.AsArray())!.Text("reason"));
        var removed = (await lab.Client.PostAsync("/v1/images/collect")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal(other.ToString(), Assert.Single(removed["removed"]!.AsArray())!.Text("imageId"));
        Assert.Empty(removed["kept"]!.AsArray());
    }

    private static int CapacityOf(JsonNode host, string resource)
    {
        var inventory = host["inventories"]![resource]!;
        return (int)((inventory.Number("total") - inventory.Number("reserved")) * inventory["allocation_ratio"]!.GetValue<double>());
    }

    private static async Task<Domain.Hosts.HostView?> ViewAsync(DoorLab lab)
    {
        await using var client = NovaDockerClient.Within(lab.System, TimeSpan.FromSeconds(10));
        return (await client.ListHostsAsync())[0];
    }
}
