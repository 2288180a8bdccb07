using System.Text.Json.Nodes;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests.UserData;

/// <summary>What nova-docker's README and Heat's templates show, as it stands there, under the example policy.</summary>
public sealed class ReadmeTextTests(ExampleHost host, ITestOutputHelper output) : IClassFixture<ExampleHost>, IDisposable
{
    private Lab Lab => host.Lab;

    public void Dispose()
    {
        if (TestEngine.IsThere && Environment.IsPrivilegedProcess)
            output.WriteLine(Lab.Log);
    }

    [SkippableFact]
    public async Task The_whole_document_boots_and_each_option_is_where_it_belongs()
    {
        Skip.If(Environment.ProcessorCount < 2, "needs two processors: the document asks for a cpuset of 0,1");
        var redis = (await host.BootAsync("redis3", "network_mode: bridge")).Text("id")!;
        var parent = (await host.BootAsync("parent", "Volumes: {/parent: {}}")).Text("id")!;
        var other = (await host.BootAsync("other", "Volumes: {/other: {}}")).Text("id")!;

        var booted = await host.BootAsync("whole", ReadmeTexts.WholeDocument, "--command", "sleep", "3600");

        Assert.Equal("active", booted.Text("state"));
        var id = booted.Text("id")!;
        var container = await ContainerAsync(id);
        var (config, hostConfig) = (container["Config"]!, container["HostConfig"]!);
        Assert.Equal("docker", config.Text("Hostname"));
        Assert.Equal(["/tmp"], Keys(config["Volumes"]));
        Assert.Contains("22/tcp", Keys(config["ExposedPorts"]));
        Assert.Equal(512, hostConfig.Number("CpuShares"));
        Assert.Equal("0,1", hostConfig.Text("CpusetCpus"));
        Assert.Equal([$"/nova-{redis}:/nova-{id}/redis"], Words(hostConfig["Links"]));
        Assert.Equal("11022", hostConfig["PortBindings"]!["22/tcp"]![0]!.Text("HostPort"));
        Assert.Equal(["8.8.8.8"], Words(hostConfig["Dns"]));
        Assert.Equal([$"nova-{parent}:rw", $"nova-{other}:ro"], Words(hostConfig["VolumesFrom"]));
        Assert.Equal(["NET_ADMIN"], Words(hostConfig["CapAdd"]));
        Assert.Equal(["MKNOD"], Words(hostConfig["CapDrop"]));
        Assert.Equal("bridge", hostConfig.Text("NetworkMode"));
        Assert.False(hostConfig["Privileged"]!.GetValue<bool>());
        var mounts = container["Mounts"]!.AsArray().ToDictionary(mount => mount!.Text("Destination")!, mount => mount!);
        Assert.Equal(("bind", "/tmp", true), (mounts["/tmp"].Text("Type"), mounts["/tmp"].Text("Source"), mounts["/tmp"]["RW"]!.GetValue<bool>()));
        Assert.True(mounts["/parent"]["RW"]!.GetValue<bool>());
        Assert.False(mounts["/other"]["RW"]!.GetValue<bool>());
        Assert.NotEqual("12:34:56:78:9a:bc", container["NetworkSettings"]!.Text("MacAddress"));
        Assert.Equal("no", hostConfig["RestartPolicy"]!.Text("Name"));

        var shown = await Lab.DoAsync("show", id);
        Assert.Equal(
            ("0,1", "user-data"), Option(shown, "cpuset-cpus"));
        var notes = string.Join('\n', shown["userData"]!["notes"]!.AsArray().Select(note => note!.GetValue<string>()));
        Assert.Contains("'base'", notes, StringComparison.Ordinal);
        Assert.Contains("12:34:56:78:9a:bc", notes, StringComparison.Ordinal);
        await Lab.DeleteAsync(id, redis, parent, other);
    }

