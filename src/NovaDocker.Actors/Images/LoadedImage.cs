using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Actors.Images;

/// <summary>Where the bytes of an image came from.</summary>
public enum ImageSource
{
    /// <summary>The Engine had it already; nothing was moved.</summary>
    Engine = 1,

    /// <summary>The shared directory.</summary>
    SharedDirectory,

    /// <summary>The image store.</summary>
    Store,
}

/// <summary>An image that the Engine holds.</summary>
/// <param name="Tag">The tag to make containers of: <see cref="ImageTags.ForImage"/>.</param>
/// <param name="EngineImageId">The Engine's own id of it, <c>sha256:…</c>.</param>
/// <param name="Source">Where its bytes came from this time.</param>
public sealed record LoadedImage(string Tag, string EngineImageId, ImageSource Source)
{
    /// <summary>What it says of the containers that are made of it.</summary>
    public ContainerOptions Defaults { get; init; } = ContainerOptions.None;

    /// <summary>The same as a step's result.</summary>
    /// <param name="image">The image as the store describes it; null where it was not asked.</param>
    internal StepResult.ImageReady ToResult(ImageDescription? image)
    {
        var moved = Source == ImageSource.Engine ? null : image;
        return new StepResult.ImageReady(
            EngineImageId, moved?.Checksum ?? "", moved?.SizeBytes ?? 0, EventDescription.Kebab(Source)) { Defaults = Defaults };
    }
}
