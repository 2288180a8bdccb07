namespace NovaDocker.Testing;

/// <summary>User data as users of nova-docker and Heat write them, to the letter.</summary>
public static class ReadmeTexts
{
    /// <summary>The whole create call of remote API 1.16.</summary>
    public const string WholeDocument =
        """
        {"Hostname":"","Domainname":"","User":"","Memory":0,"MemorySwap":0,"CpuShares":512,"Cpuset":"0,1","AttachStdin":false,
         "AttachStdout":true,"AttachStderr":true,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":["date"],
         "Entrypoint":"","Image":"base","Volumes":{"/tmp":{}},"WorkingDir":"","NetworkDisabled":false,
         "MacAddress":"12:34:56:78:9a:bc","ExposedPorts":{"22/tcp":{}},"SecurityOpts":[""],
         "HostConfig":{"Binds":["/tmp:/tmp"],"Links":["redis3:redis"],"LxcConf":{"lxc.utsname":"docker"},
          "PortBindings":{"22/tcp":[{"HostPort":"11022"}]},"PublishAllPorts":false,"Privileged":false,"Dns":["8.8.8.8"],
          "DnsSearch":[""],"VolumesFrom":["parent","other:ro"],"CapAdd":["NET_ADMIN"],"CapDrop":["MKNOD"],
          "RestartPolicy":{"Name":"","MaximumRetryCount":0},"NetworkMode":"bridge","Devices":[]}}
        """;

    /// <summary>Variables, in docker-py's words.</summary>
    public const string Environment =
        """
        environment :
          etcd : 10.144.192.168
        """;

    /// <summary>The Engine's own socket.</summary>
    public const string EngineSocket =
        """
        volumes :
          /var/run/docker.sock : /var/run/docker.sock
        """;

    /// <summary>A directory, as a Heat template has it.</summary>
    public const string HeatVolume = "volumes : {/tmp/test112233 : /tmp/test112233}";
}
