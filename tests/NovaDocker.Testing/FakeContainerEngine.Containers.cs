using System.Collections.Immutable;
using System.Text;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Testing;

/// <content>Containers.</content>
public sealed partial class FakeContainerEngine
{
    private const int FirstPid = 1000;

    /// <summary>What a sandbox carries; its program waits, whatever those of others do.</summary>
    private const string SandboxLabel = "org.novadocker.sandbox-of";

    /// <inheritdoc/>
    public Task<ImmutableArray<ContainerSnapshot>> ListContainersAsync(
        IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        CallAsync<ImmutableArray<ContainerSnapshot>>(
            EngineCall.ListContainers,
            TextOf(labels),
            () => [.. _containers.Values.Where(c => Carries(c.Spec.Labels, labels)).Select(c => c.ToSnapshot())],
            cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerSnapshot?> FindContainerAsync(string idOrName, CancellationToken cancellationToken) =>
        CallAsync(EngineCall.FindContainer, idOrName, () => Find(idOrName) is { } container ? Seen(container.ToSnapshot()) : null, cancellationToken);

    /// <inheritdoc/>
    public Task<string> CreateContainerAsync(ContainerSpec spec, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.CreateContainer,
            spec.Name,
            () =>
            {
                if (Find(spec.Name) is not null)
                    throw new EngineException(EngineErrorKind.Conflict, $"Create container {spec.Name}: the name is taken.");

                var image = GetImage(spec.Image);
                CheckBeforeCreate(spec);
                var number = NextNumber();
                var keepsCommand = spec.Command.IsDefaultOrEmpty && !spec.Options.TryGet(OptionKeys.Entrypoint, out _);
                var whole = spec with
                {
                    Labels = image.Labels.SetItems(spec.AllLabels),
                    Command = keepsCommand ? image.Command : spec.Command,
                    HealthCheck = spec.HealthCheck ?? FakeImageConfig.DefaultsOf(image).Get(OptionKeys.HealthCheck)?.Value,
                };
                var container = new FakeContainer(HexOf($"container {number}"), whole, image.Id, FirstPid + number);
                _containers.Add(container.Id, container);
                Publish(container, "create");
                return container.Id;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task StartContainerAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.StartContainer,
            id,
            () =>
            {
                var container = Get(id);
                if (container.Status == ContainerStatus.Running)
                    return;
                if (container.Status == ContainerStatus.Paused)
                    throw new EngineException(EngineErrorKind.Conflict, $"Start container {id}: it is paused.");

                CheckBeforeStart(container.Spec);
                container.Status = ContainerStatus.Running;
                container.StartedAt = time.GetUtcNow();
                container.OutOfMemory = false;
                container.ExitCode = 0;
                container.Health = container.Spec.HealthCheck is { Command.IsEmpty: false } ? HealthStatus.Starting : null;
                container.Program = container.Spec.Labels.GetValueOrDefault(SandboxLabel, "").Length > 0 ? new FakeProgram() : Programs(container.Spec);
                (container.RunBegin, container.LastFinishedAt) = (container.Console.Length, container.FinishedAt);
                container.Console.Append(container.Program.Console);
                Publish(container, "start");
                Check(container);
                if (container.Program.ExitCode is { } code)
                    End(container, code);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.StopContainer,
            id,
            () =>
            {
                LastStopGrace = grace;
                End(Get(id), Get(id).Program.StopCode);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task KillContainerAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(EngineCall.KillContainer, id, () => End(Get(id), FakeProgram.Killed), cancellationToken);

    /// <inheritdoc/>
    public Task PauseContainerAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.PauseContainer,
            id,
            () =>
            {
                var container = Get(id);
                if (!container.IsRunning)
                    throw new EngineException(EngineErrorKind.Conflict, $"Pause container {id}: it does not run.");

                if (container.Status == ContainerStatus.Running)
                {
                    container.Status = ContainerStatus.Paused;
                    Publish(container, "pause");
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task UnpauseContainerAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.UnpauseContainer,
            id,
            () =>
            {
                var container = Get(id);
                if (container.Status == ContainerStatus.Paused)
                {
                    container.Status = ContainerStatus.Running;
                    Publish(container, "unpause");
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task UpdateContainerAsync(string id, ContainerLimits limits, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.UpdateContainer,
            id,
            () =>
            {
                var container = Get(id);
                container.Spec = container.Spec with
                {
                    MemoryBytes = Wanted(limits.MemoryBytes, container.Spec.MemoryBytes),
                    CpuShares = Wanted(limits.CpuShares, container.Spec.CpuShares),
                    NanoCpus = Wanted(limits.NanoCpus, container.Spec.NanoCpus),
                };

                static long Wanted(long limit, long present) => limit == 0 ? present : limit;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveContainerAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.RemoveContainer,
            id,
            () =>
            {
                if (Find(id) is not { } container)
                    return;

                End(container, FakeProgram.Killed, ContainerStatus.Removing);
                _containers.Remove(container.Id);
                Publish(container, "destroy");
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerUsage?> ReadUsageAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.ReadUsage, id, () => Get(id).IsRunning ? new ContainerUsage(TimeSpan.FromMilliseconds(25), 4L << 20) : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<ConsoleText> ReadConsoleAsync(
        string id, int lines, int maxBytes, DateTimeOffset? since, CancellationToken cancellationToken) =>
        CallAsync(
            EngineCall.ReadConsole,
            id,
            () =>
            {
                var container = Get(id);
                var begin = since > container.LastFinishedAt ? container.RunBegin : 0;
                var all = container.Console.ToString(begin, container.Console.Length - begin).Split('\n');
                var whole = all[^1].Length == 0 ? all[..^1].Select(l => l + "\n") : all[..^1].Select(l => l + "\n").Append(all[^1]);
                var bytes = Encoding.UTF8.GetBytes(string.Concat(whole.TakeLast(lines)));
                var start = Math.Max(0, bytes.Length - maxBytes);
                var truncated = start > 0;
                while (truncated && start < bytes.Length && (bytes[start] & 0xC0) == 0x80)
                    start++;

                return new ConsoleText(Encoding.UTF8.GetString(bytes.AsSpan(start)), truncated);
            },
            cancellationToken);

    /// <summary>Runs the check, where it is one of those whose end is known without running anything.</summary>
    private void Check(FakeContainer container)
    {
        HealthStatus? verdict = container.Spec.HealthCheck switch
        {
            { Command: [.., "exit 0"] } => HealthStatus.Healthy,
            { Command: [.., "exit 1"] } => HealthStatus.Unhealthy,
            _ => null,
        };
        if (verdict is { } health)
            Judge(container, health);
    }

    private void Judge(FakeContainer container, HealthStatus health)
    {
        container.Health = health;
        Publish(container, $"health_status: {health.ToString().ToLowerInvariant()}");
    }

    /// <summary>Ends the container's process, if it has one.</summary>
    private void End(FakeContainer container, int exitCode, ContainerStatus status = ContainerStatus.Exited)
    {
        if (!container.IsRunning)
            return;

        container.Status = status;
        container.ExitCode = exitCode;
        container.FinishedAt = time.GetUtcNow();
        Publish(container, "die");
    }

    private FakeContainer? Find(string idOrName) =>
        _containers.GetValueOrDefault(idOrName) ?? _containers.Values.FirstOrDefault(c => c.Name == idOrName);

    private FakeContainer Get(string idOrName) =>
        Find(idOrName) ?? throw new EngineException(EngineErrorKind.NotFound, $"There is no container {idOrName}.");
}
