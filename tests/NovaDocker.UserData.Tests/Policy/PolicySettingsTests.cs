using Akka.Configuration;
using NovaDocker.Settings;
using NovaDocker.UserData.Policy;

namespace NovaDocker.UserData.Tests.Policy;

public sealed class PolicySettingsTests
{
    [Fact]
    public void The_default_is_as_the_reference_says()
    {
        Assert.Equal(ContainerPolicy.Default, PolicySettings.Read(Config.Empty));
        Assert.Equal(ContainerPolicy.Default, PolicySettings.Read(ReferenceConfig.Load()));
    }

    [Fact]
    public void Every_key_is_read()
    {
        var policy = Read(
            """
            privileged = on
            host-paths = ["/srv/shared", "/srv//open/:rw, create", "/run/x.sock:rw,exact", "/a/../b:ro,relabel"]
            devices = ["/dev/fuse:wr", "/dev/video*"]
            capabilities = [net_admin, CAP_SYS_TIME, ALL]
            security-options = ["no-new-privileges", "label=type:svirt_*", "seccomp={\"defaultAction\": \"SCMP_ACT_ALLOW\"}"]
            network-modes = [bridge, host, my-net_1.x]
            published-ports = [8080, "30000 - 32767"]
            ephemeral-ports = on
            links = on
            volumes-from = on
            sysctls = ["net.core.somaxconn", "net.ipv4.*", "kernel.shm*"]
            device-requests = on
            log-drivers = ["none", "grafana/loki:latest"]
            log-options = ["max-*"]
            ulimits = [nofile]
            labels = ["com.example.*"]
            """);

        Assert.Equal(
            new ContainerPolicy
            {
                Privileged = true,
                HostPaths =
                [
                    new("/srv/shared", ReadOnly: true, Create: false), new("/srv/open", ReadOnly: false, Create: true),
                    new("/run/x.sock", ReadOnly: false, Create: false) { Exact = true },
                    new("/b", ReadOnly: true, Create: false) { Relabel = true },
                ],
                Devices = [new("/dev/fuse", "rw"), new("/dev/video*", "rwm")],
                Capabilities = ["NET_ADMIN", "SYS_TIME", "ALL"],
                SecurityOptions = ["no-new-privileges", "label=type:svirt_*", "seccomp={\"defaultAction\": \"SCMP_ACT_ALLOW\"}"],
                NetworkModes = ["bridge", "host", "my-net_1.x"],
                PublishedPorts = [new(8080, 8080), new(30000, 32767)],
                EphemeralPorts = true,
                Links = true,
                VolumesFrom = true,
                Sysctls = ["net.core.somaxconn", "net.ipv4.*", "kernel.shm*"],
                DeviceRequests = true,
                LogDrivers = ["none", "grafana/loki:latest"],
                LogOptions = ["max-*"],
                Ulimits = ["nofile"],
                Labels = ["com.example.*"],
            },
            policy);
    }

    [Fact]
    public void A_list_of_an_operator_takes_the_place_of_the_default()
    {
        Assert.Equal(["local"], Read("log-drivers = [local]").LogDrivers);
        Assert.Empty(Read("log-drivers = []").LogDrivers);
        Assert.Empty(Read("labels = []").Labels);
    }

    [Fact]
    public void The_policy_may_be_a_part_of_a_nodes_whole_configuration()
    {
        var node = HoconFile.Parse(
            """
            novadocker {
              data-directory = "/srv/nova"
              engine.tls.ca-file = "/not/on/this/machine.pem"
              policy { links = on }
            }
            akka.loglevel = DEBUG
            """,
            "node.conf");

        Assert.Equal(ContainerPolicy.Default with { Links = true }, PolicySettings.Read(node));
    }

    [Fact]
    public void The_example_that_comes_with_it_allows_what_the_readme_uses_and_no_more()
    {
        var example = PolicySettings.Read(HoconFile.Load(Repository.File("hocon/policy-example.conf"), "--policy"));

        Assert.Equal(
            ContainerPolicy.Default with
            {
                HostPaths =
                [
                    new("/tmp", ReadOnly: false, Create: true),
                    new("/var/run/docker.sock", ReadOnly: false, Create: false) { Exact = true },
                ],
                NetworkModes = ["none", "bridge"],
                PublishedPorts = [new(11000, 11999)],
                Capabilities = ["NET_ADMIN"],
                Links = true,
                VolumesFrom = true,
            },
            example);
    }

