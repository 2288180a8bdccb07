using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>The names under which images stand in the Engine. A tag of a user's own is never made, moved or removed.</summary>
public static class ImageTags
{
    /// <summary>The repository of images loaded from the image store; the tag is the image's id there.</summary>
    public const string ImageRepository = "novadocker/image";

    /// <summary>The repository of snapshots on their way to the image store; the tag is the image's id there.</summary>
    public const string SnapshotRepository = "novadocker/snapshot";

    /// <summary>The tag of a loaded image: <c>novadocker/image:&lt;id&gt;</c>.</summary>
    public static string ForImage(ImageId id) => $"{ImageRepository}:{id}";

    /// <summary>The image that a tag of a loaded image stands for; null for any other tag.</summary>
    public static ImageId? ImageOf(string tag) =>
        tag.StartsWith($"{ImageRepository}:", StringComparison.Ordinal)
            && ImageId.TryParse(tag[(ImageRepository.Length + 1)..], out var id) && tag == ForImage(id)
            ? id
            : null;

    /// <summary>The tag of a committed snapshot: <c>novadocker/snapshot:&lt;id&gt;</c>.</summary>
    public static string ForSnapshot(ImageId id) => $"{SnapshotRepository}:{id}";
}
