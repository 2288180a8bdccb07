using System.Text.Json.Nodes;
using NovaDocker.EndToEnd.Tests.Equipment;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests.OpenStack;

/// <summary>Images that cannot be booted, each with its own words, and nothing left behind by the attempt.</summary>
[Collection(CloudTests.Collection)]
public sealed class CloudRefusalTests(ITestOutputHelper output) : CloudTests(output)
{
    [SkippableFact]
    public async Task An_image_that_is_not_there_whole_is_refused_with_its_state()
    {
        NeedsCloud();
        var queued = await Lab.CreateRecordAsync(Lab.Alice, new JsonObject
        {
            ["name"] = "queued", ["container_format"] = "docker", ["disk_format"] = "raw",
        });
        var deactivated = await Lab.CreateImageAsync(Lab.Alice, "deactivated");
        await Lab.Cloud.GlanceAsync(Lab.Cloud.User("nova"), HttpMethod.Post, $"images/{deactivated}/actions/deactivate");

        await AssertRefusedAsync(queued, 3, "is queued: its bytes have not been uploaded yet");
        await AssertRefusedAsync(deactivated, 3, "is deactivated: an administrator has to reactivate it");
        await AssertRefusedAsync("0b5c1f5e-9a9e-4a57-8a2b-0d8a1f6f9d11", 4, "No image has the id or name");
        Assert.Empty((await Lab.Host.RunAsync("list", "--all", "--json")).Expect(0).Rows);
    }

    [SkippableFact]
    public async Task A_wrong_format_and_a_flavor_that_is_too_small_are_refused_with_what_would_be_right()
    {
        NeedsCloud();
        var file = await Lab.ArchiveAsync("bare");
        var bare = (await Lab.OpenStackAsync(
            Lab.Alice, "image", "create", "--container-format", "bare", "--disk-format", "qcow2", "--file", file,
            Lab.NameOf("bare"))).Text("id")!;
        var large = await Lab.CreateImageAsync(Lab.Alice, "large", "--min-ram", "512");

        await AssertRefusedAsync(bare, 3, "has the container format 'bare'; 'docker' is expected");
        await AssertRefusedAsync(large, 3, "needs 512 MiB of memory (min_ram); the flavor has 32");
    }

    [SkippableFact]
    public async Task Bytes_that_are_no_archive_end_the_boot_in_error_and_leave_no_image_in_the_engine()
    {
        NeedsCloud();
        var file = await Lab.Host.FileAsync("text.tar", "This is no archive.");
        var image = (await Lab.OpenStackAsync(
            Lab.Alice, "image", "create", "--container-format", "docker", "--disk-format", "raw", "--file", file,
            Lab.NameOf("text"))).Text("id")!;

        var failed = await Lab.RunAsync(Lab.Alice, "boot", "--name", "t", "--image", image, "--memory-mb", "32");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("it is not a tar archive at all", failed.Error, StringComparison.Ordinal);
        Assert.Null(await Lab.Host.Engine.ImageAsync($"novadocker/image:{image}"));
        var instance = Assert.Single((await Lab.Host.RunAsync("list", "--json")).Expect(0).Rows);
        Assert.Equal("error", instance.Text("state"));
        await Lab.Host.DeleteAsync(instance.Text("id")!);
    }

    [SkippableTheory]
    [InlineData("openstack.password-file = \"/etc/hostname\"", "does not accept the credentials of user 'nova'")]
    [InlineData("openstack.auth-url = \"http://127.0.0.1:1/v3\"", "does not answer")]
    [InlineData("openstack { image-endpoints = [], region = \"RegionBare\" }", "in the region 'RegionBare'")]
    [InlineData("openstack { image-endpoints = [], interface = \"admin\", region = \"Nowhere\" }", "in the region 'Nowhere'")]
    public async Task A_cloud_that_cannot_be_used_says_why(string change, string words)
    {
        NeedsCloud();
        await using var lab = await CloudLab.StartAsync($"openstack.max-attempts = 1\n{change}");

        var listed = await lab.Host.RunAsync("images");
        var booted = await lab.Host.RunAsync("boot", "--name", "t", "--image", "any", "--memory-mb", "32");

        Assert.NotEqual(0, listed.ExitCode);
        Assert.NotEqual(0, booted.ExitCode);
        Assert.Contains(words, listed.Error, StringComparison.Ordinal);
        Assert.Contains(words, booted.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_certificate_is_trusted_by_the_authority_that_is_named_and_else_not()
    {
        NeedsCloud();
        Skip.IfNot(Lab.Cloud.HasTls, "needs a Keystone and a Glance with TLS: tests/openstack.sh start --tls");
        var (region, authUrl, caFile) = Lab.Cloud.Tls;
        var change = $"openstack {{ max-attempts = 1, image-endpoints = [], auth-url = \"{authUrl}\", region = \"{region}\" }}";
        await using (var trusting = await CloudLab.StartAsync($"{change}\nopenstack.ca-file = \"{caFile}\""))
            (await trusting.Host.RunAsync("images")).Expect(0);

        await using var wary = await CloudLab.StartAsync(change);
        var refused = await wary.Host.RunAsync("images");

        Assert.Contains("is not trusted", refused.Error, StringComparison.Ordinal);
        Assert.Contains("novadocker.openstack.ca-file", refused.Error, StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(string image, int exitCode, string words)
    {
        var refused = await Lab.RunAsync(Lab.Alice, "boot", "--name", "t", "--image", image, "--memory-mb", "32");

        Assert.Equal(exitCode, refused.ExitCode);
        Assert.Contains(words, refused.Error, StringComparison.Ordinal);
    }
}