    [Theory]
    [InlineData("privleged = on", "novadocker.policy.privleged is no key; did you mean privileged?")]
    [InlineData("host-path = []", "novadocker.policy.host-path is no key; did you mean host-paths?")]
    [InlineData("host-paths { a = 1 }", "novadocker.policy.host-paths is a section; a value is expected.")]
    [InlineData("host-paths = \"/srv\"", "novadocker.policy.host-paths is '/srv'; a list in brackets, such as")]
    [InlineData("links = yes please", "novadocker.policy.links is 'yes please'; on or off is expected.")]
    [InlineData("host-paths = [\"/a:rw\", srv]", "novadocker.policy.host-paths[1] is 'srv'; an absolute path without colons")]
    [InlineData("host-paths = [\"\"]", "novadocker.policy.host-paths[0] is ''")]
    [InlineData("host-paths = [\"/a:\"]", "novadocker.policy.host-paths[0] is '/a:'")]
    [InlineData("host-paths = [\"/a:RW\"]", "novadocker.policy.host-paths[0] is '/a:RW'")]
    [InlineData("host-paths = [\"/a:ro,rw\"]", "novadocker.policy.host-paths[0] is '/a:ro,rw'")]
    [InlineData("host-paths = [\"/a:rw,rw\"]", "novadocker.policy.host-paths[0] is '/a:rw,rw'")]
    [InlineData("host-paths = [\"/a:rw:create\"]", "novadocker.policy.host-paths[0] is '/a:rw:create'")]
    [InlineData("host-paths = [\"/a:create,exact\"]", "novadocker.policy.host-paths[0] is '/a:create,exact'")]
    [InlineData("host-paths = [[\"/a\"]]", "novadocker.policy.host-paths[0] is a list or a section")]
    [InlineData("host-paths = [{ path = \"/a\" }]", "novadocker.policy.host-paths[0] is a list or a section")]
    [InlineData("devices = [\"/dev/fuse:x\"]", "novadocker.policy.devices[0] is '/dev/fuse:x'; an absolute path, such as /dev/fuse:rw")]
    [InlineData("devices = [\"/dev/*/x\"]", "novadocker.policy.devices[0] is '/dev/*/x'")]
    [InlineData("devices = [\"/dev/fuse:\"]", "novadocker.policy.devices[0] is '/dev/fuse:'")]
    [InlineData("capabilities = [NET_ADMN]", "novadocker.policy.capabilities[0] is 'NET_ADMN'; a capability of Linux such as NET_ADMIN")]
    [InlineData("security-options = [\"systempaths=unconfined\"]", "novadocker.policy.security-options[0] is 'systempaths=unconfined'")]
    [InlineData("security-options = [\"*\"]", "novadocker.policy.security-options[0] is '*'")]
    [InlineData("network-modes = [\"container:x\"]", "novadocker.policy.network-modes[0] is 'container:x'; none, bridge, host, or")]
    [InlineData("network-modes = [\"*\"]", "novadocker.policy.network-modes[0] is '*'")]
    [InlineData("network-modes = [default]", "novadocker.policy.network-modes[0] is 'default'")]
    [InlineData("published-ports = [0]", "novadocker.policy.published-ports[0] is '0'; a port or a range of ports from 1 to 65535")]
    [InlineData("published-ports = [\"9-8\"]", "novadocker.policy.published-ports[0] is '9-8'")]
    [InlineData("published-ports = [65536]", "novadocker.policy.published-ports[0] is '65536'")]
    [InlineData("published-ports = [\"1-2-3\"]", "novadocker.policy.published-ports[0] is '1-2-3'")]
    [InlineData("published-ports = [http]", "novadocker.policy.published-ports[0] is 'http'")]
    [InlineData("sysctls = [\"net/ipv4/ip_forward\"]", "novadocker.policy.sysctls[0] is 'net/ipv4/ip_forward'")]
    [InlineData("log-drivers = [\"a b\"]", "novadocker.policy.log-drivers[0] is 'a b'")]
    [InlineData("log-options = [\"a*b\"]", "novadocker.policy.log-options[0] is 'a*b'")]
    [InlineData("ulimits = [\"nofiles\"]", "novadocker.policy.ulimits[0] is 'nofiles'; one of core, cpu,")]
    [InlineData("labels = [\"\"]", "novadocker.policy.labels[0] is ''")]
    public void What_cannot_be_meant_is_named_with_its_value_and_what_is_allowed(string line, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => Read(line));

        Assert.StartsWith(problem, Assert.Single(error.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var error = Assert.Throws<SettingsException>(
            () => Read("host-paths = [a, \"/b\", c], capabilities = [X], links = perhaps, wibble = 1"));

        Assert.Equal(5, error.Problems.Count);
    }

    [Theory]
    [InlineData("policy { links = on }", "policy in policy.conf is no key; every key begins with novadocker")]
    [InlineData("novadocker.policy { host-paths = [/tmp:rw] }", "policy.conf is no HOCON:")]
    [InlineData("novadocker.policy { host-paths = [\"/tmp:rw\" }", "policy.conf is no HOCON: line 1: '}' closes nothing that is open.")]
    [InlineData("novadocker.polciy { links = on }", "novadocker.polciy is no key; did you mean policy?")]
    public void A_file_that_cannot_be_meant_is_refused(string text, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => PolicySettings.Read(HoconFile.Parse(text, "policy.conf")));

        Assert.StartsWith(problem, Assert.Single(error.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_is_named()
    {
        var error = Assert.Throws<SettingsException>(() => HoconFile.Load("/nowhere/policy.conf", "--policy"));

        Assert.StartsWith("--policy is '/nowhere/policy.conf', which cannot be read:", error.Message, StringComparison.Ordinal);
    }

    private static ContainerPolicy Read(string text) => PolicySettings.Read(HoconFile.Parse($"novadocker.policy {{\n{text}\n}}", "a test"));
}
