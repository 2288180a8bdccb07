using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Output;

/// <summary>An instance for programs. Fields are only ever added.</summary>
internal record InstanceRow
{
    private readonly InstanceView _view;

    public InstanceRow(InstanceView view) => _view = view;

    public string Id => _view.Id.ToString();

    public string Name => _view.Name;

    /// <summary>The phase in lower case: <c>active</c>, <c>stopped</c>, …</summary>
    public string State => EventDescription.Kebab(_view.Phase);

    public string VmState => _view.Nova.VmState;

    public string? TaskState => _view.Nova.TaskState;

    public string PowerState => _view.Nova.PowerState;

    /// <summary>The host's stable id.</summary>
    public string Host => _view.Host.Value;

    public string? ContainerId => _view.ContainerId;

    public string ImageId => _view.Image.Id.ToString();

    public string ImageName => _view.Image.Name;

    public string? EngineImageId => _view.EngineImageId;

    public long MemoryMb => _view.MemoryMb;

    public int Vcpus => _view.Vcpus;

    public IReadOnlyList<string> Command => [.. _view.Command];

    public IReadOnlyList<string> EnvironmentNames => [.. _view.EnvironmentNames];

    public string UserId => _view.UserId;

    public string ProjectId => _view.ProjectId;

    public DateTime CreatedAt => _view.CreatedAt.UtcDateTime;

    public DateTime Since => _view.Since.UtcDateTime;

    public long Revision => _view.Revision;

    public OperationViewRow? Operation => _view.Operation is { } operation ? OperationViewRow.Of(operation) : null;

    public ExitRow? LastExit => _view.LastExit is { } exit
        ? new ExitRow(
            exit.ExitCode, exit.OutOfMemory, exit.RunStartedAt.UtcDateTime, exit.FinishedAt.UtcDateTime, exit.Signal, exit.Output)
        : null;

    public FaultRow? Fault => _view.Fault is { } fault ? new FaultRow(EventDescription.Kebab(fault.Code), fault.Message) : null;

    /// <summary>When its process was last started; null where it never was.</summary>
    public DateTime? RunStartedAt => _view.RunStartedAt?.UtcDateTime;

    /// <summary>The name that its container really has; null where it has no container.</summary>
    public string? ContainerName =>
        _view.ContainerId is null ? null : _view.ContainerAlias ?? ContainerDrift.NameOf(_view.Id);

    /// <summary>As <c>boot --restart</c> takes it.</summary>
    public string RestartPolicy => _view.Upkeep.Restart.ToString();

    /// <summary>How often in a row it was started again by itself.</summary>
    public int Restarts => _view.Restarts;

    /// <summary><c>report</c> or <c>restart</c>.</summary>
    public string WhenUnhealthy => EventDescription.Kebab(_view.Upkeep.WhenUnhealthy);

    /// <summary><c>report</c> or <c>recreate</c>.</summary>
    public string WhenLost => EventDescription.Kebab(_view.Upkeep.WhenLost);

    /// <summary>The addresses of its ports, without floating ones.</summary>
    public IReadOnlyList<string> Addresses =>
        [.. _view.Ports.SelectMany(port => port.Vif.Addresses).Select(address => address.ToString())];

    /// <summary><c>starting</c>, <c>healthy</c>, <c>unhealthy</c>; null where nothing was heard of health checks.</summary>
    public string? Health => _view.Health is { } health ? EventDescription.Kebab(health) : null;
}

/// <summary>An operation under way.</summary>
internal sealed record OperationViewRow(
    string Id, string Verb, string? Step, int Attempt, DateTime? RetryAt, long? BytesDone, long? BytesTotal,
    long? BytesPerSecond, double? RemainingSeconds, string? WaitsFor)
{
    public static OperationViewRow Of(OperationView view) => new(
        view.Id.ToString(),
        EventDescription.Kebab(view.Verb),
        view.Step is { } step ? EventDescription.Kebab(step) : null,
        view.Attempt,
        view.RetryAt?.UtcDateTime,
        view.Progress?.BytesDone,
        view.Progress?.BytesTotal,
        view.Progress?.BytesPerSecond,
        view.Progress?.Remaining?.TotalSeconds,
        view.Progress?.WaitsFor);
}

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="OutOfMemory">True where the kernel killed it for its memory limit.</param>
/// <param name="StartedAt">When the run that ended had been started.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Signal">The number of the signal that the exit code names; null where it names none.</param>
/// <param name="Output">The last that it wrote; empty where that is not known.</param>
internal sealed record ExitRow(
    int ExitCode, bool OutOfMemory, DateTime StartedAt, DateTime FinishedAt, int? Signal, string Output);

/// <summary>What went wrong.</summary>
internal sealed record FaultRow(string Code, string Message);
