using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Docker;

/// <summary>A close look at a container: where it has ended, its last lines of output belong to what is recorded.</summary>
internal sealed class ContainerInspection(IContainerEngine engine, int outputLines)
{
    /// <summary>
    /// The Engine dates a line when it reads it, a moment after it was written; so the last one of a run may be dated after
    /// the run's end. No run begins so soon after another.
    /// </summary>
    private static readonly TimeSpan ReadingLag = TimeSpan.FromMilliseconds(50);

    /// <summary>The container as it is now; null where it is gone.</summary>
    /// <param name="id">The container.</param>
    /// <param name="lastFinishedAt">When the run before this one ended, as far as is known: its output is left out.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="EngineException">The Engine did not say.</exception>
    public async Task<ContainerSighting?> LookAsync(
        string id, DateTimeOffset? lastFinishedAt, CancellationToken cancellationToken)
    {
        var container = await engine.FindContainerAsync(id, cancellationToken).ConfigureAwait(false);
        if (container is null)
            return null;
        var exit = await WithOutputAsync(id, container.Exit, lastFinishedAt, cancellationToken).ConfigureAwait(false);
        return container.Sighting with { Exit = exit };
    }

    /// <summary>The exit with the last lines of output; without them where they cannot be read.</summary>
    public async Task<ContainerExit?> WithOutputAsync(
        string id, ContainerExit? exit, DateTimeOffset? lastFinishedAt, CancellationToken cancellationToken)
    {
        if (exit is null || outputLines == 0)
            return exit;
        try
        {
            var text = await engine.ReadConsoleAsync(
                id, outputLines, ContainerExit.MaxOutputBytes, lastFinishedAt + ReadingLag, cancellationToken)
                .ConfigureAwait(false);
            return exit with { Output = text.Text.TrimEnd() };
        }
        catch (EngineException)
        {
            return exit;
        }
    }
}