    [SkippableFact]
    public async Task The_documents_own_command_runs_where_the_request_has_none()
    {
        var ids = new List<string>();
        foreach (var name in new[] { "redis3", "parent", "other" })
            ids.Add((await host.BootAsync(name, "network_mode: bridge")).Text("id")!);

        var booted = await host.BootAsync("dated", ReadmeTexts.WholeDocument);

        await Lab.RestsAsync(booted.Text("id")!, InstancePhase.Stopped);
        Assert.Equal(["date"], Words((await ContainerAsync(booted.Text("id")!))["Config"]!["Cmd"]));
        Assert.Equal(0, (await Lab.DoAsync("show", booted.Text("id")!))["lastExit"]!.Number("exitCode"));
        await Lab.DeleteAsync([booted.Text("id")!, .. ids]);
    }

    [SkippableFact]
    public async Task A_variable_arrives()
    {
        var booted = await host.BootAsync("etcd", ReadmeTexts.Environment);

        Assert.Equal("active", booted.Text("state"));
        Assert.Contains("etcd=10.144.192.168", Words((await ContainerAsync(booted.Text("id")!))["Config"]!["Env"]));
        await Lab.DeleteAsync(booted.Text("id")!);
    }

    [SkippableFact]
    public async Task The_socket_is_bound_from_where_its_path_leads()
    {
        var booted = await host.BootAsync(
            "socket", ReadmeTexts.EngineSocket, "--command", "sh", "-c", "test -S /var/run/docker.sock && echo there; exec sleep 3600");

        var id = booted.Text("id")!;
        Assert.Equal("active", booted.Text("state"));
        var mount = Assert.Single((await ContainerAsync(id)).WithoutResolution()["Mounts"]!.AsArray())!;
        Assert.Equal(("/run/docker.sock", "/var/run/docker.sock"), (mount.Text("Source"), mount.Text("Destination")));
        await Lab.SaidAsync(id, "there");
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task Heats_directory_is_made_and_bound()
    {
        const string Made = "/tmp/test112233";
        Assert.False(Directory.Exists(Made), $"{Made} is left over from something else.");
        try
        {
            var booted = await host.BootAsync("heat", ReadmeTexts.HeatVolume);

            Assert.Equal("active", booted.Text("state"));
            var mount = Assert.Single((await ContainerAsync(booted.Text("id")!)).WithoutResolution()["Mounts"]!.AsArray())!;
            Assert.Equal((Made, Made), (mount.Text("Source"), mount.Text("Destination")));
            Assert.True(Directory.Exists(Made));
            await Lab.DeleteAsync(booted.Text("id")!);
        }
        finally
        {
            if (Directory.Exists(Made))
                Directory.Delete(Made, recursive: true);
        }
    }

    [SkippableFact]
    public async Task A_link_and_volumes_of_instances_that_are_not_there_are_refused_by_their_places()
    {
        var file = await Lab.FileAsync("lonely.data", ReadmeTexts.WholeDocument);

        var refused = await Lab.RunAsync("boot", "--name", "lonely", "--image", Lab.ImageName, "--user-data", file, "--json");

        var faults = Words(refused.Expect(3).Failure["faults"]);
        Assert.Equal(3, faults.Count);
        Assert.All(["redis3", "parent", "other"], name =>
            Assert.Single(faults, fault => fault.StartsWith("line ", StringComparison.Ordinal) && fault.Contains($"'{name}'", StringComparison.Ordinal)));
        Assert.DoesNotContain(await Lab.InstancesAsync(), view => view.Name == "lonely");
    }

    private async Task<JsonNode> ContainerAsync(string id) => (await Lab.Engine.ContainerAsync($"nova-{id}"))!;

    private static (string? Value, string? Source) Option(JsonNode shown, string name)
    {
        var option = shown["options"]!.AsArray().Single(option => option!.Text("name") == name)!;
        return (option.Text("value"), option.Text("source"));
    }

    private static IReadOnlyList<string> Words(JsonNode? words) => [.. words!.AsArray().Select(word => word!.GetValue<string>())];

    private static IReadOnlyList<string> Keys(JsonNode? mapping) => [.. mapping!.AsObject().Select(entry => entry.Key)];
}
