namespace NovaDocker.UserData.Tests.Options;

/// <summary>Logs, and the keys that have no option of their own.</summary>
public sealed class OtherKeyTests
{
    [Theory]
    [InlineData("{Type: json-file, Config: {max-size: 10m}}", "log-driver = json-file", "log-opt = max-size=10m")]
    [InlineData("{type: syslog}", "log-driver = syslog")]
    [InlineData("{config: {labels: 'a,b', tag: null, env: ''}}", "log-opt = labels=a,b")]
    [InlineData("{Type: '', Config: {}}")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Logs_in_each_form(string value, params string[] options)
    {
        Assert.Equal(options, Reading.Options($"{{HostConfig: {{LogConfig: {value}}}}}"));
        Assert.Equal(options, Reading.Options($"{{host_config: {{log_config: {value}}}}}"));
    }

    [Theory]
    [InlineData("json-file", "a mapping of Type, Config is expected")]
    [InlineData("{Type: 'a b'}", "the name of a log driver")]
    [InlineData("{Type: [a]}", "a single value is expected")]
    [InlineData("{Config: [a=b]}", "a mapping of names and values is expected")]
    [InlineData("{Config: {a: [b]}}", "a single value is expected")]
    [InlineData("{Config: {'a b': c}}", "an option such as max-size is expected")]
    [InlineData("{Typ: a}", "did you mean 'Type'?")]
    public void Impossible_logs_are_faults(string value, string problem) => Assert.Contains(
        problem, Assert.Single(Reading.Faults($"{{HostConfig: {{LogConfig: {value}}}}}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("{HostConfig: {LxcConf: {lxc.utsname: docker}}}")]
    [InlineData("{HostConfig: {LxcConf: [{Key: lxc.utsname, Value: docker}]}}")]
    [InlineData("{host_config: {lxc_conf: {lxc.utsname: docker, lxc.cgroup.cpu.shares: ''}}}")]
    [InlineData("{lxc_conf: {lxc.utsname: docker}, Hostname: docker}")]
    public void The_name_in_LXCs_options_is_the_host_name(string document) =>
        Assert.Equal(["hostname = docker"], Reading.Options(document));

    [Theory]
    [InlineData("{HostConfig: {LxcConf: {lxc.cgroup.cpuset.cpus: '0,1'}}}", "HostConfig.LxcConf.lxc.cgroup.cpuset.cpus sets 'lxc.cgroup.cpuset.cpus', which no Engine of today knows")]
    [InlineData("{HostConfig: {LxcConf: [{Key: lxc.arch, Value: x}]}}", "sets 'lxc.arch'")]
    [InlineData("{HostConfig: {LxcConf: lxc.arch}}", "a mapping, or a list of {Key, Value}, is expected")]
    [InlineData("{HostConfig: {LxcConf: [lxc.arch]}}", "a mapping of Key and Value is expected")]
    [InlineData("{HostConfig: {LxcConf: {lxc.utsname: a_b}}}", "a host name is expected")]
    public void Other_options_of_LXC_are_refused_by_name(string document, string problem) =>
        Assert.Contains(problem, Assert.Single(Reading.Faults(document)), StringComparison.Ordinal);

    [Theory]
    [InlineData("{NetworkDisabled: true}", "network = none")]
    [InlineData("{network_disabled: 'yes', HostConfig: {NetworkMode: none}}", "network = none")]
    [InlineData("{NetworkDisabled: false}")]
    [InlineData("{NetworkDisabled: 0}")]
    public void A_network_that_is_disabled_is_the_mode_none(string document, params string[] options) =>
        Assert.Equal(options, Reading.Options(document));

    [Theory]
    [InlineData("{Image: base}", "line 1, column 9: Image 'base' is not used: the image is the one that the instance is booted from.")]
    [InlineData("{MacAddress: '12:34:56:78:9a:bc'}", "line 1, column 14: MacAddress '12:34:56:78:9a:bc' is not used: the MAC address is that of the instance's port.")]
    [InlineData("{mac_address: 1}", "line 1, column 15: mac_address '1' is not used: the MAC address is that of the instance's port.")]
    [InlineData("{detach: yes}", "line 1, column 10: detach 'true' is not used: an instance always runs in the background.")]
    public void What_is_not_used_is_noted(string document, string note)
    {
        var translation = Reading.Of(document);
        Assert.Equal(note, Assert.Single(translation.Notes));
        Assert.Empty(translation.Faults);
        Assert.Empty(translation.Asked);
    }

    [Theory]
    [InlineData("{Image: '', MacAddress: null, detach: ''}")]
    [InlineData("{}")]
    public void What_is_not_set_is_not_noted(string document) => Assert.Empty(Reading.Of(document).Notes);

    [Theory]
    [InlineData("{Image: [base]}")]
    [InlineData("{MacAddress: {a: b}}")]
    [InlineData("{detach: maybe}")]
    [InlineData("{NetworkDisabled: maybe}")]
    public void What_is_not_used_still_has_a_type(string document) => Assert.Single(Reading.Faults(document));
}
