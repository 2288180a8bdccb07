using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Images;

/// <summary>Whether an image of the store may become containers.</summary>
public static class ImageUse
{
    /// <summary>The container format of images that an Engine can be given, as Glance calls it.</summary>
    public const string ContainerFormat = "docker";

    /// <summary>Why it cannot be used; null where it can.</summary>
    public static Fault? Problem(ImageDescription image)
    {
        var subject = $"Image {image.Id} ('{image.Name}')";
        return image.State switch
        {
            ImageState.Active when image.ContainerFormat != ContainerFormat => new Fault(
                FaultCode.Invalid,
                $"{subject} has the container format '{image.ContainerFormat}'; '{ContainerFormat}' is expected "
                + "(openstack image create --container-format docker --disk-format raw)."),
            ImageState.Active => null,
            ImageState.Queued => new Fault(
                FaultCode.Conflict, $"{subject} is queued: its bytes have not been uploaded yet."),
            ImageState.Saving or ImageState.Importing => new Fault(
                FaultCode.Conflict, $"{subject} is {Word(image.State)}: its bytes are still on their way into the store."),
            ImageState.Killed => new Fault(
                FaultCode.Invalid, $"{subject} is killed: its upload failed, and it has to be created anew."),
            ImageState.Deactivated => new Fault(
                FaultCode.Denied, $"{subject} is deactivated: an administrator has to reactivate it before it can be used."),
            _ => new Fault(FaultCode.NotFound, $"{subject} is deleted."),
        };
    }

    /// <summary>Why a flavor is too small for the image; null where it is not.</summary>
    /// <param name="image">The image.</param>
    /// <param name="memoryMb">The flavor's memory, MiB.</param>
    public static string? ShortageOf(ImageDescription image, long memoryMb) => memoryMb < image.MinRamMb
        ? $"Image {image.Id} ('{image.Name}') needs {image.MinRamMb} MiB of memory (min_ram); the flavor has {memoryMb}."
        : null;

    private static string Word(ImageState state) => state == ImageState.Saving ? "saving" : "importing";
}
