using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Docker.Rescues;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;

namespace NovaDocker.Actors.Hosts;

/// <summary>Takes away what a comparison found to be nobody's.</summary>
internal sealed class Leftovers(InstanceContents contents)
{
    /// <summary>Takes one away; nothing where it is none.</summary>
    /// <exception cref="EngineException">The Engine does not let it go.</exception>
    /// <exception cref="IOException">Files cannot be removed.</exception>
    public async Task RemoveAsync(Difference difference, IContainerEngine engine, CancellationToken cancellationToken)
    {
        switch (difference.Kind)
        {
            case FindingKind.OrphanContainer or FindingKind.OrphanSandbox:
                await engine.RemoveContainerAsync(difference.Subject, cancellationToken).ConfigureAwait(false);
                break;
            case FindingKind.OrphanRescue:
                await engine.RemoveContainerAsync(difference.Subject, cancellationToken).ConfigureAwait(false);
                await RemoveVolumeAsync(difference.InstanceId!.Value, engine, cancellationToken).ConfigureAwait(false);
                break;
            case FindingKind.OrphanCommit:
                await engine.RemoveImageAsync(difference.Subject, cancellationToken).ConfigureAwait(false);
                break;
            case FindingKind.OrphanFiles:
                foreach (var kept in contents.Kept().Where(kept => kept.Subject == difference.Subject))
                    contents.Remove(kept);
                break;
        }
    }

    private static async Task RemoveVolumeAsync(InstanceId owner, IContainerEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            await engine.RemoveVolumeAsync(RescueBlueprint.NameOf(owner), cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.Conflict)
        {
            // The rescue container that its instance has uses it.
        }
    }
}
