using System.Diagnostics;
using System.Globalization;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Testing.Processes;

namespace NovaDocker.Benchmarks.Nova;

/// <summary>
/// Nova's driver in a process of its own, with Nova's own libraries around it and its sockets patched as in nova-compute; but
/// without Nova's database and message queue, whose time is not the driver's.
/// </summary>
internal sealed class DriverProcess : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;

    private DriverProcess(Process process) => _process = process;

    /// <summary>Starts one and returns when the driver has found the node.</summary>
    /// <param name="socket">The node's socket.</param>
    /// <param name="image">What is booted.</param>
    /// <param name="memoryMb">Memory limit of the instances, MiB.</param>
    /// <exception cref="BenchmarkException">Nova is not installed, or the driver does not reach the node.</exception>
    public static async Task<DriverProcess> StartAsync(string socket, ImageId image, int memoryMb)
    {
        var start = new ProcessStartInfo(
            Python,
            [
                Path.Combine(Repository.Root, "tests", "NovaDocker.Benchmarks", "Nova", "spawn.py"), socket, image.ToString(),
                memoryMb.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONPATH"] = Path.Combine(Repository.Root, "src", "nova-driver");
        var process = Process.Start(start) ?? throw new BenchmarkException($"{Python} cannot be started.");
        var errors = process.StandardError.ReadToEndAsync();
        var driver = new DriverProcess(process);
        if (await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) == "ready")
            return driver;
        await driver.DisposeAsync().ConfigureAwait(false);
        throw new BenchmarkException(
            $"Nova's driver did not start; it needs Debian's python3-nova (apt-get install python3-nova). It said:\n{await errors.ConfigureAwait(false)}");
    }

    /// <summary>Boots an instance as nova-compute does.</summary>
    /// <returns>How long the driver's <c>spawn</c> took, milliseconds.</returns>
    public Task<double> SpawnAsync(InstanceId id) => SayAsync("spawn", id);

    /// <summary>Removes it.</summary>
    public Task DestroyAsync(InstanceId id) => SayAsync("destroy", id);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task<double> SayAsync(string verb, InstanceId id)
    {
        await _process.StandardInput.WriteLineAsync($"{verb} {id}").ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
        var answer = await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        return double.TryParse(answer, CultureInfo.InvariantCulture, out var milliseconds)
            ? milliseconds
            : throw new BenchmarkException($"The driver's {verb} of {id} failed: {answer}");
    }
}
