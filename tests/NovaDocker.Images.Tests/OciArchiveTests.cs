using System.Text;
using System.Text.Json.Nodes;
using NovaDocker.Actors.Images.Archives;

namespace NovaDocker.Images.Tests;

/// <summary>Archives in the layout of OCI, which say by their indexes alone what they hold.</summary>
public sealed class OciArchiveTests
{
    private static readonly ImagePlatform Amd64 = new("linux", "amd64");
    private static readonly byte[] Layer = new ArchiveBuilder().File("hello.txt", "one").Build();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_image_is_taken_whatever_its_name_and_gets_a_manifest_of_its_own(bool indexFirst)
    {
        var oci = new OciBuilder { IndexFirst = indexFirst };
        var (manifest, config) = oci.Image(Layer);

        var (copy, contents) = await Retagging.RunAsync(
            oci.Build(OciBuilder.Descriptor(manifest, name: "own/thing:1")), "something else", Amd64);

        var layer = OciBuilder.PathOf(ArchiveBuilder.Checksum(Layer));
        Assert.Equal(
            $$"""[{"Config":"{{OciBuilder.PathOf(config)}}","RepoTags":["{{Retagging.Tag}}"],"Layers":["{{layer}}"]}]""",
            copy["manifest.json"]);
        Assert.Equal("manifest.json", copy.Keys.Last());
        Assert.DoesNotContain("index.json", copy.Keys);
        Assert.DoesNotContain("oci-layout", copy.Keys);
        Assert.Equal((config, 1), (contents.ConfigDigest, contents.Layers));
        Assert.Equal<string>(["own/thing:1"], contents.RepositoryTags);
    }

    [Theory]
    [InlineData("application/vnd.oci.image.layer.v1.tar+gzip", OciBuilder.ConfigType)]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar.gzip", "application/vnd.docker.container.image.v1+json")]
    public async Task Layers_packed_with_gzip_pass_as_they_are(string layerType, string configType)
    {
        var oci = new OciBuilder();
        var (manifest, _) = oci.Image(Layer, layerType: layerType, configType: configType, pack: ArchiveBuilder.Gzip);

        var (copy, _) = await Retagging.RunAsync(oci.Build(OciBuilder.Descriptor(manifest)));

        Assert.Contains(OciBuilder.PathOf(ArchiveBuilder.Checksum(ArchiveBuilder.Gzip(Layer))), copy);
    }

