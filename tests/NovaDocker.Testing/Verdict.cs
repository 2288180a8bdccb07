using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Testing;

/// <summary>
/// What must be true when all is quiet again, whatever was killed and whatever failed before: every instance is in a final
/// state that its history explains, every acknowledged command is in the journal, and the Engine and the store hold
/// exactly what the journal accounts for.
/// </summary>
public static class Verdict
{
    private const string SnapshotTag = "novadocker/snapshot:";

    /// <summary>Each fault found, in one line that begins with the instance where it is one instance's; none where all is well.</summary>
    public static IReadOnlyList<string> On(Evidence evidence) =>
    [
        .. evidence.Instances.SelectMany(OnHistory),
        .. OnAcknowledged(evidence),
        .. OnContainers(evidence),
        .. evidence.Devices is { } devices ? OnDevices(evidence, devices) : [],
        .. OnImages(evidence),
    ];

    private static IEnumerable<string> OnHistory(InstanceEvidence instance)
    {
        var (view, history) = (instance.View, instance.History);
        if (view.Operation is { } operation)
            yield return $"{view.Id}: {operation.Verb} never came to its end, at {operation.Step}.";
        if (history.Count == 0)
        {
            yield return $"{view.Id}: is {view.Phase}, and has no history.";
            yield break;
        }

        if (history[^1].State != view.Phase)
            yield return $"{view.Id}: is {view.Phase}, but its history ends in {history[^1].State}.";
        if (instance.Replayed != view)
            yield return $"{view.Id}: is {view}, but its events make it {instance.Replayed}.";
        if (history.Where((entry, i) => entry.Sequence != i + 1).Any())
            yield return $"{view.Id}: its history has gaps or repetitions.";
        if (history.Where((entry, i) => i > 0 && entry.Before != history[i - 1].State).Any())
            yield return $"{view.Id}: two neighbouring events disagree on the phase between them.";
    }

    private static IEnumerable<string> OnAcknowledged(Evidence evidence)
    {
        var known = evidence.Instances
            .SelectMany(instance => instance.History.Select(entry => (instance.View.Id, entry.RequestId))).ToHashSet();
        return evidence.Acknowledged.Where(command => !known.Contains(command))
            .Select(command => $"{command.Instance}: the acknowledged request {command.RequestId} is not in its history.");
    }

    private static IEnumerable<string> OnContainers(Evidence evidence)
    {
        var containers = evidence.Containers.ToDictionary(container => container.Id);
        foreach (var (view, _, _) in evidence.Instances.Where(instance => instance.View.ContainerId is not null))
        {
            if (!containers.Remove(view.ContainerId!, out var container))
                yield return $"{view.Id}: is {view.Phase}, but its container {view.ContainerId} is not in the Engine.";
            else if (container.Name != $"nova-{view.Id}")
                yield return $"{view.Id}: its container is called {container.Name}.";
            else if (!Fits(view.Phase, container.Status))
                yield return $"{view.Id}: is {view.Phase}, but its container is {container.Status}.";
        }

        foreach (var (view, _, _) in evidence.Instances.Where(instance => instance.View.ContainerId is null))
        {
            if (view.Phase is not (InstancePhase.Error or InstancePhase.Deleted))
                yield return $"{view.Id}: is {view.Phase} without a container.";
        }

        foreach (var (view, _, _) in evidence.Instances.Where(instance => instance.View.SandboxId is not null))
        {
            if (!containers.Remove(view.SandboxId!, out var sandbox))
                yield return $"{view.Id}: is {view.Phase}, but its sandbox {view.SandboxId} is not in the Engine.";
            else if (view.IsSandboxUp != (sandbox.Status == ContainerStatus.Running))
                yield return $"{view.Id}: believes that its sandbox {(view.IsSandboxUp ? "runs" : "has ended")}, but it is {sandbox.Status}.";
        }

        foreach (var (view, _, _) in evidence.Instances.Where(instance => instance.View.Rescue is not null))
        {
            var isThere = view.Rescue!.ContainerId is { } id && containers.Remove(id, out var rescue) && rescue.Status == ContainerStatus.Running;
            // One whose removal failed may be gone all the same.
            if (view is { Phase: InstancePhase.Rescued, Fault: null } && !isThere)
                yield return $"{view.Id}: is rescued, but its rescue container {view.Rescue.ContainerId} does not run.";
        }

        foreach (var volume in evidence.Volumes)
        {
            if (!evidence.Instances.Any(instance => instance.View.Rescue is not null && volume == $"nova-{instance.View.Id}-rescue"))
                yield return $"Volume {volume} is in the Engine, and no instance has it.";
        }

        foreach (var container in containers.Values)
        {
            var owner = evidence.Instances.FirstOrDefault(
                instance => container.Name.StartsWith($"nova-{instance.View.Id}", StringComparison.Ordinal))?.View;
            yield return $"{owner?.Id}: container {container.Name} is in the Engine, and no instance has it.";
        }
    }

