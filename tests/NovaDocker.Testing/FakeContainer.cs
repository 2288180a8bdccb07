using System.Text;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Testing;

/// <summary>A container of the fake Engine.</summary>
internal sealed class FakeContainer(string id, ContainerSpec spec, string imageId, int pid)
{
    public string Id => id;

    public ContainerSpec Spec { get; set; } = spec;

    public string Name { get; set; } = spec.Name;

    public HealthStatus? Health { get; set; }

    public string ImageId => imageId;

    public FakeProgram Program { get; set; } = new();

    public ContainerStatus Status { get; set; } = ContainerStatus.Created;

    public StringBuilder Console { get; } = new();

    /// <summary>Where in the console the output of the present run begins.</summary>
    public int RunBegin { get; set; }

    /// <summary>When the run before the present one ended.</summary>
    public DateTimeOffset? LastFinishedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public int ExitCode { get; set; }

    public bool OutOfMemory { get; set; }

    public bool IsRunning => Status is ContainerStatus.Running or ContainerStatus.Paused;

    /// <summary>The container that a network mode joins; null where it joins none.</summary>
    public static string? JoinedBy(string networkMode) =>
        networkMode.StartsWith("container:", StringComparison.Ordinal) ? networkMode["container:".Length..] : null;

    public ContainerSnapshot ToSnapshot() => new(
        id, Name, Spec.Labels, imageId, Status, IsRunning ? pid : 0, StartedAt, FinishedAt, ExitCode, OutOfMemory)
    {
        Health = IsRunning ? Health : null,
        JoinedContainerId = JoinedBy(Spec.NetworkMode),
        NamespacePath = IsRunning && JoinedBy(Spec.NetworkMode) is null ? $"/fake/netns/{id[..12]}-{StartedAt?.Ticks}" : null,
        Binds = Spec.Options.Words(OptionKeys.Binds)
            .OrderBy(bind => bind.Split(':')[1], StringComparer.Ordinal).ToEquatableArray(),
        Overlay = new OverlayLayers($"/fake/{imageId.Replace(':', '-')}", $"/fake/{id[..12]}/upper", $"/fake/{id[..12]}/work"),
    };
}
