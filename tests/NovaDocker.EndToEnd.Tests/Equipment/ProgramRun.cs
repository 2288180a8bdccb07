using System.Diagnostics;
using System.Text;
using NovaDocker.Testing;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>A program that runs, with what it has written so far.</summary>
public sealed class ProgramRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly string _line;

    private ProgramRun(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        // Where the tests themselves run in the background of a shell, SIGINT is ignored, and that is inherited.
        var start = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _line = string.Join(' ', start.ArgumentList.Skip(2).Prepend(Path.GetFileName(program)));
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Append(_out, e.Data);
        _process.ErrorDataReceived += (_, e) => Append(_error, e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Out => Read(_out);

    public string Error => Read(_error);

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a program.</summary>
    public static ProgramRun Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        new(program, arguments, environment ?? new Dictionary<string, string>());

    /// <summary>Waits for its end.</summary>
    public async Task<CommandResult> EndAsync(TimeSpan? within = null)
    {
        using var patience = new CancellationTokenSource(within ?? Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Not ended in {within ?? Patience}: {_line}\n{Out}\n{Error}");
        }

        return new CommandResult(_line, _process.ExitCode, Out, Error);
    }

    /// <summary>Waits until it has written a text to standard output.</summary>
    public async Task SaysAsync(string text, TimeSpan? within = null)
    {
        await Eventually.HoldsAsync(
            () => Out.Contains(text, StringComparison.Ordinal) || HasEnded, $"'{text}' from {_line}", within ?? Patience);
        Assert.True(Out.Contains(text, StringComparison.Ordinal), $"'{text}' was expected of {_line}\n{Out}\n{Error}");
    }

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    public Task<CommandResult> TerminateAsync(TimeSpan? within = null) => SignalAsync("TERM", within);

    /// <summary>Sends SIGINT and waits for the end.</summary>
    public Task<CommandResult> InterruptAsync(TimeSpan? within = null) => SignalAsync("INT", within);

    /// <summary>Kills it (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasEnded)
            await KillAsync();
        _process.Dispose();
    }

    private async Task<CommandResult> SignalAsync(string signal, TimeSpan? within)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await kill.WaitForExitAsync();
        return await EndAsync(within);
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
