using System.Collections.Immutable;
using NovaDocker.Actors.Docker;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;

namespace NovaDocker.Chaos.Tests;

/// <summary>Gathers from outside what the verdict is reached by: from the node as a commander, and from the Engine itself.</summary>
internal sealed class Investigation(INovaDockerClient client, IContainerEngine engine, string hostId)
{
    /// <summary>Looks at everything.</summary>
    /// <param name="workload">What was asked for.</param>
    /// <param name="baseImage">The image that all were booted from.</param>
    public async Task<Evidence> GatherAsync(Workload workload, string baseImage)
    {
        var instances = new List<InstanceEvidence>();
        foreach (var id in workload.Instances)
        {
            if (await client.GetInstanceAsync(id) is { } view)
            {
                instances.Add(new InstanceEvidence(
                    view, await ReadAsync(client.GetHistoryAsync(id)), await client.GetInstanceAtAsync(id, DateTimeOffset.MaxValue)));
            }
        }

        var labels = ImmutableSortedDictionary<string, string>.Empty.Add("org.novadocker.host-id", hostId);
        return new Evidence
        {
            Instances = instances,
            Acknowledged = workload.Acknowledged,
            Containers = await engine.ListContainersAsync(labels, CancellationToken.None),
            EngineImages = await engine.ListImagesAsync(labels, CancellationToken.None),
            StoredImages = [.. (await ReadAsync(client.ListImagesAsync())).Select(image => image.Id.ToString())],
            BaseImages = [baseImage],
        };
    }

    private static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
            all.Add(item);
        return all;
    }
}
