namespace NovaDocker.UserData.Tests.Options;

/// <summary>What is known of the values of one option's keys.</summary>
/// <param name="Title">The row it is of.</param>
internal sealed record Sample(string Title)
{
    /// <summary>Values that are taken, by all keys of the row, each with what becomes of it.</summary>
    public (string Value, string Canonical)[] Good { get; init; } = [];

    /// <summary>Values that mean "not set" for all keys of the row, beside those that mean it everywhere.</summary>
    public string[] Unset { get; init; } = [];

    /// <summary>Values of a wrong type.</summary>
    public string[] WrongType { get; init; } = [];

    /// <summary>Values of a right type that are impossible.</summary>
    public string[] Impossible { get; init; } = [];
}

/// <summary>Samples for every row of the table.</summary>
internal static class Samples
{
    private static readonly string[] NoScalar = ["[a]", "{a: b}"];
    private static readonly string[] NoSwitch = ["[true]", "{true: true}", "maybe", "2", "\"\\u0000\""];
    private static readonly string[] NoList = ["word", "5"];

    public static readonly Sample[] All =
    [
        new("command")
        {
            Good =
            [
                ("date", "date"), ("[date]", "date"), ("'echo \"two words\" \\$HOME'", "echo|two words|$HOME"),
                ("[echo, '', 'a b', 1.10]", "echo||a b|1.10"), ("[echo, null, a]", "echo|a"), ("[a, a]", "a|a"),
            ],
            Unset = ["['']", "[null]", "'  '"],
            WrongType = ["{a: b}", "[[a]]", "[{}]"],
            Impossible = ["'echo \"open'", "\"a\\\\\"", "[\"a\\u0000\"]", "\"a\\u0000\""],
        },
        new("entrypoint")
        {
            Good = [("/bin/sh -c", "/bin/sh|-c"), ("[/bin/sh, -c]", "/bin/sh|-c")],
            Unset = ["['']"],
            WrongType = ["{a: b}", "[[a]]"],
            Impossible = ["\"it's\"", "['', a]"],
        },
        new("env")
        {
            Good =
            [
                ("{etcd: 10.144.192.168}", "etcd=10.144.192.168"), ("['A=b=c', B=]", "A=b=c|B="),
                ("{A: yes, B: 012, C: 1.10, D: '', E: null, F: ~}", "A=yes|B=012|C=1.10|D="), ("[A=1, B, null]", "A=1"),
                ("{b.c-d: x}", "b.c-d=x"), ("[A=1, A=1]", "A=1"),
            ],
            Unset = ["[B]", "{A: null}", "['']"],
            WrongType = ["A=b", "5", "{A: [1]}", "{A: {}}", "[[A=1]]"],
            Impossible = ["{A=B: c}", "{'': c}", "['=c']", "{A: \"\\u0000\"}", "{\"A\\n\": b}", "[A=1, A=2]"],
        },
        new("user")
        {
            Good = [("0", "0"), ("1000", "1000"), ("www-data", "www-data"), ("'1000:1000'", "1000:1000"), ("app:users", "app:users")],
            WrongType = NoScalar,
            Impossible = ["'a b'", "'a:b:c'", "':0'", "'-1'", "\"root\\n\"", "2147483648", "'0:2147483648'", "/etc"],
        },
        new("workdir")
        {
            Good = [("/", "/"), ("/srv/app", "/srv/app"), ("/srv//./x/../app/", "/srv/app")],
            WrongType = NoScalar,
            Impossible = ["srv", "./x", "\"/a\\u0000\""],
        },
        Switch("tty"), Switch("open-stdin"), Switch("stdin-once"), Switch("attach-stdin"), Switch("attach-stdout"),
        Switch("attach-stderr"), Switch("init"), Switch("read-only"), Switch("publish-all"), Switch("privileged"),
        new("memory")
        {
            Good =
            [
                ("536870912", "536870912"), ("512m", "536870912"), ("512M", "536870912"), ("1g", "1073741824"), ("1.5g", "1610612736"),
                ("8192k", "8388608"), ("'512mb'", "536870912"), ("512MiB", "536870912"), ("10000000b", "10000000"), ("1t", "1099511627776"),
            ],
            Unset = ["0", "'0'", "0m"],
            WrongType = NoScalar,
            Impossible = ["lots", "5m", "-1", "-512m", "1.5", "1.5b", "1e9", "0x10", "'512 m'", "0512m", "99999999999g", "512mm", "١٢٣"],
        },
        new("memory-swap")
        {
            Good = [("1g", "1073741824"), ("-1", "-1"), ("1073741824", "1073741824")],
            Unset = ["0"],
            WrongType = NoScalar,
            Impossible = ["lots", "-2", "5m"],
        },
        new("cpu-shares")
        {
            Good = [("512", "512"), ("'512'", "512"), ("2", "2"), ("262144", "262144")],
            Unset = ["0"],
            WrongType = NoScalar,
            Impossible = ["1", "262145", "half", "-1", "512.0", "0512"],
        },
        new("cpuset-cpus")
        {
            Good = [("'0,1'", "0,1"), ("0", "0"), ("0-2", "0-2"), ("'0-2,5'", "0-2,5")],
            WrongType = ["[0, 1]", "{a: b}"],
            Impossible = ["a", "2-0", "'0,'", "'0, 1'", "-1", "8192", "0-1-2", "99999999999"],
        },
        new("pids-limit")
        {
            Good = [("100", "100"), ("-1", "-1")],
            Unset = ["0"],
            WrongType = NoScalar,
            Impossible = ["many", "-2", "4194305"],
        },
        new("shm-size")
        {
            Good = [("64m", "67108864"), ("1", "1")],
            Unset = ["0"],
            WrongType = NoScalar,
            Impossible = ["-1", "big"],
        },
        new("ulimit")
        {
            Good =
            [
                ("[nofile=1024:2048]", "nofile=1024:2048"), ("[nofile=1024]", "nofile=1024:1024"), ("['memlock=-1:-1']", "memlock=-1:-1"),
                ("[{Name: nofile, Soft: 1024, Hard: 2048}]", "nofile=1024:2048"), ("[{name: nproc, soft: 10, hard: 20}]", "nproc=10:20"),
                ("[{name: nproc, soft: 1024}]", "nproc=1024:1024"), ("[{Name: nproc, Hard: 0, Soft: 1024}]", "nproc=1024:1024"),
                ("[{Name: core, Soft: 0, Hard: 0}]", "core=0:0"), ("[{name: core, hard: 5}]", "core=5:5"),
                ("[core=0, core=0:0, nofile=1:2]", "core=0:0|nofile=1:2"),
            ],
            Unset = ["['']", "[null]", "[{}]"],
            WrongType = ["nofile=1", "{nofile: 5}", "[[nofile=1]]", "[{Name: [core], Soft: 1}]"],
            Impossible =
            [
                "[nofile]", "[files=1]", "[nofile=2:1]", "[nofile=-1:5]", "[nofile=-2]", "[nofile=a]", "[{Name: nofile}]", "[{Soft: 1}]",
                "[{Name: core, Soft: 1, Limit: 2}]", "[{Name: core, name: core, Soft: 1}]", "[core=0, core=1]", "[nofile=1:2:3]",
            ],
        },
        new("volumes-from")
        {
            Good =
            [
                ("[parent, 'other:ro']", "parent:rw|other:ro"), ("'parent,other:ro'", "parent:rw|other:ro"), ("[my instance]", "my instance:rw"),
                ("[7c2d:rw]", "7c2d:rw"), ("parent", "parent:rw"),
            ],
            Unset = ["['']", "','"],
            WrongType = ["{a: b}", "[[a]]", "[{a: b}]"],
            Impossible = ["[a:rx]", "[':ro']", "[\"a\\n\"]"],
        },
        new("tmpfs")
        {
            Good =
            [
                ("['/run', '/tmp:size=64m,noexec']", "/run=|/tmp=size=64m,noexec"), ("{/tmp: 'rw,mode=1777,uid=5', /run: ''}", "/run=|/tmp=rw,mode=1777,uid=5"),
                ("{/run/: null}", "/run="),
            ],
            Unset = ["[null]", "['']"],
            WrongType = ["/run", "{/run: [a]}", "[[/run]]"],
            Impossible = ["[run]", "[/]", "['/run:huge=1']", "['/run:size=lots']", "{/run: ' '}", "{'/a:b': ''}", "['/run', '/run/:ro']"],
        },
        new("hostname")
        {
            Good = [("docker", "docker"), ("web-1.example", "web-1.example"), ("7", "7")],
            WrongType = NoScalar,
            Impossible = ["-a", "a_b", "a..b", "a.", $"{new string('a', 64)}", "'a b'", "\"a\\n\"", "ü"],
        },
        new("domainname")
        {
            Good = [("example.org", "example.org")],
            WrongType = NoScalar,
            Impossible = ["exa mple", "."],
        },
        new("name")
        {
            Good = [("db", "db"), ("my_db.1", "my_db.1")],
            WrongType = NoScalar,
            Impossible = ["/db", "'a b'", "-a", $"{new string('a', 64)}"],
        },
        new("network")
        {
            Good = [("bridge", "bridge"), ("none", "none"), ("host", "host"), ("my_net-1", "my_net-1")],
            Unset = ["default"],
            WrongType = NoScalar,
            Impossible = ["container:abc", "'container:'", "'ns:/proc/1/ns/net'", "'a b'", "Container:x"],
        },
        new("link")
        {
            Good =
            [
                ("[redis3:redis]", "redis3:redis"), ("[redis]", "redis:redis"), ("{redis3: redis, db: null}", "redis3:redis|db:db"),
                ("[[redis3, redis]]", "redis3:redis"), ("['my instance:redis']", "my instance:redis"),
            ],
            Unset = ["['']", "[null]"],
            WrongType = ["redis", "[{a: b}]", "{a: [b]}"],
            Impossible = ["[a_b]", "['a:b_c']", "[':b']", "['a:']", "[a:x, b:x]"],
        },
        new("dns")
        {
            Good = [("[8.8.8.8]", "8.8.8.8"), ("8.8.8.8", "8.8.8.8"), ("['::1', '2001:DB8:0::1']", "::1|2001:db8::1"), ("[8.8.8.8, '']", "8.8.8.8")],
            Unset = ["['']", "[null]"],
            WrongType = ["{a: b}", "[[8.8.8.8]]"],
            Impossible = ["[dns.example]", "[8]", "[8.8.8.256]", "[08.8.8.8]", "[0x8.8.8.8]", "['fe80::1%eth0']", "['8.8.8.8,1.1.1.1']"],
        },
        new("dns-search")
        {
            Good = [("[example.org, '']", "example.org"), ("example.org", "example.org"), ("[.]", ".")],
            Unset = ["['']"],
            WrongType = ["{a: b}", "[[a]]"],
            Impossible = ["['a b']", "[a_b]"],
        },
        new("add-host")
        {
            Good =
            [
                ("[db:10.0.0.5]", "db:10.0.0.5"), ("{db: 10.0.0.5}", "db:10.0.0.5"), ("['db:::1']", "db:::1"), ("{db: '[::1]'}", "db:::1"),
                ("[db:10.0.0.5, db:10.0.0.6]", "db:10.0.0.5|db:10.0.0.6"),
            ],
            Unset = ["['']", "{db: null}"],
            WrongType = ["db", "{db: [a]}", "[[a]]"],
            Impossible = ["[db]", "[db:host-gateway]", "{db: host-gateway}", "[db:x]", "['a b:10.0.0.5']", "[db:10.0.0]"],
        },
        new("cap-add")
        {
            Good = [("[NET_ADMIN]", "NET_ADMIN"), ("[cap_net_admin, NET_ADMIN, Mknod]", "NET_ADMIN|MKNOD"), ("[ALL]", "ALL")],
            Unset = ["['']", "[null]"],
            WrongType = [.. NoList, "{a: b}", "[[MKNOD]]"],
            Impossible = ["[NET_ADMINS]", "[CAP_]", "[CAP_CAP_MKNOD]"],
        },
        new("cap-drop")
        {
            Good = [("[MKNOD]", "MKNOD"), ("[all]", "ALL")],
            Unset = ["['']"],
            WrongType = [.. NoList, "{a: b}"],
            Impossible = ["[EVERYTHING]"],
        },
        new("security-opt")
        {
            Good =
            [
                ("[no-new-privileges]", "no-new-privileges"), ("['no-new-privileges:true']", "no-new-privileges"),
                ("['label:type:svirt_t', apparmor=unconfined]", "label=type:svirt_t|apparmor=unconfined"),
                ("[seccomp=unconfined, 'seccomp:{\"a\":1}']", "seccomp=unconfined|seccomp={\"a\":1}"),
            ],
            Unset = ["['']", "[no-new-privileges=false]"],
            WrongType = [.. NoList, "{a: b}", "[[label=a]]"],
            Impossible = ["[no-new-privileges=maybe]", "[label]", "[systempaths=unconfined]", "[seccomp=/etc/profile.json]", "['=a']"],
        },
        new("device")
        {
            Good =
            [
                ("[/dev/fuse]", "/dev/fuse:/dev/fuse:rwm"), ("[/dev/sda:/dev/xvda]", "/dev/sda:/dev/xvda:rwm"),
                ("[/dev/sda:/dev/xvda:wr]", "/dev/sda:/dev/xvda:rw"), ("[/dev/sda:r]", "/dev/sda:/dev/sda:r"),
                ("[{PathOnHost: /dev/a, PathInContainer: /dev/b, CgroupPermissions: mrw}]", "/dev/a:/dev/b:rwm"),
                ("[{PathOnHost: /dev/a}]", "/dev/a:/dev/a:rwm"),
            ],
            Unset = ["['']", "[{}]"],
            WrongType = [.. NoList, "{a: b}", "[[/dev/a]]"],
            Impossible =
            [
                "[dev/fuse]", "[/dev/a:/dev/b:x]", "[/dev/a:b]", "[/dev/a:/dev/b:rr]", "[/dev/a:/dev/b:r:w]", "[{PathInContainer: /dev/b}]",
                "[{PathOnHost: /dev/a, Access: r}]", "[/dev/a:/dev/c, /dev/b:/dev/c]", "[vendor.com/class=a]",
            ],
        },
        new("device-request")
        {
            Good =
            [
                ("[{Driver: nvidia, Count: -1, Capabilities: [[gpu]]}]", """{"Driver":"nvidia","Count":-1,"Capabilities":[["gpu"]]}"""),
                ("[{device_ids: [0, GPU-1], capabilities: [[gpu, utility], [compute]], options: {a: b}}]",
                    """{"DeviceIDs":["0","GPU-1"],"Capabilities":[["gpu","utility"],["compute"]],"Options":{"a":"b"}}"""),
            ],
            Unset = ["[{}]", "[null]"],
            WrongType = [.. NoList, "{a: b}", "[gpu]", "[{Driver: a, Count: 1, Capabilities: [gpu]}]", "[{Driver: [a], Count: 1}]"],
            Impossible =
            [
                "[{Driver: nvidia}]", "[{Count: 1}]", "[{Driver: a, Count: 1, DeviceIDs: [b]}]", "[{Driver: a, Count: -2}]",
                "[{Driver: a, Count: all}]", "[{Driver: a, Count: 1, Caps: []}]", "[{Driver: a, driver: b, Count: 1}]",
            ],
        },
        new("sysctl")
        {
            Good = [("{net.core.somaxconn: 1024}", "net.core.somaxconn=1024"), ("['net.ipv4.ip_forward=0']", "net.ipv4.ip_forward=0")],
            Unset = ["{net.core.somaxconn: null}", "{net.core.somaxconn: ''}", "['']"],
            WrongType = ["word", "{net.core.somaxconn: [1]}"],
            Impossible = ["{somaxconn: 1}", "{'net core': 1}", "{net.core.x: \"a\\n\"}", "[net.a=1, net.a=2]", "{'../a.b': 1}"],
        },
        new("label")
        {
            Good =
            [
                ("{a: b, c: ''}", "a=b|c="), ("[a, b=c]", "a=|b=c"), ("{org.example: 1}", "org.example=1"), ("{a: null, b: 1}", "b=1"),
            ],
            Unset = ["['']", "{a: null}"],
            WrongType = ["a", "{a: [b]}", "[[a]]"],
            Impossible =
            [
                "{org.novadocker.instance: x}", "[com.docker.a]", "[io.docker.a=b]", "{ORG.NOVADOCKER.host: x}", "{org.dockerproject.a: b}",
                "{'': a}", "{\"a\\n\": b}", "[a=1, a=2]",
            ],
        },
        new("health")
        {
            Good =
            [
                ("{Test: curl -f http://localhost, Interval: 10000000000}", "/bin/sh|-c|curl -f http://localhost|10s|0s|0s|x0"),
                ("{test: [CMD, curl, -f, x], interval: 10s, timeout: 500ms, start_period: 1m30s, retries: 3}", "curl|-f|x|10s|0.5s|90s|x3"),
                ("{Test: [CMD-SHELL, 'a && b']}", "/bin/sh|-c|a && b|0s|0s|0s|x0"), ("{Test: [NONE]}", "0s|0s|0s|x0"),
                ("{Test: [NONE], Interval: 10s}", "0s|0s|0s|x0"), ("{test: [curl, x], timeout: 1.5h}", "curl|x|0s|5400s|0s|x0"),
                ("{test: [CMD, a, a], interval: 0s}", "a|a|0s|0s|0s|x0"),
            ],
            Unset = ["{Test: []}", "{Test: null, Interval: 0, Retries: 0}", "{test: ''}"],
            WrongType = ["word", "[CMD, a]", "{Test: {a: b}}", "{Test: a, Interval: [1]}"],
            Impossible =
            [
                "{Interval: 10s}", "{Retries: 3}", "{Test: [CMD]}", "{Test: [CMD, '']}", "{Test: ['', a]}", "{Test: [NONE, a]}", "{Test: [CMD-SHELL, a, b]}", "{Test: a, Interval: 10}",
                "{Test: a, Interval: 25h}", "{Test: a, Interval: -1s}", "{Test: a, Interval: -5}", "{Test: a, Retries: 1001}",
                "{Test: a, Retries: -1}", "{Test: a, Interval: soon}", "{Test: a, StartInterval: 5s}", "{Test: a, test: b}",
                "{Test: \"a\\u0000\"}", "{Test: a, Interval: 999999999999h}", "{Test: a, Interval: 99}", "{Test: a, Interval: 99999999999999999999}",
            ],
        },
        new("restart")
        {
            Good =
            [
                ("{Name: always, MaximumRetryCount: 0}", "always"), ("{Name: on-failure, MaximumRetryCount: 5}", "on-failure:5"),
                ("on-failure:5", "on-failure:5"), ("unless-stopped", "unless-stopped"), ("no", "no"), ("{Name: on-failure}", "on-failure"),
            ],
            Unset = ["{Name: '', MaximumRetryCount: 0}", "{MaximumRetryCount: 0}"],
            WrongType = ["[always]", "{Name: [always]}"],
            Impossible =
            [
                "{Name: always, MaximumRetryCount: 3}", "sometimes", "always:3", "on-failure:x", "{Name: '', MaximumRetryCount: 3}",
                "{Name: on-failure, MaximumRetryCount: -1}", "{Name: on-failure, MaximumRetryCount: 1000001}", "{Nmae: always}", "Always",
                "{name: always}",
            ],
        },
        new("stop-signal")
        {
            Good = [("SIGINT", "SIGINT"), ("int", "SIGINT"), ("15", "15"), ("SIGRTMIN+3", "SIGRTMIN+3")],
            Unset = ["0"],
            WrongType = NoScalar,
            Impossible = ["SIGNOPE", "65", "-1", "SIGRTMIN+16", "SIG"],
        },
        new("stop-timeout")
        {
            Good = [("30", "30"), ("3600", "3600")],
            Unset = ["0"],
            WrongType = NoScalar,
            Impossible = ["-1", "3601", "10s"],
        },
    ];

    private static Sample Switch(string title) => new(title)
    {
        Good = [("true", "on"), ("'true'", "on"), ("Yes", "on"), ("ON", "on"), ("1", "on")],
        Unset = ["false", "no", "Off", "0", "'False'"],
        WrongType = NoSwitch,
    };
}
