using System.Diagnostics;

namespace NovaDocker.Benchmarks.Network;

/// <summary>A Linux bridge of the benchmark's own, and a network that a user made in the Engine: both are gone afterwards.</summary>
internal sealed class PlainBridge : IAsyncDisposable
{
    private const string Address = "10.91.0.1/16";

    private readonly string _engine;

    private PlainBridge(string engine) => _engine = engine;

    /// <summary>The bridge's name.</summary>
    public string Name { get; } = $"ndb{Environment.ProcessId}";

    /// <summary>The name of the Engine's network.</summary>
    public string Network { get; } = $"novadocker-bench-{Environment.ProcessId}";

    /// <summary>Makes both.</summary>
    public static async Task<PlainBridge> CreateAsync(string engine)
    {
        var bridge = new PlainBridge(engine);
        await RunAsync("ip", ["link", "add", bridge.Name, "type", "bridge"]).ConfigureAwait(false);
        try
        {
            await RunAsync("ip", ["addr", "add", Address, "dev", bridge.Name]).ConfigureAwait(false);
            await RunAsync("ip", ["link", "set", bridge.Name, "up"]).ConfigureAwait(false);
            await bridge.DockerAsync("network", "create", bridge.Network).ConfigureAwait(false);
            return bridge;
        }
        catch
        {
            await bridge.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs the <c>docker</c> command on the Engine.</summary>
    public Task DockerAsync(params string[] arguments) => RunAsync("docker", ["--host", _engine, .. arguments]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await DockerAsync("network", "rm", Network).ConfigureAwait(false);
        }
        catch (BenchmarkException)
        {
            // It was never made, or the Engine is gone with it.
        }

        await RunAsync("ip", ["link", "del", Name]).ConfigureAwait(false);
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0)
            throw new BenchmarkException($"{program} failed: {(await errors.ConfigureAwait(false)).Trim()}");
    }
}
