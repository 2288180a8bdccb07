using System.Collections.Immutable;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Client;

namespace NovaDocker.Chaos.Tests;

/// <summary>What must be true when all is quiet again. Each fault found is one line.</summary>
internal sealed class Verdict(INovaDockerClient client, IContainerEngine engine, string hostId)
{
    private readonly List<string> _faults = [];

    /// <summary>Looks at everything.</summary>
    /// <param name="workload">What was asked for.</param>
    /// <param name="baseImage">The image that all were booted from.</param>
    public async Task<IReadOnlyList<string>> ReachAsync(Workload workload, string baseImage)
    {
        var views = new List<InstanceView>();
        var histories = new Dictionary<InstanceId, List<HistoryEntry>>();
        foreach (var id in workload.Instances)
        {
            var view = await client.GetInstanceAsync(id);
            if (view is null)
                continue;
            views.Add(view);
            histories[id] = await ReadAsync(client.GetHistoryAsync(id));
            CheckHistory(view, histories[id]);
        }

        foreach (var (instance, request) in workload.Acknowledged)
        {
            if (!histories.TryGetValue(instance, out var history) || !history.Any(entry => entry.RequestId == request))
                _faults.Add($"{instance}: the acknowledged request {request} is not in its history.");
        }

        await CheckContainersAsync(views);
        await CheckImagesAsync(histories.Values, baseImage);
        return _faults;
    }

    private void CheckHistory(InstanceView view, List<HistoryEntry> history)
    {
        if (view.Operation is { } operation)
            _faults.Add($"{view.Id}: {operation.Verb} never came to its end, at {operation.Step}.");
        if (history[^1].State != view.Phase)
            _faults.Add($"{view.Id}: is {view.Phase}, but its history ends in {history[^1].State}.");
        if (history.Where((entry, i) => entry.Sequence != i + 1).Any())
            _faults.Add($"{view.Id}: its history has gaps or repetitions.");
        if (history.Where((entry, i) => i > 0 && entry.Before != history[i - 1].State).Any())
            _faults.Add($"{view.Id}: two neighbouring events disagree on the phase between them.");
    }

    private async Task CheckContainersAsync(IReadOnlyCollection<InstanceView> views)
    {
        var labels = ImmutableSortedDictionary<string, string>.Empty.Add("org.novadocker.host-id", hostId);
        var containers = (await engine.ListContainersAsync(labels, CancellationToken.None)).ToDictionary(c => c.Id);
        foreach (var view in views.Where(view => view.ContainerId is not null))
        {
            if (!containers.Remove(view.ContainerId!, out var container))
                _faults.Add($"{view.Id}: is {view.Phase}, but its container {view.ContainerId} is not in the Engine.");
            else if (container.Name != $"nova-{view.Id}")
                _faults.Add($"{view.Id}: its container is called {container.Name}.");
            else if (!Fits(view.Phase, container.Status))
                _faults.Add($"{view.Id}: is {view.Phase}, but its container is {container.Status}.");
        }

        foreach (var container in containers.Values)
            _faults.Add($"Container {container.Name} is in the Engine, and no instance has it.");
    }

    private static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
            all.Add(item);
        return all;
    }

    private static bool Fits(InstancePhase phase, ContainerStatus status) => phase switch
    {
        InstancePhase.Active => status == ContainerStatus.Running,
        InstancePhase.Paused => status == ContainerStatus.Paused,
        InstancePhase.Stopped => status is ContainerStatus.Exited or ContainerStatus.Created,
        _ => phase == InstancePhase.Error,
    };

    private async Task CheckImagesAsync(IEnumerable<List<HistoryEntry>> histories, string baseImage)
    {
        var kept = histories.SelectMany(SnapshotsKept).Append(baseImage).Order(StringComparer.Ordinal).ToList();
        var stored = (await ReadAsync(client.ListImagesAsync())).Select(image => image.Id.ToString())
            .Order(StringComparer.Ordinal).ToList();
        foreach (var image in stored.Except(kept))
            _faults.Add($"Image {image} is in the store, and no history accounts for it.");
        foreach (var image in kept.Except(stored))
            _faults.Add($"Image {image} is not in the store, though a history says that it was uploaded.");

        var labels = ImmutableSortedDictionary<string, string>.Empty.Add("org.novadocker.host-id", hostId);
        foreach (var image in await engine.ListImagesAsync(labels, CancellationToken.None))
            _faults.AddRange(image.Tags.Where(tag => tag.StartsWith("novadocker/snapshot:", StringComparison.Ordinal))
                .Select(tag => $"The local image {tag} of a snapshot is left over."));
    }

    /// <summary>The snapshots that were uploaded and not discarded afterwards.</summary>
    private static IEnumerable<string> SnapshotsKept(List<HistoryEntry> history)
    {
        string? target = null;
        var kept = new List<string>();
        foreach (var entry in history)
        {
            if (entry.Data.TryGetValue("snapshotImageId", out var image))
                target = image;
            if (entry.Event == "upload-snapshot-completed")
                kept.Add(target!);
            if (entry.Event == "discard-upload-completed")
                kept.Remove(target!);
        }

        return kept;
    }
}
