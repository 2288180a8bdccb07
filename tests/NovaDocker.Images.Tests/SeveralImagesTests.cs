namespace NovaDocker.Images.Tests;

/// <summary>Which image of an archive of several a name means.</summary>
public sealed class SeveralImagesTests
{
    private static readonly string[][] Tags =
    [
        ["busybox:1.36", "busybox:stable"],
        ["busybox:1.35"],
        ["registry.example:5000/x/busybox:latest"],
        ["team/app:7"],
        [],
        ["nginx:latest", "nginx:1.27"],
        ["nginx:1.26"],
        ["localhost/own:1"],
    ];

    [Theory]
    [InlineData("busybox:1.36", 0)]
    [InlineData("busybox:stable", 0)]
    [InlineData("library/busybox:1.35", 1)]
    [InlineData("docker.io/busybox:1.35", 1)]
    [InlineData("docker.io/library/busybox:1.35", 1)]
    [InlineData("index.docker.io/library/busybox:1.35", 1)]
    [InlineData("registry.example:5000/x/busybox", 2)]
    [InlineData("registry.example:5000/x/busybox:latest", 2)]
    [InlineData("team/app", 3)]
    [InlineData("docker.io/team/app", 3)]
    [InlineData("nginx", 5)]
    [InlineData("nginx:1.26", 6)]
    [InlineData("localhost/own", 7)]
    public async Task The_image_that_the_name_means_is_the_only_one_in_the_manifest(string name, int index)
    {
        var (copy, contents) = await Retagging.RunAsync(Archive(Tags), name);

        Assert.Equal(
            $$"""[{"Config":"config{{index}}.json","RepoTags":["{{Retagging.Tag}}"],"Layers":["{{index}}/layer.tar"]}]""",
            copy["manifest.json"]);
        Assert.Equal(ArchiveBuilder.Checksum(Config(index)), contents.ConfigDigest);
        Assert.Equal<string>(Tags[index], contents.RepositoryTags);
        Assert.Equal("manifest.json", copy.Keys.Last());
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("busybox:9")]
    [InlineData("x/busybox")]
    [InlineData("own")]
    [InlineData("")]
    [InlineData("My image, number 1!")]
    [InlineData("BusyBox:1.36")]
    public async Task No_image_of_that_name_is_refused_with_the_names_that_are_there(string name)
    {
        var reason = await Retagging.RefusalAsync(Archive(Tags), name);

        Assert.Contains($"it holds 8 images, none of them called '{name}': busybox:1.36, busybox:stable, ", reason, StringComparison.Ordinal);
        Assert.Contains("one without a name, nginx:latest, ", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_without_a_tag_that_may_mean_several_is_refused_with_those()
    {
        var reason = await Retagging.RefusalAsync(Archive(Tags), "busybox");

        Assert.Contains(
            "it holds 2 images that 'busybox' may mean: busybox:1.36, busybox:stable, busybox:1.35; name one of them in full",
            reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_two_images_claim_is_refused()
    {
        var reason = await Retagging.RefusalAsync(Archive([["a:1"], ["a:1", "b:1"]]), "a:1");

        Assert.Contains("it holds 2 images that 'a:1' may mean", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_image_is_taken_whatever_the_name()
    {
        var (copy, _) = await Retagging.RunAsync(Archive([["busybox:1"]]), "something else");

        Assert.Contains("config0.json", copy["manifest.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_stands_twice_in_the_manifest_is_one()
    {
        var archive = new ArchiveBuilder().File("c.json", ArchiveBuilder.Config).File("l.tar", "x").Manifest(
            ArchiveBuilder.Image("c.json", ["a:1"], "l.tar"), ArchiveBuilder.Image("c.json", ["b:1", "a:1"], "l.tar")).Build();

        var (_, contents) = await Retagging.RunAsync(archive, "something else");

        Assert.Equal<string>(["a:1", "b:1"], contents.RepositoryTags);
    }

    [Fact]
    public async Task An_image_beside_the_wanted_one_need_not_be_whole()
    {
        var archive = new ArchiveBuilder().File("c.json", ArchiveBuilder.Config).Manifest(
            ArchiveBuilder.Image("c.json", ["a:1"]), ArchiveBuilder.Image("gone.json", ["b:1"], "gone.tar")).Build();

        await Retagging.RunAsync(archive, "a");

        Assert.Contains("'gone.json' is missing", await Retagging.RefusalAsync(archive, "b"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_may_stand_before_what_it_names()
    {
        var archive = new ArchiveBuilder()
            .Manifest(ArchiveBuilder.Image("a.json", ["a:1"], "l.tar"), ArchiveBuilder.Image("b.json", ["b:1"], "l.tar"))
            .File("a.json", Config(1)).File("b.json", Config(2)).File("l.tar", ArchiveBuilder.Layer).Build();

        var (copy, contents) = await Retagging.RunAsync(archive, "b");

        Assert.Equal(["a.json", "b.json", "l.tar", "manifest.json"], copy.Keys);
        Assert.Equal(ArchiveBuilder.Checksum(Config(2)), contents.ConfigDigest);
    }

    [Fact]
    public async Task Names_in_a_refusal_are_few_and_short_and_without_control_characters()
    {
        var names = Enumerable.Range(0, 500).Select(i => new[] { $"evil\\u001b[2J{i}-{new string('x', 900)}:1" }).ToArray();

        var reason = await Retagging.RefusalAsync(Archive(names), new string('n', 100_000));

        Assert.Contains("and 490 more", reason, StringComparison.Ordinal);
        Assert.InRange(reason.Length, 100, 2500);
        Assert.DoesNotContain(reason, char.IsControl);
    }

    private static byte[] Config(int index) => System.Text.Encoding.UTF8.GetBytes(
        $$$"""{"architecture":"amd64","os":"linux","config":{"Cmd":["{{{index}}}"]},"rootfs":{"type":"layers","diff_ids":[]}}""");

    /// <summary>An archive of as many images as there are lists of tags; the tags are written into JSON as they stand.</summary>
    private static byte[] Archive(string[][] images)
    {
        var archive = new ArchiveBuilder();
        for (var i = 0; i < images.Length; i++)
            archive.File($"{i}/layer.tar", ArchiveBuilder.Layer).File($"config{i}.json", Config(i));
        return archive.Manifest([.. images.Select(Image)]).Build();

        static string Image(string[] tags, int i)
        {
            var quoted = string.Join(',', tags.Select(tag => $"\"{tag}\""));
            return $$"""{"Config":"config{{i}}.json","RepoTags":[{{quoted}}],"Layers":["{{i}}/layer.tar"]}""";
        }
    }
}
