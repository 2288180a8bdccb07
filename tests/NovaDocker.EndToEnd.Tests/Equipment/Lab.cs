using System.Text.Json.Nodes;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>
/// One compute host with all that is its own: data directory, port, cluster name, image, and a proxy before the Engine. At
/// its end nothing of it may be left in the Engine but images it was told to load, and those it removes.
/// </summary>
public sealed class Lab : IAsyncDisposable
{
    private const string ClusterLabel = "org.novadocker.cluster";
    private const string StoreKey = "images.store-directory=";
    private const string TestLabel = "org.novadocker.test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("novadocker-e2e-");
    private readonly string _cluster = $"e2e-{CommanderIds.NewInstanceId()}";
    private readonly ReservedPort _port = new();
    private readonly List<ProgramRun> _runs = [];
    private readonly List<NovaDockerClient> _clients = [];
    private readonly IReadOnlyList<string> _settings;
    private readonly string? _store;
    private NovaDockerClient? _client;

    private Lab(Uri engine, IReadOnlyList<string> settings)
    {
        _store = settings.Where(pair => pair.StartsWith(StoreKey, StringComparison.Ordinal))
            .Select(pair => pair[StoreKey.Length..]).FirstOrDefault();
        _settings = settings;
        Proxy = new EngineProxy(engine);
        Engine = new EngineProbe(engine);
    }

    public EngineProxy Proxy { get; }

    public EngineProbe Engine { get; }

    public int Port => _port.Number;

    public string DataDirectory => Path.Combine(_directory.FullName, "data");

    /// <summary>Where its node keeps images.</summary>
    public string StoreDirectory => _store ?? Path.Combine(DataDirectory, "images");

    /// <summary>The node that was started last.</summary>
    public ProgramRun Node => _runs[^1];

    /// <summary>What the environment of the nodes that are started holds beside that of the tests.</summary>
    public Dictionary<string, string> NodeEnvironment { get; } = [];

    /// <summary>The program that the node is run by, with its arguments; empty for none.</summary>
    public IReadOnlyList<string> NodeRunsBy { get; init; } = [];

    /// <summary>A configuration file of the node beside its settings; null for none.</summary>
    public string? NodeConfiguration { get; set; }

    /// <summary>Ids of images of another store than its own, which its node leaves in the Engine.</summary>
    public HashSet<string> KnownImages { get; } = [];

    /// <summary>Everything that its nodes wrote to their logs.</summary>
    public string Log => string.Concat(_runs.Select(run => run.Out + run.Error));

    /// <summary>The name of the image with a shell, once it is added.</summary>
    public string ImageName => $"shell-{Name}";

    /// <summary>A name that no other lab has.</summary>
    public string Name => _cluster;

    /// <summary>A client of the node that runs now.</summary>
    public NovaDockerClient Client
    {
        get
        {
            if (_client is null)
            {
                _client = new NovaDockerClient(new NovaDockerClientOptions
                {
                    Contacts = [new NodeAddress("127.0.0.1", Port)],
                    Timeout = TimeSpan.FromSeconds(30),
                });
                _clients.Add(_client);
            }

            return _client;
        }
    }

    /// <summary>A lab whose node does not run yet; skips the test where there is no Engine.</summary>
    public static Lab Empty(params string[] settings) => On(TestEngine.AddressOrSkip(), settings);

    /// <summary>A lab on an Engine of the test's own, whose node does not run yet.</summary>
    public static Lab On(Uri engine, params string[] settings) => new(engine, settings);

    /// <summary>The same, with a node that another program runs.</summary>
    public static Lab On(Uri engine, IReadOnlyList<string> nodeRunsBy, params string[] settings) =>
        new(engine, settings) { NodeRunsBy = nodeRunsBy };

