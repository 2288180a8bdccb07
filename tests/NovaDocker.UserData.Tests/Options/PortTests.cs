namespace NovaDocker.UserData.Tests.Options;

/// <summary>Exposed and published ports, which share docker-py's <c>ports</c>.</summary>
public sealed class PortTests
{
    [Theory]
    [InlineData("[22]", "22/tcp")]
    [InlineData("['22/tcp', 53/UDP, 9/sctp]", "22/tcp|53/udp|9/sctp")]
    [InlineData("[1111, [2222, udp]]", "1111/tcp|2222/udp")]
    [InlineData("{22/tcp: {}, 53/udp: {}}", "22/tcp|53/udp")]
    [InlineData("[22, '', null, 22/tcp]", "22/tcp")]
    public void Exposed_in_each_form(string value, string canonical)
    {
        Assert.Equal([$"expose = {canonical}"], Reading.Options($"{{ExposedPorts: {value}}}"));
        Assert.Equal([$"expose = {canonical}"], Reading.Options($"{{ports: {value}}}"));
    }

    [Theory]
    [InlineData("{22/tcp: 11022}", ":11022:22/tcp")]
    [InlineData("{22: '11022'}", ":11022:22/tcp")]
    [InlineData("{1111: '127.0.0.1:4567'}", "127.0.0.1:4567:1111/tcp")]
    [InlineData("{1111: '[::1]:4567'}", "[::1]:4567:1111/tcp")]
    [InlineData("{1111: [127.0.0.1, 4567]}", "127.0.0.1:4567:1111/tcp")]
    [InlineData("{1111: ['::1', 4567]}", "[::1]:4567:1111/tcp")]
    [InlineData("{1111: [127.0.0.1]}", "127.0.0.1::1111/tcp")]
    [InlineData("{1111: [1234, 4567]}", ":1234:1111/tcp|:4567:1111/tcp")]
    [InlineData("{1111: [[192.168.0.100, 1234], [192.168.0.101, 1234]]}", "192.168.0.100:1234:1111/tcp|192.168.0.101:1234:1111/tcp")]
    [InlineData("{22/tcp: [{HostPort: '11022'}]}", ":11022:22/tcp")]
    [InlineData("{22/tcp: [{HostIp: 0.0.0.0, HostPort: 11022}]}", "0.0.0.0:11022:22/tcp")]
    [InlineData("{53/udp: [{HostIp: '', HostPort: ''}]}", "::53/udp")]
    [InlineData("{53/udp: 0}", "::53/udp")]
    [InlineData("{53/udp: 53, 53/tcp: 53}", ":53:53/udp|:53:53/tcp")]
    public void Published_in_each_form(string value, string canonical)
    {
        Assert.Equal([$"publish = {canonical}"], Reading.Options($"{{HostConfig: {{PortBindings: {value}}}}}"));
        Assert.Equal([$"publish = {canonical}"], Reading.Options($"{{host_config: {{port_bindings: {value}}}}}"));
        Assert.Equal([$"publish = {canonical}"], Reading.Options($"{{ports: {value}}}"));
    }

    [Fact]
    public void A_mapping_of_docker_pys_ports_may_hold_both() => Assert.Equal(
        ["expose = 80/tcp", "publish = :11022:22/tcp|::53/udp"],
        Reading.Options("{ports: {22/tcp: 11022, 80: {}, 53/udp: null}}"));

    [Fact]
    public void No_binding_is_no_port_for_the_Engine_and_any_port_for_docker_py()
    {
        Assert.Equal([], Reading.Options("{HostConfig: {PortBindings: {22/tcp: null, 23/tcp: [], 24/tcp: ''}}}"));
        Assert.Equal(["publish = ::22/tcp|::24/tcp"], Reading.Options("{port_bindings: {22/tcp: null, 23/tcp: [], 24/tcp: ''}}"));
    }

    [Theory]
    [InlineData("{ExposedPorts: [0]}", "ExposedPorts[0] is '0'; a single port from 1 to 65535")]
    [InlineData("{ExposedPorts: [65536]}", "a single port")]
    [InlineData("{ExposedPorts: [8000-8010]}", "a single port")]
    [InlineData("{ExposedPorts: [022]}", "a single port")]
    [InlineData("{ports: ['8080:80']}", "a single port")]
    [InlineData("{ports: [[22, icmp]]}", "has '22/icmp'; a single port")]
    [InlineData("{ports: [[22, udp, x]]}", "a single value is expected")]
    [InlineData("{ports: 22}", "ports is '22'; a list is expected")]
    [InlineData("{ports: {ssh: {}}}", "ports.ssh has 'ssh'; a single port")]
    [InlineData("{ExposedPorts: {22/tcp: 11022}}", "ExposedPorts.22/tcp is '11022'; an empty mapping is expected")]
    [InlineData("{ports: {22: x}}", "a single port of the host")]
    [InlineData("{ports: {22: 70000}}", "a single port of the host")]
    [InlineData("{ports: {22: '8000-8010'}}", "a single port of the host")]
    [InlineData("{ports: {22: 'x:80'}}", "an IP address of the host is expected")]
    [InlineData("{ports: {22: [127.0.0.1, 80, 81]}}", "a single port of the host")]
    [InlineData("{ports: {22: [[80]]}}", "a port of the host, address:port")]
    [InlineData("{HostConfig: {PortBindings: {22/tcp: [{HostPort: ssh}]}}}", "HostConfig.PortBindings.22/tcp[0].HostPort is 'ssh'")]
    [InlineData("{HostConfig: {PortBindings: {22/tcp: [{Hostport: 80}]}}}", "'HostPort' is: small letters and capitals differ")]
    [InlineData("{HostConfig: {PortBindings: [22]}}", "a mapping from ports to ports of the host is expected")]
    [InlineData("{ports: {80: 8080, 81: 8080}}", "takes the host's port '8080/tcp', as ports.80 has")]
    public void Impossible_ones_are_faults(string document, string problem) =>
        Assert.Contains(Reading.Faults(document), fault => fault.Contains(problem, StringComparison.Ordinal));
}