    [Theory]
    [InlineData("application/vnd.oci.image.layer.v1.tar+zstd")]
    [InlineData(OciBuilder.LayerType)]
    public async Task Layers_packed_with_zstd_are_refused_with_what_to_do_whatever_they_say_they_are(string layerType)
    {
        var oci = new OciBuilder();
        var (manifest, _) = oci.Image(Layer, layerType: layerType, pack: Packed.Zstd);

        var reason = await Retagging.RefusalAsync(oci.Build(OciBuilder.Descriptor(manifest)));

        Assert.Contains("is packed with zstd, which Engines before 23.0 cannot load; pack the layers with gzip", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("busybox:1.36", "one")]
    [InlineData("docker.io/library/busybox:1.36", "one")]
    [InlineData("other", "two")]
    [InlineData("other:stable", "three")]
    [InlineData("quay.io/x/y:1", "four")]
    public async Task Names_choose_the_full_one_before_the_short_one_and_a_short_one_may_be_a_tag(string name, string expected)
    {
        var oci = new OciBuilder();
        var images = new[] { "one", "two", "three", "four", "five" }.ToDictionary(
            text => text, text => oci.Image(new ArchiveBuilder().File("f", text).Build()));
        var archive = oci.Build(
            OciBuilder.Descriptor(images["one"].Manifest, name: "1.36", fullName: "docker.io/library/busybox:1.36"),
            OciBuilder.Descriptor(images["two"].Manifest, name: "other"),
            OciBuilder.Descriptor(images["three"].Manifest, name: "stable"),
            OciBuilder.Descriptor(images["four"].Manifest, name: "quay.io/x/y:1"),
            OciBuilder.Descriptor(images["five"].Manifest, name: "1.36", fullName: "docker.io/library/nginx:1.36"));

        var (_, contents) = await Retagging.RunAsync(archive, name, Amd64);

        Assert.Equal(images[expected].Config, contents.ConfigDigest);
    }

    [Fact]
    public async Task No_image_of_that_name_is_refused_with_the_names_that_are_there()
    {
        var oci = new OciBuilder();
        var (one, _) = oci.Image(Layer);
        var (two, _) = oci.Image([]);

        var reason = await Retagging.RefusalAsync(
            oci.Build(OciBuilder.Descriptor(one, name: "a:1"), OciBuilder.Descriptor(two)), "redis");

        Assert.Contains("it holds 2 images, none of them called 'redis': a:1, one without a name; name", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_image_under_two_names_is_one_image_that_has_both()
    {
        var oci = new OciBuilder();
        var (one, _) = oci.Image(Layer);

        var (_, contents) = await Retagging.RunAsync(
            oci.Build(OciBuilder.Descriptor(one, name: "b:1"), OciBuilder.Descriptor(one, name: "a:1")), "something else");

        Assert.Equal<string>(["a:1", "b:1"], contents.RepositoryTags);
    }

    [Fact]
    public async Task Signatures_and_attestations_beside_an_image_are_no_images()
    {
        var oci = new OciBuilder();
        var (image, config) = oci.Image(Layer);
        var (signature, _) = oci.Image("{}"u8.ToArray(), layerType: "application/vnd.dev.cosign.simplesigning.v1+json");
        var (chart, _) = oci.Image("c"u8.ToArray(), configType: "application/vnd.cncf.helm.config.v1+json");
        var (attestation, _) = oci.Image("a"u8.ToArray());
        var note = OciBuilder.Descriptor(oci.Image("n"u8.ToArray()).Manifest);
        note["annotations"] = new JsonObject { ["vnd.docker.reference.type"] = "attestation-manifest" };
        var index = oci.Index(
            OciBuilder.Descriptor(attestation, platform: "unknown/unknown"),
            OciBuilder.Descriptor(image, platform: "linux/amd64"),
            note);

        var (_, contents) = await Retagging.RunAsync(
            oci.Build(
                OciBuilder.Descriptor(signature, name: "sig"),
                OciBuilder.Descriptor(chart, name: "chart"),
                OciBuilder.Descriptor(index, OciBuilder.IndexType, name: "image")),
            "something else",
            Amd64);

        Assert.Equal(config, contents.ConfigDigest);
        var reason = await Retagging.RefusalAsync(oci.Build(OciBuilder.Descriptor(signature)));
        Assert.Contains("it holds no image", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_json_counts_where_there_is_one_beside_the_index()
    {
        var oci = new OciBuilder();
        var (manifest, _) = oci.Image(Layer);
        var plain = ArchiveBuilder.Read(oci.Build(OciBuilder.Descriptor(manifest, name: "by-index:1")));
        var archive = new ArchiveBuilder();
        foreach (var (name, text) in plain.Where(file => !file.Key.EndsWith('/')))
            archive.File(name, text);

        var (_, contents) = await Retagging.RunAsync(
            archive.File("c.json", ArchiveBuilder.Config).Manifest(ArchiveBuilder.Image("c.json", ["by-manifest:1"])).Build());

        Assert.Equal<string>(["by-manifest:1"], contents.RepositoryTags);
    }

    [Fact]
    public async Task Blobs_that_are_missing_or_wrong_are_named()
    {
        Assert.Contains("the image's manifest 'blobs/sha256/", await WithoutAsync((oci, image) => oci.Remove(image.Manifest)), StringComparison.Ordinal);
        Assert.Contains("the image's manifest 'blobs/sha256/", await WithoutAsync((oci, image) => oci.Replace(image.Manifest, "{}"u8.ToArray())), StringComparison.Ordinal);
        Assert.Contains("the image's configuration 'blobs/sha256/", await WithoutAsync((oci, image) => oci.Remove(image.Config)), StringComparison.Ordinal);
        Assert.Contains("has other bytes than its name says", await WithoutAsync((oci, image) => oci.Replace(image.Config, "{}"u8.ToArray())), StringComparison.Ordinal);
        Assert.Contains("the image's layer 'blobs/sha256/", await WithoutAsync((oci, _) => oci.Remove(ArchiveBuilder.Checksum(Layer))), StringComparison.Ordinal);

        static Task<string> WithoutAsync(Action<OciBuilder, (string Manifest, string Config)> harm)
        {
            var oci = new OciBuilder();
            var image = oci.Image(Layer);
            harm(oci, image);
            return Retagging.RefusalAsync(oci.Build(OciBuilder.Descriptor(image.Manifest)));
        }
    }

    [Theory]
    [InlineData("[]", "no index of images")]
    [InlineData("{", "no index of images")]
    [InlineData("{}", "no index of images")]
    [InlineData("""{"manifests":7}""", "no index of images")]
    [InlineData("""{"manifests":[{}]}""", "no index of images")]
    [InlineData("""{"manifests":[],"manifests":[]}""", "no index of images")]
    [InlineData("""{"manifests":null}""", "it holds no image")]
    [InlineData("""{"manifests":[]}""", "it holds no image")]
    [InlineData("""{"manifests":[{"digest":"sha256:../../../../etc/passwd"}]}""", "which is no digest")]
    [InlineData("""{"manifests":[{"digest":"../x"}]}""", "which is no digest")]
    [InlineData(null, "OCI layout without its index.json")]
    public async Task Index_that_is_none_is_refused(string? index, string reason) =>
        Assert.Contains(reason, await Retagging.RefusalAsync(new OciBuilder().Build(index)), StringComparison.Ordinal);

    [Theory]
    [InlineData("sha256:../../../../../../../../../../../../../../../../../../etc/passwd")]
    [InlineData("sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../blobs:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Digest_that_leads_elsewhere_is_refused_wherever_it_stands(string digest)
    {
        var oci = new OciBuilder();
        var (_, config) = oci.Image(Layer);
        var manifest = oci.Blob(new JsonObject
        {
            ["config"] = OciBuilder.Descriptor(config, OciBuilder.ConfigType),
            ["layers"] = new JsonArray(OciBuilder.Descriptor(digest, OciBuilder.LayerType)),
        });

        Assert.Contains("which is no digest", await Retagging.RefusalAsync(oci.Build(OciBuilder.Descriptor(manifest))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encrypted_layer_is_refused_as_such()
    {
        var oci = new OciBuilder();
        var (manifest, _) = oci.Image(Layer, layerType: "application/vnd.oci.image.layer.v1.tar+gzip+encrypted");

        Assert.Contains("is encrypted; decrypt", await Retagging.RefusalAsync(oci.Build(OciBuilder.Descriptor(manifest))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Indexes_that_multiply_without_end_are_opened_once_each()
    {
        var oci = new OciBuilder();
        var (image, config) = oci.Image(Layer);
        var descriptor = OciBuilder.Descriptor(image, platform: "linux/amd64");
        for (var depth = 0; depth < 200; depth++)
        {
            var index = OciBuilder.Descriptor(oci.Index([.. Enumerable.Repeat(descriptor, 20)]), OciBuilder.IndexType);
            descriptor = index;
        }

        var (_, contents) = await Retagging.RunAsync(oci.Build(descriptor), platform: Amd64);

        Assert.Equal(config, contents.ConfigDigest);
    }

    [Fact]
    public async Task Manifests_beyond_what_is_kept_are_refused_and_do_no_harm_to_a_docker_archive()
    {
        var oci = new OciBuilder();
        var (image, _) = oci.Image(Layer);
        for (var i = 0; i < 12; i++)
        {
            oci.Blob(new JsonObject
            {
                ["manifests"] = new JsonArray(),
                ["filler"] = i + new string('x', OciLayout.MaxBlobBytes - 100),
            });
        }

        var archive = oci.Build(OciBuilder.Descriptor(image));
        Assert.Contains($"take more than {OciLayout.MaxKeptBytes} bytes", await Retagging.RefusalAsync(archive), StringComparison.Ordinal);

        var both = new ArchiveBuilder();
        foreach (var (name, text) in ArchiveBuilder.Read(archive).Where(file => !file.Key.EndsWith('/')))
            both.File(name, text);
        await Retagging.RunAsync(both.GoodImage().Build(), "a");
    }

    [Fact]
    public async Task Small_references_count_for_the_memory_that_they_take()
    {
        var oci = new OciBuilder();
        var (image, _) = oci.Image(Layer);
        var many = string.Join(',', Enumerable.Repeat("""{"digest":""}""", 60_000));
        oci.Blob(Encoding.UTF8.GetBytes($$"""{"manifests":[{{many}}]}"""));

        Assert.Contains(
            $"take more than {OciLayout.MaxKeptBytes} bytes",
            await Retagging.RefusalAsync(oci.Build(OciBuilder.Descriptor(image))),
            StringComparison.Ordinal);
    }
}
