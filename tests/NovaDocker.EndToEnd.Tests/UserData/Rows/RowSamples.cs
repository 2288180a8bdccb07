namespace NovaDocker.EndToEnd.Tests.UserData.Rows;

/// <summary>The samples: one or more for every row of the table of options.</summary>
internal static partial class RowSamples
{
    /// <summary>All of them.</summary>
    public static readonly RowSample[] All =
    [
        .. Process(), .. Streams(), .. Resources(), .. Storage(), .. Networks(), .. Security(), .. Keeping(), .. Unused(),
    ];

    /// <summary>An instance without user data: what one is like that sets nothing.</summary>
    public static readonly RowSample Plain = new("plain", "", "", "", null);

    /// <summary>Those that are also looked at by the command.</summary>
    public static readonly string[] ShownByCommand = ["memory", "bind", "cap-add", "NetworkDisabled", "stop-timeout"];

    private static RowSample[] Process() =>
    [
        new("command", """command: sh -c "echo one 'two  words'; exec sleep 3600" """,
            "/Config/Cmd", """["sh","-c","echo one 'two  words'; exec sleep 3600"]""",
            "command: sh -c echo one 'two  words'; exec sleep 3600 (command, line 1)")
        {
            Variant = "a line", Sees = "^one two  words$",
        },
        new("command", """{"Cmd": ["sh", "-c", "echo \"$0-$1\"; exec sleep 3600", "a b", "c"]}""",
            "/Config/Cmd", """["sh","-c","echo \"$0-$1\"; exec sleep 3600","a b","c"]""",
            """command: sh -c echo "$0-$1"; exec sleep 3600 a b c (Cmd, line 1)""")
        {
            Variant = "words", Sees = "^a b-c$",
        },
        new("entrypoint", """{"Entrypoint": ["env", "SEEN=yes"]}""",
            "/Config/Entrypoint", """["env","SEEN=yes"]""", "entrypoint: env SEEN=yes (Entrypoint, line 1)")
        {
            Script = RowSample.Lasting("echo $SEEN"), Sees = "^yes$",
        },
        new("env", "# Base64\nenvironment:\n  ODD: a=b $HOME 'c' ü\n  NUMBER: 012\n",
            "/Config/Env", """["NUMBER=012","ODD=a=b $HOME 'c' ü","PATH=/bin"]""", "env.NUMBER: (sealed) (environment, line 2)")
        {
            Script = RowSample.Lasting("env; echo \"<$ODD>\""), Sees = "^NUMBER=012\n(.*\n)*<a=b \\$HOME 'c' ü>$",
            InBase64 = true,
        },
        new("user", "# Who it is\n\nuser: 1234:4321\n",
            "/Config/User", "\"1234:4321\"", "user: 1234:4321 (user, line 3)")
        {
            Script = RowSample.Lasting("id -u; id -g"), Sees = "^1234\n4321$",
        },
        new("workdir", """{"WorkingDir": "/some/where"}""",
            "/Config/WorkingDir", "\"/some/where\"", "workdir: /some/where (WorkingDir, line 1)")
        {
            Script = RowSample.Lasting("pwd"), Sees = "^/some/where$",
        },
        new("init", "host_config:\n  init: yes\n",
            "/HostConfig/Init", "true", "init: on (host_config.init, line 2)")
        {
            Script = RowSample.Lasting("cat /proc/1/comm"), Sees = "^docker-init$",
        },
    ];

    private static RowSample[] Streams() =>
    [
        new("tty", "Tty: true", "/Config/Tty", "true", "tty: on (Tty, line 1)")
        {
            Script = RowSample.Lasting("test -t 0 && test -t 1 && echo terminal"), Sees = "^terminal\r?$",
        },
        new("open-stdin", "stdin_open: 1", "/Config/OpenStdin", "true", "open-stdin: on (stdin_open, line 1)")
        {
            Script = RowSample.Lasting("ls -l /proc/self/fd/0"), Sees = "pipe:",
        },
        new("stdin-once", """{"StdinOnce": true}""", "/Config/StdinOnce", "true", "stdin-once: on (StdinOnce, line 1)"),
        new("attach-stdin", "AttachStdin: on", "/Config/AttachStdin", "true", "attach-stdin: on (AttachStdin, line 1)"),
        new("attach-stdout", "AttachStdout: True", "/Config/AttachStdout", "true", "attach-stdout: on (AttachStdout, line 1)"),
        new("attach-stderr", """{"AttachStderr":true}""", "/Config/AttachStderr", "true", "attach-stderr: on (AttachStderr, line 1)"),
    ];

