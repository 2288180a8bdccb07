using NovaDocker.Benchmarks.Harness;
using NovaDocker.Testing.OpenStack;
using NovaDocker.Testing.Processes;

namespace NovaDocker.Benchmarks.Equipment;

/// <summary>The real Keystone and Glance of a benchmark: its own, or those that were given.</summary>
internal sealed class Cloud : IAsyncDisposable
{
    private const string StartAndStop = "tests/openstack.sh";

    private readonly string? _own;

    private Cloud(string? own, TestCloud services) => (_own, Services) = (own, services);

    /// <summary>The services.</summary>
    public TestCloud Services { get; }

    /// <summary>Takes the cloud given, or starts one.</summary>
    public static async Task<Cloud> StartAsync(Workbench bench, string? given)
    {
        if (given is not null)
        {
            return File.Exists(given)
                ? new Cloud(null, TestCloud.Read(given))
                : throw new BenchmarkException($"--openstack is '{given}', which does not exist; the openstack.json of {StartAndStop} is expected.");
        }

        bench.Say("starting a Keystone and a Glance");
        // Their account must be able to reach it, so it cannot lie in the directory of the benchmark.
        var own = $"/tmp/ndb-cloud-{Environment.ProcessId}";
        await Script.RunAsync(StartAndStop, "start", "--dir", own).ConfigureAwait(false);
        return new Cloud(own, TestCloud.Read(Path.Combine(own, "openstack.json")));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
            await Script.RunAsync(StartAndStop, "stop", "--dir", _own, "--purge").ConfigureAwait(false);
    }
}
