using System.Text.Json.Nodes;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>The images in a host's Engine: brought ahead of boots, accounted for, and taken away when nobody uses them.</summary>
public sealed class HostImagesTests(ITestOutputHelper output)
{
    private const string Load = "POST .*/images/load";

    [SkippableFact]
    public async Task An_image_is_pulled_once_however_many_want_it_and_a_boot_finds_it()
    {
        await using var lab = await Lab.StartAsync();
        var (name, image) = await AddAsync(lab, "pulled");
        var pulls = await Task.WhenAll(
            lab.RunAsync("image-pull", name, "--json"), lab.RunAsync("image-pull", image, "--json"));
        Assert.Contains(pulls, pull => pull.Expect(0).Row.Text("state") == "pulled");
        Assert.All(pulls, pull => Assert.Contains(pull.Expect(0).Row.Text("state"), new[] { "pulled", "present" }));

        Assert.Equal("present", (await lab.DoAsync("image-pull", name)).Text("state"));
        var id = (await lab.DoAsync("boot", "--name", "one", "--image", name, "--memory-mb", "32")).Text("id")!;

        Assert.Single(lab.Proxy.Requests, line => line.Contains("/images/load", StringComparison.Ordinal));
        Assert.Equal("engine", (await lab.HistoryAsync(id)).Single(row => row.Text("event") == "ensure-image-completed").Data("source"));
        var history = await HistoryAsync(lab, name);
        Assert.Equal("pull-requested", history[0].Text("event"));
        // A pull that is taken down when the other's transfer has ended finds the image in the Engine, and ends with that.
        var loaded = history.Where(row => row.Text("event") == "loaded").ToArray();
        Assert.Equal((image, "store"), (loaded[0].Text("imageId"), loaded[0].Data("source")));
        Assert.All(loaded[1..], row => Assert.Equal("engine", row.Data("source")));
        Assert.Equal("not-found", (await lab.RunAsync("image-pull", "nowhere", "--json")).Expect(4).Failure.Text("error"));
        await lab.DeleteAsync(id);
        output.WriteLine(lab.Log);
    }

    [SkippableFact]
    public async Task What_nobody_uses_goes_and_what_is_used_or_foreign_stays()
    {
        await using var lab = await Lab.StartAsync("images.collect.min-age=0s");
        var (name, unused) = await AddAsync(lab, "unused");
        await lab.DoAsync("image-pull", name);
        var id = (await lab.BootAsync("user")).Text("id")!;
        var used = (await lab.DoAsync("show", id)).Text("imageId")!;
        var foreign = $"foreign/{lab.Name}";
        await lab.Engine.CommitAsync($"nova-{id}", foreign);

        var dry = Own(await lab.RunAsync("image-gc", "--dry-run", "--json"), used, unused);
        Assert.Equal(("stays", "would-go"), (dry[used].Text("fate"), dry[unused].Text("fate")));
        Assert.NotNull(await lab.Engine.ImageAsync($"novadocker/image:{unused}"));
        Assert.Equal(1, Own(await lab.RunAsync("images", "--on-hosts", "--json"), used, unused)[used].Number("instances"));

        var done = Own(await lab.RunAsync("image-gc", "--json"), used, unused);
        Assert.Equal(("stays", "gone"), (done[used].Text("fate"), done[unused].Text("fate")));
        Assert.Equal("Used by 1 instance.", done[used].Text("why"));
        Assert.Null(await lab.Engine.ImageAsync($"novadocker/image:{unused}"));
        Assert.NotNull(await lab.Engine.ImageAsync($"novadocker/image:{used}"));
        Assert.NotNull(await lab.Engine.ImageAsync(foreign));
        Assert.Equal(
            ["pull-requested", "loaded", "collection-begun", "collected"],
            (await HistoryAsync(lab, unused)).Select(row => row.Text("event")));

        var again = (await lab.DoAsync("boot", "--name", "again", "--image", name, "--memory-mb", "32")).Text("id")!;
        await lab.DeleteAsync(id, again);
        await lab.Engine.RemoveImageAsync(foreign);
        output.WriteLine(lab.Log);
    }

    [SkippableTheory]
    [InlineData(HoldAt.Request)]
    [InlineData(HoldAt.Body)]
    [InlineData(HoldAt.Answer)]
    public async Task A_pull_that_a_kill_interrupts_is_finished_by_the_next_start(HoldAt at)
    {
        await using var lab = await Lab.StartAsync();
        var (name, image) = await AddAsync(lab, "killed");
        var held = lab.Proxy.Hold(Load, at);
        Assert.Equal("pulling", (await lab.DoAsync("image-pull", name, "--no-wait")).Text("state"));
        await Eventually.CompletesAsync(held.Reached, "the load is held");
        await lab.Node.KillAsync();
        held.Cut();

        await lab.StartNodeAsync();

        await Eventually.BecomesAsync(
            () => HistoryAsync(lab, image),
            rows => string.Join(' ', rows.Select(row => row.Text("event"))) == "pull-requested loaded",
            "the pull has ended", TimeSpan.FromSeconds(60));
        Assert.NotNull(await lab.Engine.ImageAsync($"novadocker/image:{image}"));
        Assert.Equal("present", (await lab.DoAsync("image-pull", name)).Text("state"));
        output.WriteLine(lab.Log);
    }

    private static async Task<(string Name, string Id)> AddAsync(Lab lab, string word)
    {
        var name = $"{word}-{CommanderIds.NewImageId()}";
        return (name, (await lab.AddImageAsync(name, lab.Shell(["sh", "-c", $": {name}; exec sleep 3600"]))).Text("id")!);
    }

    private static async Task<IReadOnlyList<JsonNode>> HistoryAsync(Lab lab, string image) =>
        (await lab.RunAsync("image-history", image, "--json")).Expect(0).Rows;

    /// <summary>The rows of these images: the Engine may hold those of other tests.</summary>
    private static Dictionary<string, JsonNode> Own(CommandResult result, params string[] images) =>
        result.Expect(0).Rows.Where(row => images.Contains(row.Text("imageId"))).ToDictionary(row => row.Text("imageId")!);
}
