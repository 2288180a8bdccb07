using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Docker.Sandboxes;

/// <summary>
/// The steps that concern an instance's sandbox, the container that owns its network namespace. As all steps they look first
/// for what is there.
/// </summary>
internal sealed class SandboxSteps(IContainerEngine engine, HostIdentity host)
{
    /// <summary>
    /// Has the sandbox there and running. One that ended is started again, which makes another namespace; but not while the
    /// instance's process runs, which is still in the one before.
    /// </summary>
    public async Task<StepResult> CreateAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        var found = step.IsUntried ? null : await FindAsync(step, cancellationToken).ConfigureAwait(false);
        if (found is { IsRunning: true } || (found is not null && await IsInUseAsync(step, cancellationToken).ConfigureAwait(false)))
            return new StepResult.SandboxReady(found.Id, found.StartedAt ?? default, Adopted: true);

        var id = found?.Id ?? await MakeAsync(step, cancellationToken).ConfigureAwait(false);
        var started = await StartAsync(id, cancellationToken).ConfigureAwait(false);
        return started is { IsRunning: true, StartedAt: { } at }
            ? new StepResult.SandboxReady(id, at, Adopted: false)
            : throw new EngineException(
                EngineErrorKind.Transient, $"Sandbox {id} of instance {step.InstanceId} ended as soon as it was started.");
    }

    private async Task<ContainerSnapshot?> StartAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await engine.StartContainerAsync(id, cancellationToken).ConfigureAwait(false);
            return await engine.FindContainerAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.NotFound)
        {
            // Somebody removed it since: the next attempt finds none, and makes another.
            throw new EngineException(EngineErrorKind.Transient, e.Message, e);
        }
    }

    /// <summary>Removes whatever sandboxes the instance has.</summary>
    public async Task<StepResult> RemoveAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        var own = await ListAsync(step, cancellationToken).ConfigureAwait(false);
        foreach (var sandbox in own)
            await engine.RemoveContainerAsync(sandbox.Id, cancellationToken).ConfigureAwait(false);
        return new StepResult.Done();
    }

    /// <summary>The sandbox; null where there is none.</summary>
    private async Task<ContainerSnapshot?> FindAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        if (step.SandboxId is { } id
            && await engine.FindContainerAsync(id, cancellationToken).ConfigureAwait(false) is { } known)
            return known;
        var own = await ListAsync(step, cancellationToken).ConfigureAwait(false);
        return own.OrderBy(sandbox => sandbox.Id, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>Its sandboxes. What an instance runs is none, whatever labels the image of that has.</summary>
    private async Task<IEnumerable<ContainerSnapshot>> ListAsync(HostProtocol.RunStep step, CancellationToken cancellationToken) =>
        (await engine.ListContainersAsync(Labels.OfSandbox(host, step.InstanceId), cancellationToken).ConfigureAwait(false))
        .Where(container => Labels.SandboxOf(container.Labels) == step.InstanceId);

    private async Task<bool> IsInUseAsync(HostProtocol.RunStep step, CancellationToken cancellationToken) =>
        step.ContainerId is { } id
        && await engine.FindContainerAsync(id, cancellationToken).ConfigureAwait(false) is { IsRunning: true };

    private async Task<string> MakeAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        var spec = SandboxBlueprint.For(step, host);
        try
        {
            return await engine.CreateContainerAsync(spec, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.NotFound)
        {
            // The first sandbox of this Engine, or somebody tidied up its images.
            await SandboxImage.ImportAsync(engine, cancellationToken).ConfigureAwait(false);
            return await engine.CreateContainerAsync(spec, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.Conflict)
        {
            // An earlier attempt that was given up here, or that the Engine is still at: the name is taken before there is a
            // container to be seen.
            if (await FindAsync(step, cancellationToken).ConfigureAwait(false) is { } late)
                return late.Id;
            if (await engine.FindContainerAsync(spec.Name, cancellationToken).ConfigureAwait(false) is not null)
                throw;
            throw new EngineException(EngineErrorKind.Transient, e.Message, e);
        }
    }
}
