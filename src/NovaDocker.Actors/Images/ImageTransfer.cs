using Microsoft.Extensions.Logging;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>
/// The one way by which image bytes get into the Engine and out of it. They stream: there is no temporary file, and
/// memory does not grow with the image. An image is in the Engine under its own tag only after every byte of its archive
/// was seen and the checksum was right.
/// </summary>
/// <remarks>Failures are <see cref="ImageStoreException"/> and <see cref="EngineException"/>. Safe for concurrent use.</remarks>
internal sealed partial class ImageTransfer
{
    private readonly IContainerEngine _engine;
    private readonly ArchiveDelivery _delivery;
    private readonly IImageStore _store;
    private readonly ImageSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<ImageTransfer> _logger;

    public ImageTransfer(
        IContainerEngine engine,
        IImageStore store,
        ImageSettings settings,
        TimeProvider time,
        ILogger<ImageTransfer> logger)
    {
        _engine = engine;
        _delivery = new ArchiveDelivery(engine);
        _store = store;
        _settings = settings;
        _time = time;
        _logger = logger;
    }

    /// <summary>Sees to it that the Engine holds the image under <see cref="ImageTags.ForImage"/>.</summary>
    /// <param name="image">The image as the store describes it.</param>
    /// <param name="caller">On whose behalf the store is asked for the bytes.</param>
    /// <param name="progress">Told now and then how far it has come; from the beginning again where a source is given up.</param>
    /// <param name="cancellationToken">Calls it off. Until the Engine has all of the image, nothing of it stays there.</param>
    public Task<LoadedImage> LoadAsync(
        ImageDescription image, ImageCaller caller, IProgress<TransferProgress> progress, CancellationToken cancellationToken) =>
        WithinTimeoutAsync(
            Subject(image.Id, image.Name), token => LoadOnceAsync(image, caller, progress, token), cancellationToken);

    /// <summary>Stores an image of the Engine in the image store. Its tags in the Engine do not matter there.</summary>
    /// <param name="engineImage">The image's tag or id in the Engine.</param>
    /// <param name="image">What it is to be in the store.</param>
    /// <param name="caller">On whose behalf it is stored.</param>
    /// <param name="progress">Told now and then how far it has come; the total is not known.</param>
    /// <param name="cancellationToken">Calls it off; nothing of the image stays in the store.</param>
    public Task<ImageDescription> SaveAsync(
        string engineImage,
        NewImage image,
        ImageCaller caller,
        IProgress<TransferProgress> progress,
        CancellationToken cancellationToken)
    {
        var subject = Subject(image.Id, image.Name);
        return WithinTimeoutAsync(subject, SaveOnceAsync, cancellationToken);

        async Task<ImageDescription> SaveOnceAsync(CancellationToken token)
        {
            var saved = await _engine.SaveImageAsync(engineImage, token).ConfigureAwait(false);
            var archive = new ProgressStream(Watched(subject, saved), progress, total: null);
            await using var closing = archive.ConfigureAwait(false);
            try
            {
                return await _store.AddAsync(image, archive, caller, token).ConfigureAwait(false);
            }
            catch (ImageStoreException e) when (e.Code == FaultCode.Invalid)
            {
                // What fails at the Engine once it has begun to answer ends the answer like any other. It may pass.
                throw new ImageStoreException(FaultCode.Transient, $"The Engine gave a broken archive. {e.Message}", e);
            }
        }
    }

    /// <summary>The image as the Engine holds it already; null where it does not.</summary>
    public async Task<LoadedImage?> FindLoadedAsync(ImageId id, CancellationToken cancellationToken)
    {
        var tag = ImageTags.ForImage(id);
        return await _engine.FindImageAsync(tag, cancellationToken).ConfigureAwait(false) is { } present
            ? new LoadedImage(tag, present.Id, ImageSource.Engine) { Defaults = present.Defaults }
            : null;
    }

    private static string Subject(ImageId id, string name) => $"image {id} ('{name}')";

