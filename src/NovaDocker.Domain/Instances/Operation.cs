using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Instances;

/// <summary>Where an operation stands with the first of its pending steps.</summary>
public enum StepStatus
{
    /// <summary>Not begun: the next event begins it.</summary>
    Due = 1,

    /// <summary>Handed to the host.</summary>
    Running = 2,

    /// <summary>Failed; tried again later.</summary>
    AwaitingRetry = 3,

    /// <summary>Failed for good: the next event says what follows.</summary>
    GivenUp = 4,
}

/// <summary>An operation under way.</summary>
/// <param name="Id">The operation.</param>
/// <param name="Verb">What it carries out.</param>
/// <param name="Request">Who asked for it.</param>
/// <param name="Origin">The phase in which it began.</param>
/// <param name="Pending">The steps not done yet; the first is the current one.</param>
/// <param name="Status">Where the current step stands.</param>
/// <param name="Attempt">How often the current step was begun.</param>
/// <param name="IntentRevision">Revision of the event that last made the current step due at the host.</param>
/// <param name="RetryAt">With <see cref="StepStatus.AwaitingRetry"/>: when.</param>
/// <param name="Failure">Set once a step was given up: what remains pending cleans up after it.</param>
/// <param name="Snapshot">The image being made, or to be discarded.</param>
public sealed record Operation(
    OperationId Id,
    InstanceVerb Verb,
    RequestContext Request,
    InstancePhase Origin,
    EquatableArray<StepKind> Pending,
    StepStatus Status,
    int Attempt,
    long IntentRevision,
    DateTimeOffset? RetryAt,
    Fault? Failure,
    SnapshotTarget? Snapshot)
{
    /// <summary>The port being attached or detached; null where all of them are meant.</summary>
    public PortId? Port { get; init; }

    /// <summary>How it is to be carried out.</summary>
    public OperationTerms Terms { get; init; } = OperationTerms.Usual;

    /// <summary>Until when <see cref="StepKind.AwaitVifs"/> waits; null before and behind that step.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The step it is at; null where all are done.</summary>
    public StepKind? CurrentStep => Pending.IsEmpty ? null : Pending[0];

    /// <summary>True while it carries out a step that ends the container's process, so that the end is no surprise.</summary>
    public bool IsEndingContainer =>
        CurrentStep is StepKind.StopContainer or StepKind.KillContainer or StepKind.RemoveContainer;
}
