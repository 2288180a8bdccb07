using NovaDocker.Actors.Docker;

namespace NovaDocker.Testing;

/// <content>Volumes.</content>
public sealed partial class FakeContainerEngine
{
    private readonly Dictionary<string, VolumeSpec> _volumes = new(StringComparer.Ordinal);

    /// <summary>False keeps file systems as no rescue container can have them within reach.</summary>
    public bool HasOverlay { get; set; } = true;

    /// <summary>The directories of an image; null for those that are made up.</summary>
    public string? LowerDirectories { get; set; }

    /// <summary>The volumes that there are, by name.</summary>
    public IReadOnlyDictionary<string, VolumeSpec> Volumes
    {
        get
        {
            lock (_gate)
                return new Dictionary<string, VolumeSpec>(_volumes, StringComparer.Ordinal);
        }
    }

    private ContainerSnapshot Seen(ContainerSnapshot container) => container with
    {
        Overlay = HasOverlay ? container.Overlay! with { Lower = LowerDirectories ?? container.Overlay.Lower } : null,
    };

    /// <inheritdoc/>
    public Task CreateVolumeAsync(VolumeSpec spec, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.CreateVolume,
            spec.Name,
            // What there is under the name stays as it is; the Engine says nothing of it.
            () => _volumes.TryAdd(spec.Name, spec),
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveVolumeAsync(string name, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.RemoveVolume,
            name,
            () =>
            {
                if (_containers.Values.Any(container => container.Spec.Volume?.Name == name))
                    throw new EngineException(EngineErrorKind.Conflict, $"Remove volume {name}: a container uses it.");
                _volumes.Remove(name);
            },
            cancellationToken);
}
