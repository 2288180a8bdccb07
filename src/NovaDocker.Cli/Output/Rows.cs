using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;

namespace NovaDocker.Cli.Output;

/// <summary>An image for programs.</summary>
internal sealed record ImageRow(
    string Id, string Name, string Checksum, long SizeBytes, DateTime CreatedAt, IReadOnlyDictionary<string, string> Properties)
{
    public static ImageRow Of(ImageDescription image) => new(
        image.Id.ToString(), image.Name, image.Checksum, image.SizeBytes, image.CreatedAt.UtcDateTime, image.Properties);
}

/// <summary>A host for programs.</summary>
internal sealed record HostRow(
    string Id,
    string Name,
    string Address,
    string EngineState,
    string EngineVersion,
    string EngineAddress,
    long MemoryMb,
    long MemoryMbClaimed,
    int Vcpus,
    int VcpusClaimed,
    int Instances,
    int Steps,
    string? Problem,
    int StepsWaiting,
    int EngineRestarts,
    IReadOnlyList<StepRow> StepsInHand)
{
    public static HostRow Of(HostView host) => new(
        host.Id.Value, host.Name, host.Address, EventDescription.Kebab(host.EngineState), host.EngineVersion,
        host.EngineAddress, host.MemoryMb, host.MemoryMbClaimed, host.Vcpus, host.VcpusClaimed, host.Instances, host.Steps,
        host.Problem, host.StepsWaiting, host.EngineRestarts, [.. host.StepsInHand.Select(StepRow.Of)]);
}

/// <summary>A step that a host has in hand, for programs.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Step">The step.</param>
/// <param name="Attempt">Which attempt, counted from 1.</param>
/// <param name="ElapsedSeconds">For how long the host has had it.</param>
/// <param name="Waiting">True while it waits for the Engine to be back.</param>
internal sealed record StepRow(string InstanceId, string Step, int Attempt, double ElapsedSeconds, bool Waiting)
{
    public static StepRow Of(StepView step) => new(
        step.InstanceId.ToString(), EventDescription.Kebab(step.Step), step.Attempt, step.Elapsed.TotalSeconds, step.IsWaiting);
}

/// <summary>A difference between Engine and journal, for programs; or why nothing was compared, or not everything.</summary>
/// <param name="Host">The host.</param>
/// <param name="Kind">Which kind of difference; null with <paramref name="Problem"/>.</param>
/// <param name="Subject">The container's id, the image's tag, the port's id, or the device's name.</param>
/// <param name="InstanceId">The instance concerned.</param>
/// <param name="Action">What was done about it.</param>
/// <param name="Reason">Why it is one.</param>
/// <param name="Problem">Why nothing was compared, or not everything, in a row of its own; null in that of a difference.</param>
internal sealed record FindingRow(
    string Host, string? Kind, string? Subject, string? InstanceId, string? Action, string? Reason, string? Problem)
{
    public static IEnumerable<FindingRow> Of(HostProtocol.HostReconciled host)
    {
        foreach (var finding in host.Findings)
        {
            yield return new FindingRow(
                host.HostId.Value, EventDescription.Kebab(finding.Kind), finding.Subject, finding.InstanceId?.ToString(),
                EventDescription.Kebab(finding.Action), finding.Reason, null);
        }

        if (host.Problem is { } problem)
            yield return new FindingRow(host.HostId.Value, null, null, null, null, null, problem);
    }
}

/// <summary>What a process wrote, for programs.</summary>
internal sealed record ConsoleRow(string Id, string Text, bool Truncated);

/// <summary>A failure for programs.</summary>
/// <param name="Error">The kind, in lower case with hyphens.</param>
/// <param name="Message">One sentence, or one on each line.</param>
/// <param name="Hint">What to do; null where the message says it.</param>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="Faults">The lines of the message where it lists many faults; else empty.</param>
internal sealed record FailureRow(string Error, string Message, string? Hint, int ExitCode, IReadOnlyList<string> Faults);
