using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Actors.Instances;

/// <summary>How instances are driven: <c>novadocker.instances</c> in HOCON.</summary>
public sealed record InstanceSettings
{
    /// <summary>
    /// How long an id that nobody booted stays in memory after a question about it. A boot asks first whether its id is
    /// taken: it shall find the actor that was started for the question, and not wait for its end and another start.
    /// </summary>
    internal static readonly TimeSpan AbsentLinger = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long after its start a process that ends has ended at once, for boots whose process must stay up
    /// (<see cref="OperationTerms.MustStayUp"/>); such a boot takes that much longer. Zero has the Engine looked at once only.
    /// </summary>
    public TimeSpan BootWatch { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a container may take to end by its stop signal before it is killed.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same for one instance: its user data may want another.</summary>
    public TimeSpan StopGraceOf(InstanceSpec spec) =>
        spec.Options.Number(OptionKeys.StopTimeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : StopGrace;

    /// <summary>
    /// How long steps of containers may take that have a deadline of their own, by <see cref="StepKind"/>'s name.
    /// </summary>
    public EquatableMap<TimeSpan> Deadlines { get; init; } = EquatableMap<TimeSpan>.Empty;

    /// <summary>How often steps are tried.</summary>
    public required StepPolicies Policies { get; init; }

    /// <summary>How long an instance waits for its host to answer before it sends a step again.</summary>
    public TimeSpan ResendInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many of a container's last lines of output are recorded when it has ended by itself; 0 for none.</summary>
    public int ExitOutputLines { get; init; } = 10;

    /// <summary>True where the public key of an instance's key pair is brought into its container.</summary>
    public bool InjectKey { get; init; }

    /// <summary>Events between two snapshots of the state.</summary>
    public int SnapshotEvery { get; init; } = 50;

    /// <summary>How long a deleted instance stays in memory after the last question about it.</summary>
    public TimeSpan PassivateAfter { get; init; } = TimeSpan.FromMinutes(2);
}
