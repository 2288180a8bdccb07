using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using NovaDocker.Benchmarks.Equipment;
using NovaDocker.Testing.OpenStack;

namespace NovaDocker.Benchmarks.Images;

/// <summary>The baseline: image bytes between Glance and the Engine by <c>curl</c> and <c>docker</c> in a pipe, by hand.</summary>
internal sealed class PlainTransfers(Engine engine, TestCloud cloud, CancellationToken cancelled)
{
    private CloudUser User => cloud.User("nova");

    /// <summary>Makes an image's record in Glance and returns its id.</summary>
    public async Task<string> CreateAsync(string name)
    {
        var record = new JsonObject
        {
            ["name"] = name, ["container_format"] = "docker", ["disk_format"] = "raw", ["visibility"] = "public",
        };
        using var body = new StringContent(record.ToJsonString(), Encoding.UTF8, "application/json");
        return (await cloud.GlanceAsync(User, HttpMethod.Post, "images", body).ConfigureAwait(false))!["id"]!.GetValue<string>();
    }

    /// <summary>Brings a file into Glance.</summary>
    public async Task UploadFileAsync(string id, string file) => await RunAsync(
        $"curl -sSf -X PUT -H 'Content-Type: application/octet-stream' -H \"X-Auth-Token: $TOKEN\" -T '{file}' '{FileOf(id)}'")
        .ConfigureAwait(false);

    /// <summary>Removes an image from Glance.</summary>
    public Task RemoveAsync(string id) => cloud.GlanceAsync(User, HttpMethod.Delete, $"images/{id}");

    /// <summary><c>curl | docker load</c>.</summary>
    public Task LoadAsync(string id) =>
        RunAsync($"curl -sSf -H \"X-Auth-Token: $TOKEN\" '{FileOf(id)}' | docker -H '{engine.Address}' load -q");

    /// <summary><c>docker save | curl -T -</c>.</summary>
    public Task SaveAsync(string tag, string id) => RunAsync(
        $"docker -H '{engine.Address}' save '{tag}' | curl -sSf -X PUT -H 'Content-Type: application/octet-stream' "
        + $"-H \"X-Auth-Token: $TOKEN\" -T - '{FileOf(id)}'");

    private string FileOf(string id) => new Uri(cloud.GlanceUrl, $"/v2/images/{id}/file").ToString();

    private async Task RunAsync(string line)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"set -o pipefail; {line}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TOKEN"] = await cloud.TokenAsync(User).ConfigureAwait(false);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancelled);
        var errors = process.StandardError.ReadToEndAsync(cancelled);
        await process.WaitForExitAsync(cancelled).ConfigureAwait(false);
        if (process.ExitCode != 0)
            throw new BenchmarkException($"{line} failed: {await output.ConfigureAwait(false)}{await errors.ConfigureAwait(false)}");
    }
}