    /// <remarks>The files of control groups are those of version 1 and of version 2: the one that is not there says nothing.</remarks>
    private static RowSample[] Resources() =>
    [
        new("memory", "Memory: 33554432", "/HostConfig/Memory", "33554432", "memory: 33554432 (Memory, line 1)")
        {
            Script = Control("memory/memory.limit_in_bytes memory.max"), Sees = "^33554432$",
        },
        new("memory", "{\n \"HostConfig\": {\n  \"Memory\": \"32m\"\n }\n}",
            "/HostConfig/MemorySwap", "33554432", "memory: 33554432 (HostConfig.Memory, line 3)")
        {
            Variant = "which is that of memory and swap too",
            Script = Control("memory/memory.memsw.limit_in_bytes memory.swap.max"), Sees = "^(33554432|0)$",
        },
        new("memory-swap", "mem_limit: 32m\nmemswap_limit: 48M\n",
            "/HostConfig/MemorySwap", "50331648", "memory-swap: 50331648 (memswap_limit, line 2)")
        {
            Script = Control("memory/memory.memsw.limit_in_bytes memory.swap.max"), Sees = "^(50331648|16777216)$",
        },
        new("cpu-shares", """{"CpuShares":512}""",
            "/HostConfig/CpuShares", "512", "cpu-shares: 512 (CpuShares, line 1)")
        {
            Script = Control("cpu/cpu.shares cpu.weight"), Sees = "^(512|20)$",
        },
        new("cpuset-cpus", "cpuset: '0'",
            "/HostConfig/CpusetCpus", "\"0\"", "cpuset-cpus: 0 (cpuset, line 1)")
        {
            Script = RowSample.Lasting("grep Cpus_allowed_list /proc/self/status"), Sees = "\t0$",
        },
        new("pids-limit", "HostConfig: {PidsLimit: 17}",
            "/HostConfig/PidsLimit", "17", "pids-limit: 17 (HostConfig.PidsLimit, line 1)")
        {
            Script = Control("pids/pids.max pids.max"), Sees = "^17$",
        },
        new("shm-size", "host_config: {shm_size: 8m}",
            "/HostConfig/ShmSize", "8388608", "shm-size: 8388608 (host_config.shm_size, line 1)")
        {
            Script = RowSample.Lasting("grep /dev/shm /proc/mounts"), Sees = "size=8192k",
        },
        new("ulimit", "ulimits:\n- nofile=1000:2000\n- {name: core, soft: 0, hard: -1}\n",
            "/HostConfig/Ulimits", """[{"Name":"nofile","Hard":2000,"Soft":1000},{"Name":"core","Hard":-1,"Soft":0}]""",
            "ulimit: nofile=1000:2000 core=0:-1 (ulimits, line 1)")
        {
            Script = RowSample.Lasting("ulimit -Sn; ulimit -Hn; ulimit -Sc; ulimit -Hc"), Sees = "^1000\n2000\n0\nunlimited$",
        },
    ];

    private static RowSample[] Storage() =>
    [
        new("volume", """{"Volumes": {"/data": {}}}""",
            "/Config/Volumes", """{"/data":{}}""", "volume: /data (Volumes, line 1)")
        {
            Script = RowSample.Lasting("grep ' /data ' /proc/mounts"), Sees = " /data [a-z0-9]+ rw,",
        },
        new("bind", """HostConfig: {Binds: ["<dir>:/bound:ro"]}""",
            "/HostConfig/Mounts", """[{"Type":"bind","Source":"<dir>","Target":"/bound","ReadOnly":true}]""",
            "bind: <dir>:/bound:ro (HostConfig.Binds, line 1)")
        {
            Script = RowSample.Lasting("cat /bound/file; grep ' /bound ' /proc/mounts"),
            Sees = "^of the host\n.* /bound [a-z0-9]+ ro,",
        },
        new("bind", "volumes:\n  <dir>:\n    bind: /bound\n    mode: rw\n",
            "/HostConfig/Mounts", """[{"Type":"bind","Source":"<dir>","Target":"/bound"}]""", "bind: <dir>:/bound:rw (volumes, line 1)")
        {
            Variant = "to be written",
            Script = RowSample.Lasting("echo of the instance > /bound/written; cat /bound/written; grep ' /bound ' /proc/mounts"),
            Sees = "^of the instance\n.* /bound [a-z0-9]+ rw,",
        },
        new("volumes-from", """VolumesFrom: ["peer:ro"]""",
            "/HostConfig/VolumesFrom", """["nova-<peer>:ro"]""", "volumes-from: <peer>:ro (VolumesFrom, line 1)")
        {
            Script = RowSample.Lasting("cat /shared/file; grep ' /shared ' /proc/mounts"),
            Sees = "^of the peer\n.* /shared [a-z0-9]+ ro,",
        },
        new("tmpfs", "tmpfs: [\"/scratch:size=1m,mode=1770\"]",
            "/HostConfig/Tmpfs", """{"/scratch":"size=1m,mode=1770"}""", "tmpfs: /scratch=size=1m,mode=1770 (tmpfs, line 1)")
        {
            Script = RowSample.Lasting("grep ' /scratch ' /proc/mounts"), Sees = "^tmpfs .*size=1024k,mode=1770",
        },
        new("read-only", """{"HostConfig":{"ReadonlyRootfs":true}}""",
            "/HostConfig/ReadonlyRootfs", "true", "read-only: on (HostConfig.ReadonlyRootfs, line 1)")
        {
            Script = RowSample.Lasting("touch /file 2>&1 || echo refused"), Sees = "Read-only file system\nrefused$",
        },
    ];

    /// <summary>A script that shows those of a container's files of control groups that there are.</summary>
    private static string Control(string files) => RowSample.Lasting($"cd /sys/fs/cgroup; cat {files} 2>/dev/null");
}
