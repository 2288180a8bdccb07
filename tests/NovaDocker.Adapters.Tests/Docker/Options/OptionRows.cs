using System.Net.NetworkInformation;
using NovaDocker.Domain.Options;

namespace NovaDocker.Adapters.Tests.Docker.Options;

/// <summary>Every option that a container is made with, and how it is to be seen.</summary>
internal static class OptionRows
{
    private const string Capabilities = "grep CapEff /proc/self/status";

    /// <summary>A network device that this machine has and no container of its own.</summary>
    private static readonly string HostDevice = NetworkInterface.GetAllNetworkInterfaces().First(i => i.Name != "lo").Name + ":";

    public static readonly OptionRow[] All =
    [
        .. Process(),
        .. Streams(),
        .. Limits(),
        .. Files(),
        .. Networks(),
        .. Rights(),
        .. Rest(),
    ];

    public static OptionRow Of(string name) => All.Single(row => row.Name == name);

    private static OptionRow[] Process() =>
    [
        new("entrypoint", [Set.To(OptionKeys.Entrypoint, "env", "SEEN=yes")], "Config/Entrypoint", """["env","SEEN=yes"]""",
            "echo $SEEN", "^yes$"),
        new("user", [Set.To(OptionKeys.User, "1234:4321")], "Config/User", "\"1234:4321\"", "id -u; id -g", "^1234\n4321$"),
        new("workdir", [Set.To(OptionKeys.WorkingDir, "/some/where")], "Config/WorkingDir", "\"/some/where\"", "pwd",
            "^/some/where$"),
        new("hostname", [Set.To(OptionKeys.Hostname, "box")], "Config/Hostname", "\"box\"", "hostname", "^box$"),
        new("domainname", [Set.To(OptionKeys.Domainname, "example.test")], "Config/Domainname", "\"example.test\"",
            "cat /proc/sys/kernel/domainname", "^example.test$"),
        new("stop-signal", [Set.To(OptionKeys.StopSignal, "SIGUSR1")], "Config/StopSignal", "\"SIGUSR1\""),
        new("stop-timeout", [Set.To(OptionKeys.StopTimeout, 3)], "Config/StopTimeout", "3"),
        new("init", [Set.On(OptionKeys.Init)], "HostConfig/Init", "true", "cat /proc/1/comm", "^docker-init$"),
        new("init off", [new(OptionKeys.Init.Name, new OptionValue.Switch(false))], "HostConfig/Init", "false",
            "cat /proc/1/comm", "^sh|cat$"),
    ];

    private static OptionRow[] Streams() =>
    [
        new("tty", [Set.On(OptionKeys.Tty)], "Config/Tty", "true", "test -t 0 && test -t 1 && echo terminal", "^terminal\r?$"),
        new("open-stdin", [Set.On(OptionKeys.OpenStdin)], "Config/OpenStdin", "true", "ls -l /proc/self/fd/0", "pipe:"),
        new("stdin-once", [Set.On(OptionKeys.StdinOnce)], "Config/StdinOnce", "true"),
        new("attach-stdin", [Set.On(OptionKeys.AttachStdin)], "Config/AttachStdin", "true"),
        new("attach-stdout", [Set.On(OptionKeys.AttachStdout)], "Config/AttachStdout", "true"),
        new("attach-stderr", [Set.On(OptionKeys.AttachStderr)], "Config/AttachStderr", "true"),
    ];