    /// <summary>A lab whose node runs and has the image with a shell.</summary>
    public static async Task<Lab> StartAsync(params string[] settings)
    {
        var lab = Empty(settings);
        try
        {
            await lab.OpenAsync();
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets an empty lab's Engine be there and its node run, and adds the image with a shell.</summary>
    public async Task OpenAsync()
    {
        Proxy.Open();
        await StartNodeAsync();
        await EngineAnswersAsync();
        await AddImageAsync(ImageName, Shell(["sleep", "3600"]));
    }

    /// <summary>The arguments that a node of this lab is started with.</summary>
    public IReadOnlyList<string> NodeArguments(params string[] settings) =>
    [
        .. NodeConfiguration is { } file ? new[] { "--config", file } : [],
        .. new[]
        {
            $"data-directory={DataDirectory}",
            $"cluster-name={_cluster}",
            $"engine.host={Proxy.Address}",
            "engine.health-interval=500ms",
            "instances.stop-grace=1s",
            $"remoting.port={Port}",
        }.Concat(_settings).Concat(settings).SelectMany(pair => new[] { "--set", $"novadocker.{pair}" }),
    ];

    /// <summary>Starts the node and waits until it listens.</summary>
    /// <param name="settings">Settings of this start beside those of the lab.</param>
    public async Task StartNodeAsync(params string[] settings)
    {
        _client = null;
        string[] line = [.. NodeRunsBy, Programs.Node, .. NodeArguments(settings)];
        _runs.Add(ProgramRun.Start(line[0], line[1..], NodeEnvironment));
        await Node.SaysAsync("Compute host is up");
    }

    /// <summary>Waits until the node knows that the Engine answers, or that it does not.</summary>
    public Task EngineAnswersAsync(bool answers = true) => Eventually.BecomesAsync(
        () => Client.ListHostsAsync(),
        hosts => hosts.Count == 1 && (hosts[0].EngineState == Domain.Hosts.EngineState.Healthy) == answers,
        answers ? "the Engine is healthy" : "the Engine is missed",
        Patience);

    /// <summary>Runs the command against this lab's node.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(arguments, null);

    /// <summary>Starts the command against this lab's node.</summary>
    public ProgramRun Start(params string[] arguments) => ProgramRun.Start(Programs.Command, arguments, CommandEnvironment());

    /// <summary>Runs the command with <c>--json</c>, and expects it to be done.</summary>
    public async Task<JsonNode> DoAsync(params string[] arguments) => (await RunAsync([.. arguments, "--json"])).Expect(0).Row;

    /// <summary>Boots an instance and expects it to be active.</summary>
    public Task<JsonNode> BootAsync(string name, params string[] arguments) =>
        DoAsync(["boot", "--name", name, "--image", ImageName, "--memory-mb", "32", .. arguments]);

    /// <summary>Deletes instances and expects that nothing of them is left in the Engine.</summary>
    public async Task DeleteAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            var reply = await Client.DeleteAsync(InstanceId.Parse(id), NewRequest());
            if (reply is InstanceProtocol.Accepted accepted)
                Assert.Equal(InstancePhase.Deleted, (await EndOfAsync(accepted)).Phase);
            Assert.Empty(await EverythingOfAsync(id));
        }
    }

    /// <summary>The end of an operation.</summary>
    public Task<InstanceView> EndOfAsync(InstanceProtocol.CommandReply reply) =>
        Eventually.CompletesAsync(
            Client.WaitAsync(Assert.IsType<InstanceProtocol.Accepted>(reply)), $"the end of {reply}", Patience);

    /// <summary>Waits until nothing is under way with an instance and it is in a phase.</summary>
    public Task<InstanceView?> RestsAsync(string id, InstancePhase phase) => Eventually.BecomesAsync(
        () => Client.GetInstanceAsync(InstanceId.Parse(id)),
        view => view?.Phase == phase && view.Operation is null,
        $"instance {id} is {phase}",
        Patience);

    /// <summary>The instances that are not deleted.</summary>
    public async Task<IReadOnlyList<InstanceView>> InstancesAsync()
    {
        var all = new List<InstanceView>();
        await foreach (var instance in Client.ListInstancesAsync())
            all.Add(instance);
        return all;
    }

