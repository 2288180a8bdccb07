using System.Collections.Immutable;
using Docker.DotNet;
using Docker.DotNet.Models;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Docker;

/// <content>Images.</content>
internal sealed partial class DockerContainerEngine
{
    /// <inheritdoc/>
    public async Task<string> CommitContainerAsync(CommitSpec spec, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(spec.ContainerId);
        var parameters = new CommitContainerChangesParameters
        {
            ContainerID = spec.ContainerId,
            RepositoryName = spec.Repository,
            Tag = spec.Tag,
            Pause = spec.Pause,

            // In the body, which the Engine merges with the container's own: a LABEL instruction in the query would have
            // to be quoted as in a Dockerfile, which cannot quote a line break.
            Labels = new Dictionary<string, string>(spec.Labels, StringComparer.Ordinal),
        };
        await AgreeAsync(cancellationToken).ConfigureAwait(false);
        var committed = await _long.CallAsync(
            $"Commit container {spec.ContainerId} to {spec.Repository}:{spec.Tag}",
            (client, token) => client.Images.CommitContainerChangesAsync(parameters, token),
            cancellationToken).ConfigureAwait(false);
        return committed.ID;
    }

    /// <inheritdoc/>
    public async Task<EngineImage?> FindImageAsync(string reference, CancellationToken cancellationToken)
    {
        var path = EnginePath.OfImage(reference);
        try
        {
            var image = await ControlAsync(
                $"Inspect image {reference}",
                (client, token) => client.Images.InspectImageAsync(path, token),
                cancellationToken).ConfigureAwait(false);
            return EngineMapping.ToImage(image);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<EngineImage>> ListImagesAsync(
        IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var listed = await ControlAsync(
            "List images",
            (client, token) => client.Images.ListImagesAsync(
                new ImagesListParameters { Filters = EngineMapping.ToFilter(labels) }, token),
            cancellationToken).ConfigureAwait(false);
        return [.. listed.Select(EngineMapping.ToImage)];
    }

    /// <inheritdoc/>
    public Task LoadImageAsync(Stream archive, CancellationToken cancellationToken) =>
        SendAsync(
            "Load an image",
            archive,
            (client, upload, answer, token) => client.Images.LoadImageAsync(
                new ImageLoadParameters { Quiet = true }, upload, answer, token),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<string> ImportImageAsync(Stream fileSystem, ImportSpec spec, CancellationToken cancellationToken)
    {
        var what = $"Import image {spec.Repository}:{spec.Tag}";
        var parameters = new ImagesCreateParameters
        {
            FromSrc = "-",
            Repo = spec.Repository,
            Tag = spec.Tag,
            Changes = spec.Changes.IsEmpty ? null : [.. spec.Changes],
        };
        var answer = await SendAsync(
            what,
            fileSystem,
            (client, upload, answer, token) => client.Images.CreateImageAsync(parameters, upload, null, answer, token),
            cancellationToken).ConfigureAwait(false);
        return answer.LastStatus ?? throw new EngineException(EngineErrorKind.Transient, $"{what}: the answer names no image.");
    }

    /// <summary>Sends a stream in the body of a call that the Engine answers piece by piece.</summary>
    private async Task<UploadAnswer> SendAsync(
        string what,
        Stream body,
        Func<DockerClient, UploadStream, UploadAnswer, CancellationToken, Task> call,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        await AgreeAsync(cancellationToken).ConfigureAwait(false);

        var upload = new UploadStream(body, _settings.InactivityTimeout, _time);
        var answer = new UploadAnswer();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, upload.Stalled);
        try
        {
            await _long.CallAsync(what, (client, token) => call(client, upload, answer, token), either.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OperationCanceledException e) when (upload.Stalled.IsCancellationRequested)
        {
            throw new EngineException(
                EngineErrorKind.TimedOut,
                $"{what}: the Engine took no byte in {_settings.InactivityTimeout.TotalSeconds:0.###} s.",
                e);
        }
        catch
        {
            upload.ThrowIfSourceThrew();
            throw;
        }
        finally
        {
            await upload.EndAsync().ConfigureAwait(false);
        }

        upload.ThrowIfSourceThrew();
        return answer.Error is { } error ? throw new EngineException(EngineErrorKind.Invalid, $"{what}: {error}") : answer;
    }

    /// <inheritdoc/>
    public async Task<Stream> SaveImageAsync(string reference, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        var what = $"Save image {reference}";
        await AgreeAsync(cancellationToken).ConfigureAwait(false);
        await _long.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var body = await _long.CallInTurnAsync(
                what, (client, token) => client.Images.SaveImageAsync(reference, token), cancellationToken).ConfigureAwait(false);
            return new SavedImageStream(body, what, _settings.InactivityTimeout, _time, _long.Leave);
        }
        catch
        {
            _long.Leave();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task RemoveImageAsync(string reference, CancellationToken cancellationToken)
    {
        var path = EnginePath.OfImage(reference);
        try
        {
            await ControlAsync(
                $"Remove image {reference}",
                async (client, token) =>
                {
                    await client.Images.DeleteImageAsync(path, new ImageDeleteParameters(), token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.NotFound)
        {
            // It is gone, which is what was asked for.
        }
    }
}
