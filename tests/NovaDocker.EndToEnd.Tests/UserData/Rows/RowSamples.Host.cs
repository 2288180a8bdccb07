using System.Globalization;
using System.Net.NetworkInformation;
using System.Numerics;

namespace NovaDocker.EndToEnd.Tests.UserData.Rows;

/// <content>Networks, rights, upkeep, and what is not used.</content>
internal static partial class RowSamples
{
    private const string Serving = "echo served > index.html; exec httpd -f -p 80";
    private const string ShowsCapabilities = "grep CapEff /proc/self/status";

    private static RowSample[] Networks() =>
    [
        new("hostname", "hostname: box", "/Config/Hostname", "\"box\"", "hostname: box (hostname, line 1)")
        {
            Script = RowSample.Lasting("hostname"), Sees = "^box$",
        },
        new("domainname", """{"Domainname": "example.test"}""",
            "/Config/Domainname", "\"example.test\"", "domainname: example.test (Domainname, line 1)")
        {
            Script = RowSample.Lasting("cat /proc/sys/kernel/domainname"), Sees = "^example.test$",
        },
        new("name", "name: web", "/Config/Labels/org.novadocker.alias", "\"web\"", "name: web (name, line 1)"),
        new("name", "name: web\nnetwork_mode: <network>\n",
            "/NetworkSettings/Networks/<network>/Aliases/0", "\"web\"", "name: web (name, line 1)")
        {
            Variant = "on a network with names", NeedsBridge = true,
        },
        new("network", "network_mode: host", "/HostConfig/NetworkMode", "\"host\"", "network: host (network_mode, line 1)")
        {
            Variant = "of the host", Script = RowSample.Lasting("cat /proc/net/dev"), Sees = $"{HostDevice()}:",
        },
        new("network", """{"HostConfig":{"NetworkMode":"bridge"}}""",
            "/HostConfig/NetworkMode", "\"bridge\"", "network: bridge (HostConfig.NetworkMode, line 1)")
        {
            Variant = "of the bridge", Script = RowSample.Lasting("cat /proc/net/dev"), Sees = "eth0:", NeedsBridge = true,
        },
        new("expose", """{"ExposedPorts":{"22/tcp":{},"53/udp":{}}}""",
            "/Config/ExposedPorts", """{"22/tcp":{},"53/udp":{}}""", "expose: 22/tcp 53/udp (ExposedPorts, line 1)"),
        new("expose", "ports: [22, [53, udp]]",
            "/Config/ExposedPorts", """{"22/tcp":{},"53/udp":{}}""", "expose: 22/tcp 53/udp (ports, line 1)")
        {
            Variant = "a list",
        },
        new("publish", """{"HostConfig":{"NetworkMode":"bridge","PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"<port>"}]}}}""",
            "/HostConfig/PortBindings", """{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"<port>"}]}""",
            "publish: 127.0.0.1:<port>:80/tcp (HostConfig.PortBindings, line 1)")
        {
            Script = Serving, Serves = true, NeedsBridge = true,
        },
        new("publish", "network_mode: bridge\nports: {80: null}\n",
            "/HostConfig/PortBindings", """{"80/tcp":[{"HostIp":"","HostPort":""}]}""", "publish: ::80/tcp (ports, line 2)")
        {
            Variant = "where the Engine chooses", Script = Serving, Serves = true, NeedsBridge = true,
        },
        new("publish-all", "network_mode: bridge\nports: [80]\npublish_all_ports: true\n",
            "/HostConfig/PublishAllPorts", "true", "publish-all: on (publish_all_ports, line 3)")
        {
            Script = Serving, Serves = true, NeedsBridge = true,
        },
        new("link", """{"HostConfig": {"NetworkMode": "bridge", "Links": ["<peer>:friend"]}}""",
            "/HostConfig/Links", """["/nova-<peer>:/nova-<id>/friend"]""", "link: <peer>:friend (HostConfig.Links, line 1)")
        {
            Script = RowSample.Lasting("cat /etc/hosts"), Sees = "\tfriend ", NeedsBridge = true,
        },
        new("dns", "dns: [198.51.100.1, 198.51.100.2]",
            "/HostConfig/Dns", """["198.51.100.1","198.51.100.2"]""", "dns: 198.51.100.1 198.51.100.2 (dns, line 1)")
        {
            Script = RowSample.Lasting("cat /etc/resolv.conf"), Sees = "^nameserver 198.51.100.1\nnameserver 198.51.100.2$",
        },
        new("dns-search", """{"HostConfig":{"DnsSearch":["a.test","b.test"]}}""",
            "/HostConfig/DnsSearch", """["a.test","b.test"]""", "dns-search: a.test b.test (HostConfig.DnsSearch, line 1)")
        {
            Script = RowSample.Lasting("cat /etc/resolv.conf"), Sees = "^search a.test b.test$",
        },
        new("add-host", "extra_hosts: {db: 198.51.100.7}",
            "/HostConfig/ExtraHosts", """["db:198.51.100.7"]""", "add-host: db:198.51.100.7 (extra_hosts, line 1)")
        {
            Script = RowSample.Lasting("cat /etc/hosts"), Sees = "^198.51.100.7\tdb$",
        },
    ];

