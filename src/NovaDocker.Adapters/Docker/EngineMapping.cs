using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Docker.DotNet.Models;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using ContainerStatus = NovaDocker.Actors.Docker.ContainerStatus;

namespace NovaDocker.Adapters.Docker;

/// <summary>The Engine's answers in the port's words, and the other way round.</summary>
internal static class EngineMapping
{
    private const string JoinPrefix = "container:";
    private const long NanosecondsPerTick = 100;

    /// <summary>What the Engine adds to a container's labels when it reports an event.</summary>
    private static readonly FrozenSet<string> EventAttributes = FrozenSet.Create(
        StringComparer.Ordinal, "image", "name", "oldName", "exitCode", "signal", "execID", "execDuration");

    /// <summary>An inspected container.</summary>
    public static ContainerSnapshot ToSnapshot(ContainerInspectResponse container)
    {
        var state = container.State ?? throw Missing(container.ID, "state");
        var joined = ToJoined(container.HostConfig?.NetworkMode);
        return new ContainerSnapshot(
            container.ID,
            (container.Name ?? "").TrimStart('/'),
            ToLabels(container.Config?.Labels),
            container.Image ?? "",
            ToStatus(container.ID, state.Status),
            checked((int)state.Pid),
            ToTime(state.StartedAt),
            ToTime(state.FinishedAt),
            unchecked((int)state.ExitCode),
            state.OOMKilled)
        {
            Health = ToHealth(state.Health?.Status),
            Binds = ToBinds(container.HostConfig),
            NamespacePath = state.Pid > 0 && joined is null ? $"/proc/{state.Pid}/ns/net" : null,
            JoinedContainerId = joined,
            Overlay = ToOverlay(container.GraphDriver),
        };
    }

    private static OverlayLayers? ToOverlay(DriverData? driver) =>
        driver is { Name: "overlay2", Data: { } data }
            && data.TryGetValue("LowerDir", out var lower) && data.TryGetValue("UpperDir", out var upper)
            && data.TryGetValue("WorkDir", out var work)
            ? new OverlayLayers(lower, upper, work)
            : null;

    /// <summary>An image as the list of images has it.</summary>
    public static EngineImage ToImage(ImagesListResponse image) =>
        new(image.ID, ToTags(image.RepoTags), ToLabels(image.Labels), image.Size);

    /// <summary>An inspected image.</summary>
    public static EngineImage ToImage(ImageInspectResponse image) =>
        new(image.ID, ToTags(image.RepoTags), ToLabels(image.Config?.Labels), image.Size)
        {
            Defaults = ImageDefaults.Of(image.Config),
        };

    /// <summary>An event; null where it is of no container.</summary>
    public static ContainerEvent? ToEvent(Message message)
    {
        if (message.Actor?.ID is not { Length: > 0 } id || message.Action is not { Length: > 0 } action)
            return null;

        var labels = ToLabels(message.Actor.Attributes).RemoveRange(EventAttributes);
        var ticks = (message.TimeNano ?? 0) / NanosecondsPerTick;
        return new ContainerEvent(id, labels, action, DateTimeOffset.UnixEpoch.AddTicks(ticks));
    }

    /// <summary>A point in time as the Engine's <c>since</c> wants it: seconds, a dot, nanoseconds.</summary>
    public static string ToSince(DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        var (seconds, rest) = Math.DivRem(Math.Max(0, ticks), TimeSpan.TicksPerSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds}.{rest * NanosecondsPerTick:D9}");
    }

    /// <summary>A filter that asks for all the labels; null where there are none.</summary>
    public static Dictionary<string, IDictionary<string, bool>>? ToFilter(IReadOnlyDictionary<string, string> labels) =>
        labels.Count == 0
            ? null
            : new() { ["label"] = labels.ToDictionary(l => $"{l.Key}={l.Value}", _ => true, StringComparer.Ordinal) };

    private static string? ToJoined(string? networkMode) =>
        networkMode?.StartsWith(JoinPrefix, StringComparison.Ordinal) == true ? networkMode[JoinPrefix.Length..] : null;

    /// <summary>Binds as they were asked for, in either of the two places that the Engine has for them.</summary>
    private static EquatableArray<string> ToBinds(HostConfig? host) =>
        (host?.Mounts ?? []).Where(mount => mount.Type == "bind")
            .Select(mount => $"{mount.Source}:{mount.Target}:{(mount.ReadOnly == true ? "ro" : "rw")}")
            .Concat(host?.Binds ?? [])
            .OrderBy(bind => bind.Split(':')[1], StringComparer.Ordinal)
            .ToEquatableArray();

    private static HealthStatus? ToHealth(string? status) => status switch
    {
        "starting" => HealthStatus.Starting,
        "healthy" => HealthStatus.Healthy,
        "unhealthy" => HealthStatus.Unhealthy,
        _ => null,
    };

    private static ImmutableSortedDictionary<string, string> ToLabels(IDictionary<string, string>? labels) =>
        labels is null
            ? ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
            : labels.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>An image without tags has none, or in old API versions one that says so.</summary>
    private static ImmutableArray<string> ToTags(IList<string>? tags) =>
        tags is null ? [] : [.. tags.Where(t => t != "<none>:<none>")];

    private static ContainerStatus ToStatus(string id, string? status) => status switch
    {
        "created" => ContainerStatus.Created,
        "running" => ContainerStatus.Running,
        "paused" => ContainerStatus.Paused,
        "restarting" => ContainerStatus.Restarting,
        "exited" => ContainerStatus.Exited,
        "removing" => ContainerStatus.Removing,
        "dead" => ContainerStatus.Dead,
        _ => throw Missing(id, "status that is known"),
    };

    /// <summary>The Engine writes times to the nanosecond, and year one for never.</summary>
    private static DateTimeOffset? ToTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && time.Year > 1
            ? time
            : null;

    private static EngineException Missing(string id, string what) =>
        new(EngineErrorKind.Transient, $"Inspect container {id}: the answer has no {what}.");
}
