using System.Collections.Immutable;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>
/// A full look at the images of ours in the Engine, and at who uses them: derived from containers and instances each time, and never
/// counted.
/// </summary>
internal sealed class HostImageLook(IContainerEngine engine, HostIdentity host, InstanceFinder finder, EngineDisk disk)
{
    /// <summary>Looks.</summary>
    /// <param name="ledger">What the ledger says.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<HostImagesSeen> LookAsync(ImageLedgerState ledger, CancellationToken cancellationToken)
    {
        // In this order: an instance whose container is made between the two is seen with its operation, or with its container.
        var needs = await NeedsAsync().ConfigureAwait(false);
        var containers = await engine.ListContainersAsync(
            ImmutableDictionary<string, string>.Empty, cancellationToken).ConfigureAwait(false);
        var images = await engine.ListImagesAsync(
            ImmutableDictionary<string, string>.Empty, cancellationToken).ConfigureAwait(false);
        var uses = containers.ToLookup(container => container.ImageId, StringComparer.Ordinal);
        var standings = new List<ImageStanding>();
        foreach (var image in images)
        {
            foreach (var id in image.Tags.Select(ImageTags.ImageOf).OfType<ImageId>())
                standings.Add(StandingOf(id, image, ledger, uses[image.Id].ToArray(), needs));
        }

        return new HostImagesSeen(standings, await disk.LookAsync(cancellationToken).ConfigureAwait(false));
    }

    private ImageStanding StandingOf(
        ImageId id,
        EngineImage image,
        ImageLedgerState ledger,
        ContainerSnapshot[] containers,
        Dictionary<ImageId, string> needs)
    {
        var held = ledger.Images.GetValueOrDefault(id);
        var isOurs = Labels.OfHost(host);
        var instances = containers
            .Where(container => isOurs.All(label => container.Labels.GetValueOrDefault(label.Key) == label.Value))
            .Select(container => Labels.InstanceOf(container.Labels))
            .OfType<InstanceId>().Distinct().Count();
        return new ImageStanding(
            id, held?.Name ?? "", image.Id, image.SizeBytes, held?.LoadedAt ?? default, held?.LastUsed ?? default)
        {
            Tags = image.Tags.Length,
            Instances = instances,
            Containers = containers.Length,
            Need = ledger.Pulls.Values.Any(pull => pull.ImageId == id)
                ? "A pull of it is under way."
                : needs.GetValueOrDefault(id),
            IsInLedger = held is not null,
        };
    }

    /// <summary>The images of instances that have something under way: any of its steps may need the image.</summary>
    private async Task<Dictionary<ImageId, string>> NeedsAsync()
    {
        var ids = await finder.FindInMemoryAsync().ConfigureAwait(false);
        var needs = new Dictionary<ImageId, string>();
        foreach (var view in await finder.AskAsync(ids).ConfigureAwait(false))
        {
            if (view.Host != host.Id || view.Operation is null)
                continue;
            var reason = $"Instance {view.Id} has something under way that may need it.";
            needs.TryAdd(view.Image.Id, reason);
            if (view.Rescue is { } rescue)
                needs.TryAdd(rescue.Image.Id, reason);
        }

        return needs;
    }
}

/// <summary>What a full look showed.</summary>
/// <param name="Images">The images that carry our tag.</param>
/// <param name="Disk">The Engine's file system; null where it cannot be seen.</param>
internal sealed record HostImagesSeen(IReadOnlyList<ImageStanding> Images, DiskUse? Disk)
{
    /// <summary>The same as news for the ledger.</summary>
    /// <param name="revision">The ledger's revision before the look.</param>
    public ImagesSeen ForLedger(long revision) => new(
        Images.Select(image => image.Id).ToHashSet(),
        Images.Where(image => image.Containers > 0).Select(image => image.Id).ToHashSet(),
        revision);
}
