using System.Diagnostics;

namespace NovaDocker.Testing.Processes;

/// <summary>A Docker Engine of the test's own, by <c>docker/engine.sh</c>, that may be killed.</summary>
public sealed class EngineProcess : IAsyncDisposable
{
    private readonly string _directory;
    private readonly string[] _options;
    private readonly IReadOnlyList<string> _by;

    private EngineProcess(string directory, string[] options, IReadOnlyList<string> by) =>
        (_directory, _options, _by) = (directory, options, by);

    /// <summary>Its address.</summary>
    public string Address => $"unix://{_directory}/docker.sock";

    /// <summary>Starts one in a directory of its own. A socket's path is short, and so must be the directory's.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="isLiveRestore">True lets its containers go on while dockerd is away.</param>
    public static Task<EngineProcess> StartAsync(string directory, bool isLiveRestore = false) =>
        StartAsync(directory, isLiveRestore ? ["--live-restore"] : [], []);

    /// <summary>Starts one with options of <c>engine.sh start</c>.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="options">The options.</param>
    /// <param name="by">The program that the script is run by, with its arguments; empty for none.</param>
    public static async Task<EngineProcess> StartAsync(string directory, string[] options, IReadOnlyList<string> by)
    {
        var engine = new EngineProcess(directory, options, by);
        try
        {
            await engine.RestartAsync().ConfigureAwait(false);
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
    public Task KillAsync() => EndAsync(process => process.Kill(), "dockerd", "containerd");

    /// <summary><c>kill -9</c> of dockerd alone.</summary>
    public Task KillDaemonAsync() => EndAsync(process => process.Kill(), "dockerd");

    /// <summary>SIGTERM to dockerd alone, as <c>systemctl stop docker</c> sends it, and the wait for its end.</summary>
    public Task TerminateDaemonAsync() => EndAsync(Terminate, "dockerd");

    /// <summary>Starts what of it does not run.</summary>
    public Task RestartAsync() => RunAsync("start", _options);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await RunAsync("stop", "--purge").ConfigureAwait(false);

    private static void Terminate(Process process)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id}"]);
        kill.WaitForExit();
    }

    private async Task EndAsync(Action<Process> end, params string[] programs)
    {
        var ended = 0;
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (programs.Contains(process.ProcessName) && CommandLine(process.Id).Contains(_directory, StringComparison.Ordinal))
                {
                    end(process);
                    await process.WaitForExitAsync().ConfigureAwait(false);
                    ended++;
                }
            }
        }

        if (ended == 0)
            throw new InvalidOperationException($"No {string.Join(" or ", programs)} of {_directory} runs.");
    }

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
        Script.RunAsync(_by, "docker/engine.sh", [verb, .. options, "--dir", _directory]);
}
