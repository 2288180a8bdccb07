using System.Diagnostics;

namespace NovaDocker.Testing.Processes;

/// <summary>A Docker Engine of the test's own, by <c>docker/engine.sh</c>, that may be killed.</summary>
public sealed class EngineProcess : IAsyncDisposable
{
    private readonly string _directory;

    private EngineProcess(string directory) => _directory = directory;

    /// <summary>Its address.</summary>
    public string Address => $"unix://{_directory}/docker.sock";

    /// <summary>Starts one in a directory of its own. A socket's path is short, and so must be the directory's.</summary>
    public static async Task<EngineProcess> StartAsync(string directory)
    {
        var engine = new EngineProcess(directory);
        try
        {
            await engine.RunAsync("start").ConfigureAwait(false);
            return engine;
        }
        catch
        {
            // A start that was interrupted leaves daemons behind.
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary><c>kill -9</c> of dockerd and its containerd; containers go with them as they may.</summary>
    public async Task KillAsync()
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (process.ProcessName is "dockerd" or "containerd" && CommandLine(process.Id).Contains(_directory, StringComparison.Ordinal))
                {
                    process.Kill();
                    await process.WaitForExitAsync().ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Starts it again after a kill.</summary>
    public Task RestartAsync() => RunAsync("start");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await RunAsync("stop", "--purge").ConfigureAwait(false);

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private Task<string> RunAsync(string verb, params string[] options) =>
        Script.RunAsync("docker/engine.sh", [verb, .. options, "--dir", _directory]);
}
