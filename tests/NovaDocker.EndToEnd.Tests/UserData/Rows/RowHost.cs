using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;

namespace NovaDocker.EndToEnd.Tests.UserData.Rows;

/// <summary>
/// A host under a policy that allows what the samples ask for. It boots an instance for each of them, several at once, looks at
/// it from all sides, and deletes it.
/// </summary>
public sealed class RowHost : IAsyncLifetime
{
    private const int AtOnce = 6;
    private const int MemoryMb = 64;
    private const string PeerName = "peer";
    private const string NeedOfBridge =
        "needs an Engine with a bridge (docker/engine.sh start --bridge NAME; tests/run.sh starts one)";

    private static readonly TimeSpan Console = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nde-rows-");
    private readonly ConcurrentDictionary<string, Task<RowOutcome>> _outcomes = new(StringComparer.Ordinal);
    private Lab? _lab;
    private bool _hasBridge;
    private string? _peer;

    /// <summary>A network of the Engine's that the test made.</summary>
    private string Network => _directory.Name;

    /// <summary>What the node logged of an instance, or all it logged where that is not known.</summary>
    internal string Log(InstanceId? id = null) => string.Join(
        '\n',
        (_lab?.Log ?? "").Split('\n').Where(line => id is null || line.Contains(id.Value.ToString(), StringComparison.Ordinal)));

    /// <summary>What became of a sample's instance; skips the test where the Engine cannot have it.</summary>
    internal Task<RowOutcome> OutcomeAsync(RowSample sample)
    {
        TestEngine.AddressOrSkip();
        Skip.If(sample.NeedsBridge && !_hasBridge, NeedOfBridge);
        return _outcomes[sample.Title];
    }

    /// <summary>The answer to a boot that is not accepted.</summary>
    internal async Task<InstanceProtocol.Refused> RefusedAsync(RowSample sample)
    {
        TestEngine.AddressOrSkip();
        return Assert.IsType<InstanceProtocol.Refused>(await _lab!.Client.BootAsync(Boot(sample, text => text)));
    }

