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
        await engine.RunAsync("start").ConfigureAwait(false);
        return engine;
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

    private async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[Path.Combine(Repository.Root, "docker", "engine.sh"), .. arguments, "--dir", _directory])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"engine.sh {arguments[0]} failed:\n{await output}{await errors}");
    }
}