    /// <summary>The history, checked for gaps.</summary>
    public async Task<IReadOnlyList<JsonNode>> HistoryAsync(string id)
    {
        var rows = (await RunAsync("history", id, "--json")).Expect(0).Rows;
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => (long)n), rows.Select(row => row.Number("sequence")));
        return rows;
    }

    /// <summary>What an instance's process has written, as soon as these are among it.</summary>
    public Task<string> SaidAsync(string id, params string[] texts) => Eventually.BecomesAsync(
        async () => (await Client.GetConsoleOutputAsync(InstanceId.Parse(id), 100)).Text,
        said => texts.All(text => said.Contains(text, StringComparison.Ordinal)),
        $"{id} says {string.Join(" and ", texts)}");

    /// <summary>What the Engine has of an instance.</summary>
    public Task<JsonArray> ContainersOfAsync(string id) => Engine.ContainersAsync($"org.novadocker.instance-id={id}");

    /// <summary>The names of all that the Engine has of an instance: its container, sandbox and rescue, and the rescue's volume.</summary>
    public async Task<IReadOnlyList<string>> EverythingOfAsync(string id)
    {
        var names = new List<string>(await Engine.VolumesAsync($"org.novadocker.rescue-of={id}"));
        foreach (var label in new[] { "instance-id", "sandbox-of", "rescue-of" })
        {
            names.AddRange((await Engine.ContainersAsync($"org.novadocker.{label}={id}"))
                .Select(container => container!["Names"]![0]!.GetValue<string>()));
        }

        return names;
    }

    /// <summary>An image with a shell that is nobody else's.</summary>
    public DockerArchive Shell(IReadOnlyList<string> command, IReadOnlyList<string>? entrypoint = null)
    {
        var labels = new Dictionary<string, string> { [TestLabel] = _cluster };
        var image = TestImages.Shell($"{_cluster}:1", labels).With([.. command], labels);
        if (entrypoint is null)
            return image;
        var config = JsonNode.Parse(image.Config)!;
        config["config"]!["Entrypoint"] = new JsonArray([.. entrypoint.Select(word => JsonValue.Create(word))]);
        return image with { Config = System.Text.Encoding.UTF8.GetBytes(config.ToJsonString()) };
    }

    /// <summary>A file of this lab's with a text.</summary>
    public async Task<string> FileAsync(string name, string text)
    {
        var file = Path.Combine(_directory.FullName, name);
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    /// <summary>Adds an image with the command.</summary>
    public async Task<JsonNode> AddImageAsync(string name, DockerArchive image)
    {
        var file = Path.Combine(_directory.FullName, $"{name}.tar");
        await File.WriteAllBytesAsync(file, image.ToBytes());
        return await DoAsync("image-add", file, "--name", name);
    }

    public static RequestContext NewRequest() =>
        new(CommanderIds.NewRequestId(), new Initiator("tester", "project", "end-to-end"));

    public async ValueTask DisposeAsync()
    {
        var body = BodyFailure.Seen;
        foreach (var client in _clients)
            await client.DisposeAsync();
        foreach (var run in _runs)
            await run.DisposeAsync();
        await Proxy.DisposeAsync();
        _port.Dispose();
        var partials = Directory.Exists(StoreDirectory) ? Directory.GetFiles(StoreDirectory, "*.partial") : [];
        var known = Directory.Exists(StoreDirectory)
            ? Directory.GetFiles(StoreDirectory, "*.json").Select(file => $"novadocker/image:{Path.GetFileNameWithoutExtension(file)}").ToHashSet()
            : [];
        _directory.Delete(recursive: true);

        var containers = await Engine.ContainersAsync($"{ClusterLabel}={_cluster}");
        foreach (var container in containers)
            await Engine.RemoveContainerAsync(container!.Text("Id")!);
        var volumes = await Engine.VolumesAsync($"{ClusterLabel}={_cluster}");
        foreach (var volume in volumes)
            await Engine.RemoveVolumeAsync(volume);
        var images = await Engine.ImagesAsync($"{TestLabel}={_cluster}");
        var tags = images.SelectMany(image => image!["RepoTags"]?.AsArray() ?? []).Select(tag => tag!.GetValue<string>()).ToArray();
        foreach (var image in images)
            await Engine.RemoveImageAsync(image!.Text("Id")!);
        Engine.Dispose();

        known.UnionWith(KnownImages.Select(id => $"novadocker/image:{id}"));
        BodyFailure.TellBeside(body, () =>
        {
            Assert.Empty(containers.Select(container => container!.ToJsonString()));
            Assert.Empty(volumes);
            Assert.DoesNotContain(tags, tag => !known.Contains(tag));
            Assert.Empty(partials);
        });
    }

    private async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, TimeSpan? within)
    {
        await using var run = ProgramRun.Start(Programs.Command, arguments, CommandEnvironment());
        return await run.EndAsync(within);
    }

    private Dictionary<string, string> CommandEnvironment() => new() { ["NOVADOCKER_NODE"] = $"127.0.0.1:{Port}" };
}
