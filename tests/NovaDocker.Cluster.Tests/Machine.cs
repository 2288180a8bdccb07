using Akka.Configuration;
using NovaDocker.Actors.Common;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosting;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Secrets;
using NovaDocker.Adapters.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Testing;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Cluster.Tests;

/// <summary>
/// What outlives a compute host: a data directory, an Engine, an image store. Hosts are started on it one after another.
/// </summary>
internal sealed class Machine : IAsyncDisposable
{
    public const string ImageName = "busybox";

    /// <summary>The id of its host.</summary>
    public static readonly HostId Id = new("0f6f3c1e-7d1e-4c6b-9a51-2f0f54a7c001");
    private readonly List<ComputeHost> _hosts = [];

    private Machine(string directory) => Directory = directory;

    /// <summary>Its data directory.</summary>
    public string Directory { get; }

    public FakeContainerEngine Engine { get; } = new();

    /// <summary>The network devices of its kernel, which outlive a host, and not the machine.</summary>
    public FakeHostNetwork Network { get; } = new();

    public CapturedLog Log { get; } = new();

    public DirectoryImageStore Images { get; private set; } = null!;

    public string JournalFile => JournalFiles.JournalOf(Path.Combine(Directory, "journal"));

    /// <summary>A machine whose store holds one image.</summary>
    /// <param name="content">What the image holds.</param>
    public static async Task<Machine> CreateAsync(string content = "one")
    {
        var machine = new Machine(System.IO.Directory.CreateTempSubdirectory("novadocker-cluster-").FullName);
        machine.Images = new DirectoryImageStore(Path.Combine(machine.Directory, "images"), TimeProvider.System);
        machine.Images.RemovePartials();
        using var archive = new MemoryStream(TestImages.OneFile("busybox:1", new Dictionary<string, string>(), content).ToBytes());
        await machine.Images.AddAsync(
            new NewImage(new ImageId(IdSource.TimeOrdered.Next()), ImageName, EquatableMap<string>.Empty), archive, ImageCaller.Nobody, CancellationToken.None);
        return machine;
    }

    /// <summary>Starts a host on it and waits until it is up.</summary>
    /// <param name="overrides">HOCON over the settings of these tests.</param>
    /// <param name="verifyInterval">How often ports are looked after; 50 ms unless told.</param>
    public async Task<ComputeHost> StartAsync(string overrides = "", TimeSpan? verifyInterval = null)
    {
        var settings = NovaDockerSettings.Read(ConfigurationFactory.ParseString(overrides).WithFallback(Settings()));
        settings = settings with
        {
            Networks = settings.Networks with { VerifyInterval = verifyInterval ?? TimeSpan.FromMilliseconds(50) },
        };
        JournalFiles.Prepare(settings.JournalDirectory);
        var ports = new NovaDockerPorts(
            new Factory(Engine), Images, AesSecretBox.FromKeyFile(settings.SecretKeyFile), new HostPaths(),
            TimeProvider.System, IdSource.TimeOrdered)
        {
            Network = Network,
        };
        var host = new ComputeHost(settings, ports, Id, Log);
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.AbortAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    /// <summary>The defaults, with waits that suit a test.</summary>
    private Config Settings() => ConfigurationFactory.ParseString(
        $$"""
        novadocker {
          data-directory = "{{Directory}}"
          remoting.port = 0
          engine.health-interval = 200ms
          images.retry { initial-backoff = 20ms, max-backoff = 200ms }
          instances {
            retry { initial-backoff = 20ms, max-backoff = 200ms }
            clean-up-retry { initial-backoff = 20ms, max-backoff = 200ms }
            restart { initial-backoff = 20ms, max-backoff = 200ms }
            resend-interval = 1s
          }
        }
        """);

    private sealed class Factory(IContainerEngine engine) : IContainerEngineFactory
    {
        public IContainerEngine Open(EngineSettings settings) => engine;
    }
}
