using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Images.Archives;

namespace NovaDocker.Images.Tests;

/// <summary>Which form of an image for several platforms an Engine gets.</summary>
public sealed class OciPlatformTests
{
    private static readonly string[] Everywhere =
        ["linux/386", "linux/amd64", "linux/amd64/v3", "linux/arm/v5", "linux/arm/v7", "linux/arm64/v8", "linux/s390x", "windows/amd64"];

    [Theory]
    [InlineData("x86_64", "linux/amd64")]
    [InlineData("i686", "linux/386")]
    [InlineData("armv6l", "linux/arm/v5")]
    [InlineData("armv7l", "linux/arm/v7")]
    [InlineData("aarch64", "linux/arm64/v8")]
    [InlineData("s390x", "linux/s390x")]
    public async Task Engine_gets_the_form_that_it_can_run(string machine, string expected)
    {
        var (archive, configs) = Archive(Everywhere, inIndex: true);

        var (_, contents) = await Retagging.RunAsync(archive, platform: Engine(machine));

        Assert.Equal(configs[expected], contents.ConfigDigest);
    }

    [Fact]
    public async Task None_for_the_Engine_is_refused_with_the_platforms_that_are_there()
    {
        var (archive, _) = Archive(["linux/arm64/v8", "linux/s390x", "linux/amd64/v2"], inIndex: true);

        var reason = await Retagging.RefusalAsync(archive, platform: Engine("x86_64"));

        Assert.Contains(
            "it holds the image for linux/arm64/v8, linux/s390x, linux/amd64/v2, and not for linux/amd64, the Engine's platform",
            reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux/arm64")]
    [InlineData("linux/amd64")]
    public async Task Where_no_index_says_it_the_configuration_does(string platform)
    {
        var (archive, configs) = Archive(["linux/arm64", "linux/amd64"], inIndex: false);

        var (_, contents) = await Retagging.RunAsync(archive, platform: Engine(platform == "linux/arm64" ? "aarch64" : "x86_64"));

        Assert.Equal(configs[platform], contents.ConfigDigest);
    }

    [Fact]
    public async Task One_image_for_another_platform_is_refused_and_one_that_says_none_is_taken()
    {
        var (foreign, _) = Archive(["linux/arm64"], inIndex: false);
        Assert.Contains(
            "it holds the image for linux/arm64, and not for linux/amd64",
            await Retagging.RefusalAsync(foreign, platform: Engine("x86_64")),
            StringComparison.Ordinal);

        var (silent, configs) = Archive(["/"], inIndex: false);
        Assert.Equal(configs["/"], (await Retagging.RunAsync(silent, platform: Engine("x86_64"))).Contents.ConfigDigest);
    }

    [Fact]
    public async Task Where_no_platform_is_asked_for_the_first_form_that_is_there_is_looked_at()
    {
        var oci = new OciBuilder();
        var (gone, _) = oci.Image("a"u8.ToArray(), "linux/s390x");
        var (there, config) = oci.Image("b"u8.ToArray(), "linux/arm64");
        oci.Remove(gone);
        var index = oci.Index(
            OciBuilder.Descriptor(gone, platform: "linux/s390x"), OciBuilder.Descriptor(there, platform: "linux/arm64"));

        var (_, contents) = await Retagging.RunAsync(oci.Build(OciBuilder.Descriptor(index, OciBuilder.IndexType)));

        Assert.Equal(config, contents.ConfigDigest);
    }

    [Fact]
    public async Task Form_that_the_index_lists_and_the_archive_lacks_is_named()
    {
        var oci = new OciBuilder();
        var (gone, _) = oci.Image("a"u8.ToArray());
        oci.Remove(gone);

        var reason = await Retagging.RefusalAsync(
            oci.Build(OciBuilder.Descriptor(gone, platform: "linux/amd64")), platform: Engine("x86_64"));

        Assert.Contains($"the image's manifest '{OciBuilder.PathOf(gone)}' is missing from it", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_images_for_one_platform_without_names_are_not_chosen_from()
    {
        var (archive, _) = Archive(["linux/amd64", "linux/amd64"], inIndex: true);

        Assert.Contains(
            "it holds 2 images for linux/amd64 and tells them apart by no name",
            await Retagging.RefusalAsync(archive, platform: Engine("x86_64")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Platform_lies_in_indexes_within_indexes_and_the_name_stands_outside()
    {
        var oci = new OciBuilder();
        var configs = new Dictionary<string, string>();
        var named = new[] { "a", "b" }.Select(name =>
        {
            var forms = new[] { "linux/amd64", "linux/arm64" }.Select(platform =>
            {
                var (manifest, config) = oci.Image(System.Text.Encoding.UTF8.GetBytes(name), platform);
                configs[name + platform] = config;
                return OciBuilder.Descriptor(manifest, platform: platform);
            }).ToArray();
            var inner = OciBuilder.Descriptor(oci.Index(forms), OciBuilder.IndexType);
            return OciBuilder.Descriptor(oci.Index(inner), OciBuilder.IndexType, fullName: $"docker.io/library/{name}:latest");
        }).ToArray();

        var (_, contents) = await Retagging.RunAsync(oci.Build(named), "b", Engine("aarch64"));

        Assert.Equal(configs["blinux/arm64"], contents.ConfigDigest);
    }

    private static ImagePlatform Engine(string machine) =>
        ImagePlatform.Of(new EngineInfo("id", "20.10.24", "1.41", 1, 1, machine) { OperatingSystem = "linux" });

    /// <summary>An image for each platform, without a name, and the digests of their configurations.</summary>
    private static (byte[] Archive, Dictionary<string, string> Configs) Archive(string[] platforms, bool inIndex)
    {
        var oci = new OciBuilder();
        var configs = new Dictionary<string, string>();
        var forms = platforms.Select((platform, i) =>
        {
            var (manifest, config) = oci.Image([(byte)i], platform);
            configs[platform] = config;
            return OciBuilder.Descriptor(manifest, platform: inIndex ? platform : null);
        }).ToArray();
        return (oci.Build(OciBuilder.Descriptor(oci.Index(forms), OciBuilder.IndexType)), configs);
    }
}
