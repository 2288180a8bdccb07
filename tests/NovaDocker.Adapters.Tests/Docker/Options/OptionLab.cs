using System.Collections.Immutable;
using System.Security.Cryptography;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Options;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker.Options;

/// <summary>A real Engine with a small image in it, in which the tests of a class make containers with options.</summary>
public sealed class OptionLab : IAsyncLifetime, IDisposable
{
    private const string RunLabel = "novadocker.test.run";

    private readonly string _run = RandomNumberGenerator.GetHexString(10, lowercase: true);
    private IContainerEngine? _engine;
    private EngineLook? _look;
    private string? _peer;
    private int _lastName;

    internal IContainerEngine Engine => _engine ?? throw new InvalidOperationException("Ask for it by OpenAsync first.");

    internal EngineLook Look => _look ?? throw new InvalidOperationException("Ask for it by OpenAsync first.");

    /// <summary>A part of names that no other test has.</summary>
    internal string Run => _run;

    private string ImageTag => $"novadocker-test:{_run}";

    private ImmutableSortedDictionary<string, string> RunLabels =>
        ImmutableSortedDictionary<string, string>.Empty.Add(RunLabel, _run);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_engine is null)
            return;

        foreach (var container in await _engine.ListContainersAsync(RunLabels, default))
            await _engine.RemoveContainerAsync(container.Id, default);
        await _engine.RemoveImageAsync(ImageTag, default);
        await _engine.DisposeAsync();
    }

    public void Dispose() => _look?.Dispose();

    /// <summary>Opens the Engine; skips the test where there is none.</summary>
    internal async Task OpenAsync()
    {
        if (_engine is not null)
            return;

        var address = TestEngine.AddressOrSkip();
        _look = new EngineLook(address);
        _engine = TestEngine.Open(new EngineSettings { Host = address });
        await _engine.LoadImageAsync(new MemoryStream(TestImages.Shell(ImageTag, RunLabels).ToBytes()), default);
    }

    /// <summary>The same, where the Engine has a bridge; else skips the test.</summary>
    internal async Task OpenWithBridgeAsync()
    {
        await OpenAsync();
        Skip.IfNot(
            (await Look.NetworksAsync()).Contains("bridge"),
            "needs an Engine with a bridge (docker/engine.sh start --bridge NAME; tests/run.sh starts one)");
    }

    /// <summary>The name of a second container, which runs and has a volume with a file in it.</summary>
    internal async Task<string> PeerAsync()
    {
        if (_peer is not null)
            return _peer;

        var spec = Spec("echo of the peer > /shared/file; echo ready; exec sleep 3600", Set.To(OptionKeys.Volumes, "/shared"));
        await StartAsync(spec);
        await Eventually.BecomesAsync(
            () => Engine.ReadConsoleAsync(spec.Name, 1, 100, null, default), c => c.Text == "ready\n", "the peer is ready");
        return _peer = spec.Name;
    }

    /// <summary>A container that runs a script of the shell.</summary>
    internal ContainerSpec Spec(string script, params ImmutableArray<KeyValuePair<string, OptionValue>> options) => new()
    {
        Name = $"novadocker-test-{_run}-{++_lastName}",
        Image = ImageTag,
        Hostname = "test",
        Labels = RunLabels,
        Command = ["sh", "-c", script],
        MemoryBytes = 64 << 20,
        CpuShares = 1024,
        NanoCpus = 0,
        NetworkMode = "none",
        Options = Set.Of(options),
    };

    /// <summary>Makes and starts a container.</summary>
    /// <returns>Its id.</returns>
    internal async Task<string> StartAsync(ContainerSpec spec)
    {
        var id = await Engine.CreateContainerAsync(spec, default);
        await Engine.StartContainerAsync(id, default);
        return id;
    }

    /// <summary>Starts a container and waits for its end, which has to be a good one.</summary>
    /// <returns>What it wrote.</returns>
    internal async Task<string> EndAsync(string id)
    {
        await Engine.StartContainerAsync(id, default);
        var ended = await Eventually.BecomesAsync(
            () => Engine.FindContainerAsync(id, default), c => c?.Status == ContainerStatus.Exited, "the script has ended");
        var console = await Engine.ReadConsoleAsync(id, 1000, 100_000, null, default);
        Assert.True(ended!.ExitCode == 0, $"The script ended with {ended.ExitCode}: {console.Text}");
        return console.Text;
    }
}
