using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Docker;

/// <summary>A close look at a container: where it has ended, its last lines of output belong to what is recorded.</summary>
internal sealed class ContainerInspection(IContainerEngine engine, int outputLines)
{
    /// <summary>The container as it is now; null where it is gone.</summary>
    /// <exception cref="EngineException">The Engine did not say.</exception>
    public async Task<ContainerSighting?> LookAsync(string id, CancellationToken cancellationToken)
    {
        var container = await engine.FindContainerAsync(id, cancellationToken).ConfigureAwait(false);
        return container is null
            ? null
            : container.Sighting with { Exit = await WithOutputAsync(id, container.Exit, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>The exit with the last lines of output; without them where they cannot be read.</summary>
    public async Task<ContainerExit?> WithOutputAsync(string id, ContainerExit? exit, CancellationToken cancellationToken)
    {
        if (exit is null || outputLines == 0)
            return exit;
        try
        {
            var text = await engine.ReadConsoleAsync(
                id, outputLines, ContainerExit.MaxOutputBytes, exit.RunStartedAt, cancellationToken).ConfigureAwait(false);
            return exit with { Output = text.Text.TrimEnd() };
        }
        catch (EngineException)
        {
            return exit;
        }
    }
}
