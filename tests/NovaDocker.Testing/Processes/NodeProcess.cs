using System.Collections.Concurrent;
using System.Diagnostics;

namespace NovaDocker.Testing.Processes;

/// <summary>A real node, started, killed and started again on the same data.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ReservedPort _port = new();
    private readonly string[] _settings;
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    /// <summary>A node that is not started yet.</summary>
    /// <param name="dataDirectory">Where it keeps its data.</param>
    /// <param name="engine">The Engine's address.</param>
    /// <param name="settings">Further settings, <c>key=value</c>.</param>
    public NodeProcess(string dataDirectory, string engine, params string[] settings)
    {
        DataDirectory = dataDirectory;
        _settings =
        [
            $"novadocker.data-directory={dataDirectory}", $"novadocker.engine.host={engine}",
            $"novadocker.remoting.port={Port}", .. settings,
        ];
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => _port.Number;

    /// <summary>Where it keeps its data.</summary>
    public string DataDirectory { get; }

    /// <summary>Environment variables beside those of the test.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Its process id while it runs, else null.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>What it has written since it was made, over all its lives.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Starts it and returns when it says that it is up.</summary>
    public async Task StartAsync()
    {
        var isUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo(Repository.Program("NovaDocker.Node", "novadocker-node"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in Environment)
            start.Environment[variable] = value;
        foreach (var setting in _settings)
        {
            start.ArgumentList.Add("--set");
            start.ArgumentList.Add(setting);
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => isUp.TrySetException(new InvalidOperationException($"The node ended at its start:\n{Tail()}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        await Eventually.CompletesAsync(isUp.Task, "the node is up", StartLimit).ConfigureAwait(false);

        void Read(string? line)
        {
            if (line is null)
                return;
            _log.Enqueue(line);
            if (line.Contains("Compute host is up", StringComparison.Ordinal))
                isUp.TrySetResult();
        }
    }

    /// <summary><c>kill -9</c>, and waits for its end.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
    }

    /// <summary>The last lines that it wrote.</summary>
    public string Tail(int lines = 30) => string.Join('\n', _log.TakeLast(lines));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _port.Dispose();
    }
}