    private async Task<LoadedImage> LoadOnceAsync(
        ImageDescription image, ImageCaller caller, IProgress<TransferProgress> progress, CancellationToken cancellationToken)
    {
        if (await FindLoadedAsync(image.Id, cancellationToken).ConfigureAwait(false) is { } present)
            return present;

        if (OpenShared(image) is { } shared)
        {
            try
            {
                return await LoadFromAsync(Watched(Subject(image.Id, image.Name), shared), image, ImageSource.SharedDirectory, progress, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (ImageStoreException e)
            {
                LogSharedRefused(_logger, image.Id, shared.Name, e.Message);
            }
        }

        return await LoadFromAsync(Stored(image, caller), image, ImageSource.Store, progress, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The image's bytes from the store, taken up again where they break off.</summary>
    private ResumingStream Stored(ImageDescription image, ImageCaller caller)
    {
        var subject = Subject(image.Id, image.Name);
        return new ResumingStream(
            subject,
            image.SizeBytes,
            async (offset, cancellationToken) => Watched(
                subject, await _store.OpenReadAsync(image.Id, offset, caller, cancellationToken).ConfigureAwait(false)),
            _settings.Resume,
            _time,
            (position, fault) => LogResumed(_logger, image.Id, position, image.SizeBytes, fault.Message));
    }

    /// <summary>The image's file in the shared directory; null where there is none that could be it.</summary>
    private FileStream? OpenShared(ImageDescription image)
    {
        if (_settings.SharedDirectory is not { } directory)
            return null;

        foreach (var name in new[] { image.Id.ToString(), image.Name })
        {
            // An image may be called anything; only what names a file of this very directory is looked for.
            if (name.Length == 0 || name.Contains('\0') || Path.GetFileName(name) != name)
                continue;
            var path = Path.Combine(directory, name + ".tar");
            try
            {
                var file = new FileStream(path, new FileStreamOptions
                {
                    Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                    BufferSize = 0,
                });
                if (file.Length == image.SizeBytes)
                    return file;
                LogSharedRefused(
                    _logger, image.Id, path, $"It has {file.Length} bytes where the image has {image.SizeBytes}.");
                file.Dispose();
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // The next name, or the store.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogSharedRefused(_logger, image.Id, path, e.Message);
            }
        }

        return null;
    }

    private async Task<LoadedImage> LoadFromAsync(
        Stream source,
        ImageDescription image,
        ImageSource kind,
        IProgress<TransferProgress> progress,
        CancellationToken cancellationToken)
    {
        var subject = Subject(image.Id, image.Name);
        var tag = ImageTags.ForImage(image.Id);
        await using var closing = source.ConfigureAwait(false);
        var verifying = new VerifyingStream(
            subject, new ProgressStream(source, progress, image.SizeBytes), image.Checksum);
        await using var finishing = verifying.ConfigureAwait(false);
        var sent = await _delivery.DeliverAsync(subject, verifying, image, cancellationToken).ConfigureAwait(false);
        var loaded = await ConfirmAsync(subject, tag, sent, cancellationToken).ConfigureAwait(false);
        return new LoadedImage(tag, loaded.Id, kind) { Defaults = loaded.Defaults };
    }

    /// <summary>Looks the image up under its new tag and makes sure that it is the one that was sent.</summary>
    /// <remarks>
    /// The classic image store of an Engine names an image by its configuration's digest. The containerd store names it
    /// by another one, and finds either nothing or that same image under the configuration's.
    /// </remarks>
    private async Task<EngineImage> ConfirmAsync(
        string subject, string tag, string configDigest, CancellationToken cancellationToken)
    {
        var tagged = await _engine.FindImageAsync(tag, cancellationToken).ConfigureAwait(false)
            ?? throw new ImageStoreException(
                FaultCode.Transient, $"The Engine took the archive of {subject} but has no image {tag}.");
        if (tagged.Id == configDigest)
            return tagged;

        var sent = await _engine.FindImageAsync(configDigest, cancellationToken).ConfigureAwait(false);
        if (sent is not null && sent.Id != tagged.Id)
        {
            throw new ImageStoreException(
                FaultCode.Conflict,
                $"The Engine's tag {tag} of {subject} stands for {tagged.Id} where {configDigest} was loaded; " +
                "something else moved the tag. Remove the tag and try again.");
        }

        return tagged;
    }

    private InactivityStream Watched(string subject, Stream source) =>
        new(subject, source, _settings.InactivityTimeout, _time);

    private async Task<T> WithinTimeoutAsync<T>(
        string subject, Func<CancellationToken, Task<T>> transfer, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_settings.TransferTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await transfer(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ImageStoreException(
                FaultCode.TimedOut,
                $"The transfer of {subject} took longer than {_settings.TransferTimeout.TotalMinutes:0.#} min.",
                e);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Image {ImageId} is not taken from {Path} but from the image store: {Reason}")]
    private static partial void LogSharedRefused(ILogger logger, ImageId imageId, string path, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The download of image {ImageId} goes on at byte {Position} of {Total}: {Reason}")]
    private static partial void LogResumed(ILogger logger, ImageId imageId, long position, long total, string reason);
}
