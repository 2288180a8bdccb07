using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Images.Archives;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Adapters.Images;

/// <summary>
/// The embedded image store: a directory with an archive <c>&lt;id&gt;.tar</c> and its metadata
/// <c>&lt;id&gt;.json</c> for each image. The metadata get their name last, so that an image is either there whole or
/// not at all, whenever the power fails.
/// </summary>
/// <remarks>
/// It knows no projects: everybody sees every image. Made for one process per directory; other processes may read. Files that are not named like this are left alone.
/// </remarks>
public sealed partial class DirectoryImageStore : IImageStore
{
    private const int MaxMetadataBytes = 1024 * 1024;
    private const int WriteBytes = 256 * 1024;

    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly KeyedGate<ImageId> _writers = new();

    /// <summary>Makes a store of a directory, which need not exist yet.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="time">The clock that images are dated by.</param>
    /// <param name="logger">Told of images that cannot be listed.</param>
    public DirectoryImageStore(string directory, TimeProvider time, ILogger<DirectoryImageStore>? logger = null)
    {
        _directory = Path.GetFullPath(directory);
        _time = time;
        _logger = logger ?? NullLogger<DirectoryImageStore>.Instance;
    }

    /// <summary>
    /// Creates the directory where it is missing and removes what an earlier process left half-written. To be called
    /// once, before the store is used.
    /// </summary>
    /// <returns>How many files were removed.</returns>
    /// <exception cref="ImageStoreException">Unavailable: the directory cannot be made or written.</exception>
    public int RemovePartials()
    {
        try
        {
            Directory.CreateDirectory(_directory);
            var removed = 0;
            foreach (var path in Directory.GetFiles(_directory, "*" + StoreFiles.PartialEnding))
            {
                var metadata = StoreFiles.Of(path, StoreFiles.PartialMetadataEnding);
                if (metadata is { } files && !File.Exists(files.Metadata))
                    removed += Remove(files.Archive);
                if (metadata is not null || StoreFiles.Of(path, StoreFiles.PartialArchiveEnding) is not null)
                    removed += Remove(path);
            }

            return removed;
        }
        catch (Exception e) when (StoreErrors.IsFileError(e))
        {
            throw StoreErrors.Cannot("clean up", _directory, e);
        }
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ImageDescription>> ListAsync(
        string? name, ImageCaller caller, CancellationToken cancellationToken)
    {
        var images = ImmutableArray.CreateBuilder<ImageDescription>();
        foreach (var path in MetadataFiles())
        {
            if (StoreFiles.Of(path, StoreFiles.MetadataEnding) is not { } files)
                continue;
            try
            {
                if (await ReadMetadataAsync(files, cancellationToken).ConfigureAwait(false) is { } image && (name is null || image.Name == name))
                    images.Add(image);
            }
            catch (ImageStoreException e)
            {
                LogLeftOut(_logger, files.Id, e.Message);
            }
        }

        images.Sort((a, b) => string.CompareOrdinal(a.Id.ToString(), b.Id.ToString()));
        return images.DrainToImmutable();
    }

    /// <inheritdoc/>
    public Task<ImageDescription?> FindAsync(ImageId id, ImageCaller caller, CancellationToken cancellationToken) =>
        ReadMetadataAsync(new StoreFiles(_directory, id), cancellationToken);

    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(
        ImageId id, long offset, ImageCaller caller, CancellationToken cancellationToken)
    {
        var files = new StoreFiles(_directory, id);
        var image = await ReadMetadataAsync(files, cancellationToken).ConfigureAwait(false)
            ?? throw new ImageStoreException(FaultCode.NotFound, $"There is no image {id} in {_directory}.");
        try
        {
            var file = new FileStream(files.Archive, new FileStreamOptions
            {
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                BufferSize = 0,
            });
            var length = file.Length;
            if (length != image.SizeBytes)
            {
                await file.DisposeAsync().ConfigureAwait(false);
                throw new ImageStoreException(
                    FaultCode.Invalid,
                    $"The archive {files.Archive} of image {id} ('{image.Name}') has {length} bytes where {image.SizeBytes} "
                    + "were stored; remove the image and add it anew.");
            }

            file.Position = offset;
            return file;
        }
        catch (FileNotFoundException e)
        {
            throw new ImageStoreException(
                FaultCode.Invalid, $"Image {id} ('{image.Name}') has lost its archive {files.Archive}; add it anew.", e);
        }
        catch (Exception e) when (StoreErrors.IsFileError(e))
        {
            throw StoreErrors.Cannot("read", files.Archive, e);
        }
    }

    /// <inheritdoc/>
    public async Task<ImageDescription> AddAsync(
        NewImage image, Stream archive, ImageCaller caller, CancellationToken cancellationToken)
    {
        using var turn = await _writers.EnterAsync(image.Id, cancellationToken).ConfigureAwait(false);
        var files = new StoreFiles(_directory, image.Id);
        if (await ReadMetadataAsync(files, cancellationToken).ConfigureAwait(false) is { } present)
            return present;

        var complete = false;
        try
        {
            Directory.CreateDirectory(_directory);
            var description = await WriteArchiveAsync(files, image, archive, cancellationToken).ConfigureAwait(false);
            await WriteMetadataAsync(files, description, cancellationToken).ConfigureAwait(false);
            File.Move(files.PartialArchive, files.Archive, overwrite: true);
            File.Move(files.PartialMetadata, files.Metadata, overwrite: true);
            complete = true;
            return description;
        }
        catch (Exception e) when (StoreErrors.IsFileError(e))
        {
            throw StoreErrors.Cannot("write", files.PartialArchive, e);
        }
        finally
        {
            if (!complete)
                RemoveQuietly(files);
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(ImageId id, ImageCaller caller, CancellationToken cancellationToken)
    {
        using var turn = await _writers.EnterAsync(id, cancellationToken).ConfigureAwait(false);
        var files = new StoreFiles(_directory, id);
        try
        {
            // The metadata first: from then on the image is gone, also where the next step is not reached.
            Remove(files.Metadata);
            RemoveRest(files);
        }
        catch (Exception e) when (StoreErrors.IsFileError(e))
        {
            throw StoreErrors.Cannot("remove", files.Archive, e);
        }
    }

    private async Task<ImageDescription> WriteArchiveAsync(
        StoreFiles files, NewImage image, Stream archive, CancellationToken cancellationToken)
    {
        var file = new FileStream(files.PartialArchive, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            BufferSize = WriteBytes,
        });
        await using var closing = file.ConfigureAwait(false);
        var copying = new CopyingStream(archive, file);
        await using var finishing = copying.ConfigureAwait(false);
        await ArchiveForms.InspectAsync(
            $"image {image.Id} ('{image.Name}')", copying, image.Properties, new ArchiveSelection(image.Name), cancellationToken)
            .ConfigureAwait(false);

        await file.FlushAsync(cancellationToken).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
        return new ImageDescription(
            image.Id, image.Name, copying.FinishChecksum(), copying.BytesCopied, _time.GetUtcNow(), image.Properties);
    }

    private static async Task WriteMetadataAsync(
        StoreFiles files, ImageDescription image, CancellationToken cancellationToken)
    {
        var file = new FileStream(files.PartialMetadata, FileMode.Create, FileAccess.Write, FileShare.None);
        await using var closing = file.ConfigureAwait(false);
        await JsonSerializer.SerializeAsync(file, StoredImage.Of(image), StoredImageJson.Default.StoredImage, cancellationToken)
            .ConfigureAwait(false);
        await file.FlushAsync(cancellationToken).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
    }

    private static async Task<ImageDescription?> ReadMetadataAsync(StoreFiles files, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(files.Metadata, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            await using var closing = file.ConfigureAwait(false);
            if (file.Length > MaxMetadataBytes)
                throw Unreadable($"it is longer than {MaxMetadataBytes} bytes");
            var stored = await JsonSerializer.DeserializeAsync(file, StoredImageJson.Default.StoredImage, cancellationToken)
                .ConfigureAwait(false);
            return stored switch
            {
                null => throw Unreadable("it holds nothing"),
                { Format: not StoredImage.CurrentFormat } => throw Unreadable($"its format {stored.Format} is unknown"),
                _ when stored.Id != files.Id.Value => throw Unreadable($"it describes the image {stored.Id}"),
                _ => stored.ToDescription(),
            };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw Unreadable(e.Message);
        }
        catch (Exception e) when (StoreErrors.IsFileError(e))
        {
            throw StoreErrors.Cannot("read", files.Metadata, e);
        }

        ImageStoreException Unreadable(string reason) => new(
            FaultCode.Invalid, $"The image metadata {files.Metadata} cannot be used: {reason}. Mend the file or remove the image.");
    }

    private string[] MetadataFiles()
    {
        try
        {
            return Directory.GetFiles(_directory, "*" + StoreFiles.MetadataEnding);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (StoreErrors.IsFileError(e))
        {
            throw StoreErrors.Cannot("list", _directory, e);
        }
    }

    private void RemoveQuietly(StoreFiles files)
    {
        try
        {
            RemoveRest(files);
        }
        catch (Exception e) when (StoreErrors.IsFileError(e))
        {
            // The failure that brought us here is the one to report; what stays is removed at the next start.
            LogLeftBehind(_logger, files.Id, e.Message);
        }
    }

    private static void RemoveRest(StoreFiles files)
    {
        Remove(files.Archive);
        Remove(files.PartialArchive);
        Remove(files.PartialMetadata);
    }

    private static int Remove(string path)
    {
        if (!File.Exists(path))
            return 0;
        File.Delete(path);
        return 1;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Image {ImageId} is left out of the list: {Reason}")]
    private static partial void LogLeftOut(ILogger logger, ImageId imageId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Half-written files of image {ImageId} could not be removed: {Reason}")]
    private static partial void LogLeftBehind(ILogger logger, ImageId imageId, string reason);
}
