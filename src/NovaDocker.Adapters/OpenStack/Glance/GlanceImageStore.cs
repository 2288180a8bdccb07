using System.Collections.Immutable;
using System.Net;
using NovaDocker.Actors.Images;
using NovaDocker.Adapters.Images;
using NovaDocker.Adapters.OpenStack.Keystone;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Adapters.OpenStack.Glance;

/// <summary>
/// Glance as the image store. With a token of whoever asks, Glance says what there is for them; with the host's own
/// credentials, which see everything, <see cref="GlanceVisibility"/> does.
/// </summary>
/// <remarks>
/// An upload that breaks off leaves the record <c>queued</c>, as Glance makes it then; where Glance died meanwhile it stays
/// <c>saving</c> and takes no more bytes, so it can only be removed. Safe for concurrent use.
/// </remarks>
public sealed class GlanceImageStore : IImageStore, IDisposable
{
    private const int PageSize = 100;

    private readonly OpenStackHttp _http;
    private readonly TokenSource _tokens;
    private readonly GlanceClient _glance;
    private readonly KeyedGate<ImageId> _writers = new();
    private readonly GlanceVisibility _visibility;
    private readonly TimeSpan _inactivity;
    private readonly TimeProvider _time;

    /// <summary>Makes one. Nothing is asked of anybody yet.</summary>
    /// <param name="settings">How Keystone and Glance are reached.</param>
    /// <param name="inactivity">How long Glance may take no byte of an upload.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ImageStoreException">Invalid: the file of the authority cannot be used.</exception>
    public GlanceImageStore(OpenStackSettings settings, TimeSpan inactivity, TimeProvider time)
    {
        _http = new OpenStackHttp(settings, time);
        _tokens = new TokenSource(new KeystoneClient(_http, settings, time), time);
        _glance = new GlanceClient(_http, _tokens, settings);
        _visibility = new GlanceVisibility(_glance);
        _inactivity = inactivity;
        _time = time;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ImageDescription>> ListAsync(
        string? name, ImageCaller caller, CancellationToken cancellationToken)
    {
        var images = new Dictionary<ImageId, ImageDescription>();
        var first = FirstPage(name);
        await TakeAsync(first).ConfigureAwait(false);
        // A project's own ones for the community are in its list, but not in an administrator's.
        if (caller.ProjectId.Length > 0)
        {
            await TakeAsync($"{first}&visibility=community&owner={Uri.EscapeDataString(caller.ProjectId)}")
                .ConfigureAwait(false);
        }

        return [.. images.Values.OrderBy(image => image.Id.ToString(), StringComparer.Ordinal)];

        async Task TakeAsync(string? path)
        {
            while (path is not null)
            {
                (var page, path) = await _glance.ReadAsync(
                    GlanceRequest.List(path), caller.Token, GlanceImages.ParsePage, cancellationToken).ConfigureAwait(false);
                foreach (var image in page)
                {
                    // A Glance whose collation knows no case finds more.
                    if ((name is null || image.Name == name)
                        && await _visibility.IsListedAsync(image, caller.ProjectId, cancellationToken).ConfigureAwait(false))
                        images[image.Id] = image;
                }
            }
        }
    }

    /// <inheritdoc/>
    public async Task<ImageDescription?> FindAsync(ImageId id, ImageCaller caller, CancellationToken cancellationToken) =>
        await GetAsync(id, caller, cancellationToken).ConfigureAwait(false) is { } image
        && await _visibility.MaySeeAsync(image, caller.ProjectId, cancellationToken).ConfigureAwait(false)
            ? image
            : null;

    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(
        ImageId id, long offset, ImageCaller caller, CancellationToken cancellationToken)
    {
        if (caller.ProjectId.Length > 0 && await FindAsync(id, caller, cancellationToken).ConfigureAwait(false) is null)
            throw new ImageStoreException(FaultCode.NotFound, $"There is no image {id} in Glance for {caller.ProjectId}.");
        var response = await _glance.SendAsync(GlanceRequest.Download(id, offset), caller.Token, cancellationToken)
            .ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            response.Dispose();
            throw new ImageStoreException(FaultCode.Conflict, $"Image {id} has no bytes in Glance yet.");
        }

        var bytes = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        // Not every store behind Glance can begin in the middle; what is known already is read over then.
        if (offset > 0 && response.StatusCode != HttpStatusCode.PartialContent)
            await SkipAsync(id, bytes, offset, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    /// <inheritdoc/>
    public async Task<ImageDescription> AddAsync(
        NewImage image, Stream archive, ImageCaller caller, CancellationToken cancellationToken)
    {
        using var turn = await _writers.EnterAsync(image.Id, cancellationToken).ConfigureAwait(false);
        var found = await GetAsync(image.Id, caller, cancellationToken).ConfigureAwait(false);
        var record = found ?? await CreateAsync(image, caller, cancellationToken).ConfigureAwait(false);
        if (IsOfOthers(record, caller) && !GlanceRecord.IsMeantFor(image, record))
        {
            throw new ImageStoreException(
                FaultCode.Conflict, $"{Subject(image)} is in Glance already, and is not the project {caller.ProjectId}'s.");
        }

        if (record.State == ImageState.Active)
            return record;
        try
        {
            if (found is not null)
                record = await FillInAsync(image, record, caller, cancellationToken).ConfigureAwait(false);
            return await UploadAsync(image, record, archive, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (found is null && !image.IsTriedAgain && !IsInUseElsewhere(e))
        {
            // Nobody will come back to it. Where it cannot be removed either, its first failure is still the one to tell.
            await ((Task)RemoveAsync(image.Id, caller, CancellationToken.None))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(ImageId id, ImageCaller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, caller, cancellationToken).ConfigureAwait(false) is not { } image)
            return;
        if (IsOfOthers(image, caller))
        {
            throw new ImageStoreException(
                FaultCode.Denied, $"Image {id} ('{image.Name}') belongs to the project {image.Owner}, not to {caller.ProjectId}.");
        }

        try
        {
            using var response = await _glance.SendAsync(GlanceRequest.Delete(id), caller.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (ImageStoreException e) when (e.Code == FaultCode.NotFound)
        {
            // Somebody was faster, or the answer to an earlier attempt was lost.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tokens.Dispose();
        _http.Dispose();
    }

    private async Task<ImageDescription> CreateAsync(NewImage image, ImageCaller caller, CancellationToken cancellationToken)
    {
        var owner = caller.ProjectId.Length > 0 ? caller.ProjectId : null;
        try
        {
            return await DescribeAsync(
                GlanceRequest.Create(image.Id, GlanceRecord.Create(image, owner)), caller, cancellationToken).ConfigureAwait(false);
        }
        catch (ImageStoreException e) when (e.Code == FaultCode.Conflict)
        {
            // Made by an attempt whose answer was lost; or the id is that of an image that was deleted, and is never free again.
            if (await GetAsync(image.Id, caller, cancellationToken).ConfigureAwait(false) is { } made)
                return made;
            throw;
        }
    }

    private async Task<ImageDescription> FillInAsync(
        NewImage image, ImageDescription record, ImageCaller caller, CancellationToken cancellationToken)
    {
        if (record.State == ImageState.Saving)
        {
            throw new ImageStoreException(
                FaultCode.Transient,
                $"{Subject(image)} is being saved in Glance by somebody else, or by an upload that Glance did not survive.");
        }

        if (record.State != ImageState.Queued)
        {
            throw new ImageStoreException(
                FaultCode.Conflict, $"{Subject(image)} is {record.State} in Glance and takes no bytes; a queued one is expected.");
        }

        return GlanceRecord.Complete(image, record) is { } patch
            ? await DescribeAsync(GlanceRequest.Update(image.Id, patch), caller, cancellationToken).ConfigureAwait(false)
            : record;
    }

    private async Task<ImageDescription> UploadAsync(
        NewImage image, ImageDescription record, Stream archive, ImageCaller caller, CancellationToken cancellationToken)
    {
        using var content = new UploadContent(Subject(image), archive, _inactivity, _time);
        try
        {
            using var response = await _glance.SendAsync(GlanceRequest.Upload(record.Id, content), caller.Token, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception) when (content.SourceError is not null)
        {
            throw Broken(image, content.SourceError);
        }
        catch (ImageStoreException e) when (IsInUseElsewhere(e))
        {
            // Another host has stored it meanwhile.
            if (await GetAsync(record.Id, caller, cancellationToken).ConfigureAwait(false) is { State: ImageState.Active } other)
                return other;
            throw;
        }

        var stored = await GetAsync(record.Id, caller, cancellationToken).ConfigureAwait(false)
            ?? throw new ImageStoreException(FaultCode.NotFound, $"{Subject(image)} was removed from Glance while it was uploaded.");
        if (stored.State != ImageState.Active)
        {
            throw new ImageStoreException(
                FaultCode.Transient, $"{Subject(image)} was uploaded, and Glance has it as {stored.State} all the same.");
        }

        var checksum = content.Checksum;
        if (stored.SizeBytes == content.BytesSent
            && (stored.Checksum == checksum || !stored.Checksum.StartsWith($"{UploadContent.Algorithm}:", StringComparison.Ordinal)))
            return stored;

        // Nobody may boot from it.
        await RemoveAsync(record.Id, caller, cancellationToken).ConfigureAwait(false);
        throw new ImageStoreException(
            FaultCode.ChecksumMismatch,
            $"{Subject(image)} was sent as {content.BytesSent} bytes with {checksum}; Glance had {stored.SizeBytes} bytes with "
            + $"{stored.Checksum}, and it was removed.");
    }

    private static ImageStoreException Broken(NewImage image, Exception cause) => cause as ImageStoreException
        ?? new ImageStoreException(FaultCode.Transient, $"The archive of {Subject(image)} broke off: {cause.Message}", cause);

    private async Task<ImageDescription?> GetAsync(ImageId id, ImageCaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await DescribeAsync(GlanceRequest.Get(id), caller, cancellationToken).ConfigureAwait(false);
        }
        catch (ImageStoreException e) when (e.Code == FaultCode.NotFound)
        {
            return null;
        }
    }

    private Task<ImageDescription> DescribeAsync(
        GlanceRequest request, ImageCaller caller, CancellationToken cancellationToken) =>
        _glance.ReadAsync(request, caller.Token, GlanceImages.Parse, cancellationToken);

    private static bool IsOfOthers(ImageDescription image, ImageCaller caller) =>
        caller.ProjectId.Length > 0 && image.Owner != caller.ProjectId;

    /// <summary>True for the failures that say that somebody else is filling the record, or has removed it.</summary>
    private static bool IsInUseElsewhere(Exception e) =>
        e is ImageStoreException { Code: FaultCode.Conflict or FaultCode.NotFound };

    /// <summary>The operator is always given, since Glance would take what stands before a colon of the name for one.</summary>
    private static string FirstPage(string? name)
    {
        var page = $"images?status=active&container_format={ImageUse.ContainerFormat}&limit={PageSize}";
        return name is null ? page : $"{page}&name={Uri.EscapeDataString($"eq:{name}")}";
    }

    private async Task SkipAsync(ImageId id, Stream bytes, long count, CancellationToken cancellationToken)
    {
        try
        {
            var watched = new InactivityStream($"image {id}", bytes, _inactivity, _time);
            var buffer = new byte[64 * 1024];
            while (count > 0)
            {
                var read = await watched.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellationToken)
                    .ConfigureAwait(false);
                if (read == 0)
                    throw new IOException($"It ended {count} bytes before the place where it was to go on.");
                count -= read;
            }
        }
        catch
        {
            await bytes.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static string Subject(NewImage image) => $"Image {image.Id} ('{image.Name}')";
}
