using System.Collections.Immutable;
using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Instances;
using ContainerSpec = NovaDocker.Actors.Docker.ContainerSpec;
using ContainerStatus = NovaDocker.Actors.Docker.ContainerStatus;

namespace NovaDocker.Adapters.Docker;

/// <content>Containers.</content>
internal sealed partial class DockerContainerEngine
{
    private const int LogBlockBytes = 16 * 1024;

    /// <inheritdoc/>
    public async Task<ImmutableArray<ContainerSnapshot>> ListContainersAsync(
        IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var listed = await ControlAsync(
            "List containers",
            (client, token) => client.Containers.ListContainersAsync(
                new ContainersListParameters { All = true, Filters = EngineMapping.ToFilter(labels) }, token),
            cancellationToken).ConfigureAwait(false);

        // Half of the turns at most: a long list may not keep everybody else waiting.
        var inspected = new ContainerSnapshot?[listed.Count];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Max(1, _settings.MaxControlConnections / 2),
            CancellationToken = cancellationToken,
        };
        await Parallel.ForAsync(
            0,
            listed.Count,
            options,
            async (i, token) => inspected[i] = await FindContainerAsync(listed[i].ID, token).ConfigureAwait(false))
            .ConfigureAwait(false);

        // One that vanished between list and inspect is gone, which is what an answer a moment later would have said.
        return [.. inspected.OfType<ContainerSnapshot>()];
    }

    /// <inheritdoc/>
    public async Task<ContainerSnapshot?> FindContainerAsync(string idOrName, CancellationToken cancellationToken)
    {
        var path = EnginePath.OfContainer(idOrName);
        try
        {
            var container = await ControlAsync(
                $"Inspect container {idOrName}",
                (client, token) => client.Containers.InspectContainerAsync(path, token),
                cancellationToken).ConfigureAwait(false);
            return EngineMapping.ToSnapshot(container);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<string> CreateContainerAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        var parameters = ContainerParameters.Of(spec);
        var created = await ControlAsync(
            $"Create container {spec.Name} of image {spec.Image}",
            (client, token) => client.Containers.CreateContainerAsync(parameters, token),
            cancellationToken).ConfigureAwait(false);
        return created.ID;
    }

    /// <inheritdoc/>
    public Task StartContainerAsync(string id, CancellationToken cancellationToken)
    {
        var path = EnginePath.OfContainer(id);
        return ControlAsync(
            $"Start container {id}",
            (client, token) => client.Containers.StartContainerAsync(path, cancellationToken: token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace, TimeSpan.Zero);
        if (grace == TimeSpan.Zero)
        {
            // The library leaves a 0 out of the request, and the Engine would wait its own ten seconds.
            await KillContainerAsync(id, cancellationToken).ConfigureAwait(false);
            return;
        }

        var path = EnginePath.OfContainer(id);
        var parameters = new ContainerStopParameters { WaitBeforeKillSeconds = (uint)Math.Ceiling(grace.TotalSeconds) };
        await AgreeAsync(cancellationToken).ConfigureAwait(false);
        await _long.CallAsync(
            $"Stop container {id}",
            (client, token) => client.Containers.StopContainerAsync(path, parameters, token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task KillContainerAsync(string id, CancellationToken cancellationToken)
    {
        var path = EnginePath.OfContainer(id);
        try
        {
            await ControlAsync(
                $"Kill container {id}",
                (client, token) => client.Containers.KillContainerAsync(path, new ContainerKillParameters(), token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.Conflict)
        {
            if (await FindContainerAsync(id, cancellationToken).ConfigureAwait(false) is { IsRunning: true })
                throw;

            return;
        }

        try
        {
            await _long.CallAsync(
                $"Wait for the end of container {id}",
                (client, token) => client.Containers.WaitContainerAsync(path, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.NotFound)
        {
            // Somebody removed it meanwhile: it has ended.
        }
    }

    /// <inheritdoc/>
    public Task UpdateContainerAsync(string id, ContainerLimits limits, CancellationToken cancellationToken)
    {
        var path = EnginePath.OfContainer(id);
        var parameters = new ContainerUpdateParameters
        {
            Memory = limits.MemoryBytes,
            MemorySwap = limits.MemorySwapBytes,
            CPUShares = limits.CpuShares,
            NanoCPUs = limits.NanoCpus,
        };
        return ControlAsync(
            $"Update container {id}",
            (client, token) => client.Containers.UpdateContainerAsync(path, parameters, token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task PauseContainerAsync(string id, CancellationToken cancellationToken)
    {
        var path = EnginePath.OfContainer(id);
        try
        {
            await ControlAsync(
                $"Pause container {id}",
                (client, token) => client.Containers.PauseContainerAsync(path, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.Conflict)
        {
            // The Engine says the same of one that is paused and of one that does not run.
            if (await FindContainerAsync(id, cancellationToken).ConfigureAwait(false) is not { Status: ContainerStatus.Paused })
                throw;
        }
    }

    /// <inheritdoc/>
    public async Task UnpauseContainerAsync(string id, CancellationToken cancellationToken)
    {
        var path = EnginePath.OfContainer(id);
        try
        {
            await ControlAsync(
                $"Unpause container {id}",
                (client, token) => client.Containers.UnpauseContainerAsync(path, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind is EngineErrorKind.Conflict or EngineErrorKind.Transient)
        {
            // Engines answer 500 or 409 for one that is not paused.
            var found = await FindContainerAsync(id, cancellationToken).ConfigureAwait(false);
            if (found is null or { Status: ContainerStatus.Paused })
                throw;
        }
    }

    /// <inheritdoc/>
    public async Task RemoveContainerAsync(string id, CancellationToken cancellationToken)
    {
        var path = EnginePath.OfContainer(id);
        var parameters = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
        try
        {
            await ControlAsync(
                $"Remove container {id}",
                (client, token) => client.Containers.RemoveContainerAsync(path, parameters, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.NotFound)
        {
            // It is gone, which is what was asked for.
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.Conflict)
        {
            var found = await FindContainerAsync(id, cancellationToken).ConfigureAwait(false);
            if (found is null)
                return;

            // Another removal is under way; whether it succeeds, the next attempt shows.
            if (found.Status == ContainerStatus.Removing)
                throw new EngineException(EngineErrorKind.Transient, e.Message, e);

            throw;
        }
    }

    /// <inheritdoc/>
    public Task<ContainerUsage?> ReadUsageAsync(string id, CancellationToken cancellationToken)
    {
        var path = EnginePath.OfContainer(id);
        return ControlAsync(
            $"Read the usage of container {id}",
            (client, token) => ContainerUsages.ReadAsync(client, path, token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ConsoleText> ReadConsoleAsync(
        string id, int lines, int maxBytes, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lines);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        var path = EnginePath.OfContainer(id);
        var parameters = new ContainerLogsParameters
        {
            ShowStdout = true,
            ShowStderr = true,
            Tail = lines.ToString(CultureInfo.InvariantCulture),
            Since = since is { } start ? EngineMapping.ToSince(start) : null,
        };
        await AgreeAsync(cancellationToken).ConfigureAwait(false);
        return await _console.CallAsync(
            $"Read the console of container {id}",
            async (client, token) =>
            {
                // The client looks first whether the container has a terminal, whose output is not multiplexed.
                using var log = await client.Containers.GetContainerLogsAsync(path, parameters, token).ConfigureAwait(false);
                return await ReadTailAsync(log, maxBytes, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ConsoleText> ReadTailAsync(
        MultiplexedStream log, int maxBytes, CancellationToken cancellationToken)
    {
        var tail = new ConsoleTail(maxBytes);
        var block = new byte[LogBlockBytes];
        while (true)
        {
            var read = await log.ReadOutputAsync(block, 0, block.Length, cancellationToken).ConfigureAwait(false);
            if (read.EOF)
                return tail.ToText();

            tail.Write(block.AsSpan(0, read.Count));
        }
    }
}
