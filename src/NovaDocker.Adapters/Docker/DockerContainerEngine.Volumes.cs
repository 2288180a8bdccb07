using Docker.DotNet.Models;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Docker;

/// <content>Volumes.</content>
internal sealed partial class DockerContainerEngine
{
    /// <inheritdoc/>
    public Task CreateVolumeAsync(VolumeSpec spec, CancellationToken cancellationToken) => ControlAsync(
        $"Create volume {spec.Name}",
        (client, token) => client.Volumes.CreateAsync(
            new VolumesCreateParameters
            {
                Name = spec.Name,
                Driver = "local",
                DriverOpts = new Dictionary<string, string>(spec.DriverOptions, StringComparer.Ordinal),
                Labels = new Dictionary<string, string>(spec.Labels, StringComparer.Ordinal),
            },
            token),
        cancellationToken);

    /// <inheritdoc/>
    public async Task RemoveVolumeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await ControlAsync(
                $"Remove volume {name}", (client, token) => client.Volumes.RemoveAsync(name, force: false, token), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.NotFound)
        {
            // Nothing is left to be removed.
        }
    }
}
