using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Tests.Docker;

public abstract partial class ContainerEngineContract
{
    [SkippableFact]
    public async Task An_imported_file_system_is_an_image_that_says_what_the_changes_say()
    {
        var engine = await ReadyAsync();

        var id = await engine.ImportImageAsync(FileSystem(), Import("imported", """CMD ["sh","-c","exit 3"]"""), None);

        var image = await engine.FindImageAsync($"{ImageTag}-imported", None);
        Assert.NotNull(image);
        Assert.Equal(id, image.Id);
        Assert.Equal($"{ImageTag}-imported", Assert.Single(image.Tags));
        Assert.Equal(RunLabels, image.Labels);
        var container = await engine.CreateContainerAsync(Spec([]) with { Image = $"{ImageTag}-imported" }, None);
        await engine.StartContainerAsync(container, None);
        Assert.Equal(3, (await EndAsync(engine, container)).ExitCode);
    }

    [SkippableFact]
    public async Task An_imported_file_system_runs_the_command_that_its_container_is_given()
    {
        var engine = await ReadyAsync();
        await engine.ImportImageAsync(FileSystem(), Import("imported"), None);

        var container = await engine.CreateContainerAsync(Spec(Fails) with { Image = $"{ImageTag}-imported" }, None);
        await engine.StartContainerAsync(container, None);

        Assert.Equal(3, (await EndAsync(engine, container)).ExitCode);
    }

    [SkippableTheory]
    [InlineData(0, 0)]
    [InlineData(50, 0)]
    [InlineData(100, 1024)]
    [InlineData(100, 0)]
    public async Task Import_of_a_stream_that_throws_throws_the_same_and_makes_neither_image_nor_tag(int percent, int withoutLast)
    {
        var engine = await ReadyAsync();
        var before = await ImagesOfThisRunAsync(engine);
        var bytes = FileSystem().ToArray();
        var thrown = new IOException("The checksum is wrong.");

        var caught = await Assert.ThrowsAsync<IOException>(() => engine.ImportImageAsync(
            new ThrowingStream(bytes.AsMemory(0, bytes.Length * percent / 100 - withoutLast), thrown), Import("broken"), None));

        Assert.Same(thrown, caught);
        Assert.Null(await engine.FindImageAsync($"{ImageTag}-broken", None));
        Assert.Empty((await ImagesOfThisRunAsync(engine)).Except(before));
    }

    [SkippableFact]
    public async Task Import_of_what_is_no_tar_fails_and_makes_neither_image_nor_tag()
    {
        var engine = await ReadyAsync();
        var before = await ImagesOfThisRunAsync(engine);

        await FailsAsync(
            EngineErrorKind.Transient,
            () => engine.ImportImageAsync(new MemoryStream([.. Enumerable.Repeat((byte)'x', 2048)]), Import("broken"), None));

        Assert.Null(await engine.FindImageAsync($"{ImageTag}-broken", None));
        Assert.Empty((await ImagesOfThisRunAsync(engine)).Except(before));
    }

    [SkippableFact]
    public async Task The_tag_of_an_import_moves_over_from_what_had_it()
    {
        var engine = await ReadyAsync();
        await LoadAsync(engine, MakeImage(ImageTag, RunLabels), $"{ImageTag}-imported");

        var id = await engine.ImportImageAsync(FileSystem(), Import("imported"), None);

        Assert.Equal(id, (await engine.FindImageAsync($"{ImageTag}-imported", None))?.Id);
        Assert.Equal(ImageTag, Assert.Single((await engine.FindImageAsync(ImageTag, None))!.Tags));
    }

    /// <summary>
    /// The test's own images, with a tag or without: each import labels what it makes. The Engine has others too, which the
    /// tests that run beside this one load and remove.
    /// </summary>
    private async Task<IEnumerable<string>> ImagesOfThisRunAsync(IContainerEngine engine) =>
        (await engine.ListImagesAsync(RunLabels, None)).Select(image => image.Id);

    /// <summary>What a container of the test image sees, as <c>docker export</c> would write it.</summary>
    private MemoryStream FileSystem() => new(MakeImage(ImageTag, RunLabels).Layers.Single());

    private ImportSpec Import(string name, params string[] changes) =>
        new("novadocker-test", $"{_run}-{name}", [$"LABEL {RunLabel}={_run}", .. changes]);
}