    /// <remarks>A machine whose own root has less than every capability does not start what is privileged.</remarks>
    private static RowSample[] Security() =>
    [
        new("privileged", """{"HostConfig":{"Privileged":true}}""",
            "/HostConfig/Privileged", "true", "privileged: on (HostConfig.Privileged, line 1)")
        {
            Script = RowSample.Lasting($"{ShowsCapabilities}; ls /dev"), Sees = $"\t{OwnCapabilities()}\n(.*\n)*loop-control$",
            Refusal = HasAllCapabilities() ? null : "unable to apply caps: operation not permitted",
        },
        new("cap-add", "cap_add:\n- net_admin\n",
            "/HostConfig/CapAdd", """["NET_ADMIN"]""", "cap-add: NET_ADMIN (cap_add, line 1)")
        {
            Script = RowSample.Lasting(ShowsCapabilities), Sees = "\t00000000a80435fb$",
        },
        new("cap-drop", """HostConfig: {"CapDrop": ["CAP_MKNOD"]}""",
            "/HostConfig/CapDrop", """["MKNOD"]""", "cap-drop: MKNOD (HostConfig.CapDrop, line 1)")
        {
            Script = RowSample.Lasting(ShowsCapabilities), Sees = "\t00000000a00425fb$",
        },
        new("security-opt", """{"SecurityOpts": ["no-new-privileges:true"]}""",
            "/HostConfig/SecurityOpt", """["no-new-privileges"]""", "security-opt: no-new-privileges (SecurityOpts, line 1)")
        {
            Script = RowSample.Lasting("grep NoNewPrivs /proc/self/status"), Sees = "\t1$",
        },
        new("device", "devices: [\"/dev/null:/dev/mine:rw\"]",
            "/HostConfig/Devices", """[{"PathOnHost":"/dev/null","PathInContainer":"/dev/mine","CgroupPermissions":"rw"}]""",
            "device: /dev/null:/dev/mine:rw (devices, line 1)")
        {
            Script = RowSample.Lasting("stat -c %t:%T /dev/mine; echo > /dev/mine && echo written"), Sees = "^1:3\nwritten$",
        },
        new("device", """HostConfig: {Devices: [{PathOnHost: /dev/loop-control, PathInContainer: /dev/loops, CgroupPermissions: r}]}""",
            "/HostConfig/Devices", """[{"PathOnHost":"/dev/loop-control","PathInContainer":"/dev/loops","CgroupPermissions":"r"}]""",
            "device: /dev/loop-control:/dev/loops:r (HostConfig.Devices, line 1)")
        {
            Variant = "to be read alone",
            Script = RowSample.Lasting("(exec 3</dev/loops) && echo read; (exec 3>/dev/loops) 2>/dev/null || echo not written"),
            Sees = "^read\nnot written$",
        },
        new("device-request", "device_requests: [{driver: nope, count: -1, capabilities: [[gpu, x]], options: {a: b}}]",
            "/HostConfig/DeviceRequests",
            """[{"Driver":"nope","Count":-1,"DeviceIDs":null,"Capabilities":[["gpu","x"]],"Options":{"a":"b"}}]""",
            """device-request: {"Driver":"nope","Count":-1,"Capabilities":[["gpu","x"]],"Options":{"a":"b"}} (device_requests, line 1)""")
        {
            Refusal = "could not select device driver \"nope\" with capabilities: [[gpu x]]",
        },
        new("sysctl", "sysctls: [kernel.msgmax=16384]",
            "/HostConfig/Sysctls", """{"kernel.msgmax":"16384"}""", "sysctl: kernel.msgmax=16384 (sysctls, line 1)")
        {
            Script = RowSample.Lasting("cat /proc/sys/kernel/msgmax"), Sees = "^16384$",
        },
    ];