    private static IEnumerable<string> OnDevices(Evidence evidence, IReadOnlyDictionary<string, string> devices)
    {
        var containers = evidence.Containers.ToDictionary(container => container.Id);
        var left = devices.Keys.ToHashSet(StringComparer.Ordinal);
        var bridges = evidence.Bridges.ToHashSet(StringComparer.Ordinal);
        foreach (var (view, _, _) in evidence.Instances.Where(instance => instance.View.Phase != InstancePhase.Deleted))
        {
            var path = view.SandboxId is { } id ? containers.GetValueOrDefault(id)?.NamespacePath : null;
            foreach (var port in view.Ports)
            {
                bridges.Remove(port.Vif.Bridge);
                if (left.Remove(port.Vif.Device) ? path is not null && devices[port.Vif.Device] != path : NeedsPorts(view))
                    yield return $"{view.Id}: is {view.Phase}, but {port.Vif.Device} is {devices.GetValueOrDefault(port.Vif.Device, "nowhere")} and not in {path}.";
                if (NeedsPorts(view) && !port.IsPlugged)
                    yield return $"{view.Id}: is {view.Phase}, and does not know that port {port.Vif.Id} is plugged.";
            }
        }

        foreach (var device in left)
            yield return $"Device {device} is there, and no instance has its port.";
        foreach (var bridge in bridges)
            yield return $"Bridge {bridge} is there, and no instance has a port in it.";
    }

    private static bool NeedsPorts(InstanceView view) => view.Phase
        is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Rescued;

    private static bool Fits(InstancePhase phase, ContainerStatus status) => phase switch
    {
        InstancePhase.Active => status == ContainerStatus.Running,
        InstancePhase.Paused or InstancePhase.Suspended => status == ContainerStatus.Paused,
        InstancePhase.Stopped or InstancePhase.Rescued => status is ContainerStatus.Exited or ContainerStatus.Created,
        _ => phase == InstancePhase.Error,
    };

    private static IEnumerable<string> OnImages(Evidence evidence)
    {
        var kept = evidence.Instances
            .SelectMany(instance => SnapshotsKept(instance.History).Select(image => (Image: image, instance.View.Id)))
            .ToDictionary(snapshot => snapshot.Image, snapshot => snapshot.Id);
        var stored = evidence.StoredImages.ToHashSet(StringComparer.Ordinal);
        foreach (var image in stored.Except(kept.Keys).Except(evidence.BaseImages))
            yield return $"{OwnerOf(evidence, image)}: image {image} is in the store, and no history accounts for it.";
        foreach (var (image, id) in kept.Where(snapshot => !stored.Contains(snapshot.Key)))
            yield return $"{id}: image {image} is not in the store, though its history says that it was uploaded.";
        foreach (var image in evidence.BaseImages.Where(image => !stored.Contains(image)))
            yield return $"Image {image} is not in the store any more.";

        var tags = evidence.EngineImages.SelectMany(image => image.Tags)
            .Where(tag => tag.StartsWith(SnapshotTag, StringComparison.Ordinal));
        foreach (var tag in tags)
            yield return $"{OwnerOf(evidence, tag[SnapshotTag.Length..])}: the local image {tag} of a snapshot is left over.";
    }

    /// <summary>The instance that was to be made a snapshot of under the id; null where none was.</summary>
    private static InstanceId? OwnerOf(Evidence evidence, string snapshot) => evidence.Instances
        .FirstOrDefault(instance => instance.History.Any(
            entry => entry.Data.TryGetValue("snapshotImageId", out var image) && image == snapshot))?.View.Id;

    /// <summary>The snapshots that were uploaded and not discarded afterwards.</summary>
    private static List<string> SnapshotsKept(IReadOnlyList<HistoryEntry> history)
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
