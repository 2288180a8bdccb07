using System.Collections.Immutable;
using System.Security.Cryptography;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Testing;

/// <summary>An image store in memory that can be held and made to fail, and counts what it is asked.</summary>
public sealed class MemoryImageStore : IImageStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (ImageDescription Image, byte[] Bytes)> _images = new(StringComparer.Ordinal);
    private int _opened;
    private int _adding;

    /// <summary>How often an image was opened for reading.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>How many images are being stored at the moment.</summary>
    public int Adding => Volatile.Read(ref _adding);

    /// <summary>What every call meets before it does anything; null for nothing.</summary>
    public Func<Exception?> Fails { get; set; } = () => null;

    /// <summary>Holds the opening of an image: by its id.</summary>
    public Func<ImageId, HeldCall?> Holds { get; set; } = _ => null;

    /// <summary>The ids of the images stored, sorted.</summary>
    public ImmutableArray<string> Ids
    {
        get
        {
            lock (_gate)
                return [.. _images.Keys];
        }
    }

    /// <summary>The bytes of an image.</summary>
    public byte[] BytesOf(ImageId id)
    {
        lock (_gate)
            return _images[id.ToString()].Bytes;
    }

    /// <summary>Puts an image in.</summary>
    public ImageDescription Put(ImageId id, string name, byte[] bytes)
    {
        lock (_gate)
            return Store(new NewImage(id, name, EquatableMap<string>.Empty), bytes);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ImageDescription>> ListAsync(
        string? name, ImageCaller caller, CancellationToken cancellationToken) =>
        Call<ImmutableArray<ImageDescription>>(() =>
            [.. _images.Values.Select(entry => entry.Image).Where(image => name is null || image.Name == name)]);

    /// <inheritdoc/>
    public Task<ImageDescription?> FindAsync(ImageId id, ImageCaller caller, CancellationToken cancellationToken) =>
        Call(() => _images.TryGetValue(id.ToString(), out var entry) ? entry.Image : null);

    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(ImageId id, long offset, ImageCaller caller, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _opened);
        if (Holds(id) is { } held)
            await held.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await Call<Stream>(() => _images.TryGetValue(id.ToString(), out var entry)
            ? new MemoryStream(entry.Bytes, writable: false) { Position = offset }
            : throw new ImageStoreException(FaultCode.NotFound, $"There is no image {id}.")).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<ImageDescription> AddAsync(
        NewImage image, Stream archive, ImageCaller caller, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _adding);
        try
        {
            if (await FindAsync(image.Id, caller, cancellationToken).ConfigureAwait(false) is { } known)
                return known;
            if (Holds(image.Id) is { } held)
                await held.WaitAsync(cancellationToken).ConfigureAwait(false);
            using var bytes = new MemoryStream();
            await archive.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            return await Call(() => _images.TryGetValue(image.Id.ToString(), out var first) ? first.Image : Store(image, bytes.ToArray()))
                .ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ImageStoreException(FaultCode.Transient, $"Image {image.Id} could not be stored: {e.Message}", e);
        }
        finally
        {
            Interlocked.Decrement(ref _adding);
        }
    }

    /// <inheritdoc/>
    public Task RemoveAsync(ImageId id, ImageCaller caller, CancellationToken cancellationToken) =>
        Call(() => _images.Remove(id.ToString()));

    private ImageDescription Store(NewImage image, byte[] bytes)
    {
        var stored = new ImageDescription(
            image.Id, image.Name, $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}", bytes.Length,
            DateTimeOffset.UnixEpoch, image.Properties);
        _images[image.Id.ToString()] = (stored, bytes);
        return stored;
    }

    private Task<T> Call<T>(Func<T> work)
    {
        try
        {
            if (Fails() is { } error)
                return Task.FromException<T>(error);
            lock (_gate)
                return Task.FromResult(work());
        }
        catch (ImageStoreException e)
        {
            return Task.FromException<T>(e);
        }
    }
}
