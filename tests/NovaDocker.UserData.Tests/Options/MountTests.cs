namespace NovaDocker.UserData.Tests.Options;

/// <summary>Volumes and binds, which share keys.</summary>
public sealed class MountTests
{
    [Theory]
    [InlineData("/mnt/vol1", "volume = /mnt/vol1")]
    [InlineData("[/mnt/vol1, /mnt/vol2/]", "volume = /mnt/vol1|/mnt/vol2")]
    [InlineData("{/tmp: {}}", "volume = /tmp")]
    [InlineData("{/tmp: null, /var: ''}", "volume = /tmp|/var")]
    [InlineData("{/var/run/docker.sock: /var/run/docker.sock}", "bind = /var/run/docker.sock:/var/run/docker.sock:rw")]
    [InlineData("{/home/user1/: {bind: /mnt/vol2, mode: rw}, /var/www: {bind: /mnt/vol1, mode: ro}}", "bind = /home/user1/:/mnt/vol2:rw|/var/www:/mnt/vol1:ro")]
    [InlineData("{/a: {bind: /b, ro: true}}", "bind = /a:/b:ro")]
    [InlineData("{/a: {bind: /b, ro: false}}", "bind = /a:/b:rw")]
    [InlineData("{/a: {bind: /b}}", "bind = /a:/b:rw")]
    [InlineData("['/a:/b']", "bind = /a:/b:rw")]
    [InlineData("['/a:/b:ro']", "bind = /a:/b:ro")]
    [InlineData("['/a:/b:Z']", "bind = /a:/b:rw,Z")]
    [InlineData("['/a:/b:z,ro']", "bind = /a:/b:ro,z")]
    [InlineData("['/a/../b:/c', '/a/../b:/c/']", "bind = /a/../b:/c:rw")]
    public void Volumes_and_binds_in_each_form(string value, string option)
    {
        Assert.Equal([option], Reading.Options($"{{volumes: {value}}}"));
        Assert.Equal([option], Reading.Options($"{{Volumes: {value}}}"));
        if (!option.StartsWith("bind", StringComparison.Ordinal))
            return;
        Assert.Equal([option], Reading.Options($"{{HostConfig: {{Binds: {value}}}}}"));
        Assert.Equal([option], Reading.Options($"{{host_config: {{binds: {value}}}}}"));
        Assert.Equal([option], Reading.Options($"{{binds: {value}}}"));
    }

    [Fact]
    public void A_list_may_hold_both() => Assert.Equal(
        ["bind = /a:/b:rw", "volume = /c"],
        Reading.Options("{volumes: ['/a:/b', /c]}"));

    [Theory]
    [InlineData("null")]
    [InlineData("''")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("['']")]
    public void Nothing_is_not_set(string value)
    {
        Assert.Equal([], Reading.Options($"{{volumes: {value}, HostConfig: {{Binds: {value}}}}}"));
    }

    [Theory]
    [InlineData("['data:/var']", "is 'data:/var', with 'data' in it; an absolute path of the host is expected")]
    [InlineData("['./a:/b']", "an absolute path of the host is expected")]
    [InlineData("['/a:b']", "an absolute path inside the container is expected")]
    [InlineData("['/a:/']", "a path below the root of the container is expected")]
    [InlineData("['/a:/b:rslave']", "with 'rslave' in it; a mode of ro or rw")]
    [InlineData("['/a:/b:nocopy']", "no nocopy")]
    [InlineData("['/a:/b:ro,rw']", "a mode of ro or rw")]
    [InlineData("['/a:/b:z,Z']", "a mode of ro or rw")]
    [InlineData("['/a:/b:ro:z']", "/host/path:/container/path[:mode] is expected")]
    [InlineData("[\"/a\\u0000:/b\"]", "a path holds no NUL character")]
    [InlineData("[\"/a:/b\\u0000\"]", "a path holds no NUL character")]
    [InlineData("['/a:/b', '/c:/b/']", "has the container path '/b', as")]
    [InlineData("[{a: b}]", "is a mapping")]
    [InlineData("[[/a]]", "is a list")]
    [InlineData("{/a: [/b]}", "is a list; a mapping of bind, mode, ro is expected")]
    [InlineData("{/a: {mode: ro}}", "has no 'bind'")]
    [InlineData("{/a: {bind: /b, mode: ro, ro: true}}", "has both 'mode' and 'ro'")]
    [InlineData("{/a: {bind: /b, ro: maybe}}", "true or false is expected")]
    [InlineData("{/a: {bind: /b, type: x}}", "is not a known key")]
    [InlineData("{data: {bind: /b}}", "has 'data'; an absolute path of the host is expected")]
    [InlineData("{'/a:/x': /b}", "a path without ':' is expected")]
    public void Impossible_ones_are_faults(string value, string problem)
    {
        foreach (var document in new[] { $"{{volumes: {value}}}", $"{{HostConfig: {{Binds: {value}}}}}" })
            Assert.Contains(problem, Assert.Single(Reading.Faults(document)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{volumes: tmp}", "an absolute path inside the container is expected")]
    [InlineData("{volumes: [/]}", "a path below the root of the container is expected")]
    [InlineData("{volumes: {tmp: {}}}", "an absolute path inside the container is expected")]
    [InlineData("{HostConfig: {Binds: /a:/b}}", "a list is expected")]
    [InlineData("{HostConfig: {Binds: [/a]}}", "/host/path:/container/path[:mode] is expected")]
    public void What_a_volume_may_not_be_is_a_fault(string document, string problem) =>
        Assert.Contains(problem, Assert.Single(Reading.Faults(document)), StringComparison.Ordinal);

    [Fact]
    public void A_bind_where_a_memory_file_system_is_does_not_go() => Assert.Equal(
        ["line 1, column 23: HostConfig.Binds[0] has the container path '/b', as a memory file system has; one of them has to go."],
        Reading.Faults("{HostConfig: {Binds: ['/a:/b'], Tmpfs: {/b/: ''}}}"));
}
