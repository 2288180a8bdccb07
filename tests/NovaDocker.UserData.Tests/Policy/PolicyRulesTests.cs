using System.Collections.Immutable;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;
using NovaDocker.Settings;
using NovaDocker.UserData.Documents;
using NovaDocker.UserData.Policy;

namespace NovaDocker.UserData.Tests.Policy;

public sealed class PolicyRulesTests
{
    /// <summary>The policy that comes with the node and allows what nova-docker's README shows.</summary>
    private static readonly ContainerPolicy Example = PolicySettings.Read(HoconFile.Load(Repository.File("hocon/policy-example.conf"), "--policy"));

    private static readonly FakeHost Host = new FakeHost()
        .With("/tmp/kept", "/run/docker.sock", "/etc/shadow", "/dev/sda", "/dev/fuse", "/var").WithLink("/var/run", "/run");

    /// <summary>Options, and whether the default and the example policy allow them.</summary>
    public static TheoryData<string, string, bool, bool> Options => new()
    {
        { "privileged", "on", false, false },
        { "privileged", "off", true, true },
        { "bind", "/tmp:/tmp:rw", false, true },
        { "bind", "/tmp/new/one:/tmp:ro", false, true },
        { "bind", "/var/run/docker.sock:/var/run/docker.sock:rw", false, true },
        { "bind", "/run/docker.sock:/var/run/docker.sock:rw", false, true },
        { "bind", "/var/run:/var/run:ro", false, false },
        { "bind", "/var/run/docker.sock/../../etc:/x:ro", false, false },
        { "bind", "/etc:/x:ro", false, false },
        { "bind", "/:/x:ro", false, false },
        { "bind", "/proc:/x:ro", false, false },
        { "bind", "/tmp/../etc/shadow:/x:ro", false, false },
        { "bind", "/tmp:/x:rw,Z", false, false },
        { "device", "/dev/sda:/dev/sda:r", false, false },
        { "device", "/dev/fuse:/dev/fuse:rwm", false, false },
        { "cap-add", "NET_RAW", true, true },
        { "cap-add", "SYS_CHROOT", true, true },
        { "cap-add", "NET_ADMIN", false, true },
        { "cap-add", "SYS_ADMIN", false, false },
        { "cap-add", "net_admin", false, false },
        { "cap-add", "ALL", false, false },
        { "cap-drop", "ALL", true, true },
        { "cap-drop", "MKNOD", true, true },
        { "security-opt", "no-new-privileges", true, true },
        { "security-opt", "no-new-privileges=false", false, false },
        { "security-opt", "no-new-privileges:false", false, false },
        { "security-opt", "seccomp=unconfined", false, false },
        { "security-opt", "seccomp={}", false, false },
        { "security-opt", "apparmor=unconfined", false, false },
        { "security-opt", "label=disable", false, false },
        { "security-opt", "systempaths=unconfined", false, false },
        { "network", "none", true, true },
        { "network", "bridge", false, true },
        { "network", "default", false, true },
        { "network", "host", false, false },
        { "network", "Host", false, false },
        { "network", "container:other", false, false },
        { "network", "somebody", false, false },
        { "publish", ":11022:22/tcp", false, true },
        { "publish", ":11022:22/udp", false, true },
        { "publish", "127.0.0.1:11022:22/tcp", false, true },
        { "publish", "[::1]:11022:22/tcp", false, true },
        { "publish", "11022:22/tcp", false, true },
        { "publish", ":11000-11999:22/tcp", false, true },
        { "publish", ":11000-12000:22/tcp", false, false },
        { "publish", ":22:22/tcp", false, false },
        { "publish", ":10999:22/tcp", false, false },
        { "publish", ":12000:22/tcp", false, false },
        { "publish", "[::11022]:22:22/tcp", false, false },
        { "publish", "::22/tcp", false, false },
        { "publish", ":0:22/tcp", false, false },
        { "publish", ":+11022:22/tcp", false, false },
        { "publish", ":11022 :22/tcp", false, false },
        { "publish", ":١١٠٢٢:22/tcp", false, false },
        { "publish", "22/tcp", false, false },
        { "publish-all", "on", false, false },
        { "publish-all", "off", true, true },
        { "link", "redis:db", false, true },
        { "volumes-from", "parent:ro", false, true },
        { "sysctl", "net.core.somaxconn=1", false, false },
        { "sysctl", "kernel.core_pattern=|/x", false, false },
        { "device-request", "{\"Driver\":\"nvidia\",\"Count\":-1}", false, false },
        { "log-driver", "json-file", true, true },
        { "log-driver", "local", true, true },
        { "log-driver", "syslog", false, false },
        { "log-driver", "JSON-file", false, false },
        { "log-opt", "max-size=10m", true, true },
        { "log-opt", "max-buffer-size=64g", false, false },
        { "log-opt", "syslog-address=unixgram:///run/docker.sock", false, false },
        { "log-opt", "fluentd-address=127.0.0.1:4053", false, false },
        { "log-opt", "splunk-capath=/etc/shadow", false, false },
        { "ulimit", "nofile=1024:2048", true, true },
        { "ulimit", "core=-1:-1", true, true },
        { "ulimit", "rtprio=99:99", false, false },
        { "ulimit", "nice=40:40", false, false },
        { "ulimit", "=1", false, false },
        { "label", "com.example.team=a", true, true },
        { "tmpfs", "/run=size=64m,mode=1777,noexec", true, true },
        { "tmpfs", "/run=", true, true },
        { "tmpfs", "/etc/hosts=remount,rw", false, false },
        { "tmpfs", "/x=rw,bind", false, false },
        { "tmpfs", "/x=rshared", false, false },
        { "tmpfs", "/x=mpol=bind:0", false, false },
        { "user", "0", true, true },
        { "env", "NVIDIA_VISIBLE_DEVICES=all", true, true },
        { "shm-size", "1", true, true },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Each_option_is_allowed_or_refused(string option, string value, bool byDefault, bool byExample)
    {
        Assert.Equal(byDefault, !Faults(ContainerPolicy.Default, (option, value)).Any());
        Assert.Equal(byExample, !Faults(Example, (option, value)).Any());
    }

    [Theory]
    [InlineData(
        "bind", "/var/run/docker.sock:/var/run/docker.sock:rw",
        "is '/var/run/docker.sock:/var/run/docker.sock:rw'; novadocker.policy.host-paths allows no path of the host.")]
    [InlineData("device", "/dev/sda:/dev/sda:r", "is '/dev/sda:/dev/sda:r'; novadocker.policy.devices allows no device of the host.")]
    [InlineData("privileged", "on", "is on; novadocker.policy.privileged is off.")]
    [InlineData("cap-add", "SYS_ADMIN", "is 'SYS_ADMIN'; novadocker.policy.capabilities allows none beyond the Engine's default.")]
    [InlineData("security-opt", "label=disable", "is 'label=disable'; novadocker.policy.security-options allows no-new-privileges.")]
    [InlineData("network", "host", "is 'host'; novadocker.policy.network-modes allows none.")]
    [InlineData("publish", ":80:80/tcp", "is ':80:80/tcp'; novadocker.policy.published-ports allows no port of the host.")]
    [InlineData("publish", "::80/tcp", "is '::80/tcp'; novadocker.policy.ephemeral-ports is off. A port of the host is expected.")]
    [InlineData("publish-all", "on", "is on; novadocker.policy.ephemeral-ports is off.")]
    [InlineData("link", "a:b", "is 'a:b'; novadocker.policy.links is off.")]
    [InlineData("volumes-from", "a:ro", "is 'a:ro'; novadocker.policy.volumes-from is off.")]
    [InlineData("sysctl", "net.core.somaxconn=1", "has 'net.core.somaxconn'; novadocker.policy.sysctls allows no kernel parameter.")]
    [InlineData("device-request", "{}", "is '{}'; novadocker.policy.device-requests is off.")]
    [InlineData("log-driver", "gelf", "is 'gelf'; novadocker.policy.log-drivers allows json-file, local.")]
    public void A_refusal_names_the_value_the_key_and_what_it_allows(string option, string value, string problem) =>
        Assert.Equal(problem, Assert.Single(Faults(ContainerPolicy.Default, (option, value))).Problem);

    [Fact]
    public void A_refused_log_option_does_not_show_its_value()
    {
        var fault = Assert.Single(Faults(ContainerPolicy.Default, ("log-opt", "splunk-token=secret")));

        Assert.StartsWith("has 'splunk-token'; novadocker.policy.log-options allows max-size, ", fault.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_forbidden_is_told_at_once_each_at_its_place()
    {
        var binds = new AskedOption(
            OptionKeys.Binds.Name, new OptionValue.Words(["/etc:/a:ro", "/tmp:/b:rw", "/root:/c:ro"]), new Mark(1, 1), "volumes")
        {
            Elements = [(new Mark(2, 3), "volumes[0]"), (new Mark(3, 3), "volumes[1]"), (new Mark(4, 3), "volumes[2]")],
        };
        var sysctls = new AskedOption(
            OptionKeys.Sysctls.Name,
            new OptionValue.Pairs(new EquatableMap<string>([KeyValuePair.Create("a.b", "1"), KeyValuePair.Create("c.d", "2")])),
            new Mark(5, 1), "sysctls")
        {
            Elements = [(new Mark(6, 3), "sysctls.a.b"), (new Mark(7, 3), "sysctls.c.d")],
        };
        var privileged = new AskedOption(
            OptionKeys.Privileged.Name, new OptionValue.Switch(true), new Mark(8, 1), "privileged");

        var faults = PolicyRules.Faults(Reading(binds, sysctls, privileged), Example, Host).ToList();

        Assert.Equal(
            ["privileged", "volumes[0]", "volumes[2]", "sysctls.a.b", "sysctls.c.d"], faults.Select(fault => fault.Path));
        Assert.Equal([8, 2, 4, 6, 7], faults.Select(fault => fault.Mark!.Value.Line));
    }

    [Fact]
    public void Privileged_is_forbidden_by_itself_whatever_else_is_allowed()
    {
        var generous = Example with { Capabilities = ["ALL"], Devices = [new DeviceRule("/*", "rwm")], HostPaths = [new("/", false, true)] };

        Assert.Single(Faults(generous, ("privileged", "on")));
        Assert.Empty(Faults(generous with { Privileged = true }, ("privileged", "on")));
    }

    [Fact]
    public void All_in_the_policy_allows_every_capability_and_all()
    {
        var policy = ContainerPolicy.Default with { Capabilities = ["ALL"] };

        Assert.Empty(Faults(policy, ("cap-add", "ALL")));
        Assert.Empty(Faults(policy, ("cap-add", "SYS_ADMIN")));
    }

    [Fact]
    public void No_policy_lets_an_instance_into_the_network_of_a_container() =>
        Assert.Single(Faults(ContainerPolicy.Default with { NetworkModes = ["container:proxy"] }, ("network", "container:proxy")));

    [Theory]
    [InlineData("net.ipv4.tcp_syncookies", true)]
    [InlineData("net.ipv4.", true)]
    [InlineData("net.ipv6.conf", false)]
    [InlineData("net.ipv4.../kernel", false)]
    [InlineData("net.ipv4...kernel", false)]
    [InlineData("net.ipv4./../kernel/core_pattern", false)]
    [InlineData("net/ipv4/ip_forward", false)]
    [InlineData("Net.ipv4.ip_forward", false)]
    public void A_star_allows_what_begins_so(string name, bool isAllowed) =>
        Assert.Equal(isAllowed, !Faults(ContainerPolicy.Default with { Sysctls = ["net.ipv4.*"] }, ("sysctl", $"{name}=1")).Any());

    [Fact]
    public void A_value_is_shown_without_what_a_terminal_obeys_and_not_at_any_length()
    {
        var fault = Assert.Single(Faults(ContainerPolicy.Default, ("network", $"\u001b[2J\u202e\ud800{new string('x', 5000)}")));

        Assert.StartsWith("is '\\u001b[2J\\u202e\\ud800xxx", fault.Problem, StringComparison.Ordinal);
        Assert.InRange(fault.Problem.Length, 200, 400);
    }

    [Fact]
    public void A_host_that_cannot_say_allows_nothing()
    {
        var policy = Example with { Devices = [new DeviceRule("/dev/*", "rwm")] };

        var faults = PolicyRules.Faults(
            Reading(Option("bind", "/tmp:/tmp:ro"), Option("device", "/dev/fuse:/dev/fuse:r")), policy, new SilentHost());

        Assert.Equal(2, faults.Count());
    }

    private static IEnumerable<UserDataFault> Faults(ContainerPolicy policy, params (string Option, string Value)[] options) =>
        PolicyRules.Faults(Reading([.. options.Select(option => Option(option.Option, option.Value))]), policy, Host);

    private static UserDataReading Reading(params AskedOption[] options) => UserDataReading.Empty with
    {
        Asked = options.ToImmutableSortedDictionary(option => option.Option, option => option, StringComparer.Ordinal),
    };

    private static AskedOption Option(string name, string value) => new(name, ValueOf(name, value), new Mark(3, 5), name);

    private static OptionValue ValueOf(string name, string value) => name switch
    {
        "privileged" or "publish-all" => new OptionValue.Switch(value == "on"),
        "network" or "log-driver" or "user" => new OptionValue.Text(value),
        "shm-size" => new OptionValue.Number(long.Parse(value)),
        "sysctl" or "log-opt" or "label" or "tmpfs" or "env" => new OptionValue.Pairs(
            new EquatableMap<string>([KeyValuePair.Create(value.Split('=', 2)[0], value.Split('=', 2)[1])])),
        _ => new OptionValue.Words([value]),
    };

    private sealed class SilentHost : IHostPaths
    {
        public (string Path, bool Exists) Resolve(string path) => throw new UnauthorizedAccessException();

        public IReadOnlyList<string> PlacesOnTheWay(string path) => throw new IOException();
    }
}
