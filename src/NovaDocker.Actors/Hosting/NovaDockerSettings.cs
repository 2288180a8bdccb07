using System.Net;
using Akka.Configuration;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Instances;
using NovaDocker.Actors.Networks;
using NovaDocker.Settings;
using NovaDocker.UserData.Policy;
using NovaDocker.Wire;

namespace NovaDocker.Actors.Hosting;

/// <summary>Everything that an operator may set, read once and validated.</summary>
public sealed record NovaDockerSettings
{
    /// <summary>Where the node keeps what must survive it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Names the cluster.</summary>
    public required string ClusterName { get; init; }

    /// <summary>How the Engine is reached.</summary>
    public required EngineSettings Engine { get; init; }

    /// <summary>What the host gives away.</summary>
    public required HostSettings Host { get; init; }

    /// <summary>Where images come from.</summary>
    public required ImageSettings Images { get; init; }

    /// <summary>How OpenStack's services are reached; null on a host without OpenStack.</summary>
    public OpenStackSettings? OpenStack { get; init; }

    /// <summary>How ports are plugged.</summary>
    public required NetworkSettings Networks { get; init; }

    /// <summary>How instances are driven.</summary>
    public required InstanceSettings Instances { get; init; }

    /// <summary>Where the public keys lie that are bound into containers: a directory.</summary>
    public required string KeyDirectory { get; init; }

    /// <summary>Where the name resolution of instances with ports lies: a directory.</summary>
    public required string ResolutionDirectory { get; init; }

    /// <summary>Where the files lie that came with boots.</summary>
    public required string ContentDirectory { get; init; }

    /// <summary>What user data may ask for.</summary>
    public required ContainerPolicy Policy { get; init; }

    /// <summary>Where the journal lies: a directory.</summary>
    public required string JournalDirectory { get; init; }

    /// <summary>The file of the key that secrets are sealed with.</summary>
    public required string SecretKeyFile { get; init; }

    /// <summary>Where the node listens.</summary>
    public required RemotingSettings Remoting { get; init; }

    /// <summary>Where the node serves HTTP; null where it does not.</summary>
    public HttpSettings? Http { get; init; }

    /// <summary>What is logged, and where.</summary>
    public required LogSettings Log { get; init; }

