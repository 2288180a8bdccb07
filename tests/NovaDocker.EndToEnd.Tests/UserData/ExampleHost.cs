using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing.Processes;
using System.Text.Json.Nodes;

namespace NovaDocker.EndToEnd.Tests.UserData;

/// <summary>
/// A host under the example policy, with an Engine of its own that has a bridge. Both see a <c>/var/run</c> of the test's, in which
/// a <c>docker.sock</c> lies that is no Engine's.
/// </summary>
public sealed class ExampleHost : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nde");
    private PrivateRun? _run;
    private EngineProcess? _engine;
    private Lab? _lab;

    /// <summary>The host; skips the test where there can be none.</summary>
    public Lab Lab
    {
        get
        {
            Skip.IfNot(Environment.IsPrivilegedProcess, "needs root, for an Engine with a bridge of its own");
            return _lab ?? throw new SkipException(TestEngine.AddressOrSkip().ToString());
        }
    }

    public async Task InitializeAsync()
    {
        if (!TestEngine.IsThere || !Environment.IsPrivilegedProcess)
            return;
        _run = await PrivateRun.StartAsync(Path.Combine(_directory.FullName, "run"));
        var bridge = $"nde-{_directory.Name[3..]}";
        _engine = await EngineProcess.StartAsync(Path.Combine(_directory.FullName, "e"), ["--bridge", bridge], _run.Enter);
        _lab = Lab.On(new Uri(_engine.Address), _run.Enter);
        var policy = File.ReadAllText(Path.Combine(Repository.Root, "hocon", "policy-example.conf"));
        _lab.NodeConfiguration = await _lab.FileAsync("node.conf", policy);
        await _lab.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        // A lab that finds something left over says so by failing; its Engine has to go all the same.
        try
        {
            if (_lab is not null)
                await _lab.DisposeAsync();
        }
        finally
        {
            if (_engine is not null)
                await _engine.DisposeAsync();
            if (_run is not null)
                await _run.DisposeAsync();
            _directory.Delete(recursive: true);
        }
    }

    /// <summary>Boots an instance with user data and returns what the command said.</summary>
    public async Task<JsonNode> BootAsync(string name, string userData, params string[] arguments) =>
        await Lab.BootAsync(name, ["--user-data", await Lab.FileAsync($"{name}.data", userData), .. arguments]);
}
