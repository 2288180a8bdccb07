using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Docker.Rescues;

/// <summary>The steps that concern an instance's rescue container. As all steps they look first for what is there.</summary>
internal sealed class RescueSteps(IContainerEngine engine, HostIdentity host, bool isEngineHere)
{
    /// <summary>The longest list of options that a mount takes, bytes (a page of memory, the final zero included).</summary>
    private const int MaxMountOptions = 4095;

    /// <summary>Has the rescue container there and running.</summary>
    public async Task<StepResult> StartAsync(HostProtocol.RunStep step, int processors, CancellationToken cancellationToken)
    {
        var found = await FindAsync(step, cancellationToken).ConfigureAwait(false);
        var id = found?.Id ?? await MakeAsync(step, processors, cancellationToken).ConfigureAwait(false);
        if (found is not { IsRunning: true })
            await engine.StartContainerAsync(id, cancellationToken).ConfigureAwait(false);
        var started = await engine.FindContainerAsync(id, cancellationToken).ConfigureAwait(false);
        return started is { IsRunning: true }
            ? new StepResult.ContainerCreated(id, Adopted: found is not null)
            : throw new EngineException(
                EngineErrorKind.Invalid,
                $"The rescue container of image {step.Rescue!.Image.Name} ended as soon as it was started, with exit code "
                + $"{started?.ExitCode}; an image whose command waits is expected, such as a shell.");
    }

    /// <summary>Removes the rescue container and its volume. What was changed through it stays: it is the instance's own file system.</summary>
    public async Task<StepResult> RemoveAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        foreach (var container in await ListAsync(step, cancellationToken).ConfigureAwait(false))
            await engine.RemoveContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
        await RemoveVolumeAsync(step.InstanceId, cancellationToken).ConfigureAwait(false);
        return new StepResult.Done();
    }

    private async Task<string> MakeAsync(HostProtocol.RunStep step, int processors, CancellationToken cancellationToken)
    {
        var instance = await engine.FindContainerAsync(step.ContainerId!, cancellationToken).ConfigureAwait(false)
            ?? throw new EngineException(EngineErrorKind.Invalid, $"Container {step.ContainerId} of instance {step.InstanceId} is gone.");
        var layers = isEngineHere && instance.Overlay is { } found
            ? found
            : throw new EngineException(
                EngineErrorKind.Invalid,
                "The instance's file system cannot be brought within reach of a rescue container: the Engine has to be on the node's "
                + "machine and keep containers with its storage driver overlay2.");
        var volume = RescueBlueprint.VolumeOf(step.InstanceId, host, layers);
        if (volume.DriverOptions["o"].Length > MaxMountOptions)
        {
            throw new EngineException(
                EngineErrorKind.Invalid,
                $"The instance's image has too many layers to be mounted by name: {volume.DriverOptions["o"].Length} bytes of options, "
                + $"and a mount takes {MaxMountOptions}. Make a snapshot of the instance and boot that.");
        }

        // The Engine gives back the volume that there is under a name, whatever that mounts: one that an earlier rescue left would
        // bring the layers of another container within reach.
        await RemoveVolumeAsync(step.InstanceId, cancellationToken).ConfigureAwait(false);
        await engine.CreateVolumeAsync(volume, cancellationToken).ConfigureAwait(false);
        var spec = RescueBlueprint.For(step, host, processors, isEngineHere);
        try
        {
            return await engine.CreateContainerAsync(spec, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.Conflict)
        {
            // An earlier attempt that was given up here, or that the Engine is still at.
            if (await FindAsync(step, cancellationToken).ConfigureAwait(false) is { } late)
                return late.Id;
            throw new EngineException(EngineErrorKind.Transient, e.Message, e);
        }
    }

    /// <summary>Removes the volume. A container that still uses it is one that the Engine is removing, or was told to make.</summary>
    private async Task RemoveVolumeAsync(InstanceId instance, CancellationToken cancellationToken)
    {
        try
        {
            await engine.RemoveVolumeAsync(RescueBlueprint.NameOf(instance), cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.Conflict)
        {
            throw new EngineException(EngineErrorKind.Transient, e.Message, e);
        }
    }

    /// <summary>
    /// The rescue container that an earlier attempt made; null where there is none. One of another image, or with the file system of
    /// another container, was left by an earlier rescue, and goes.
    /// </summary>
    private async Task<ContainerSnapshot?> FindAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        ContainerSnapshot? own = null;
        foreach (var container in await ListAsync(step, cancellationToken).ConfigureAwait(false))
        {
            if (own is null && container.ImageId == step.Rescue!.EngineImageId
                && container.Labels.GetValueOrDefault(Labels.RescuedContainer) == step.ContainerId)
                own = container;
            else
                await engine.RemoveContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
        }

        return own;
    }

    private async Task<IEnumerable<ContainerSnapshot>> ListAsync(HostProtocol.RunStep step, CancellationToken cancellationToken) =>
        (await engine.ListContainersAsync(Labels.OfRescue(host, step.InstanceId), cancellationToken).ConfigureAwait(false))
        .Where(container => Labels.RescueOf(container.Labels) == step.InstanceId)
        .OrderBy(container => container.Id, StringComparer.Ordinal);
}
