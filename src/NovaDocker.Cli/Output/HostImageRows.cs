using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Hosts;

namespace NovaDocker.Cli.Output;

/// <summary>Where a pull stands on a host, for programs.</summary>
/// <param name="Host">The host.</param>
/// <param name="State"><c>present</c>, <c>pulling</c> or <c>pulled</c>; what failed goes to standard error.</param>
/// <param name="ImageId">The image.</param>
/// <param name="Name">Its name.</param>
internal sealed record ImagePullRow(string Host, string State, string? ImageId, string Name)
{
    public static ImagePullRow Of(HostProtocol.ImagePull pull) => new(
        pull.HostId.Value, EventDescription.Kebab(pull.State), pull.ImageId?.ToString(), pull.Name);
}

/// <summary>An image in a host's Engine, for programs; or why nothing is known of a host's images.</summary>
/// <param name="Host">The host.</param>
/// <param name="ImageId">The image; null with <paramref name="Problem"/>.</param>
/// <param name="Name">Its name; empty where the host did not load it.</param>
/// <param name="EngineImageId">Its id in the Engine.</param>
/// <param name="Bytes">Its size on disk; layers that others share are counted in.</param>
/// <param name="LoadedAt">Since when it is there.</param>
/// <param name="LastUsed">When it was last known to be used.</param>
/// <param name="Instances">Instances of the host that have a container of it.</param>
/// <param name="Fate"><c>stays</c>, <c>would-go</c>, <c>gone</c> or <c>failed</c>.</param>
/// <param name="Reason"><c>age</c>, <c>disk</c> or <c>on-demand</c>; null where it stays.</param>
/// <param name="FreedBytes">What its going frees at most.</param>
/// <param name="Why">Why it stays, or goes.</param>
/// <param name="Problem">Why nothing is known; null where it is.</param>
internal sealed record HostImageRow(
    string Host,
    string? ImageId,
    string? Name,
    string? EngineImageId,
    long Bytes,
    DateTime? LoadedAt,
    DateTime? LastUsed,
    int Instances,
    string? Fate,
    string? Reason,
    long FreedBytes,
    string? Why,
    string? Problem)
{
    public static IEnumerable<HostImageRow> Of(HostProtocol.HostImages host) => host.Problem is { } problem
        ? [new HostImageRow(host.HostId.Value, null, null, null, 0, null, null, 0, null, null, 0, null, problem)]
        : host.Images.Select(image => new HostImageRow(
            host.HostId.Value, image.ImageId.ToString(), image.Name, image.EngineImageId, image.Bytes,
            image.LoadedAt?.UtcDateTime, image.LastUsed?.UtcDateTime, image.Instances, EventDescription.Kebab(image.Fate),
            image.Reason is { } reason ? EventDescription.Kebab(reason) : null, image.FreedBytes, image.Why, null));
}

/// <summary>An event of a host's ledger of images, for programs.</summary>
internal sealed record ImageHistoryRow(
    long Sequence,
    string EventId,
    DateTime OccurredAt,
    string Event,
    string Kind,
    string Outcome,
    string Host,
    string ImageId,
    string ImageName,
    IReadOnlyDictionary<string, string> Data)
{
    public static ImageHistoryRow Of(ImageHistoryEntry entry) => new(
        entry.Sequence, entry.EventId.ToString("D"), entry.OccurredAt.UtcDateTime, entry.Event,
        EventDescription.Kebab(entry.Kind), EventDescription.Kebab(entry.Outcome), entry.Host.Value, entry.ImageId.ToString(),
        entry.ImageName, entry.Data);
}
