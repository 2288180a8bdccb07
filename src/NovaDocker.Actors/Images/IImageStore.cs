using System.Collections.Immutable;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>
/// Where images come from and snapshots go to: Glance, or the embedded store of a host without OpenStack. Failures are
/// <see cref="ImageStoreException"/>.
/// </summary>
public interface IImageStore
{
    /// <summary>Every image that is complete, sorted by id.</summary>
    Task<ImmutableArray<ImageDescription>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One image by id; null where there is none.</summary>
    Task<ImageDescription?> FindAsync(ImageId id, CancellationToken cancellationToken);

    /// <summary>The image's archive from its first byte. NotFound where there is none. The caller disposes it.</summary>
    Task<Stream> OpenReadAsync(ImageId id, CancellationToken cancellationToken);

    /// <summary>
    /// Stores an archive whose length is not known in advance. Until it returns no other call sees the image; when it
    /// throws, nothing of it stays. An image of the same id that is complete is returned as it is and the archive is
    /// not read: a repeated upload does no harm.
    /// </summary>
    /// <param name="image">Identity, name and properties of the new image.</param>
    /// <param name="archive">The bytes.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    Task<ImageDescription> AddAsync(NewImage image, Stream archive, CancellationToken cancellationToken);

    /// <summary>Removes an image, also a half-stored one; one that is gone is no failure.</summary>
    Task RemoveAsync(ImageId id, CancellationToken cancellationToken);
}

/// <summary>An image to be stored.</summary>
/// <param name="Id">Its id, chosen by the caller so that a second attempt finds the first.</param>
/// <param name="Name">Its name.</param>
/// <param name="Properties">Free properties.</param>
public sealed record NewImage(ImageId Id, string Name, EquatableMap<string> Properties);