    public async Task InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "file"), "of the host\n");
            _lab = await Lab.StartAsync(Policy());
            _hasBridge = (await _lab.Engine.NetworksAsync()).Contains("bridge");
            if (_hasBridge)
                await _lab.Engine.AddNetworkAsync(Network);
            _peer = await PeerAsync();
            var samples = RowSamples.All.Append(RowSamples.Plain).Where(sample => _hasBridge || !sample.NeedsBridge).ToArray();
            await Parallel.ForEachAsync(
                samples.Where(sample => sample.Refusal is null),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (sample, _) => await KeepAsync(sample, OfRunningAsync));
            foreach (var sample in samples.Where(sample => sample.Refusal is not null))
                await KeepAsync(sample, OfRefusedAsync);
            await _lab.DeleteAsync(_peer);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        if (Interlocked.Exchange(ref _lab, null) is { } lab)
        {
            try
            {
                await lab.DisposeAsync();
            }
            finally
            {
                // The lab's own way to the Engine is closed with it, and its containers had to go first.
                using var engine = new EngineProbe(TestEngine.AddressOrSkip());
                await engine.RemoveNetworkAsync(Network);
            }
        }

        if (_directory.Exists)
            _directory.Delete(recursive: true);
        _directory.Refresh();
    }

    private string[] Policy() =>
    [
        // What the Engine refuses at the start only looks as if it might pass.
        "instances.retry.max-attempts=2",
        "instances.retry.initial-backoff=100ms",
        "policy.privileged=on",
        $"""policy.host-paths=["{_directory.FullName}:rw"]""",
        """policy.devices=["/dev/null:rw", "/dev/loop-control:r"]""",
        """policy.capabilities=["NET_ADMIN", "SYS_TIME"]""",
        """policy.security-options=["no-new-privileges", "seccomp=unconfined"]""",
        $"""policy.network-modes=["none", "bridge", "host", "{Network}"]""",
        """policy.published-ports=["1024-65535"]""",
        "policy.ephemeral-ports=on",
        "policy.links=on",
        "policy.volumes-from=on",
        """policy.sysctls=["kernel.msgmax", "net.*"]""",
        "policy.device-requests=on",
    ];

    /// <summary>An instance that others name; it has a volume with a file in it, and is on the bridge where there is one.</summary>
    private async Task<string> PeerAsync()
    {
        var network = _hasBridge ? "bridge" : "none";
        var peer = new RowSample(PeerName, $"{{volumes: /shared, network_mode: {network}}}", "", "", null)
        {
            Script = RowSample.Lasting("echo of the peer > /shared/file; echo ready"),
        };
        var view = await BootedAsync(Boot(peer, text => text));
        await ConsoleAsync(view.Id, "^ready$");
        return view.Id.ToString();
    }

    private async Task KeepAsync(RowSample sample, Func<RowSample, Task<RowOutcome>> boot)
    {
        var outcome = boot(sample);
        _outcomes[sample.Title] = outcome;
        await outcome.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task<RowOutcome> OfRunningAsync(RowSample sample)
    {
        using var reserved = new ReservedPort();
        var port = reserved.Number.ToString(CultureInfo.InvariantCulture);
        var boot = Boot(sample, text => Fill(text).Replace("<port>", port, StringComparison.Ordinal));
        var view = await BootedAsync(boot);
        var container = await ContainerAsync(view.Id)
            ?? throw new InvalidOperationException($"The instance is {view.Phase} without a container: {view.Fault}");
        var page = sample.Serves ? await PageAsync(container) : null;
        if (sample.Stops)
        {
            await ConsoleAsync(view.Id, "^ready$");
            await StopAsync(view.Id, sample.Grace);
        }

        var console = sample.Sees is { } sees ? await ConsoleAsync(view.Id, sees) : "";
        var shown = RowSamples.ShownByCommand.Contains(sample.Title) ? await _lab!.DoAsync("show", view.Id.ToString()) : null;
        var containers = await _lab!.ContainersOfAsync(view.Id.ToString());
        await _lab.DeleteAsync(view.Id.ToString());
        return new RowOutcome(
            view, container.WithoutResolution(), text => Own(Fill(text), view).Replace("<port>", port, StringComparison.Ordinal))
        {
            Console = console,
            Page = page,
            Shown = shown,
            Containers = containers.Count,
        };
    }

    /// <summary>One that the Engine does not start: what the create call asked for is seen before the start reaches the Engine.</summary>
    private async Task<RowOutcome> OfRefusedAsync(RowSample sample)
    {
        var boot = Boot(sample, Fill);
        var start = _lab!.Proxy.Hold("POST .*/start", HoldAt.Request);
        var booted = BootedAsync(boot);
        await Eventually.CompletesAsync(start.Reached, "the container is to be started");
        var container = (await ContainerAsync(boot.InstanceId))!;
        start.Cut();
        var view = await booted;
        var containers = await _lab.ContainersOfAsync(view.Id.ToString());
        await _lab.DeleteAsync(view.Id.ToString());
        return new RowOutcome(view, container.WithoutResolution(), text => Own(Fill(text), view)) { Containers = containers.Count };
    }

    private ComputeProtocol.BootInstance Boot(RowSample sample, Func<string, string> fill) => new(
        CommanderIds.NewInstanceId(),
        Lab.NewRequest(),
        sample.Row is PeerName ? PeerName : "row",
        _lab!.ImageName,
        MemoryMb,
        1,
        sample.Script is { } script ? ["sh", "-c", script] : [],
        EquatableMap<string>.Empty)
    {
        UserData = sample.Bytes(fill),
    };

    private async Task<InstanceView> BootedAsync(ComputeProtocol.BootInstance boot)
    {
        var reply = await _lab!.Client.BootAsync(boot);
        return reply is InstanceProtocol.Refused refused
            ? throw new InvalidOperationException($"The boot was refused: {refused.Reason}")
            : await _lab.EndOfAsync(reply);
    }

    private async Task StopAsync(InstanceId id, TimeSpan? grace) => await _lab!.EndOfAsync(await _lab.Client.SendAsync(
        new InstanceProtocol.Stop(id, Lab.NewRequest()) { Terms = new OperationTerms { Grace = grace } }, CancellationToken.None));

    /// <summary>What its process has written, as soon as that matches, or when it has had time enough.</summary>
    private async Task<string> ConsoleAsync(InstanceId id, string pattern)
    {
        var last = "";
        try
        {
            return await Eventually.BecomesAsync(
                async () => last = (await _lab!.Client.GetConsoleOutputAsync(id, 1000)).Text,
                text => Regex.IsMatch(text, pattern, RegexOptions.Multiline),
                "the process shows it",
                Console);
        }
        catch (TimeoutException)
        {
            return last;
        }
    }

    /// <summary>The page of a server in a container, which may not listen yet.</summary>
    private static async Task<string?> PageAsync(JsonNode container)
    {
        using var http = new HttpClient();
        var port = container["NetworkSettings"]!["Ports"]!["80/tcp"]![0]!.Text("HostPort");
        return await Eventually.BecomesAsync(
            async () =>
            {
                try
                {
                    return await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"));
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            },
            text => text is not null,
            "the server answers");
    }

    private Task<JsonNode?> ContainerAsync(InstanceId id) => _lab!.Engine.ContainerAsync($"nova-{id}");

    private string Fill(string text) => text
        .Replace("<peer>", _peer, StringComparison.Ordinal)
        .Replace("<dir>", _directory.FullName, StringComparison.Ordinal)
        .Replace("<network>", Network, StringComparison.Ordinal);

    private static string Own(string text, InstanceView view) => text
        .Replace("<id>", view.Id.ToString(), StringComparison.Ordinal)
        .Replace("<image>", view.EngineImageId, StringComparison.Ordinal);
}
