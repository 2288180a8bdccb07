using System.Text;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Testing;

/// <summary>A container of the fake Engine.</summary>
internal sealed class FakeContainer(string id, ContainerSpec spec, string imageId, int pid)
{
    public string Id => id;

    public ContainerSpec Spec => spec;

    public string ImageId => imageId;

    public FakeProgram Program { get; set; } = new();

    public ContainerStatus Status { get; set; } = ContainerStatus.Created;

    public StringBuilder Console { get; } = new();

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public int ExitCode { get; set; }

    public bool OutOfMemory { get; set; }

    public bool IsRunning => Status is ContainerStatus.Running or ContainerStatus.Paused;

    public ContainerSnapshot ToSnapshot() => new(
        id, spec.Name, spec.Labels, imageId, Status, IsRunning ? pid : 0, StartedAt, FinishedAt, ExitCode, OutOfMemory);
}
