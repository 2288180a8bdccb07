using System.Diagnostics;
using NovaDocker.Actors.Docker.Rescues;
using NovaDocker.Actors.Docker.Sandboxes;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Docker;

/// <summary>
/// The steps that concern a container. Each looks first for what an earlier attempt may have left, adopts it, and only
/// else acts; so it may be repeated at any time. Where there can have been no earlier attempt it acts at once, and the
/// Engine, which gives a name once, has the last word.
/// </summary>
internal sealed class ContainerSteps(
    IContainerEngine engine, HostIdentity host, InstanceSettings settings, ContainerBlueprint blueprint)
{
    /// <summary>How often a process that must stay up is looked at; the Engine learns of an end some 30 ms after it.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    private readonly ContainerInspection _inspection = new(engine, settings.ExitOutputLines);
    private readonly SandboxSteps _sandboxes = new(engine, host);
    private readonly RescueSteps _rescues = new(engine, host, blueprint.IsEngineHere);

    /// <summary>Does a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="processors">Processors of the machine: more cannot be a limit.</param>
    /// <param name="cancellationToken">Ends with the step's deadline.</param>
    public async Task<StepResult> RunAsync(HostProtocol.RunStep step, int processors, CancellationToken cancellationToken)
    {
        try
        {
            return await DoAsync(step, processors, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e)
            when (e.Kind == EngineErrorKind.NotFound && step is { ContainerId: not null, Step: not StepKind.StartRescue })
        {
            // The Engine says so of whatever a call needs. A container is given up for lost only where it is not there.
            if (await engine.FindContainerAsync(step.ContainerId, cancellationToken).ConfigureAwait(false) is null)
                throw;
            throw new EngineException(EngineErrorKind.Invalid, e.Message, e);
        }
    }

    private Task<StepResult> DoAsync(HostProtocol.RunStep step, int processors, CancellationToken cancellationToken) =>
        step.Step switch
        {
            StepKind.CreateContainer => CreateAsync(step, processors, cancellationToken),
            StepKind.StartContainer => StartAsync(step, cancellationToken),
            StepKind.StopContainer => EndAsync(
                step,
                id => engine.StopContainerAsync(id, step.Terms.Grace ?? settings.StopGraceOf(step.Spec), cancellationToken),
                cancellationToken),
            StepKind.KillContainer => EndAsync(
                step, id => engine.KillContainerAsync(id, cancellationToken), cancellationToken),
            StepKind.PauseContainer => PauseAsync(step, cancellationToken),
            StepKind.UnpauseContainer => UnpauseAsync(step, cancellationToken),
            StepKind.UpdateContainer => UpdateAsync(step, processors, cancellationToken),
            StepKind.CommitContainer => CommitAsync(step, cancellationToken),
            StepKind.RemoveCommit => RemoveCommitAsync(step, cancellationToken),
            StepKind.RemoveContainer => RemoveAsync(step, cancellationToken),
            StepKind.StartRescue => _rescues.StartAsync(step, processors, cancellationToken),
            StepKind.RemoveRescue => _rescues.RemoveAsync(step, cancellationToken),
            StepKind.CreateSandbox => _sandboxes.CreateAsync(step, cancellationToken),
            StepKind.RemoveSandbox => _sandboxes.RemoveAsync(step, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Step, "Not a step of a container."),
        };

    private async Task<StepResult> CreateAsync(HostProtocol.RunStep step, int processors, CancellationToken cancellationToken)
    {
        if (!step.IsUntried && await FindOwnAsync(step, cancellationToken).ConfigureAwait(false) is { } existing)
            return new StepResult.ContainerCreated(existing.Id, Adopted: true);

        var spec = await blueprint.MakeAsync(step, processors, engine, cancellationToken).ConfigureAwait(false);
        try
        {
            return new StepResult.ContainerCreated(
                await engine.CreateContainerAsync(spec, cancellationToken).ConfigureAwait(false), Adopted: false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.Conflict)
        {
            // The Engine may still have been at an earlier attempt that was given up here, or still be: the name is taken
            // before there is a container to be seen.
            if (await FindOwnAsync(step, cancellationToken).ConfigureAwait(false) is { } late)
                return new StepResult.ContainerCreated(late.Id, Adopted: true);
            if (await engine.FindContainerAsync(spec.Name, cancellationToken).ConfigureAwait(false) is not null)
                throw;
            throw new EngineException(EngineErrorKind.Transient, e.Message, e);
        }
    }

    private async Task<StepResult> StartAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        if (step is { IsUntried: true, ContainerId: { } created } && !ContainerBlueprint.HasBinds(step.Spec))
        {
            await engine.StartContainerAsync(created, cancellationToken).ConfigureAwait(false);
            return await StartedAsync(step, lastFinishedAt: null, cancellationToken).ConfigureAwait(false);
        }

        var container = await GetOwnAsync(step, cancellationToken).ConfigureAwait(false);
        if (container.Status == ContainerStatus.Paused)
            await engine.UnpauseContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
        else if (!container.IsRunning && !HasRunSinceIntent(step, container))
        {
            CheckSandbox(step, container);
            blueprint.CheckBinds(container);
            await engine.StartContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
        }

        var lastFinishedAt = HasRunSinceIntent(step, container) ? null : container.FinishedAt;
        return await StartedAsync(step, lastFinishedAt, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A container joins one sandbox for ever: where somebody removed that, there is no way but a new container.</summary>
    private static void CheckSandbox(HostProtocol.RunStep step, ContainerSnapshot container)
    {
        if (container.JoinedContainerId is { } joined && step.SandboxId is { } sandbox && joined != sandbox)
        {
            throw new EngineException(
                EngineErrorKind.Invalid,
                $"Somebody removed the sandbox {joined} of instance {step.InstanceId}, and the Engine lets its container join no other. "
                + "Make a snapshot of the instance and boot that, or delete it.");
        }
    }

    /// <summary>What became of the start.</summary>
    /// <param name="step">The step.</param>
    /// <param name="lastFinishedAt">When the run before this one ended; what it wrote is not asked for.</param>
    /// <param name="cancellationToken">Ends with the step's deadline.</param>
    private async Task<StepResult> StartedAsync(
        HostProtocol.RunStep step, DateTimeOffset? lastFinishedAt, CancellationToken cancellationToken)
    {
        var started = await GetOwnAsync(step, cancellationToken).ConfigureAwait(false);
        var since = Stopwatch.GetTimestamp();
        while (step.Terms.MustStayUp && started.IsRunning && Stopwatch.GetElapsedTime(since) < settings.BootWatch)
        {
            await Task.Delay(Look, cancellationToken).ConfigureAwait(false);
            started = await GetOwnAsync(step, cancellationToken).ConfigureAwait(false);
        }

        var exit = await _inspection.WithOutputAsync(started.Id, started.Exit, lastFinishedAt, cancellationToken)
            .ConfigureAwait(false);
        return new StepResult.ContainerStarted(started.StartedAt ?? default, exit);
    }

    /// <summary>
    /// True where the container was started for this very step, by an attempt whose answer was lost, and has ended since:
    /// to start it again would be to run its program twice.
    /// </summary>
    private static bool HasRunSinceIntent(HostProtocol.RunStep step, ContainerSnapshot container) =>
        container.StartedAt is not null && container.StartedAt != step.LastRunStartedAt;

    private async Task<StepResult> EndAsync(
        HostProtocol.RunStep step, Func<string, Task> end, CancellationToken cancellationToken)
    {
        var container = await GetOwnAsync(step, cancellationToken).ConfigureAwait(false);
        if (container.IsRunning)
            await end(container.Id).ConfigureAwait(false);
        var ended = await GetOwnAsync(step, cancellationToken).ConfigureAwait(false);
        return ended.IsRunning
            ? throw new EngineException(
                EngineErrorKind.Transient, $"Container {ended.Id} still runs although the Engine was told to end it.")
            : new StepResult.ContainerStopped(ended.Exit);
    }

    private async Task<StepResult> PauseAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        var container = await GetOwnAsync(step, cancellationToken).ConfigureAwait(false);
        await engine.PauseContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
        return new StepResult.Done();
    }

    private async Task<StepResult> UnpauseAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        var container = await GetOwnAsync(step, cancellationToken).ConfigureAwait(false);
        await engine.UnpauseContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
        return new StepResult.Done();
    }

    private async Task<StepResult> UpdateAsync(HostProtocol.RunStep step, int processors, CancellationToken cancellationToken)
    {
        var container = await GetOwnAsync(step, cancellationToken).ConfigureAwait(false);
        await engine.UpdateContainerAsync(container.Id, ContainerLimits.Of(step.Spec, processors), cancellationToken).ConfigureAwait(false);
        return new StepResult.Done();
    }

    private async Task<StepResult> CommitAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        var target = step.Snapshot!;
        var tag = ImageTags.ForSnapshot(target.ImageId);
        if (await engine.FindImageAsync(tag, cancellationToken).ConfigureAwait(false) is { } existing)
            return new StepResult.SnapshotCommitted(existing.Id, Adopted: true);

        var container = await GetOwnAsync(step, cancellationToken).ConfigureAwait(false);
        var image = await engine.CommitContainerAsync(
            new CommitSpec(
                container.Id, ImageTags.SnapshotRepository, target.ImageId.ToString(),
                Labels.OfHost(host).Add(Labels.Snapshot, target.ImageId.ToString()),
                target.PauseContainer && container.Status == ContainerStatus.Running),
            cancellationToken).ConfigureAwait(false);
        return new StepResult.SnapshotCommitted(image, Adopted: false);
    }

    private async Task<StepResult> RemoveCommitAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        await engine.RemoveImageAsync(ImageTags.ForSnapshot(step.Snapshot!.ImageId), cancellationToken).ConfigureAwait(false);
        return new StepResult.Done();
    }

    private async Task<StepResult> RemoveAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        var own = await engine.ListContainersAsync(Labels.OfInstance(host, step.InstanceId), cancellationToken)
            .ConfigureAwait(false);
        foreach (var container in own)
            await engine.RemoveContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
        blueprint.Clear(step.InstanceId, step.IsOfDeletion);
        return new StepResult.Done();
    }

    private async Task<ContainerSnapshot?> FindOwnAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        var own = await engine.ListContainersAsync(Labels.OfInstance(host, step.InstanceId), cancellationToken)
            .ConfigureAwait(false);
        return own.OrderBy(container => container.Id, StringComparer.Ordinal).FirstOrDefault();
    }

    private async Task<ContainerSnapshot> GetOwnAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        var container = step.ContainerId is { } id
            ? await engine.FindContainerAsync(id, cancellationToken).ConfigureAwait(false)
            : await FindOwnAsync(step, cancellationToken).ConfigureAwait(false);
        return container ?? throw new EngineException(
            EngineErrorKind.NotFound,
            $"The Engine has no container {step.ContainerId} of instance {step.InstanceId}; somebody removed it.");
    }
}
