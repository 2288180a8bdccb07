using NovaDocker.Actors.Docker;

namespace NovaDocker.Chaos.Tests;

/// <summary>Somebody with a <c>docker</c> command of his own, who does things to containers behind the node's back.</summary>
internal sealed class Meddler(IContainerEngine engine, string hostId, Random random)
{
    private readonly Dictionary<string, string> _labels = new() { ["org.novadocker.host-id"] = hostId };

    /// <summary>Does something to a container, and says what.</summary>
    public async Task<string> MeddleAsync()
    {
        try
        {
            var containers = (await engine.ListContainersAsync(_labels, CancellationToken.None))
                .Where(container => container.IsRunning).ToArray();
            return containers.Length == 0 ? "nothing" : await MeddleAsync(containers[random.Next(containers.Length)]);
        }
        catch (EngineException e)
        {
            // The node was at the same container, or the Engine is not back yet.
            return $"nothing: {e.Message}";
        }
    }

    private async Task<string> MeddleAsync(ContainerSnapshot container)
    {
        switch (random.Next(4))
        {
            case 0:
                await engine.KillContainerAsync(container.Id, CancellationToken.None);
                return $"kill {container.Name}";
            case 1:
                await engine.RemoveContainerAsync(container.Id, CancellationToken.None);
                return $"rm -f {container.Name}";
            case 2 when container.Status == ContainerStatus.Paused:
                await engine.UnpauseContainerAsync(container.Id, CancellationToken.None);
                return $"unpause {container.Name}";
            case 2:
                await engine.PauseContainerAsync(container.Id, CancellationToken.None);
                return $"pause {container.Name}";
            default:
                await engine.KillContainerAsync(container.Id, CancellationToken.None);
                await engine.StartContainerAsync(container.Id, CancellationToken.None);
                return $"restart {container.Name}";
        }
    }
}
