using NovaDocker.Actors.Docker;

namespace NovaDocker.Testing;

/// <content>Volumes.</content>
public sealed partial class FakeContainerEngine
{
    private readonly Dictionary<string, VolumeSpec> _volumes = new(StringComparer.Ordinal);

    /// <summary>The volumes that there are, by name.</summary>
    public IReadOnlyDictionary<string, VolumeSpec> Volumes
    {
        get
        {
            lock (_gate)
                return new Dictionary<string, VolumeSpec>(_volumes, StringComparer.Ordinal);
        }
    }

    /// <inheritdoc/>
    public Task CreateVolumeAsync(VolumeSpec spec, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.CreateVolume,
            spec.Name,
            () =>
            {
                if (_volumes.TryGetValue(spec.Name, out var known) && known.DriverOptions != spec.DriverOptions)
                    throw new EngineException(EngineErrorKind.Conflict, $"Create volume {spec.Name}: it is there with other options.");
                _volumes[spec.Name] = spec;
            },
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
