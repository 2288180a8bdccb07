using static NovaDocker.Domain.Options.OptionValue;

namespace NovaDocker.Domain.Options;

/// <summary>Every container option there is. Names lie in journals and never change.</summary>
public static class OptionKeys
{
    /// <summary>Memory limit, bytes. The flavor's, or less.</summary>
    public static readonly OptionKey<Number> Memory = new("memory");

    /// <summary>Limit of memory and swap together, bytes.</summary>
    public static readonly OptionKey<Number> MemorySwap = new("memory-swap");

    /// <summary>Weight among containers when processors are short; 1024 a vCPU.</summary>
    public static readonly OptionKey<Number> CpuShares = new("cpu-shares");

    /// <summary>The processors it may run on, such as <c>0-2,5</c>.</summary>
    public static readonly OptionKey<Text> Cpuset = new("cpuset-cpus");

    /// <summary>Words of the command, in place of the image's. Once settled: <c>InstanceSpec.Command</c>.</summary>
    public static readonly OptionKey<Words> Command = new("command");

    /// <summary>Words before the command, in place of the image's.</summary>
    public static readonly OptionKey<Words> Entrypoint = new("entrypoint");

    /// <summary>Environment variables. Once settled: <c>InstanceSpec.Environment</c>, sealed.</summary>
    public static readonly OptionKey<Pairs> Environment = new("env");

    /// <summary>User and group of the process: <c>name</c>, <c>uid</c>, <c>name:group</c>, <c>uid:gid</c>.</summary>
    public static readonly OptionKey<Text> User = new("user");

    /// <summary>Where the process starts: an absolute path.</summary>
    public static readonly OptionKey<Text> WorkingDir = new("workdir");

    /// <summary>The host name inside.</summary>
    public static readonly OptionKey<Text> Hostname = new("hostname");

    /// <summary>The NIS domain name inside.</summary>
    public static readonly OptionKey<Text> Domainname = new("domainname");

    /// <summary>What the document calls the container: a network alias and a label, since its name is its identity.</summary>
    public static readonly OptionKey<Text> Alias = new("name");

    /// <summary>A terminal for the process.</summary>
    public static readonly OptionKey<Switch> Tty = new("tty");

    /// <summary>Standard input stays open without anybody attached.</summary>
    public static readonly OptionKey<Switch> OpenStdin = new("open-stdin");

    /// <summary>Standard input is closed after the first client detached.</summary>
    public static readonly OptionKey<Switch> StdinOnce = new("stdin-once");

    /// <summary>Standard input is attached.</summary>
    public static readonly OptionKey<Switch> AttachStdin = new("attach-stdin");

    /// <summary>Standard output is attached.</summary>
    public static readonly OptionKey<Switch> AttachStdout = new("attach-stdout");

    /// <summary>Standard error is attached.</summary>
    public static readonly OptionKey<Switch> AttachStderr = new("attach-stderr");

    /// <summary>Mount points of volumes of its own, which go with the container.</summary>
    public static readonly OptionKey<Words> Volumes = new("volume");

    /// <summary>Paths of the host: <c>/host/path:/container/path:mode</c>, mode <c>ro</c> or <c>rw</c>, with <c>z</c> or <c>Z</c>.</summary>
    public static readonly OptionKey<Words> Binds = new("bind");

    /// <summary>Volumes of other instances: <c>instance:mode</c>. Once settled the instance is given by its id.</summary>
    public static readonly OptionKey<Words> VolumesFrom = new("volumes-from");

    /// <summary>Memory file systems: mount options by path.</summary>
    public static readonly OptionKey<Pairs> Tmpfs = new("tmpfs");

    /// <summary>The root file system cannot be written.</summary>
    public static readonly OptionKey<Switch> ReadOnly = new("read-only");

    /// <summary>Size of <c>/dev/shm</c>, bytes.</summary>
    public static readonly OptionKey<Number> ShmSize = new("shm-size");

    /// <summary><c>none</c>, <c>bridge</c>, <c>host</c>, or the name of a network of the Engine.</summary>
    public static readonly OptionKey<Text> NetworkMode = new("network");

