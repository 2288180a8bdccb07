using System.Text.Json.Nodes;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests.OpenStack;

/// <summary>
/// nova-docker's way on the real services: an image is created with the <c>openstack</c> command, booted, and a snapshot of
/// it becomes another image, which the <c>openstack</c> command shows and an instance boots from.
/// </summary>
[Collection(CloudTests.Collection)]
public sealed class GlanceTests(ITestOutputHelper output) : CloudTests(output)
{
    [SkippableFact]
    public async Task An_image_of_the_README_is_booted_and_its_snapshot_too_with_what_was_written()
    {
        NeedsCloud();
        var image = await Lab.CreateImageAsync(Lab.Alice, "busybox", "--property", "os_distro=busybox");

        var first = await Lab.BootAsync(
            Lab.Alice, Lab.NameOf("busybox"), "--command", "sh", "-c", "echo written > /file; echo ready; exec sleep 3600");
        await Lab.Host.SaidAsync(first, "ready");
        var boot = (await Lab.Host.HistoryAsync(first))[0];
        var name = Lab.NameOf("snap");
        var snapshot = Lab.Keep(
            (await Lab.RunAsync(Lab.Alice, "snapshot", first, "--name", name, "--json")).Expect(0).Row.Text("snapshotImageId")!);
        var second = await Lab.BootAsync(Lab.Alice, name, "--command", "cat", "/file");

        Assert.Equal(image, boot.Data("imageId"));
        Assert.Equal((await Lab.ImageAsync(image))!.Text("os_hash_value"), boot.Data("imageChecksum").Split(':')[1]);
        Assert.Equal("busybox", boot.Data("imageProperties.os_distro"));
        await Lab.Host.RestsAsync(second, InstancePhase.Stopped);
        var console = await Lab.Host.RunAsync("console", second);
        Assert.Equal("written\n", console.Expect(0).Out);
        var shown = await Lab.OpenStackAsync(Lab.Alice, "image", "show", name);
        Assert.Equal(
            (snapshot, "active", "docker", "raw", "private", Lab.Alice.ProjectId),
            (shown.Text("id"), shown.Text("status"), shown.Text("container_format"), shown.Text("disk_format"),
                shown.Text("visibility"), shown.Text("owner")));
        var properties = (await Lab.ImageAsync(snapshot))!;
        Assert.Equal(
            (image, "snapshot", "available", first, Lab.Alice.ProjectId),
            (properties.Text("base_image_ref"), properties.Text("image_location"), properties.Text("image_state"),
                properties.Text("instance_uuid"), properties.Text("owner_id")));
        Assert.Null(await Lab.Host.Engine.ImageAsync($"novadocker/snapshot:{snapshot}"));
        await Lab.Host.DeleteAsync(first, second);
    }

    [SkippableFact]
    public async Task What_another_project_keeps_private_is_not_found_and_what_is_shared_is()
    {
        NeedsCloud();
        var image = await Lab.CreateImageAsync(Lab.Alice, "secret", "--private");

        var refused = await Lab.RunAsync(Lab.Bob, "boot", "--name", "b", "--image", image, "--memory-mb", "32");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains($"No image has the id or name '{image}'", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(image, (await Lab.RunAsync(Lab.Bob, "images")).Expect(0).Out, StringComparison.Ordinal);
        Assert.Contains(image, (await Lab.RunAsync(Lab.Alice, "images")).Expect(0).Out, StringComparison.Ordinal);

        await using (var share = ProgramRun.Start(
            "/usr/bin/openstack", ["image", "set", "--shared", image], Lab.Cloud.EnvironmentOf(Lab.Alice)))
            (await share.EndAsync()).Expect(0);
        await Lab.OpenStackAsync(Lab.Alice, "image", "add", "project", image, Lab.Bob.ProjectId);
        await Lab.Host.DeleteAsync(await Lab.BootAsync(Lab.Bob, image));
    }

    [SkippableFact]
    public async Task A_token_of_the_request_has_glance_say_what_there_is()
    {
        NeedsCloud();
        var image = await Lab.CreateImageAsync(Lab.Alice, "tokened", "--private");
        var (alice, bob) = (await Lab.Cloud.TokenAsync(Lab.Alice), await Lab.Cloud.TokenAsync(Lab.Bob));

        var refused = await RunWithTokenAsync(bob, "boot", "--name", "b", "--image", image, "--memory-mb", "32");
        var booted = await RunWithTokenAsync(alice, "boot", "--name", "b", "--image", image, "--memory-mb", "32", "--json");
        var id = booted.Expect(0).Row.Text("id")!;
        var taken = await RunWithTokenAsync(alice, "snapshot", id, "--name", Lab.NameOf("by-token"), "--json");

        Assert.Equal(4, refused.ExitCode);
        var snapshot = await Lab.ImageAsync(Lab.Keep(taken.Expect(0).Row.Text("snapshotImageId")!));
        Assert.Equal(Lab.Alice.ProjectId, snapshot!.Text("owner"));
        await Lab.Host.DeleteAsync(id);
        await Lab.Host.Node.TerminateAsync();
        Assert.DoesNotContain(alice, Lab.Host.Log, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Lab.Host.DataDirectory, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(alice)) < 0, $"{file} holds the token.");
        }
    }

    [SkippableFact]
    public async Task A_record_that_nova_made_is_filled_and_keeps_what_nova_wrote()
    {
        NeedsCloud();
        await Lab.CreateImageAsync(Lab.Alice, "base");
        var instance = await Lab.BootAsync(Lab.Alice, Lab.NameOf("base"));
        var record = await Lab.CreateRecordAsync(Lab.Alice, new JsonObject
        {
            ["name"] = "by-nova",
            ["visibility"] = "private",
            ["instance_uuid"] = instance,
            ["image_type"] = "snapshot",
        });

        var taken = await Lab.RunAsync(
            Lab.Alice, "snapshot", instance, "--name", Lab.NameOf("by-nova"), "--image-id", record, "--json");

        Assert.Equal(Lab.Keep(record), taken.Expect(0).Row.Text("snapshotImageId"));
        var image = (await Lab.ImageAsync(record))!;
        Assert.Equal(
            ("active", "docker", "raw", "snapshot", "snapshot"),
            (image.Text("status"), image.Text("container_format"), image.Text("disk_format"), image.Text("image_type"),
                image.Text("image_location")));
        await Lab.Host.DeleteAsync(instance);
    }

    [SkippableFact]
    public async Task A_record_of_somebody_else_is_not_touched()
    {
        NeedsCloud();
        await Lab.CreateImageAsync(Lab.Alice, "base");
        var instance = await Lab.BootAsync(Lab.Alice, Lab.NameOf("base"));
        var record = await Lab.CreateRecordAsync(Lab.Bob, new JsonObject { ["name"] = "of-bob", ["visibility"] = "private" });

        var refused = await Lab.RunAsync(Lab.Alice, "snapshot", instance, "--name", "mine", "--image-id", record);

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal("queued", (await Lab.ImageAsync(record))!.Text("status"));
        Assert.Null((await Lab.ImageAsync(record))!.Text("container_format"));
        Assert.Null(await Lab.Host.Engine.ImageAsync($"novadocker/snapshot:{record}"));
        await Lab.Host.DeleteAsync(instance);
    }

    private async Task<CommandResult> RunWithTokenAsync(string token, params string[] arguments)
    {
        await using var run = ProgramRun.Start(
            Programs.Command, arguments,
            new Dictionary<string, string> { ["NOVADOCKER_NODE"] = $"127.0.0.1:{Lab.Host.Port}", ["OS_TOKEN"] = token });
        return await run.EndAsync();
    }
}
