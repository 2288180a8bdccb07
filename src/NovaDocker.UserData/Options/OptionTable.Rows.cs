using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Options.Forms;

namespace NovaDocker.UserData.Options;

/// <content>The rows. Each: option, form; type, target, policy keys; what it does; its keys.</content>
public static partial class OptionTable
{
    private const string Anything = "";
    private const long LeastMemory = InstanceSpecRules.MinMemoryMb * 1024 * 1024;
    private const int MostProcesses = 4 * 1024 * 1024;
    private const int MostShares = 262_144;
    internal const int LongestStop = 3600;

    /// <summary>Keys that set two options stand in the rows of both.</summary>
    private static UserDataKey[] LogKeys =>
        [EngineHost("LogConfig") with { Form = Behaviour.Log }, PyHost("log_config") with { Form = Behaviour.Log }];

    private static UserDataKey[] VolumeKeys =>
        [Engine("Volumes") with { Form = Mounts.VolumesAndBinds }, Py("volumes") with { Form = Mounts.VolumesAndBinds }];

    private static UserDataKey PortsKey => Py("ports") with { Form = Ports.ExposedAndPublished };

    private static OptionRow[] ProcessRows() =>
    [
        Row(OptionKeys.Command, Lists.Command,
            "line or list of words", "Cmd", Anything,
            "The command, in place of the image's. A line is split as a shell splits it; nothing in it is expanded.",
            Engine("Cmd"), Py("command")) with { OrderMatters = true },
        Row(OptionKeys.Entrypoint, Lists.Program,
            "line or list of words", "Entrypoint", Anything,
            "What stands before the command, in place of the image's.",
            Engine("Entrypoint"), Py("entrypoint")) with { OrderMatters = true },
        Row(OptionKeys.Environment, PairForms.Environment,
            "mapping, or list of name=value", "Env", Anything,
            "Environment variables. Values reach the process as they are written; an empty one is set, a null one is not.",
            Engine("Env"), Py("environment")),
        Row(OptionKeys.User, Scalars.Text(Names.User),
            "name or uid, with :group or :gid", "User", Anything,
            "Who the process runs as; 0 is root.",
            Engine("User"), Py("user")),
        Row(OptionKeys.WorkingDir, Scalars.Directory(),
            "absolute path", "WorkingDir", Anything,
            "Where the process starts.",
            Engine("WorkingDir"), Py("working_dir")),
        Row(OptionKeys.Tty, Scalars.Switch,
            "true or false", "Tty", Anything,
            "Gives the process a terminal.",
            Engine("Tty"), Py("tty")),
        Row(OptionKeys.OpenStdin, Scalars.Switch,
            "true or false", "OpenStdin", Anything,
            "Keeps standard input open without anybody attached.",
            Engine("OpenStdin"), Py("stdin_open")),
        Row(OptionKeys.StdinOnce, Scalars.Switch,
            "true or false", "StdinOnce", Anything,
            "Closes standard input when the first client leaves.",
            Engine("StdinOnce")),
        Row(OptionKeys.AttachStdin, Scalars.Switch,
            "true or false", "AttachStdin", Anything,
            "Attaches standard input.",
            Engine("AttachStdin")),
        Row(OptionKeys.AttachStdout, Scalars.Switch,
            "true or false", "AttachStdout", Anything,
            "Attaches standard output.",
            Engine("AttachStdout")),
        Row(OptionKeys.AttachStderr, Scalars.Switch,
            "true or false", "AttachStderr", Anything,
            "Attaches standard error.",
            Engine("AttachStderr")),
        Row(OptionKeys.Init, Scalars.Switch,
            "true or false", "HostConfig.Init", Anything,
            "Runs a small init process that reaps orphans.",
            EngineHost("Init"), PyHost("init")),
    ];

