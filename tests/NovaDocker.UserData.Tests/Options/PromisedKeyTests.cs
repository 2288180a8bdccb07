using NovaDocker.Testing;
using NovaDocker.UserData.Options;

namespace NovaDocker.UserData.Tests.Options;

/// <summary>The texts that users of nova-docker know, and the keys they were promised.</summary>
public sealed class PromisedKeyTests
{
    private const string EngineRoot =
        "Hostname Domainname User Memory MemorySwap CpuShares Cpuset AttachStdin AttachStdout AttachStderr Tty OpenStdin StdinOnce "
        + "Env Cmd Entrypoint Image Volumes WorkingDir NetworkDisabled MacAddress ExposedPorts SecurityOpts VolumesFrom Dns "
        + "Healthcheck Labels StopSignal StopTimeout";

    private const string EngineHostConfig =
        "Binds Links LxcConf PortBindings PublishAllPorts Privileged Dns DnsSearch VolumesFrom CapAdd CapDrop RestartPolicy "
        + "NetworkMode Devices Memory MemorySwap CpuShares Cpuset CpusetCpus SecurityOpts SecurityOpt Ulimits Sysctls Tmpfs "
        + "ReadonlyRootfs ShmSize PidsLimit LogConfig ExtraHosts Init DeviceRequests";

    private const string DockerPyRoot =
        "command user detach stdin_open ports environment dns volumes volumes_from name entrypoint working_dir domainname "
        + "memswap_limit cpuset hostname mem_limit cpu_shares tty network_disabled mac_address labels healthcheck stop_signal "
        + "stop_timeout";

    private const string DockerPyHostConfig =
        "binds port_bindings lxc_conf publish_all_ports links privileged dns dns_search volumes_from network_mode restart_policy "
        + "cap_add cap_drop devices extra_hosts read_only security_opt ulimits log_config mem_limit memswap_limit cpu_shares "
        + "cpuset_cpus shm_size pids_limit sysctls tmpfs init device_requests";

    [Fact]
    public void The_whole_document_of_the_Engine_is_read()
    {
        Assert.Equal(
            [
                "attach-stderr = on",
                "attach-stdout = on",
                "bind = /tmp:/tmp:rw",
                "cap-add = NET_ADMIN",
                "cap-drop = MKNOD",
                "command = date",
                "cpu-shares = 512",
                "cpuset-cpus = 0,1",
                "dns = 8.8.8.8",
                "expose = 22/tcp",
                "hostname = docker",
                "link = redis3:redis",
                "network = bridge",
                "publish = :11022:22/tcp",
                "volume = /tmp",
                "volumes-from = parent:rw|other:ro",
            ],
            Reading.Options(ReadmeTexts.WholeDocument));
        Assert.Equal(
            [
                "line 3, column 26: Image 'base' is not used: the image is the one that the instance is booted from.",
                "line 4, column 15: MacAddress '12:34:56:78:9a:bc' is not used: the MAC address is that of the instance's port.",
            ],
            Reading.Of(ReadmeTexts.WholeDocument).Notes.AsEnumerable());
    }

    [Fact]
    public void The_READMEs_environment_and_docker_socket_are_read() => Assert.Equal(
        ["bind = /var/run/docker.sock:/var/run/docker.sock:rw", "env = etcd=10.144.192.168"],
        Reading.Options("""
            {environment : {
              etcd : 10.144.192.168
            },
            volumes : {
              /var/run/docker.sock : /var/run/docker.sock
            }}
            """));

    [Fact]
    public void Heats_volume_is_read() => Assert.Equal(
        ["bind = /tmp/test112233:/tmp/test112233:rw"],
        Reading.Options("{volumes : {/tmp/test112233 : /tmp/test112233}}"));

    [Fact]
    public void Both_vocabularies_mix() => Assert.Equal(
        ["command = date", "cpu-shares = 512", "dns = 1.1.1.1", "memory = 67108864", "privileged = on", "user = 5"],
        Reading.Options("{Cmd: date, user: 5, HostConfig: {mem_limit: 64m, Dns: [1.1.1.1]}, host_config: {CpuShares: 512, privileged: true}}"));

    [Theory]
    [InlineData(KeyPlaces.Root, EngineRoot)]
    [InlineData(KeyPlaces.HostConfig, EngineHostConfig)]
    [InlineData(KeyPlaces.Root, DockerPyRoot)]
    [InlineData(KeyPlaces.HostConfig, DockerPyHostConfig)]
    public void Every_key_that_was_promised_is_in_the_table(KeyPlaces place, string names) => Assert.All(
        names.Split(' '),
        name => Assert.Contains(OptionTable.Rows.SelectMany(row => row.Keys), key => key.Name == name && key.Places.HasFlag(place)));
}
