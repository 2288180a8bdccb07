using NovaDocker.Testing;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Tests.Documents;

/// <summary>The texts that nova-docker's users have, as they stand in its README and in the documentation of the Engine.</summary>
public sealed class ReadmeTextTests
{
    private const string Api116Tree =
        "{'Hostname': '', 'Domainname': '', 'User': '', 'Memory': 0, 'MemorySwap': 0, 'CpuShares': 512, 'Cpuset': '0,1', "
        + "'AttachStdin': false, 'AttachStdout': true, 'AttachStderr': true, 'Tty': false, 'OpenStdin': false, "
        + "'StdinOnce': false, 'Env': null, 'Cmd': ['date'], 'Entrypoint': '', 'Image': 'base', 'Volumes': {'/tmp': {}}, "
        + "'WorkingDir': '', 'NetworkDisabled': false, 'MacAddress': '12:34:56:78:9a:bc', 'ExposedPorts': {'22/tcp': {}}, "
        + "'SecurityOpts': [''], 'HostConfig': {'Binds': ['/tmp:/tmp'], 'Links': ['redis3:redis'], "
        + "'LxcConf': {'lxc.utsname': 'docker'}, 'PortBindings': {'22/tcp': [{'HostPort': '11022'}]}, "
        + "'PublishAllPorts': false, 'Privileged': false, 'Dns': ['8.8.8.8'], 'DnsSearch': [''], "
        + "'VolumesFrom': ['parent', 'other:ro'], 'CapAdd': ['NET_ADMIN'], 'CapDrop': ['MKNOD'], "
        + "'RestartPolicy': {'Name': '', 'MaximumRetryCount': 0}, 'NetworkMode': 'bridge', 'Devices': []}}";

    [Fact]
    public void The_create_call_of_remote_API_1_16() => Assert.Equal(Api116Tree, Docs.Tree(ReadmeTexts.WholeDocument));

    [Fact]
    public void The_create_call_indented_with_tabs() =>
        Assert.Equal(Api116Tree, Docs.Tree(ReadmeTexts.WholeDocument.Replace(",\"", ",\n\t\t\"", StringComparison.Ordinal)));

    [Fact]
    public void The_places_in_the_create_call()
    {
        var root = Docs.Read(ReadmeTexts.WholeDocument);
        Assert.Equal(new Mark(1, 1), root.Mark);
        Assert.Equal(new Mark(4, 15), root.At("MacAddress").Mark);
        Assert.Equal(new Mark(6, 41), root.At("HostConfig").At("PortBindings").At("22/tcp").At(0).At("HostPort").Mark);
    }

    [Fact]
    public void The_environment_with_a_blank_before_the_colon()
    {
        Assert.Equal("{environment: {etcd: 10.144.192.168}}", Docs.Tree(ReadmeTexts.Environment));
        Assert.Equal(new Mark(2, 10), Docs.Read(ReadmeTexts.Environment).At("environment").At("etcd").Mark);
    }

    [Fact]
    public void The_docker_socket_with_a_blank_before_the_colon() =>
        Assert.Equal("{volumes: {/var/run/docker.sock: /var/run/docker.sock}}", Docs.Tree(ReadmeTexts.EngineSocket));

    [Fact]
    public void Both_in_one_document_with_windows_line_ends() =>
        Assert.Equal(
            "{environment: {etcd: 10.144.192.168}, volumes: {/var/run/docker.sock: /var/run/docker.sock}}",
            Docs.Tree($"{ReadmeTexts.Environment}\n\n{ReadmeTexts.EngineSocket}\n".Replace("\n", "\r\n", StringComparison.Ordinal)));

    [Fact]
    public void Heats_volumes_on_one_line() =>
        Assert.Equal("{volumes: {/tmp/test112233: /tmp/test112233}}", Docs.Tree(ReadmeTexts.HeatVolume));
}