    /// <summary>Ports that are said to be listened on: <c>22/tcp</c>.</summary>
    public static readonly OptionKey<Words> ExposedPorts = new("expose");

    /// <summary>Ports of the host: <c>address:host-port:port/protocol</c>, the first two of which may be empty.</summary>
    public static readonly OptionKey<Words> PublishedPorts = new("publish");

    /// <summary>All exposed ports are published on ports that the Engine chooses.</summary>
    public static readonly OptionKey<Switch> PublishAllPorts = new("publish-all");

    /// <summary>Other instances on the Engine's bridge: <c>instance:alias</c>. Once settled the instance is given by its id.</summary>
    public static readonly OptionKey<Words> Links = new("link");

    /// <summary>Name servers: addresses.</summary>
    public static readonly OptionKey<Words> Dns = new("dns");

    /// <summary>Domains that names are looked up in.</summary>
    public static readonly OptionKey<Words> DnsSearch = new("dns-search");

    /// <summary>Further lines of <c>/etc/hosts</c>: <c>name:address</c>.</summary>
    public static readonly OptionKey<Words> ExtraHosts = new("add-host");

    /// <summary>All capabilities and all devices.</summary>
    public static readonly OptionKey<Switch> Privileged = new("privileged");

    /// <summary>Capabilities beyond the Engine's default, in capitals without <c>CAP_</c>.</summary>
    public static readonly OptionKey<Words> CapAdd = new("cap-add");

    /// <summary>Capabilities taken away, in capitals without <c>CAP_</c>.</summary>
    public static readonly OptionKey<Words> CapDrop = new("cap-drop");

    /// <summary>Security options: <c>no-new-privileges</c>, <c>label=…</c>, <c>apparmor=…</c>, <c>seccomp=…</c>.</summary>
    public static readonly OptionKey<Words> SecurityOptions = new("security-opt");

    /// <summary>Devices of the host: <c>/host/device:/container/device:rwm</c>.</summary>
    public static readonly OptionKey<Words> Devices = new("device");

    /// <summary>Devices that a driver finds, each as compact JSON in the Engine's words.</summary>
    public static readonly OptionKey<Words> DeviceRequests = new("device-request");

    /// <summary>Resource limits: <c>nofile=1024:2048</c>, soft and hard.</summary>
    public static readonly OptionKey<Words> Ulimits = new("ulimit");

    /// <summary>Kernel parameters of its namespaces.</summary>
    public static readonly OptionKey<Pairs> Sysctls = new("sysctl");

    /// <summary>How many processes and threads at most; -1 for no limit.</summary>
    public static readonly OptionKey<Number> PidsLimit = new("pids-limit");

    /// <summary>How its output is kept.</summary>
    public static readonly OptionKey<Text> LogDriver = new("log-driver");

    /// <summary>Options of the log driver, as asked for. Once settled they are <see cref="SealedLogOptions"/>.</summary>
    public static readonly OptionKey<Pairs> LogOptions = new("log-opt");

    /// <summary>Options of the log driver, which may hold what gives access to a log service.</summary>
    public static readonly OptionKey<SealedPairs> SealedLogOptions = new("log-opt");

    /// <summary>Labels of the container.</summary>
    public static readonly OptionKey<Pairs> Labels = new("label");

    /// <summary>The signal that asks its process to end.</summary>
    public static readonly OptionKey<Text> StopSignal = new("stop-signal");

    /// <summary>How long its process may take to end before it is killed, seconds.</summary>
    public static readonly OptionKey<Number> StopTimeout = new("stop-timeout");

    /// <summary>A small init process reaps the orphans of its own.</summary>
    public static readonly OptionKey<Switch> Init = new("init");

    /// <summary>How the Engine finds out whether it works. Once settled: <c>InstanceSpec.HealthCheck</c>.</summary>
    public static readonly OptionKey<Check> HealthCheck = new("health");

    /// <summary>When it is started again by itself. Once settled: <c>UpkeepPolicy.Restart</c>.</summary>
    public static readonly OptionKey<Restart> RestartPolicy = new("restart");
}
