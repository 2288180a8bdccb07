using System.Diagnostics;
using System.Text.Json.Nodes;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>The node's HTTP door as a person meets it: curl on its socket.</summary>
public sealed class HttpTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    private string SocketPath => Path.Combine(Lab.DataDirectory, "http.sock");

    [SkippableFact]
    public async Task An_instance_lives_by_curl_alone_and_its_history_is_that_of_the_command()
    {
        var id = CommanderIds.NewInstanceId().ToString();
        var boot = await CurlAsync(
            $"/v1/instances/{id}", "-X", "PUT", "-H", "X-Openstack-Request-Id: req-boot", "-H", "X-Project-Id: blue", "-H", "Content-Type: application/json",
            "-d", $$"""{"name": "curled", "image": "{{Lab.ImageName}}", "memoryMb": 32, "vcpus": 1, "command": ["sh", "-c", "echo hello; exec sleep 1000"]}""");
        Assert.Equal("boot", boot.Text("verb"));
        Assert.Equal("succeeded", (await EndAsync(boot)).Text("state"));

        Assert.Equal(("active", "blue"), ((await CurlAsync($"/v1/instances/{id}")).Text("phase"), (await CurlAsync($"/v1/instances/{id}")).Text("projectId")));
        var console = await Eventually.BecomesAsync(
            () => CurlAsync($"/v1/instances/{id}/console"), console => console.Text("text") == "hello\n", "it wrote");
        Assert.False(console["truncated"]!.GetValue<bool>());
        var diagnostics = await CurlAsync($"/v1/instances/{id}/diagnostics");
        Assert.Equal("running", diagnostics.Text("state"));
        Assert.True(diagnostics["cpu"]![0]!.Number("timeNs") > 0);
        Assert.Equal(32, diagnostics["memory"]!.Number("maximumMb"));

        var next = (await CurlAsync("/v1/lifecycle")).Number("next");
        await Lab.Engine.KillContainerAsync($"nova-{id}");
        JsonNode page;
        do
        {
            page = await CurlAsync($"/v1/lifecycle?after={next}&wait=20");
            next = page.Number("next");
        }
        while (page["events"]!.AsArray().Count == 0);
        var told = page["events"]![0]!;
        Assert.Equal((id, "stopped"), (told.Text("instanceId"), told.Text("transition")));
        Assert.Equal("SHUTDOWN", (await CurlAsync($"/v1/instances/{id}")).Text("powerState"));

        var history = (await CurlAsync($"/v1/instances/{id}/history"))["entries"]!.AsArray();
        Assert.Equal(
            (await Lab.HistoryAsync(id)).Select(row => row.ToJsonString()), history.Select(entry => entry!.ToJsonString()));
        var deleted = await CurlAsync($"/v1/instances/{id}", "-X", "DELETE", "-H", "X-Openstack-Request-Id: req-delete");
        Assert.Equal("succeeded", (await EndAsync(deleted)).Text("state"));
        Assert.Empty(await Lab.ContainersOfAsync(id));
    }

    [SkippableFact]
    public async Task The_host_tells_what_placement_is_told()
    {
        var host = await CurlAsync("/v1/host");
        var listed = (await Lab.Client.ListHostsAsync())[0];

        foreach (var (resource, given) in new[] { ("VCPU", listed.Vcpus), ("MEMORY_MB", listed.MemoryMb) })
        {
            var inventory = host["inventories"]![resource]!;
            Assert.Equal(
                given,
                (long)((inventory.Number("total") - inventory.Number("reserved")) * inventory["allocation_ratio"]!.GetValue<double>()));
        }

        Assert.True(host["inventories"]!["DISK_GB"]!.Number("total") > 0);
        Assert.Equal("ok", (await CurlAsync("/v1/health")).Text("status"));
    }

    [SkippableFact]
    public async Task Owner_and_group_may_connect_and_nobody_else()
    {
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
            File.GetUnixFileMode(SocketPath));
        await CurlAsync("/v1/health");
    }

    private async Task<JsonNode> EndAsync(JsonNode operation)
    {
        while (operation.Text("state") == "running")
            operation = await CurlAsync($"{operation.Text("href")}?revision={operation["revision"]}&wait=20");
        return operation;
    }

    private async Task<JsonNode> CurlAsync(string path, params string[] arguments)
    {
        var start = new ProcessStartInfo("curl", ["-sS", "--unix-socket", SocketPath, .. arguments, $"http://localhost{path}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var curl = Process.Start(start)!;
        var text = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();
        Assert.True(curl.ExitCode == 0, await curl.StandardError.ReadToEndAsync());
        return JsonNode.Parse(text)!;
    }
}
