using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Http.Answers;

/// <summary>An instance. Members are only ever added.</summary>
/// <param name="view">What is known of it.</param>
internal sealed class InstanceAnswer(InstanceView view)
{
    public string Id => view.Id.ToString();

    public string Name => view.Name;

    /// <summary>The number of its events so far.</summary>
    public long Revision => view.Revision;

    /// <summary>Where it stands, in lower case with hyphens.</summary>
    public string Phase => EventDescription.Kebab(view.Phase);

    public string VmState => view.Nova.VmState;

    public string? TaskState => view.Nova.TaskState;

    public string PowerState => view.Nova.PowerState;

    public string HostId => view.Host.Value;

    public string ImageId => view.Image.Id.ToString();

    public string ImageName => view.Image.Name;

    public string? EngineImageId => view.EngineImageId;

    public string? ContainerId => view.ContainerId;

    public long MemoryMb => view.MemoryMb;

    public int Vcpus => view.Vcpus;

    public string ProjectId => view.ProjectId;

    public string UserId => view.UserId;

    public DateTime CreatedAt => view.CreatedAt.UtcDateTime;

    public DateTime Since => view.Since.UtcDateTime;

    public OperationAnswer? Operation => view.Operation is { } operation ? OperationAnswer.UnderWay(view, operation) : null;

    public FaultAnswer? Fault => view.Fault is { } fault ? new FaultAnswer(EventDescription.Kebab(fault.Code), fault.Message) : null;

    public ExitAnswer? LastExit => view.LastExit is { } exit ? ExitAnswer.Of(exit) : null;

    public IReadOnlyList<PortAnswer> Ports => [.. view.Ports.Select(PortAnswer.Of)];

    /// <summary>The size it had before a resize that is neither confirmed nor taken back; null where there is none.</summary>
    public FlavorAnswer? PreviousFlavor => view.OtherSize is { } size ? new FlavorAnswer(size.MemoryMb, size.Vcpus) : null;

    /// <summary><c>starting</c>, <c>healthy</c>, <c>unhealthy</c>; null where nothing was heard of health checks.</summary>
    public string? Health => view.Health is { } health ? EventDescription.Kebab(health) : null;

    /// <summary>How often in a row it was started again by itself.</summary>
    public int Restarts => view.Restarts;
}

/// <summary>Some instances.</summary>
/// <param name="Instances">In the order of their ids.</param>
/// <param name="Next">What to ask for the next ones after; null where there is none.</param>
internal sealed record InstancesAnswer(IReadOnlyList<InstanceAnswer> Instances, string? Next);

/// <summary>How large an instance is.</summary>
/// <param name="MemoryMb">Memory limit, MiB.</param>
/// <param name="Vcpus">Processors.</param>
internal sealed record FlavorAnswer(long MemoryMb, int Vcpus);

/// <summary>What went wrong.</summary>
/// <param name="Code">Its kind.</param>
/// <param name="Message">In a sentence.</param>
internal sealed record FaultAnswer(string Code, string Message);

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="OutOfMemory">True where the kernel killed it for its memory limit.</param>
/// <param name="StartedAt">When the run that ended had been started.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Signal">The number of the signal that the exit code names; null where it names none.</param>
/// <param name="Output">The last that it wrote; empty where that is not known.</param>
internal sealed record ExitAnswer(
    int ExitCode, bool OutOfMemory, DateTime StartedAt, DateTime FinishedAt, int? Signal, string Output)
{
    public static ExitAnswer Of(ContainerExit exit) => new(
        exit.ExitCode, exit.OutOfMemory, exit.RunStartedAt.UtcDateTime, exit.FinishedAt.UtcDateTime, exit.Signal, exit.Output);
}

/// <summary>A port of an instance.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Mac">Its interface's address.</param>
/// <param name="Interface">Its interface's name inside.</param>
/// <param name="Device">Its device on the host.</param>
/// <param name="IsPlugged">True where it was plugged, and has not been unplugged or found broken since.</param>
/// <param name="Addresses">Its addresses, without floating ones.</param>
/// <param name="NetworkId">Its network.</param>
internal sealed record PortAnswer(
    string Id, string Mac, string Interface, string Device, bool IsPlugged, IReadOnlyList<string> Addresses, string NetworkId)
{
    public static PortAnswer Of(InstancePort port) => new(
        port.Vif.Id.ToString(), port.Vif.Mac.Value, port.Interface, port.Vif.Device, port.IsPlugged,
        [.. port.Vif.Addresses.Select(address => address.ToString())], port.Vif.Network.Id.Value);
}