    /// <summary>Reads the keys below <c>novadocker</c> over the defaults of <c>reference.conf</c>.</summary>
    /// <exception cref="SettingsException">A key is unknown or a value impossible; all faults at once.</exception>
    public static NovaDockerSettings Read(Config config)
    {
        var reader = new SettingsReader(config, ReferenceConfig.Load());
        var second = TimeSpan.FromSeconds(1);
        var day = TimeSpan.FromDays(1);
        var data = Path.GetFullPath(reader.Text("data-directory", mayBeEmpty: false) is { Length: > 0 } given ? given : ".");
        var inactivity = reader.Duration("engine.inactivity-timeout", second, day);
        var settings = new NovaDockerSettings
        {
            DataDirectory = data,
            ClusterName = reader.Text("cluster-name", mayBeEmpty: false),
            Engine = new EngineSettings
            {
                Host = EngineAddress(reader),
                TlsCertificateFile = ExistingFile(reader, "engine.tls.certificate-file"),
                TlsKeyFile = ExistingFile(reader, "engine.tls.key-file"),
                TlsCaFile = ExistingFile(reader, "engine.tls.ca-file"),
                TlsVerify = reader.Switch("engine.tls.verify"),
                MaxControlConnections = reader.Number("engine.max-control-connections", 1, 256),
                MaxLongConnections = reader.Number("engine.max-long-connections", 1, 64),
                ConnectTimeout = reader.Duration("engine.connect-timeout", second / 10, day),
                ControlTimeout = reader.Duration("engine.control-timeout", second, day),
                InactivityTimeout = inactivity,
                HealthInterval = reader.Duration("engine.health-interval", second / 10, day),
            },
            Host = new HostSettings
            {
                ReservedMemoryMb = reader.Number("host.reserved-memory-mb", 0, int.MaxValue),
                MemoryAllocationRatio = reader.Ratio("host.memory-allocation-ratio", 0.1, 100),
                ReconcileInterval = reader.Duration("host.reconcile-interval", second / 10, day),
                OrphanGrace = reader.Duration("host.orphan-grace", TimeSpan.Zero, 7 * day),
                CpuAllocationRatio = reader.Ratio("host.cpu-allocation-ratio", 0.1, 1000),
            },
            OpenStack = OpenStackSection.Read(reader),
            Images = ImageSettingsReader.Read(reader, data, inactivity),
            Networks = NetworkSettingsReader.Read(reader),
            Instances = new InstanceSettings
            {
                BootWatch = reader.Duration("instances.boot-watch", TimeSpan.Zero, 60 * second),
                StopGrace = reader.Duration("instances.stop-grace", TimeSpan.Zero, day),
                Policies = StepSettings.Policies(reader),
                Deadlines = StepSettings.Deadlines(reader),
                ExitOutputLines = reader.Number("instances.exit-output-lines", 0, 1000),
                ResendInterval = reader.Duration("instances.resend-interval", second, day),
                InjectKey = reader.Switch("instances.inject-key"),
                SnapshotEvery = reader.Number("instances.snapshot-every", 1, 100_000),
                PassivateAfter = reader.Duration("instances.passivate-after", second / 10, day),
            },
            KeyDirectory = Path.Combine(data, "keys"),
            ResolutionDirectory = Path.Combine(data, "resolution"),
            ContentDirectory = Path.Combine(data, "contents"),
            Policy = PolicySettings.Read(reader),
            JournalDirectory = Under(data, reader.Text("journal.directory"), "journal"),
            SecretKeyFile = Under(data, reader.Text("secrets.key-file"), "secret.key"),
            Remoting = ReadRemoting(reader),
            Http = HttpSettingsReader.Read(reader, data),
            Log = new LogSettings(
                reader.OneOf("log.level", "debug", "information", "warning", "error"),
                reader.OneOf("log.console", "text", "json") == "json",
                reader.Text("log.file") is { Length: > 0 } file ? file : null),
        };
        if (settings is { Images.IsGlance: true, OpenStack: null })
            reader.Fault("images.store", "'glance', and novadocker.openstack.auth-url is empty", "directory, or the address of Keystone there,");
        reader.ThrowIfFaulty();
        return settings;
    }

    private static Uri EngineAddress(SettingsReader reader)
    {
        var text = reader.Text("engine.host", mayBeEmpty: false);
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri is { Scheme: "unix", AbsolutePath.Length: > 1 } || uri is { Scheme: "tcp", Host.Length: > 0, Port: > 0 }))
            return uri;
        reader.Fault("engine.host", $"'{text}'", "unix:///path/to/docker.sock or tcp://host:port");
        return new Uri("unix:///");
    }

    internal static string? ExistingFile(SettingsReader reader, string key)
    {
        var file = reader.Text(key);
        if (file.Length == 0)
            return null;
        if (!File.Exists(file))
            reader.Fault(key, $"'{file}', which does not exist", "a file that can be read");
        return file;
    }

    internal static string Under(string directory, string given, string name) =>
        given.Length > 0 ? Path.GetFullPath(given) : Path.Combine(directory, name);

    private static RemotingSettings ReadRemoting(SettingsReader reader)
    {
        var hostname = reader.Text("remoting.hostname", mayBeEmpty: false);
        var hasTls = reader.Switch("remoting.tls.enabled");
        var certificate = ExistingFile(reader, "remoting.tls.certificate-file");
        var isLoopback = hostname == "localhost" || (IPAddress.TryParse(hostname, out var ip) && IPAddress.IsLoopback(ip));
        if (!isLoopback && !hasTls)
        {
            reader.Fault(
                "remoting.hostname", $"'{hostname}', which others can reach, and novadocker.remoting.tls.enabled is off",
                "127.0.0.1, or an address with tls enabled,");
        }

        if (hasTls && certificate is null)
            reader.Fault("remoting.tls.certificate-file", "empty", "a PKCS#12 file, since tls is enabled,");
        return new RemotingSettings(
            hostname, reader.Number("remoting.port", 0, 65535),
            hasTls ? new RemotingTls(certificate ?? "", ExistingFile(reader, "remoting.tls.password-file")) : null);
    }
}