    /// <remarks>The files of control groups, of version 1 and of version 2: the one that is not there says nothing.</remarks>
    private static OptionRow[] Limits() =>
    [
        new("memory", [Set.To(OptionKeys.Memory, 32 << 20)], "HostConfig/Memory", "33554432",
            "cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes memory.max 2>/dev/null; true", "^33554432$"),
        new("memory without swap", [Set.To(OptionKeys.Memory, 32 << 20)], "HostConfig/MemorySwap", "33554432"),
        new("memory-swap", [Set.To(OptionKeys.Memory, 32 << 20), Set.To(OptionKeys.MemorySwap, 48 << 20)],
            "HostConfig/MemorySwap", "50331648",
            "cd /sys/fs/cgroup; cat memory/memory.memsw.limit_in_bytes memory.swap.max 2>/dev/null; true", "^(50331648|16777216)$"),
        new("cpu-shares", [Set.To(OptionKeys.CpuShares, 512)], "HostConfig/CpuShares", "512",
            "cd /sys/fs/cgroup; cat cpu/cpu.shares cpu.weight 2>/dev/null; true", "^(512|20)$"),
        new("cpuset-cpus", [Set.To(OptionKeys.Cpuset, "0")], "HostConfig/CpusetCpus", "\"0\"",
            "grep Cpus_allowed_list /proc/self/status", "\t0$"),
        new("pids-limit", [Set.To(OptionKeys.PidsLimit, 17)], "HostConfig/PidsLimit", "17",
            "cd /sys/fs/cgroup; cat pids/pids.max pids.max 2>/dev/null; true", "^17$"),
        new("ulimit", [Set.To(OptionKeys.Ulimits, "nofile=1000:2000", "core=0:-1")], "HostConfig/Ulimits",
            """[{"Name":"nofile","Hard":2000,"Soft":1000},{"Name":"core","Hard":-1,"Soft":0}]""",
            "ulimit -Sn; ulimit -Hn; ulimit -Sc; ulimit -Hc", "^1000\n2000\n0\nunlimited$"),
        new("sysctl", [Set.To(OptionKeys.Sysctls, "kernel.msgmax", "16384")], "HostConfig/Sysctls",
            """{"kernel.msgmax":"16384"}""", "cat /proc/sys/kernel/msgmax", "^16384$"),
        new("shm-size", [Set.To(OptionKeys.ShmSize, 8 << 20)], "HostConfig/ShmSize", "8388608",
            "grep /dev/shm /proc/mounts", "size=8192k"),
    ];

    private static OptionRow[] Files() =>
    [
        new("volume", [Set.To(OptionKeys.Volumes, "/data")], "Config/Volumes", """{"/data":{}}""",
            "grep ' /data ' /proc/mounts", " /data "),
        new("bind", [Set.To(OptionKeys.Binds, "/etc/hostname:/bound:ro")], "HostConfig/Mounts",
            """[{"Type":"bind","Source":"/etc/hostname","Target":"/bound","ReadOnly":true}]""",
            "grep ' /bound ' /proc/mounts", " /bound [a-z0-9]+ ro,"),
        new("bind that can be written", [Set.To(OptionKeys.Binds, "/tmp:/bound:rw")], "HostConfig/Mounts",
            """[{"Type":"bind","Source":"/tmp","Target":"/bound"}]""",
            "grep ' /bound ' /proc/mounts", " /bound [a-z0-9]+ rw,"),
        new("bind with SELinux labels", [Set.To(OptionKeys.Binds, "/tmp:/bound:ro,z")], "HostConfig/Binds",
            """["/tmp:/bound:ro,z"]""", "grep ' /bound ' /proc/mounts", " /bound [a-z0-9]+ ro,"),
        new("volumes-from", [Set.To(OptionKeys.VolumesFrom, $"{OptionRow.Peer}:ro")], "HostConfig/VolumesFrom",
            $$"""["{{OptionRow.Peer}}:ro"]""", "grep ' /shared ' /proc/mounts; cat /shared/file", " /shared [a-z0-9]+ ro,.*\nof the peer$"),
        new("tmpfs", [Set.To(OptionKeys.Tmpfs, "/scratch", "size=1m,mode=1770")], "HostConfig/Tmpfs",
            """{"/scratch":"size=1m,mode=1770"}""", "grep ' /scratch ' /proc/mounts", "tmpfs .*size=1024k,mode=1770"),
        new("read-only", [Set.On(OptionKeys.ReadOnly)], "HostConfig/ReadonlyRootfs", "true",
            "touch /file 2>&1 || echo refused", "Read-only file system\nrefused$"),
    ];