    private static RowSample[] Keeping() =>
    [
        new("label", "labels: [colour=light blue]", "/Config/Labels/colour", "\"light blue\"", "label: colour=light blue (labels, line 1)"),
        new("health", """{"Healthcheck":{"Test":["CMD-SHELL","echo checked > /proc/1/fd/1"],"Interval":"100ms","Retries":4}}""",
            "/Config/Healthcheck",
            """{"Test":["CMD","/bin/sh","-c","echo checked > /proc/1/fd/1"],"Interval":100000000,"Retries":4}""",
            "health: /bin/sh -c echo checked > /proc/1/fd/1 (Healthcheck, line 1)")
        {
            Sees = "^checked$",
        },
        new("restart", "restart_policy: {Name: on-failure, MaximumRetryCount: 3}",
            "/HostConfig/RestartPolicy", """{"Name":"no","MaximumRetryCount":0}""", "restart: on-failure:3 (restart_policy, line 1)")
        {
            Variant = "which the instance itself obeys",
            Script = RowSample.Lasting("test -e /ran && echo again && exec sleep 3600; echo > /ran; exit 3"), Sees = "^again$",
        },
        new("stop-signal", "stop_signal: usr1", "/Config/StopSignal", "\"SIGUSR1\"", "stop-signal: SIGUSR1 (stop_signal, line 1)")
        {
            Script = "trap 'echo asked; exit 0' USR1; echo ready; sleep 3600 & wait", Sees = "^asked$", Stops = true,
            Grace = TimeSpan.FromMinutes(1),
        },
        new("stop-timeout", "StopTimeout: 30", "/Config/StopTimeout", "30", "stop-timeout: 30 (StopTimeout, line 1)")
        {
            // Longer than the host gives.
            Script = "trap 'sleep 2; echo took its time; exit 0' TERM; echo ready; sleep 3600 & wait",
            Sees = "^took its time$",
            Stops = true,
        },
        new("log-driver", "log_config: {type: local}",
            "/HostConfig/LogConfig", """{"Type":"local","Config":{}}""", "log-driver: local (log_config, line 1)")
        {
            Script = RowSample.Lasting("echo kept"), Sees = "^kept$",
        },
        new("log-opt", """{"HostConfig": {"LogConfig": {"Config": {"max-size": "1m", "max-file": "2"}}}}""",
            "/HostConfig/LogConfig", """{"Type":"json-file","Config":{"max-file":"2","max-size":"1m"}}""",
            "log-opt: max-file=(sealed) max-size=(sealed) (HostConfig.LogConfig, line 1)")
        {
            Script = RowSample.Lasting("echo kept"), Sees = "^kept$",
        },
    ];

    /// <remarks>What is noted only leaves a container as it would be without.</remarks>
    private static RowSample[] Unused() =>
    [
        new("NetworkDisabled", "NetworkDisabled: true", "/HostConfig/NetworkMode", "\"none\"", "network: none (NetworkDisabled, line 1)")
        {
            Script = RowSample.Lasting("cat /proc/net/dev; echo no more"), Sees = "\\A([^:]*\n)*[^:]* lo:.*\nno more$",
        },
        new("LxcConf", """{"HostConfig": {"LxcConf": {"lxc.utsname": "docker"}}}""",
            "/Config/Hostname", "\"docker\"", "hostname: docker (HostConfig.LxcConf, line 1)")
        {
            Script = RowSample.Lasting("hostname"), Sees = "^docker$",
        },
        new("Image", """{"Image": "base"}""", "/Image", "\"<image>\"", null)
        {
            Note = "line 1, column 11: Image 'base' is not used: the image is the one that the instance is booted from.",
        },
        new("MacAddress", "mac_address: 12:34:56:78:9a:bc", "/NetworkSettings/MacAddress", "\"\"", null)
        {
            Note = "line 1, column 14: mac_address '12:34:56:78:9a:bc' is not used: the MAC address is that of the instance's port.",
        },
        new("detach", "detach: no", "/Config/AttachStdout", "false", null)
        {
            Note = "line 1, column 9: detach 'false' is not used: an instance always runs in the background.",
        },
    ];

    /// <summary>A network device that this machine has and no container of its own.</summary>
    private static string HostDevice() => NetworkInterface.GetAllNetworkInterfaces().First(i => i.Name != "lo").Name;

    private static bool HasAllCapabilities() =>
        BitOperations.PopCount(Convert.ToUInt64(OwnCapabilities(), 16))
            > int.Parse(File.ReadAllText("/proc/sys/kernel/cap_last_cap"), CultureInfo.InvariantCulture);

    /// <summary>Those that root of this machine has.</summary>
    private static string OwnCapabilities() =>
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith("CapBnd", StringComparison.Ordinal)).Split('\t')[1];
}
