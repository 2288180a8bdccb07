using System.Collections.Immutable;
using System.Security.Cryptography;
using NovaDocker.Actors.Docker;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>
/// What every Engine behind the port does. Runs against the fake and against a real Engine alike, so that what is tested
/// with the fake holds.
/// </summary>
public abstract partial class ContainerEngineContract : IAsyncLifetime
{
    /// <summary>Says it is ready, then ends with 7 when asked to stop.</summary>
    protected static readonly ImmutableArray<string> Obedient =
        ["sh", "-c", "trap 'exit 7' TERM; echo ready; sleep 3600 & wait"];

    /// <summary>Does not listen to the stop signal.</summary>
    protected static readonly ImmutableArray<string> Deaf = ["sleep", "3600"];

    /// <summary>Ends at once with 3.</summary>
    protected static readonly ImmutableArray<string> Fails = ["sh", "-c", "exit 3"];

    /// <summary>
    /// Writes one line in each run, in the second to standard error. Within one run nobody keeps the order of the two streams.
    /// </summary>
    protected static readonly ImmutableArray<string> Writes =
    [
        "sh", "-c",
        "echo x >> /runs; case $(cat /runs | wc -l) in 1) echo first;; 2) echo zweite Zeile: äöü >&2;; *) echo third;; esac",
    ];

    private const string RunLabel = "novadocker.test.run";
    private const long Memory = 64L << 20;

    private readonly string _run = RandomNumberGenerator.GetHexString(10, lowercase: true);
    private IContainerEngine? _engine;
    private int _lastName;

    protected static CancellationToken None => CancellationToken.None;

    protected string ImageTag => $"novadocker-test:{_run}";

    protected ImmutableSortedDictionary<string, string> RunLabels =>
        ImmutableSortedDictionary<string, string>.Empty.Add(RunLabel, _run);

    /// <summary>Opens the Engine, or skips the test where there is none.</summary>
    protected abstract IContainerEngine Open();

    /// <summary>An image whose programs this Engine can run.</summary>
    protected abstract DockerArchive MakeImage(string tag, IReadOnlyDictionary<string, string> labels);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_engine is null)
            return;

        foreach (var container in await _engine.ListContainersAsync(RunLabels, None))
            await _engine.RemoveContainerAsync(container.Id, None);

        foreach (var image in await _engine.ListImagesAsync(RunLabels, None))
        {
            foreach (var tag in image.Tags.DefaultIfEmpty(image.Id))
                await _engine.RemoveImageAsync(tag, None);
        }

        await _engine.DisposeAsync();
    }

    /// <summary>The Engine, with the test image in it.</summary>
    protected async Task<IContainerEngine> ReadyAsync()
    {
        _engine = Open();
        await _engine.LoadImageAsync(new MemoryStream(MakeImage(ImageTag, RunLabels).ToBytes()), None);
        return _engine;
    }

    protected ContainerSpec Spec(ImmutableArray<string> command, params (string Key, string Value)[] labels) => new()
    {
        Name = $"novadocker-test-{_run}-{++_lastName}",
        Image = ImageTag,
        Hostname = "test",
        Labels = RunLabels.AddRange(labels.Select(l => KeyValuePair.Create(l.Key, l.Value))),
        Command = command,
        MemoryBytes = Memory,
        CpuShares = 1024,
        NanoCpus = 0,
        NetworkMode = "none",
    };

    protected async Task<string> StartAsync(IContainerEngine engine, ImmutableArray<string> command)
    {
        var id = await engine.CreateContainerAsync(Spec(command), None);
        await engine.StartContainerAsync(id, None);
        return id;
    }

    protected static async Task<ContainerSnapshot> GetAsync(IContainerEngine engine, string id)
    {
        var found = await engine.FindContainerAsync(id, None);
        Assert.NotNull(found);
        return found;
    }

    protected static Task<ContainerSnapshot> EndAsync(IContainerEngine engine, string id) =>
        Eventually.BecomesAsync(
            () => GetAsync(engine, id), c => c.Status == ContainerStatus.Exited, "the container has ended");

    protected static async Task FailsAsync(EngineErrorKind kind, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<EngineException>(call);
        Assert.Equal(kind, failure.Kind);
        Assert.NotEmpty(failure.Message);
    }
}
