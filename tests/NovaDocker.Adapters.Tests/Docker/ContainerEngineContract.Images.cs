using System.Collections.Immutable;
using NovaDocker.Actors.Docker;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

public abstract partial class ContainerEngineContract
{
    [SkippableFact]
    public async Task An_image_is_found_by_tag_and_by_id_and_an_absent_one_is_null()
    {
        var engine = await ReadyAsync();

        var byTag = await engine.FindImageAsync(ImageTag, None);
        var byId = await engine.FindImageAsync(MakeImage(ImageTag, RunLabels).Id, None);

        Assert.NotNull(byTag);
        Assert.Equal(MakeImage(ImageTag, RunLabels).Id, byTag.Id);
        Assert.Equal(ImageTag, Assert.Single(byTag.Tags));
        Assert.Equal(RunLabels, byTag.Labels);
        Assert.True(byTag.SizeBytes > 0);
        Assert.Equal(byTag.Id, byId?.Id);
        Assert.Null(await engine.FindImageAsync("novadocker-test:absent", None));
    }

    [SkippableFact]
    public async Task Images_are_listed_by_all_the_labels()
    {
        var engine = await ReadyAsync();

        var listed = await engine.ListImagesAsync(RunLabels, None);
        var none = await engine.ListImagesAsync(RunLabels.Add("colour", "blue"), None);

        Assert.Equal(MakeImage(ImageTag, RunLabels).Id, Assert.Single(listed).Id);
        Assert.Empty(none);
    }

    [SkippableFact]
    public async Task What_is_saved_is_what_was_loaded()
    {
        var engine = await ReadyAsync();
        var made = MakeImage(ImageTag, RunLabels);

        DockerArchive saved;
        await using (var stream = await engine.SaveImageAsync(ImageTag, None))
            saved = await DockerArchive.ReadAsync(stream, None);

        Assert.Equal(made.Id, saved.Id);
        Assert.Equal(ImageTag, Assert.Single(saved.Tags));
        Assert.Equal(made.Layers.Single(), saved.Layers.Single());
    }

    [SkippableFact]
    public async Task Save_of_an_absent_image_is_not_found()
    {
        var engine = await ReadyAsync();

        await FailsAsync(EngineErrorKind.NotFound, () => engine.SaveImageAsync("novadocker-test:absent", None));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(100)]
    public async Task Load_of_a_stream_that_throws_throws_the_same_and_loads_nothing(int percent)
    {
        var engine = await ReadyAsync();
        var other = MakeImage($"{ImageTag}-other", RunLabels.Add("colour", "blue"));
        var thrown = new IOException("The checksum is wrong.");
        var bytes = other.ToBytes();

        var caught = await Assert.ThrowsAsync<IOException>(
            () => engine.LoadImageAsync(new ThrowingStream(bytes.AsMemory(0, bytes.Length * percent / 100), thrown), None));

        Assert.Same(thrown, caught);
        Assert.Null(await engine.FindImageAsync(other.Id, None));
        Assert.Null(await engine.FindImageAsync(other.Tags[0], None));
    }

    [SkippableFact]
    public async Task Load_of_what_is_no_archive_is_invalid()
    {
        var engine = await ReadyAsync();

        await FailsAsync(
            EngineErrorKind.Invalid, () => engine.LoadImageAsync(new MemoryStream("no archive at all"u8.ToArray()), None));
    }

    [SkippableFact]
    public async Task Commit_makes_an_image_that_has_the_labels_and_leaves_the_container_running()
    {
        var engine = await ReadyAsync();
        var id = await engine.CreateContainerAsync(Spec(Deaf, ("inherited", "yes")), None);
        await engine.StartContainerAsync(id, None);
        var labels = ImmutableSortedDictionary<string, string>.Empty
            .Add("plain", "value")
            .Add("odd", "a \"quoted\" $HOME \\ 'thing'=1\nin two lines, äöü");

        var imageId = await engine.CommitContainerAsync(
            new CommitSpec(id, $"novadocker-test-{_run}", "snapshot", labels, Pause: true), None);

        var image = await engine.FindImageAsync($"novadocker-test-{_run}:snapshot", None);
        Assert.NotNull(image);
        Assert.Equal(imageId, image.Id);
        Assert.NotEqual(MakeImage(ImageTag, RunLabels).Id, image.Id);
        Assert.Equal(labels["plain"], image.Labels["plain"]);
        Assert.Equal(labels["odd"], image.Labels["odd"]);
        Assert.Equal("yes", image.Labels["inherited"]);
        Assert.Equal(ContainerStatus.Running, (await GetAsync(engine, id)).Status);
    }

    [SkippableFact]
    public async Task A_committed_image_runs_the_command_of_its_container()
    {
        var engine = await ReadyAsync();
        var first = await StartAsync(engine, Fails);
        await EndAsync(engine, first);
        await engine.CommitContainerAsync(new CommitSpec(first, $"novadocker-test-{_run}", "again", RunLabels, false), None);

        var second = await engine.CreateContainerAsync(Spec([]) with { Image = $"novadocker-test-{_run}:again" }, None);
        await engine.StartContainerAsync(second, None);

        Assert.Equal(3, (await EndAsync(engine, second)).ExitCode);
    }

    [SkippableFact]
    public async Task A_tag_moves_over_to_the_image_that_was_loaded_with_it_last()
    {
        var engine = await ReadyAsync();
        var other = MakeImage($"{ImageTag}-other", RunLabels.Add("colour", "blue"));
        await LoadAsync(engine, other, other.Tags[0]);

        await LoadAsync(engine, MakeImage(ImageTag, RunLabels), $"{ImageTag}-moving");
        var before = await engine.FindImageAsync($"{ImageTag}-moving", None);
        await LoadAsync(engine, other, $"{ImageTag}-moving");
        var after = await engine.FindImageAsync($"{ImageTag}-moving", None);

        Assert.Equal(MakeImage(ImageTag, RunLabels).Id, before?.Id);
        Assert.Equal(other.Id, after?.Id);
        Assert.Equal(ImageTag, Assert.Single((await engine.FindImageAsync(ImageTag, None))!.Tags));
    }

    [SkippableFact]
    public async Task An_image_goes_with_its_last_tag_and_when_gone_is_already_done()
    {
        var engine = await ReadyAsync();
        await LoadAsync(engine, MakeImage(ImageTag, RunLabels), $"{ImageTag}-second");

        await engine.RemoveImageAsync($"{ImageTag}-second", None);
        var still = await engine.FindImageAsync(ImageTag, None);
        await engine.RemoveImageAsync(ImageTag, None);
        await engine.RemoveImageAsync(ImageTag, None);

        Assert.NotNull(still);
        Assert.Equal(ImageTag, Assert.Single(still.Tags));
        Assert.Null(await engine.FindImageAsync(still.Id, None));
    }

    [SkippableFact]
    public async Task An_image_that_a_container_uses_is_not_removed()
    {
        var engine = await ReadyAsync();
        await engine.CreateContainerAsync(Spec(Deaf), None);

        await FailsAsync(EngineErrorKind.Conflict, () => engine.RemoveImageAsync(ImageTag, None));

        Assert.NotNull(await engine.FindImageAsync(ImageTag, None));
    }

    private static Task LoadAsync(IContainerEngine engine, DockerArchive image, string tag) =>
        engine.LoadImageAsync(new MemoryStream((image with { Tags = [tag] }).ToBytes()), None);
}
