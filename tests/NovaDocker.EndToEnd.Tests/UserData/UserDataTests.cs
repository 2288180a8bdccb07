using System.Text.Json.Nodes;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests.UserData;

/// <summary>User data on a host that lets no tenant reach it: what is refused, what is left alone, and what stays.</summary>
public sealed class UserDataTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    private const string Options =
        """
        user: "1000:1000"
        working_dir: /bin
        environment: {A: yes, B: 012, C: 1.10}
        mem_limit: 16m
        HostConfig:
          ShmSize: 1m
          Ulimits: [{Name: nofile, Soft: 512, Hard: 1024}]
          CapDrop: [CHOWN]
        labels: {tier: web}
        """;

    [SkippableFact]
    public async Task The_default_policy_refuses_whatever_reaches_the_host_with_every_reason()
    {
        var file = await Lab.FileAsync("whole.data", ReadmeTexts.WholeDocument);

        var refused = await Lab.RunAsync("boot", "--name", "greedy", "--image", Lab.ImageName, "--user-data", file);

        var lines = refused.Expect(3).Error.Split('\n');
        foreach (var key in new[] { "host-paths", "links", "volumes-from", "published-ports", "capabilities", "network-modes" })
            Assert.Contains(lines, line => line.Contains($"novadocker.policy.{key}", StringComparison.Ordinal) && line.Contains("line ", StringComparison.Ordinal));
        Assert.DoesNotContain(await Lab.InstancesAsync(), view => view.Name == "greedy");
    }

    [SkippableFact]
    public async Task Every_fault_of_a_document_is_told_at_once_with_its_place()
    {
        var file = await Lab.FileAsync("wrong.data", "Memry: 16m\nTty: perhaps\nHostConfig:\n  CapAdd: [FLY]\n  Privileged: yes\n");

        var refused = await Lab.RunAsync("boot", "--name", "wrong", "--image", Lab.ImageName, "--user-data", file, "--json");

        var faults = refused.Expect(3).Failure["faults"]!.AsArray().Select(fault => fault!.GetValue<string>()).ToArray();
        Assert.Equal(
            ["line 1, column 1", "line 2, column 6", "line 4, column 12", "line 5, column 3"],
            faults.Select(fault => fault[..fault.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Contains("Memory", faults[0], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_guests_script_is_left_to_the_metadata_service()
    {
        var booted = await BootAsync("guest", "#cloud-config\npackages: [nginx]\n");

        Assert.Equal("active", booted.Text("state"));
        var requested = (await Lab.HistoryAsync(booted.Text("id")!))[0];
        Assert.Equal("boot-requested", requested.Text("event"));
        Assert.Contains("cloud-config", requested["data"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("metadata service", requested["data"]!.ToJsonString(), StringComparison.Ordinal);
        await Lab.DeleteAsync(booted.Text("id")!);
    }

    [SkippableFact]
    public async Task Options_are_the_same_after_stop_reboot_a_killed_node_and_a_container_made_anew()
    {
        var booted = await BootAsync("same", Options, "--when-lost", "recreate", "--command", "sh", "-c", "env; pwd; id; exec sleep 3600");
        var id = booted.Text("id")!;
        var first = await ShapeAsync(id);
        var seen = (await Lab.SaidAsync(id, "uid=")).Split('\n');
        Assert.All(["A=yes", "B=012", "C=1.10", "/bin"], line => Assert.Contains(line, seen));
        Assert.Contains(seen, line => line.StartsWith("uid=1000 gid=1000", StringComparison.Ordinal));

        await Lab.DoAsync("stop", id);
        await Lab.DoAsync("start", id);
        Assert.Equal(first, await ShapeAsync(id));
        await Lab.DoAsync("reboot", id, "--hard");
        Assert.Equal(first, await ShapeAsync(id));

        await Lab.Node.KillAsync();
        await Lab.StartNodeAsync();
        await Lab.RestsAsync(id, InstancePhase.Active);
        var before = (await Lab.Engine.ContainerAsync($"nova-{id}"))!.Text("Id")!;
        await Lab.Engine.RemoveContainerAsync(before);
        await Eventually.BecomesAsync(
            () => Lab.Client.GetInstanceAsync(Domain.Common.InstanceId.Parse(id)),
            view => view is { Phase: InstancePhase.Active, ContainerId: { } now } && now != before, "the container is made anew");
        Assert.Equal(first, await ShapeAsync(id));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task Metadata_and_image_properties_have_their_say_below_user_data()
    {
        var image = Path.Combine(Path.GetDirectoryName(await Lab.FileAsync("marker", ""))!, $"{Lab.ImageName}.tar");
        await Lab.DoAsync("image-add", image, "--name", $"{Lab.ImageName}-line", "--property", "os_command_line=sh -c 'env; sleep 3600'");
        var file = await Lab.FileAsync("layers.data", "environment: {LEVEL: data, DATA: '1'}");

        var booted = await Lab.DoAsync(
            "boot", "--name", "layers", "--image", $"{Lab.ImageName}-line", "--memory-mb", "32", "--user-data", file,
            "--meta", "LEVEL=meta", "--meta", "META=1", "--env", "DATA=2");

        var id = booted.Text("id")!;
        var container = (await Lab.Engine.ContainerAsync($"nova-{id}"))!;
        Assert.Equal(["sh", "-c", "env; sleep 3600"], container["Config"]!["Cmd"]!.AsArray().Select(word => word!.GetValue<string>()));
        var variables = container["Config"]!["Env"]!.AsArray().Select(word => word!.GetValue<string>()).ToArray();
        Assert.All(["LEVEL=data", "META=1", "DATA=2"], variable => Assert.Contains(variable, variables));
        var sources = (await Lab.DoAsync("show", id))["options"]!.AsArray()
            .ToDictionary(option => option!.Text("name")!, option => option!.Text("source"));
        Assert.Equal(
            ("image-property", "user-data", "metadata", "request", "flavor", "host"),
            (sources["command"], sources["env.LEVEL"], sources["env.META"], sources["env.DATA"], sources["memory"], sources["network"]));
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task No_value_of_a_variable_is_in_the_journal_or_the_log()
    {
        const string Secret = "s3cret-of-user-data";
        var booted = await BootAsync("secret", $"environment: {{TOKEN: {Secret}}}");

        Assert.Contains($"TOKEN={Secret}", (await Lab.Engine.ContainerAsync($"nova-{booted.Text("id")}"))!["Config"]!["Env"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Lab.Log, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(Path.Combine(Lab.DataDirectory, "journal")),
            file => Assert.Equal(-1, Read(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Secret))));
        await Lab.DeleteAsync(booted.Text("id")!);
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private async Task<JsonNode> BootAsync(string name, string userData, params string[] arguments) =>
        await Lab.BootAsync(name, ["--user-data", await Lab.FileAsync($"{name}.data", userData), .. arguments]);

    /// <summary>All that a container was asked to be, without what differs from one to the next.</summary>
    private async Task<string> ShapeAsync(string id)
    {
        var container = (await Lab.Engine.ContainerAsync($"nova-{id}"))!;
        return container["Config"]!.ToJsonString() + container["HostConfig"]!.ToJsonString();
    }
}
