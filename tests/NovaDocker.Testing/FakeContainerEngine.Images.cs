using System.Collections.Immutable;
using System.Text.Json;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Testing;

/// <content>Images.</content>
public sealed partial class FakeContainerEngine
{
    /// <inheritdoc/>
    public Task<string> CommitContainerAsync(CommitSpec spec, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.CommitContainer,
            spec.ContainerId,
            () =>
            {
                var container = Get(spec.ContainerId);
                var made = FakeImageConfig.Commit(GetImage(container.ImageId), container.Spec, spec.Labels);
                return Put(made with { Tags = [$"{spec.Repository}:{spec.Tag}"] });
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<EngineImage?> FindImageAsync(string reference, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.FindImage,
            reference,
            () => FindImage(reference) is { } image
                ? ToEngineImage(image) with { Defaults = FakeImageConfig.DefaultsOf(image) }
                : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<EngineImage>> ListImagesAsync(
        IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        CallAsync<ImmutableArray<EngineImage>>(
            EngineCall.ListImages,
            TextOf(labels),
            () => [.. _images.Values.Where(i => Carries(i.Labels, labels)).Select(ToEngineImage)],
            cancellationToken);

    /// <inheritdoc/>
    public async Task LoadImageAsync(Stream archive, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await (Faults.LoadedThrough?.Invoke(archive) ?? archive).CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
        whole.Position = 0;
        DockerArchive? image = null;
        try
        {
            image = await DockerArchive.ReadAsync(whole, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            // The call fails below, in its turn, and is counted.
        }

        await CallAsync(
            EngineCall.LoadImage,
            image?.Tags.FirstOrDefault() ?? "",
            () => Put(image ?? throw new EngineException(EngineErrorKind.Invalid, "Load an image: it is no archive.")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<string> ImportImageAsync(Stream fileSystem, ImportSpec spec, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await (Faults.LoadedThrough?.Invoke(fileSystem) ?? fileSystem).CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
        var tag = $"{spec.Repository}:{spec.Tag}";
        return await CallAsync(
            EngineCall.ImportImage,
            tag,
            () => DockerArchive.IsTar(whole.ToArray())
                ? Put(FakeImageConfig.Imported(tag, spec.Changes, whole.ToArray()))
                : throw new EngineException(EngineErrorKind.Transient, $"Import image {tag}: it is no tar."),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Stream> SaveImageAsync(string reference, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.SaveImage,
            reference,
            fault =>
            {
                var archive = new MemoryStream(GetImage(reference).ToBytes());
                return fault.SavedThrough?.Invoke(archive) ?? archive;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveImageAsync(string reference, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.RemoveImage,
            reference,
            () =>
            {
                if (FindImage(reference) is not { } image)
                    return;

                var rest = image.Tags.Remove(WithTag(reference));
                var byId = rest.Length == image.Tags.Length;
                if (!byId && rest.Length > 0)
                {
                    _images[image.Id] = image with { Tags = rest };
                    return;
                }

                if ((byId && image.Tags.Length > 1) || _containers.Values.Any(c => c.ImageId == image.Id))
                    throw new EngineException(EngineErrorKind.Conflict, $"Remove image {reference}: it is in use.");

                _images.Remove(image.Id);
            },
            cancellationToken);

    /// <summary>Puts an image in and moves its tags over from whatever held them.</summary>
    private string Put(DockerArchive image)
    {
        foreach (var other in _images.Values.Where(i => i.Id != image.Id).ToList())
            _images[other.Id] = other with { Tags = other.Tags.RemoveRange(image.Tags) };

        var known = _images.TryGetValue(image.Id, out var before) ? before.Tags : [];
        _images[image.Id] = image with { Tags = [.. known.Union(image.Tags, StringComparer.Ordinal)] };
        return image.Id;
    }

    private DockerArchive? FindImage(string reference) =>
        _images.GetValueOrDefault(reference) ?? _images.Values.FirstOrDefault(i => i.Tags.Contains(WithTag(reference)));

    private DockerArchive GetImage(string reference) =>
        FindImage(reference) ?? throw new EngineException(EngineErrorKind.NotFound, $"There is no image {reference}.");

    /// <summary>A reference without a tag means <c>latest</c>.</summary>
    private static string WithTag(string reference) =>
        reference.LastIndexOf(':') > reference.LastIndexOf('/') ? reference : $"{reference}:latest";

    private static EngineImage ToEngineImage(DockerArchive image) =>
        new(image.Id, image.Tags, image.Labels, image.Layers.Sum(l => (long)l.Length));
}
