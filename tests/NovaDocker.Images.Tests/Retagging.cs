using NovaDocker.Actors.Images;
using NovaDocker.Actors.Images.Archives;
using NovaDocker.Domain.Common;

namespace NovaDocker.Images.Tests;

/// <summary>Retags an archive in memory, for tests of what comes out.</summary>
internal static class Retagging
{
    public const string Tag = "novadocker/image:1";

    /// <summary>The copy's entries and what was found.</summary>
    public static async Task<(Dictionary<string, string> Copy, ArchiveContents Contents)> RunAsync(
        byte[] archive, string name = "busybox", ImagePlatform? platform = null)
    {
        var (copy, contents) = await RunRawAsync(archive, new ArchiveSelection(name) { Platform = platform });
        return (ArchiveBuilder.Read(copy), contents);
    }

    /// <summary>The copy's bytes and what was found.</summary>
    public static async Task<(byte[] Copy, ArchiveContents Contents)> RunRawAsync(byte[] archive, ArchiveSelection selection)
    {
        var copy = new MemoryStream();
        var contents = await DockerArchive.RetagAsync(
            "image 1", new MemoryStream(archive), copy, Tag, selection, () => { }, default);
        return (copy.ToArray(), contents);
    }

    /// <summary>The reason for which an archive is refused, as Invalid.</summary>
    public static async Task<string> RefusalAsync(byte[] archive, string name = "busybox", ImagePlatform? platform = null)
    {
        var copy = new MemoryStream();
        var selection = new ArchiveSelection(name) { Platform = platform };
        var error = await Assert.ThrowsAsync<ImageStoreException>(() => DockerArchive.RetagAsync(
            "image 1", new MemoryStream(archive), copy, Tag, selection, () => { }, default));
        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.StartsWith("The archive of image 1 is refused: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Tag, System.Text.Encoding.Latin1.GetString(copy.ToArray()), StringComparison.Ordinal);
        return error.Message;
    }
}
