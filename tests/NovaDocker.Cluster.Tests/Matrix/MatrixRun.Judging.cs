using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <content>What is right when all is quiet.</content>
internal sealed partial class MatrixRun
{
    private const int AtOnce = 50;

    /// <summary>Does something for each, some at once: all at once they would wait longer for their turn at the journal than they may.</summary>
    public static async Task<IReadOnlyList<TResult>> ForEachAsync<T, TResult>(IEnumerable<T> all, Func<T, Task<TResult>> action)
    {
        var results = new List<TResult>();
        foreach (var some in all.Chunk(AtOnce))
            results.AddRange(await Task.WhenAll(some.Select(action)));
        return results;
    }

    /// <inheritdoc cref="ForEachAsync{T,TResult}"/>
    public static async Task ForEachAsync<T>(IEnumerable<T> all, Func<T, Task> action)
    {
        foreach (var some in all.Chunk(AtOnce))
            await Task.WhenAll(some.Select(action));
    }

    /// <summary>Everything that is wrong in the end, with the names of the cases; nothing where all is well.</summary>
    public async Task<IReadOnlyList<string>> JudgeAsync()
    {
        await Eventually.BecomesAsync(Host.HostAsync, view => view.Steps == 0, "no step is under way");
        var instances = await ForEachAsync(_cases.Select(judged => judged.Id).Concat(_canaries), InvestigateAsync);
        var labels = new Dictionary<string, string> { ["org.novadocker.host-id"] = Machine.Id.Value };
        var faults = Verdict.On(new Evidence
        {
            Instances = instances,
            Acknowledged = _acknowledged,
            Containers = Engine.Containers,
            EngineImages = await Engine.ListImagesAsync(labels, CancellationToken.None),
            StoredImages = [.. (await _machine.Images.ListAsync(null, ImageCaller.Nobody, CancellationToken.None)).Select(image => image.Id.ToString())],
            BaseImages = _baseImages,
            Devices = Network.Devices,
            Bridges = Network.Bridges,
            Volumes = [.. Engine.Volumes.Keys],
        }).ToList();
        faults.AddRange(instances.Select(instance => WrongLimit(instance.View)).OfType<string>());
        faults.AddRange(Network.Interleaved.Select(subject => $"Two operations were on {subject} at once."));

        faults.AddRange((await ReconcileAsync(dryRun: true))
            .Select(finding => $"{finding.InstanceId}: {finding.Kind} {finding.Subject}: {finding.Reason}"));
        if (await ClaimedInTimeAsync(instances) is { } surplus)
            faults.Add(surplus);
        return [.. faults.Select(Named)];
    }

    /// <summary>What is wrong with the memory limit of an instance's container; null where nothing is, or where it has none.</summary>
    private string? WrongLimit(InstanceView view)
    {
        if (view.ContainerId is not { } id || Engine.Containers.All(container => container.Id != id))
            return null;
        var limit = Engine.SpecOf(id).MemoryBytes >> 20;
        return limit == view.MemoryMb ? null : $"{view.Id}: is of {view.MemoryMb} MiB, and its container has {limit}.";
    }

    /// <summary>What is wrong with the host's claims; null when they are those of the instances that live.</summary>
    private async Task<string?> ClaimedInTimeAsync(IEnumerable<InstanceEvidence> instances)
    {
        var living = instances.Where(HasClaim).Select(instance => instance.View).ToList();
        var right = (living.Count, living.Sum(view => view.MemoryMb), living.Sum(view => view.Vcpus));
        try
        {
            await Eventually.BecomesAsync(
                Host.HostAsync, host => (host.Instances, host.MemoryMbClaimed, host.VcpusClaimed) == right,
                $"{right} is claimed", Patience);
            return null;
        }
        catch (TimeoutException e)
        {
            return $"The claims are wrong. {e.Message}";
        }
    }

    /// <summary>True of an instance that has a container, or has lost it and did not give back what was set aside for it.</summary>
    private static bool HasClaim(InstanceEvidence instance) => instance.View.ContainerId is not null
        || instance.History.LastOrDefault(entry => entry.Event is "claim-resources-completed" or "release-resources-completed")
            is { Event: "claim-resources-completed" };

    private async Task<InstanceEvidence> InvestigateAsync(InstanceId id)
    {
        var view = await Host.ViewAsync(id);
        var replayed = await Host.AskAsync<InstanceFound>(new ComputeProtocol.GetInstanceAt(id, DateTimeOffset.MaxValue));
        return new InstanceEvidence(view!, await Host.HistoryAsync(id), replayed.View);
    }

    private string Named(string fault) =>
        Ids().Match(fault) is { Index: 0, Success: true } id && _owners.TryGetValue(id.Value, out var owner)
            ? $"{owner}{fault[id.Length..]}"
            : fault;
}