    private static OptionRow[] ResourceRows() =>
    [
        Row(OptionKeys.Memory,
            Scalars.Size(LeastMemory, $"a size of at least {InstanceSpecRules.MinMemoryMb}m, such as 512m, is expected"),
            "size", "HostConfig.Memory", Anything,
            "Memory limit: the flavor's memory or less.",
            EngineMoved("Memory"), PyHost("mem_limit")),
        Row(OptionKeys.MemorySwap,
            Scalars.SizeOrNoLimit(LeastMemory, $"a size of at least {InstanceSpecRules.MinMemoryMb}m, such as 1g, or -1 is expected"),
            "size, or -1 for no limit", "HostConfig.MemorySwap", Anything,
            "Limit of memory and swap together: what the flavor gives or less.",
            EngineMoved("MemorySwap"), PyHost("memswap_limit")),
        Row(OptionKeys.CpuShares, Scalars.Number(2, MostShares, $"a number from 2 to {MostShares} is expected"),
            "number", "HostConfig.CpuShares", Anything,
            "Weight when processors are short, 1024 a vCPU: the flavor's or less.",
            EngineMoved("CpuShares"), PyHost("cpu_shares")),
        Row(OptionKeys.Cpuset, Scalars.Text(Names.Cpuset),
            "numbers and ranges", "HostConfig.CpusetCpus", Anything,
            "The processors it may run on, such as 0-2,5.",
            EngineMoved("Cpuset"), EngineHost("CpusetCpus"), PyHost("cpuset"), PyHost("cpuset_cpus")),
        Row(OptionKeys.PidsLimit,
            Scalars.NumberOrNoLimit(1, MostProcesses, $"a number from 1 to {MostProcesses}, or -1 for no limit, is expected"),
            "number, or -1 for no limit", "HostConfig.PidsLimit", Anything,
            "How many processes and threads it may have.",
            EngineHost("PidsLimit"), PyHost("pids_limit")),
        Row(OptionKeys.ShmSize, Scalars.Size(1, "a size such as 64m is expected"),
            "size", "HostConfig.ShmSize", Anything,
            "Size of /dev/shm.",
            EngineHost("ShmSize"), PyHost("shm_size")),
        Row(OptionKeys.Ulimits, Ulimits.Read,
            "list of name=soft[:hard] or {Name, Soft, Hard}", "HostConfig.Ulimits", Anything,
            "Resource limits of each process, such as nofile=1024:2048.",
            EngineHost("Ulimits"), PyHost("ulimits")),
    ];

    private static OptionRow[] StorageRows() =>
    [
        Row(OptionKeys.Volumes.Name, null,
            "path, list of paths, or mapping of paths to nothing", "Volumes", Anything,
            "Volumes of its own, which go with the instance.",
            VolumeKeys),
        Row(OptionKeys.Binds, Mounts.Binds,
            "list of host:container[:mode], or mapping host: container or host: {bind, mode|ro}",
            "HostConfig.Binds", "host-paths",
            "Paths of the host inside the container; mode is ro or rw, with z or Z behind a comma.",
            [EngineHost("Binds"), PyHost("binds"), .. VolumeKeys]),
        Row(OptionKeys.VolumesFrom, Neighbours.VolumesFrom,
            "list of name[:mode], or one line with commas", "HostConfig.VolumesFrom", "volumes-from",
            "Volumes of other instances of the same project on the same host, by id or name.",
            EngineMoved("VolumesFrom"), PyHost("volumes_from")),
        Row(OptionKeys.Tmpfs, PairForms.Tmpfs,
            "list of path[:options], or mapping", "HostConfig.Tmpfs", Anything,
            "Memory file systems, with mount options such as size=64m,noexec.",
            EngineHost("Tmpfs"), PyHost("tmpfs")),
        Row(OptionKeys.ReadOnly, Scalars.Switch,
            "true or false", "HostConfig.ReadonlyRootfs", Anything,
            "Makes the root file system read-only.",
            EngineHost("ReadonlyRootfs"), PyHost("read_only")),
    ];

