using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NovaDocker.Actors.Common;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosting;
using NovaDocker.Actors.Instances;
using NovaDocker.Actors.Secrets;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Http.Hosting;
using NovaDocker.Testing;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Http.Tests.Equipment;

/// <summary>
/// A compute host with its HTTP door: what outlives a node (data directory, Engine, image store, devices), and nodes that are started
/// on it one after another.
/// </summary>
internal sealed class DoorLab : IAsyncDisposable
{
    public const string ImageName = "busybox";

    public static readonly HostId HostId = new("0f6f3c1e-7d1e-4c6b-9a51-2f0f54a7c001");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nd-http-");
    private IHost? _host;
    private DoorClient? _client;

    private DoorLab()
    {
        var image = TestImages.OneFile("busybox:1", new Dictionary<string, string>(), "one");
        ImageId = new ImageId(IdSource.TimeOrdered.Next());
        Images.Put(ImageId, ImageName, image.ToBytes());
    }

    public FakeContainerEngine Engine { get; } = new();

    public FakeHostNetwork Network { get; } = new();

    public MemoryImageStore Images { get; } = new();

    /// <summary>The id of the image that is in the store.</summary>
    public ImageId ImageId { get; }

    public string DataDirectory => _directory.FullName;

    public string SocketPath => Path.Combine(DataDirectory, "http.sock");

    /// <summary>The file system that is there wherever one looks.</summary>
    public DiskUse? Disk { get; set; } = new("/var/lib/docker", 100L << 30, 40L << 30);

    /// <summary>A client of the node that runs now.</summary>
    public DoorClient Client => _client ??= new DoorClient(SocketPath);

    public ActorSystem System => _host!.Services.GetRequiredService<ActorSystem>();

    /// <summary>A lab whose node does not run yet.</summary>
    public static DoorLab Empty() => new();

    /// <summary>A lab whose node runs.</summary>
    public static async Task<DoorLab> StartedAsync(string overrides = "")
    {
        var lab = new DoorLab();
        await lab.StartAsync(overrides);
        return lab;
    }

    /// <summary>Starts a node and waits until its Engine answers.</summary>
    public async Task StartAsync(string overrides = "")
    {
        await StartWithoutClientAsync(overrides);
        await Eventually.BecomesAsync(
            () => Client.GetAsync("/v1/health"), health => health.Body.Text("engine") == "healthy", "the Engine is healthy");
    }

    /// <summary>Starts a node.</summary>
    public async Task StartWithoutClientAsync(string overrides = "")
    {
        var settings = NovaDockerSettings.Read(ConfigurationFactory.ParseString(overrides).WithFallback(Settings()));
        JournalFiles.Prepare(settings.JournalDirectory);
        var ports = new NovaDockerPorts(
            new Factory(Engine), Images, AesSecretBox.FromKeyFile(settings.SecretKeyFile), new HostPaths(), TimeProvider.System,
            IdSource.TimeOrdered)
        {
            Network = Network,
            Disk = new Space(this),
        };
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddAkka(NovaDockerHosting.SystemName, (akka, services) => akka
            .ConfigureLoggers(setup =>
            {
                setup.ClearLoggers();
                setup.AddLoggerFactory(services.GetRequiredService<ILoggerFactory>());
            })
            .WithNovaDocker(settings, ports, HostId));
        builder.Services.AddNovaDockerHttp(settings);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            _host = host;
        }
        catch
        {
            await host.StopAsync();
            host.Dispose();
            throw;
        }
    }

    /// <summary>The ids of the instances in memory, without asking one of them.</summary>
    public async Task<IReadOnlyList<string>> InMemoryAsync()
    {
        var region = _host!.Services.GetRequiredService<ActorRegistry>().Get<InstanceRegion>();
        var state = await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance);
        return [.. state.Shards.SelectMany(shard => shard.EntityIds)];
    }

    /// <summary>Stops the node as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        if (_host is not { } host)
            return;
        _host = null;
        _client?.Dispose();
        _client = null;
        await host.StopAsync();
        host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Delete(recursive: true);
    }

    private Config Settings() => ConfigurationFactory.ParseString(
        $$"""
        novadocker {
          data-directory = "{{DataDirectory}}"
          remoting.port = 0
          engine { host = "unix:///var/run/docker.sock", health-interval = 200ms }
          images.retry { initial-backoff = 20ms, max-backoff = 200ms }
          instances {
            retry { initial-backoff = 20ms, max-backoff = 200ms, max-attempts = 3 }
            clean-up-retry { initial-backoff = 20ms, max-backoff = 200ms }
            restart { initial-backoff = 20ms, max-backoff = 200ms }
          }
        }
        """);

    private sealed class Factory(IContainerEngine engine) : IContainerEngineFactory
    {
        public IContainerEngine Open(EngineSettings settings) => engine;
    }

    private sealed class Space(DoorLab lab) : Actors.Images.IDiskSpace
    {
        public DiskUse? Of(string directory) => lab.Disk;
    }
}
