using System.Formats.Tar;
using System.Text.Json;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using Xunit.Abstractions;
using ZstdSharp;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>Archives of all kinds, from the command to a container that runs.</summary>
public sealed class ImageArchiveTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    [SkippableFact]
    public async Task A_file_system_is_booted_with_the_command_of_its_property()
    {
        var name = $"{Lab.ImageName}-export";
        using var compressor = new Compressor();
        var file = await FileAsync("export.tar.zst", compressor.Wrap(Lab.Shell(["unused"]).Layers.Single()).ToArray());

        var image = await Lab.DoAsync(
            "image-add", file, "--name", name, "--property", "docker_archive=export",
            "--property", "os_command_line=sh -c 'echo out of a file system; sleep 3600'");
        var id = (await Lab.DoAsync("boot", "--name", "export", "--image", name, "--memory-mb", "32")).Text("id")!;

        await SaysAsync(id, "out of a file system");
        await Lab.DeleteAsync(id);
        await Lab.Engine.RemoveImageAsync($"novadocker/image:{image.Text("id")}");
    }

    [SkippableTheory]
    [InlineData("tools:1", "one")]
    [InlineData("docker.io/library/tools:2", "two")]
    public async Task Of_two_images_in_an_archive_the_one_that_the_name_means_is_booted(string name, string says)
    {
        var file = await FileAsync("two.tar", TwoImages());

        await Lab.DoAsync("image-add", file, "--name", name);
        var id = (await Lab.DoAsync("boot", "--name", says, "--image", name, "--memory-mb", "32")).Text("id")!;

        await SaysAsync(id, says);
        await Lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task An_archive_that_is_not_what_it_is_called_is_refused_with_the_reason_and_nothing_of_it_stays()
    {
        var file = await FileAsync("two.tar", TwoImages());
        var before = (await Lab.RunAsync("images", "--json")).Expect(0).Rows.Count;

        Assert.Contains(
            "it holds 2 images, none of them called 'nginx': tools:1, tools:2",
            await RefusedAsync("image-add", file, "--name", "nginx"),
            StringComparison.Ordinal);
        Assert.Contains(
            "leave out docker_archive=export",
            await RefusedAsync("image-add", file, "--name", "tools:1", "--property", "docker_archive=export"),
            StringComparison.Ordinal);
        Assert.Contains(
            "is 'zip'; save (an archive of docker save, or an OCI layout) or export (",
            await RefusedAsync("image-add", file, "--name", "tools:1", "--property", "docker_archive=zip"),
            StringComparison.Ordinal);

        Assert.Equal(before, (await Lab.RunAsync("images", "--json")).Expect(0).Rows.Count);
        Assert.Empty(Directory.GetFiles(Lab.StoreDirectory, "*.partial"));
    }

    private async Task<string> RefusedAsync(params string[] arguments) =>
        (await Lab.RunAsync([.. arguments, "--json"])).Expect(1).Failure.Text("message")!;

    private async Task SaysAsync(string id, string text) => await Eventually.BecomesAsync(
        async () => (await Lab.RunAsync("console", id)).Expect(0).Out,
        console => console.Contains(text, StringComparison.Ordinal),
        $"the console says '{text}'");

    private async Task<string> FileAsync(string name, byte[] bytes)
    {
        var file = await Lab.FileAsync(name, "");
        await File.WriteAllBytesAsync(file, bytes);
        return file;
    }

    /// <summary>Two images that differ by what they say, as <c>docker save</c> writes several.</summary>
    private byte[] TwoImages()
    {
        var images = new[] { ("tools:1", "one"), ("tools:2", "two") }.Select(
            image => (Tag: image.Item1, Image: Lab.Shell(["sh", "-c", $"echo {image.Item2}; sleep 3600"]))).ToArray();
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            Write("shell/layer.tar", images[0].Image.Layers.Single());
            foreach (var (_, image) in images)
                Write(ConfigOf(image), image.Config);
            Write("manifest.json", JsonSerializer.SerializeToUtf8Bytes(images.Select(image => new
            {
                Config = ConfigOf(image.Image), RepoTags = new[] { image.Tag }, Layers = new[] { "shell/layer.tar" },
            })));

            void Write(string name, byte[] content) =>
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return bytes.ToArray();
    }

    private static string ConfigOf(DockerArchive image) => $"{image.Id["sha256:".Length..]}.json";
}
