using System.Collections.Immutable;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests;

/// <summary>A store that gives what a test hands it, and counts.</summary>
internal sealed class StubStore(Func<Stream> open) : IImageStore
{
    public int Opened { get; private set; }

    public byte[] Added { get; private set; } = [];

    public Task<ImmutableArray<ImageDescription>> ListAsync(
        string? name, ImageCaller caller, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImageDescription?> FindAsync(ImageId id, ImageCaller caller, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Stream> OpenReadAsync(ImageId id, long offset, ImageCaller caller, CancellationToken cancellationToken)
    {
        Opened++;
        return Task.FromResult(open());
    }

    public async Task<ImageDescription> AddAsync(
        NewImage image, Stream archive, ImageCaller caller, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        await archive.CopyToAsync(bytes, cancellationToken);
        Added = bytes.ToArray();
        return new ImageDescription(
            image.Id, image.Name, ArchiveBuilder.Checksum(Added), Added.Length, DateTimeOffset.UnixEpoch, image.Properties);
    }

    public Task RemoveAsync(ImageId id, ImageCaller caller, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