    private static OptionRow[] Networks() =>
    [
        new("network", [Set.To(OptionKeys.NetworkMode, "host")], "HostConfig/NetworkMode", "\"host\"",
            "cat /proc/net/dev", HostDevice),
        new("expose", [Set.To(OptionKeys.ExposedPorts, "22/tcp", "53/udp")], "Config/ExposedPorts",
            """{"22/tcp":{},"53/udp":{}}"""),
        new("publish", [Set.To(OptionKeys.PublishedPorts, "127.0.0.1:8080:80/tcp", "::80/tcp", ":5353:53/udp", "[::1]:1:1/tcp")],
            "HostConfig/PortBindings",
            """
            {"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"},{"HostIp":"","HostPort":""}],
             "53/udp":[{"HostIp":"","HostPort":"5353"}],"1/tcp":[{"HostIp":"::1","HostPort":"1"}]}
            """),
        new("publish exposes", [Set.To(OptionKeys.ExposedPorts, "22/tcp"), Set.To(OptionKeys.PublishedPorts, "::80/tcp")],
            "Config/ExposedPorts", """{"22/tcp":{},"80/tcp":{}}"""),
        new("publish-all", [Set.On(OptionKeys.PublishAllPorts)], "HostConfig/PublishAllPorts", "true"),
        new("link", [Set.To(OptionKeys.Links, $"{OptionRow.Peer}:friend")], "HostConfig/Links",
            $$"""["/{{OptionRow.Peer}}:/{name}/friend"]"""),
        new("dns", [Set.To(OptionKeys.Dns, "198.51.100.1", "198.51.100.2")], "HostConfig/Dns",
            """["198.51.100.1","198.51.100.2"]""", "cat /etc/resolv.conf", "nameserver 198.51.100.1\nnameserver 198.51.100.2"),
        new("dns-search", [Set.To(OptionKeys.DnsSearch, "a.test", "b.test")], "HostConfig/DnsSearch", """["a.test","b.test"]""",
            "cat /etc/resolv.conf", "search a.test b.test"),
        new("add-host", [Set.To(OptionKeys.ExtraHosts, "db:198.51.100.7")], "HostConfig/ExtraHosts", """["db:198.51.100.7"]""",
            "cat /etc/hosts", "198.51.100.7\tdb"),
        new("name", [Set.To(OptionKeys.Alias, "web")], "Config/Labels/org.novadocker.alias", "\"web\""),
    ];

    private static OptionRow[] Rights() =>
    [
        new("privileged", [Set.On(OptionKeys.Privileged)], "HostConfig/Privileged", "true"),
        new("cap-add", [Set.To(OptionKeys.CapAdd, "NET_ADMIN")], "HostConfig/CapAdd", """["NET_ADMIN"]""",
            Capabilities, "00000000a80435fb$"),
        new("cap-drop", [Set.To(OptionKeys.CapDrop, "MKNOD")], "HostConfig/CapDrop", """["MKNOD"]""",
            Capabilities, "00000000a00425fb$"),
        new("security-opt", [Set.To(OptionKeys.SecurityOptions, "no-new-privileges")], "HostConfig/SecurityOpt",
            """["no-new-privileges"]""", "grep NoNewPrivs /proc/self/status", "\t1$"),
        new("device", [Set.To(OptionKeys.Devices, "/dev/loop-control:/dev/mine:r")], "HostConfig/Devices",
            """[{"PathOnHost":"/dev/loop-control","PathInContainer":"/dev/mine","CgroupPermissions":"r"}]""",
            "stat -c %t:%T /dev/mine; (exec 3</dev/mine) && echo read; (exec 3>/dev/mine) 2>/dev/null || echo not written",
            "^a:ed\nread\nnot written$"),
        new("device-request",
            [Set.To(OptionKeys.DeviceRequests, """{"Driver":"d","Count":-1,"DeviceIDs":["0"],"Capabilities":[["gpu","x"]],"Options":{"a":"b"}}""")],
            "HostConfig/DeviceRequests",
            """[{"Driver":"d","Count":-1,"DeviceIDs":["0"],"Capabilities":[["gpu","x"]],"Options":{"a":"b"}}]"""),
    ];

    private static OptionRow[] Rest() =>
    [
        new("log-driver", [Set.To(OptionKeys.LogDriver, "local")], "HostConfig/LogConfig", """{"Type":"local","Config":{}}""",
            "echo kept", "^kept$"),
        new("label", [Set.To(OptionKeys.Labels, "colour", "blue")], "Config/Labels/colour", "\"blue\""),
    ];
}
