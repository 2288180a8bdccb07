using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NovaDocker.Actors.Images;
using NovaDocker.Adapters.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests;

/// <summary>The whole way with a real Engine: its loader is the judge of the archives written here.</summary>
[Collection(RealEngine.Tests)]
public sealed class RealEngineTests
{
    private const string UserTag = "novadocker-images-tests/user:latest";
    private const string RunLabel = "novadocker.test.run";

    // Ids of these tests alone, so that what they load can be told and removed.
    private static readonly ImageId First = new(new Guid("7a51f3de-0000-4000-8000-000000000001"));
    private static readonly ImageId Second = new(new Guid("7a51f3de-0000-4000-8000-000000000002"));

    private readonly Dictionary<string, string> _run = new() { [RunLabel] = RandomNumberGenerator.GetHexString(10, lowercase: true) };

    [SkippableFact]
    public async Task Image_goes_into_the_Engine_out_of_it_and_in_again_and_stays_the_same()
    {
        await using var engine = RealEngine.OpenOrSkip();
        using var directory = new TemporaryDirectory();
        var store = new DirectoryImageStore(directory.Path, TimeProvider.System);
        var transfer = new ImageTransfer(
            engine,
            store,
            new ImageSettings { StoreDirectory = directory.Path },
            TimeProvider.System,
            NullLogger<ImageTransfer>.Instance);
        try
        {
            var image = await store.AddAsync(New(First), new MemoryStream(Loadable().Archive), ImageCaller.Nobody, default);
            var loaded = await transfer.LoadAsync(image, ImageCaller.Nobody, new ListProgress(), default);

            Assert.Equal(ImageSource.Store, loaded.Source);
            Assert.Equal(loaded.Tag, Assert.Single((await engine.FindImageAsync(loaded.EngineImageId, default))!.Tags));
            Assert.Null(await engine.FindImageAsync(UserTag, default));
            Assert.Equal(
                loaded with { Source = ImageSource.Engine }, await transfer.LoadAsync(image, ImageCaller.Nobody, new ListProgress(), default));

            var saved = await transfer.SaveAsync(loaded.Tag, New(Second), ImageCaller.Nobody, new ListProgress(), default);
            await engine.RemoveImageAsync(loaded.Tag, default);
            var again = await transfer.LoadAsync(saved, ImageCaller.Nobody, new ListProgress(), default);

            Assert.Equal((ImageSource.Store, loaded.EngineImageId), (again.Source, again.EngineImageId));
            Assert.Equal(again.Tag, Assert.Single((await engine.FindImageAsync(again.EngineImageId, default))!.Tags));
        }
        finally
        {
            await engine.RemoveImageAsync(ImageTags.ForImage(First), default);
            await engine.RemoveImageAsync(ImageTags.ForImage(Second), default);
        }
    }

    [SkippableFact]
    public async Task Image_whose_checksum_is_wrong_leaves_no_trace_in_the_Engine()
    {
        await using var engine = RealEngine.OpenOrSkip();
        var (archive, id) = Loadable();
        var transfer = new ImageTransfer(
            engine,
            new StubStore(() => new MemoryStream(archive)),
            new ImageSettings { StoreDirectory = "unused" },
            TimeProvider.System,
            NullLogger<ImageTransfer>.Instance);
        var promised = new ImageDescription(
            First, "wrong", ArchiveBuilder.Checksum([]), archive.Length, DateTimeOffset.UnixEpoch, NewProperties);

        try
        {
            var error = await Assert.ThrowsAsync<ImageStoreException>(
                () => transfer.LoadAsync(promised, ImageCaller.Nobody, new ListProgress(), default));

            Assert.Equal(FaultCode.ChecksumMismatch, error.Code);
            Assert.Null(await engine.FindImageAsync(ImageTags.ForImage(First), default));
            Assert.Null(await engine.FindImageAsync(UserTag, default));
            Assert.Null(await engine.FindImageAsync(id, default));
            Assert.Empty(await engine.ListImagesAsync(_run, default));

            // The label finds it where it is in the Engine.
            await engine.LoadImageAsync(new MemoryStream(archive), default);
            Assert.Single(await engine.ListImagesAsync(_run, default));
        }
        finally
        {
            await engine.RemoveImageAsync(UserTag, default);
            await engine.RemoveImageAsync(ImageTags.ForImage(First), default);
            await engine.RemoveImageAsync(id, default);
        }
    }

    private static EquatableMap<string> NewProperties => EquatableMap<string>.Empty;

    private static NewImage New(ImageId id) => new(id, "images-tests", NewProperties);

    /// <summary>An image with one layer that an Engine accepts, of this run alone, saved under a user's tag; and its id.</summary>
    private (byte[] Archive, string Id) Loadable()
    {
        var layer = new ArchiveBuilder().File("hello.txt", "images tests").Build();
        var config =
            $$"""
            {
              "architecture": "amd64", "os": "linux", "config": { "Cmd": ["/none"], "Labels": { "{{RunLabel}}": "{{_run[RunLabel]}}" } },
              "rootfs": { "type": "layers", "diff_ids": ["{{ArchiveBuilder.Checksum(layer)}}"] }
            }
            """;
        var archive = new ArchiveBuilder()
            .File("one/layer.tar", layer)
            .File("config.json", config)
            .Manifest(ArchiveBuilder.Image("config.json", [UserTag], "one/layer.tar"))
            .Build();
        return (archive, ArchiveBuilder.Checksum(Encoding.UTF8.GetBytes(config)));
    }
}
