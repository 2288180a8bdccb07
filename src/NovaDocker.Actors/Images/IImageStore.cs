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
    /// <summary>Every image that is active and that the caller may see, sorted by id.</summary>
    /// <param name="name">Only those that are called so; null for all.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    Task<ImmutableArray<ImageDescription>> ListAsync(string? name, ImageCaller caller, CancellationToken cancellationToken);

    /// <summary>
    /// One image by id, in whatever state; null where there is none, or none that the caller may see. Whether it may be
    /// used is for <see cref="ImageUse.Problem"/> to say.
    /// </summary>
    Task<ImageDescription?> FindAsync(ImageId id, ImageCaller caller, CancellationToken cancellationToken);

    /// <summary>
    /// The image's archive from a byte on. NotFound where there is none, or none that the caller may see. The caller disposes
    /// it. A connection that breaks off shows as an <see cref="IOException"/> of the stream.
    /// </summary>
    Task<Stream> OpenReadAsync(ImageId id, long offset, ImageCaller caller, CancellationToken cancellationToken);

    /// <summary>
    /// Stores an archive whose length is not known in advance. Until it returns no other call sees an active image; when it
    /// throws, nothing of it stays (but see <see cref="NewImage.IsTriedAgain"/>). An image of the same id that is active is returned as it is and the archive is
    /// not read: a repeated upload does no harm. One that is queued, as Nova makes them for its snapshots, is filled.
    /// </summary>
    /// <param name="image">Identity, name and properties of the new image.</param>
    /// <param name="archive">The bytes.</param>
    /// <param name="caller">On whose behalf: the image belongs to that project.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    Task<ImageDescription> AddAsync(NewImage image, Stream archive, ImageCaller caller, CancellationToken cancellationToken);

    /// <summary>Removes an image, also a half-stored one; one that is gone is no failure.</summary>
    Task RemoveAsync(ImageId id, ImageCaller caller, CancellationToken cancellationToken);
}

/// <summary>An image to be stored.</summary>
/// <param name="Id">Its id, chosen by the caller so that a second attempt finds the first.</param>
/// <param name="Name">Its name.</param>
/// <param name="Properties">Free properties.</param>
public sealed record NewImage(ImageId Id, string Name, EquatableMap<string> Properties)
{
    /// <summary>
    /// True keeps its record, without bytes, where storing them fails, since a store may give an id once only: the next
    /// attempt fills it, and <see cref="IImageStore.RemoveAsync"/> takes it away.
    /// </summary>
    public bool IsTriedAgain { get; init; }
}