    private static OptionRow[] NetworkRows() =>
    [
        Row(OptionKeys.Hostname, Scalars.Text(Names.Hostname),
            "host name", "Hostname", Anything,
            "The host name inside.",
            Engine("Hostname"), Py("hostname")),
        Row(OptionKeys.Domainname, Scalars.Text(Names.Hostname),
            "domain", "Domainname", Anything,
            "The domain name inside.",
            Engine("Domainname"), Py("domainname")),
        Row(OptionKeys.Alias, Scalars.Text(Names.Alias),
            "name", "a network alias and a label", Anything,
            "Another name of the instance: the container's own is its identity and stays.",
            Py("name")),
        Row(OptionKeys.NetworkMode, Scalars.Text(Names.NetworkMode),
            "none, bridge, host or a network's name", "HostConfig.NetworkMode", "network-modes",
            "Its network, where it has no ports of Neutron's.",
            EngineHost("NetworkMode"), PyHost("network_mode")),
        Row(OptionKeys.ExposedPorts, Ports.Exposed,
            "list of port, port/protocol or [port, protocol], or mapping of ports to {}", "ExposedPorts", Anything,
            "Ports that it is said to listen on.",
            Engine("ExposedPorts"), PortsKey),
        Row(OptionKeys.PublishedPorts, Ports.Bindings,
            "mapping of ports to number, address:port, [address, port], {HostIp, HostPort}, a list of these, null",
            "HostConfig.PortBindings", "published-ports ephemeral-ports",
            "Ports of the host that lead to its own; the Engine chooses one where none is given.",
            EngineHost("PortBindings"), PyHost("port_bindings") with { Form = PublishedByPy }, PortsKey),
        Row(OptionKeys.PublishAllPorts, Scalars.Switch,
            "true or false", "HostConfig.PublishAllPorts", "ephemeral-ports",
            "Publishes all exposed ports on ports that the Engine chooses.",
            EngineHost("PublishAllPorts"), PyHost("publish_all_ports")),
        Row(OptionKeys.Links, Neighbours.Links,
            "list of name[:alias] or [name, alias], or mapping of names to aliases",
            "HostConfig.Links, or HostConfig.ExtraHosts", "links",
            "Other instances of the same project on the same host, by id or name.",
            EngineHost("Links"), PyHost("links")),
        Row(OptionKeys.Dns, Lists.Words(Addresses.Ip, orOne: true),
            "address, or list of them", "HostConfig.Dns", Anything,
            "Name servers, in place of the host's.",
            EngineMoved("Dns"), PyHost("dns")) with { OrderMatters = true },
        Row(OptionKeys.DnsSearch, Lists.Words(Names.Domain, orOne: true),
            "domain, or list of them", "HostConfig.DnsSearch", Anything,
            "Domains that names are looked up in.",
            EngineHost("DnsSearch"), PyHost("dns_search")) with { OrderMatters = true },
        Row(OptionKeys.ExtraHosts, Neighbours.ExtraHosts,
            "list of name:address, or mapping", "HostConfig.ExtraHosts", Anything,
            "Further lines of /etc/hosts.",
            EngineHost("ExtraHosts"), PyHost("extra_hosts")),
    ];

    private static OptionRow[] SecurityRows() =>
    [
        Row(OptionKeys.Privileged, Scalars.Switch,
            "true or false", "HostConfig.Privileged", "privileged",
            "All capabilities and all devices of the host.",
            EngineHost("Privileged"), PyHost("privileged")),
        Row(OptionKeys.CapAdd, Lists.Words(Security.Capability),
            "list of capabilities", "HostConfig.CapAdd", "capabilities",
            "Capabilities beyond the Engine's default, such as NET_ADMIN.",
            EngineHost("CapAdd"), PyHost("cap_add")),
        Row(OptionKeys.CapDrop, Lists.Words(Security.Capability),
            "list of capabilities", "HostConfig.CapDrop", Anything,
            "Capabilities taken away, or ALL.",
            EngineHost("CapDrop"), PyHost("cap_drop")),
        Row(OptionKeys.SecurityOptions, Lists.Words(Security.Option),
            "list of name=value", "HostConfig.SecurityOpt", "security-options",
            "no-new-privileges, label=…, apparmor=… and seccomp=….",
            EngineMoved("SecurityOpts"), EngineHost("SecurityOpt"), PyHost("security_opt")),
        Row(OptionKeys.Devices, Devices.Read,
            "list of host[:container[:access]] or {PathOnHost, PathInContainer, CgroupPermissions}",
            "HostConfig.Devices", "devices",
            "Devices of the host; access is any of r, w and m.",
            EngineHost("Devices"), PyHost("devices")),
        Row(OptionKeys.DeviceRequests, DeviceRequests.Read,
            "list of {Driver, Count, DeviceIDs, Capabilities, Options}", "HostConfig.DeviceRequests", "device-requests",
            "Devices that a driver of the Engine finds, such as GPUs.",
            EngineHost("DeviceRequests"), PyHost("device_requests")),
        Row(OptionKeys.Sysctls, PairForms.Sysctls,
            "mapping, or list of name=value", "HostConfig.Sysctls", "sysctls",
            "Kernel parameters of its namespaces.",
            EngineHost("Sysctls"), PyHost("sysctls")),
    ];

