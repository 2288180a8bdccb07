namespace NovaDocker.Actors.Images.Archives;

/// <summary>The forms of one image for several platforms, out of indexes that may lie within indexes.</summary>
/// <param name="layout">Where the indexes are.</param>
internal sealed class OciForms(OciLayout layout)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<(OciDescriptor Descriptor, ImagePlatform? Platform)> _forms = [];

    /// <summary>Gathers the forms below some descriptors. No index is opened twice, however often it is referred to.</summary>
    public OciForms Of(IEnumerable<OciDescriptor> descriptors)
    {
        var waiting = new Stack<OciDescriptor>(descriptors.Reverse());
        while (waiting.TryPop(out var descriptor))
        {
            if (!layout.IsPartOfImage(descriptor) || !_seen.Add(descriptor.Digest))
                continue;
            if (layout.Find(descriptor) is not OciBlob.Index index)
                _forms.Add((descriptor, descriptor.Platform ?? PlatformOf(descriptor)));
            else
            {
                foreach (var below in index.Manifests.Reverse())
                    waiting.Push(below);
            }
        }

        return this;
    }

    /// <summary>The form for a platform; the first that is in the archive where none is asked for.</summary>
    /// <exception cref="ArchiveRefusedException">There is none for it.</exception>
    public OciDescriptor Choose(ImagePlatform? platform)
    {
        if (_forms.Count == 0)
            throw new ArchiveRefusedException("it holds no image");
        if (platform is null)
        {
            return _forms.Select(form => form.Descriptor).FirstOrDefault(form => layout.Find(form) is not null)
                ?? _forms[0].Descriptor;
        }

        if (_forms is [(var only, null)])
            return only;

        var fitting = _forms.GroupBy(form => form.Platform?.FitOn(platform)).Where(group => group.Key is not null)
            .MaxBy(group => group.Key);
        return fitting?.Select(form => form.Descriptor).ToArray() switch
        {
            [var best] => best,
            null => throw new ArchiveRefusedException(
                $"it holds the image for {Platforms(_forms)}, and not for {platform}, the Engine's platform"),
            var several => throw new ArchiveRefusedException(
                $"it holds {several.Length} images for {platform} and tells them apart by no name"),
        };
    }

    private static string Platforms(IEnumerable<(OciDescriptor Descriptor, ImagePlatform? Platform)> forms) =>
        ArchiveNames.Join(forms.Select(form => form.Platform?.ToString() ?? "a platform it does not name").Distinct());

    /// <summary>The platform by the image's own configuration, where no index says it.</summary>
    private ImagePlatform? PlatformOf(OciDescriptor descriptor) =>
        layout.Find(descriptor) is OciBlob.Manifest manifest
        && layout.Find(manifest.Config) is OciBlob.Configuration configuration
            ? configuration.Platform
            : null;
}
