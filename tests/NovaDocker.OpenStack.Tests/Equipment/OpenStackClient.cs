using System.Diagnostics;
using System.Text.Json.Nodes;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Testing.OpenStack;
using NovaDocker.Testing.Processes;

namespace NovaDocker.OpenStack.Tests.Equipment;

/// <summary>
/// The real <c>openstack</c> command as one user, in a process that stays (<c>tests/cloud/client.py</c>): each command takes a
/// tenth of a second instead of two.
/// </summary>
public sealed class OpenStackClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Starts it.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="user">The user.</param>
    public OpenStackClient(TestCloud cloud, CloudUser user)
    {
        User = user;
        // Debian's Python, and nothing of the caller's that would lead it elsewhere.
        var start = new ProcessStartInfo("/usr/bin/python3", ["-B", Path.Combine(Repository.Root, "tests/cloud/client.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("OS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(variable);
        start.Environment.Remove("PYTHONPATH");
        foreach (var (variable, value) in cloud.EnvironmentOf(user))
            start.Environment[variable] = value;
        _process = Process.Start(start)!;
    }

    /// <summary>Who it is.</summary>
    public CloudUser User { get; }

    /// <summary>Runs one command.</summary>
    public async Task<CommandResult> RunAsync(params string[] arguments)
    {
        await _turn.WaitAsync();
        try
        {
            var line = new JsonArray([.. arguments.Select(word => JsonValue.Create(word))]).ToJsonString();
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
            var answer = await Eventually.CompletesAsync(_process.StandardOutput.ReadLineAsync(), $"openstack {line}", Patience);
            var result = JsonNode.Parse(answer ?? throw new InvalidOperationException($"The client ended at {line}"))!;
            return new CommandResult(
                $"openstack {string.Join(' ', arguments)}", (int)result.Number("code"), result.Text("out")!, result.Text("err")!);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs one command and expects it to succeed.</summary>
    public async Task<CommandResult> DoAsync(params string[] arguments) => (await RunAsync(arguments)).Expect(0);

    /// <summary>Runs one command, expects it to succeed, and returns what it shows or lists.</summary>
    public async Task<JsonNode> AskAsync(params string[] arguments) =>
        JsonNode.Parse((await DoAsync([.. arguments, "-f", "json"])).Out)!;

    /// <summary>Makes something and returns its id.</summary>
    public async Task<string> MakeAsync(params string[] arguments) => (await AskAsync(arguments)).Text("id")!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _turn.Dispose();
    }
}
