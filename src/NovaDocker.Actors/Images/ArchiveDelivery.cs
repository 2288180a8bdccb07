using System.IO.Pipelines;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Images.Archives;
using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>
/// Brings the archive of an image into the Engine by the call that it needs. Reading the archive and sending it go side by
/// side, with a bounded pipe between; a wrong archive breaks off what is sent, and the Engine drops it.
/// </summary>
/// <param name="engine">The Engine.</param>
internal sealed class ArchiveDelivery(IContainerEngine engine)
{
    private const int BufferedBytes = 1024 * 1024;
    private const int SegmentBytes = 64 * 1024;

    private ImagePlatform? _platform;

    /// <summary>Brings it in, under <see cref="ImageTags.ForImage"/>.</summary>
    /// <param name="subject">What the archive is, for an error message: <c>image … ('name')</c>.</param>
    /// <param name="source">The archive.</param>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <returns>The id that the image is to have in the Engine.</returns>
    public async Task<string> DeliverAsync(
        string subject, VerifyingStream source, ImageDescription image, CancellationToken cancellationToken)
    {
        if (ArchiveForms.Of(subject, image.Properties) == ArchiveForm.Export)
        {
            var (_, id) = await PumpAsync(
                (copy, token) => RootFileSystemArchive.CopyAsync(
                    subject, source, copy, new ArchiveSelection(image.Name), source.Verify, token),
                (copy, token) => engine.ImportImageAsync(
                    copy, new ImportSpec(ImageTags.ImageRepository, image.Id.ToString(), Changes: []), token),
                cancellationToken).ConfigureAwait(false);
            return id;
        }

        var platform = await PlatformAsync(cancellationToken).ConfigureAwait(false);
        var selection = new ArchiveSelection(image.Name) { Platform = platform };
        var (contents, _) = await PumpAsync(
            (copy, token) => DockerArchive.RetagAsync(
                subject, source, copy, ImageTags.ForImage(image.Id), selection, source.Verify, token),
            async (copy, token) =>
            {
                await engine.LoadImageAsync(copy, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return contents.ConfigDigest;
    }

    /// <summary>The Engine's platform, which stays what it is.</summary>
    private async Task<ImagePlatform> PlatformAsync(CancellationToken cancellationToken) =>
        _platform ??= ImagePlatform.Of(await engine.GetInfoAsync(cancellationToken).ConfigureAwait(false));

    private static async Task<(TRead Read, TSent Sent)> PumpAsync<TRead, TSent>(
        Func<Stream, CancellationToken, Task<TRead>> read,
        Func<Stream, CancellationToken, Task<TSent>> send,
        CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new PipeOptions(
            pauseWriterThreshold: BufferedBytes,
            resumeWriterThreshold: BufferedBytes / 2,
            minimumSegmentSize: SegmentBytes,
            useSynchronizationContext: false));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(read, pipe.Writer, stop.Token);
        TSent sent;
        try
        {
            sent = await send(pipe.Reader.AsStream(leaveOpen: true), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await pipe.Reader.CompleteAsync(e).ConfigureAwait(false);
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // What was wrong with the archive is the cause, whatever the Engine made of a stream that broke off.
            if (reading.Exception?.InnerException is ImageStoreException cause)
                throw cause;
            throw;
        }

        await pipe.Reader.CompleteAsync().ConfigureAwait(false);
        return (await reading.ConfigureAwait(false), sent);
    }

    private static async Task<T> ReadAsync<T>(
        Func<Stream, CancellationToken, Task<T>> read, PipeWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            var result = await read(writer.AsStream(leaveOpen: true), cancellationToken).ConfigureAwait(false);
            await writer.CompleteAsync().ConfigureAwait(false);
            return result;
        }
        catch (Exception e)
        {
            await writer.CompleteAsync(e).ConfigureAwait(false);
            throw;
        }
    }
}