    private static OptionRow[] KeepingRows() =>
    [
        Row(OptionKeys.Labels, PairForms.Labels,
            "mapping, or list of name[=value]", "Labels", Anything,
            "Labels of the container; those of this driver and of Docker are reserved.",
            Engine("Labels"), Py("labels")),
        Row(OptionKeys.HealthCheck, Behaviour.Health,
            "{Test, Interval, Timeout, StartPeriod, Retries}", "Healthcheck", Anything,
            "How to find out whether it works: a line, a list of words, or [NONE]; times in nanoseconds or such as 30s.",
            Engine("Healthcheck"), Py("healthcheck")),
        Row(OptionKeys.RestartPolicy, Behaviour.Restart,
            "{Name, MaximumRetryCount}, or a line such as on-failure:5", "the instance's upkeep", Anything,
            "When it is started again by itself: no, on-failure, always, unless-stopped.",
            EngineHost("RestartPolicy"), PyHost("restart_policy")),
        Row(OptionKeys.StopSignal, Scalars.Text(Security.Signal),
            "signal", "StopSignal", Anything,
            "The signal that asks the process to end, such as SIGINT.",
            Engine("StopSignal"), Py("stop_signal")),
        Row(OptionKeys.StopTimeout, Scalars.Number(1, LongestStop, $"seconds from 1 to {LongestStop} are expected"),
            "seconds", "StopTimeout", Anything,
            "How long the process may take to end before it is killed.",
            Engine("StopTimeout"), Py("stop_timeout")),
        Row(OptionKeys.LogDriver.Name, null,
            "the Type of {Type, Config}", "HostConfig.LogConfig.Type", "log-drivers",
            "How its output is kept.",
            LogKeys),
        Row(OptionKeys.LogOptions.Name, null,
            "the Config of {Type, Config}: a mapping", "HostConfig.LogConfig.Config", "log-drivers",
            "Options of the log driver, such as max-size.",
            LogKeys),
    ];

    private static OptionRow[] OtherRows() =>
    [
        Row(null, Unused.NoNetwork,
            "true or false", "HostConfig.NetworkMode", "network-modes",
            "Another way to write the network mode none.",
            Engine("NetworkDisabled"), Py("network_disabled")),
        Row(null, Unused.Lxc,
            "mapping, or list of {Key, Value}", "Hostname", Anything,
            "Options of LXC, which no living Engine has: lxc.utsname is the host name, others are refused.",
            EngineHost("LxcConf"), PyHost("lxc_conf")),
        Row(null, Unused.Noted("the image is the one that the instance is booted from"),
            "text", "not used", Anything,
            "Noted only: the image is the one that the instance is booted from.",
            Engine("Image"), Py("image")),
        Row(null, Unused.Noted("the MAC address is that of the instance's port"),
            "text", "not used", Anything,
            "Noted only: the MAC address is that of the instance's port.",
            Engine("MacAddress"), Py("mac_address")),
        Row(null, Unused.NotedSwitch("an instance always runs in the background"),
            "true or false", "not used", Anything,
            "Noted only: an instance always runs in the background.",
            Py("detach")),
    ];

    private static IReadOnlyList<Setting> PublishedByPy(Spot spot) =>
        Setting.Of(OptionKeys.PublishedPorts, Ports.BindingsOfPy(spot));
}
