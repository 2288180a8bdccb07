using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Domain.Instances;

public static partial class InstanceProtocol
{
    /// <summary>A fact of the instance's life, as it lies in the journal. Never changed, never removed.</summary>
    /// <param name="Header">When, on whose behalf, where.</param>
    public abstract record InstanceEvent(EventHeader Header) : IWireMessage
    {
        /// <summary>What it is evidence of.</summary>
        public abstract EventKind Kind { get; }

        /// <summary>How what it tells of turned out.</summary>
        public abstract EventOutcome Outcome { get; }
    }

    /// <summary>An event that begins an operation.</summary>
    /// <param name="Header">When, on whose behalf, where.</param>
    /// <param name="OperationId">The operation.</param>
    /// <param name="Steps">What it will do, in order: fixed here, so that a later version of the plan cannot change a begun operation.</param>
    public abstract record OperationRequest(EventHeader Header, OperationId OperationId, EquatableArray<StepKind> Steps)
        : InstanceEvent(Header)
    {
        /// <summary>What is asked.</summary>
        public abstract InstanceVerb Verb { get; }

        /// <summary>How it is to be carried out.</summary>
        public OperationTerms Terms { get; init; } = OperationTerms.Usual;

        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Intent;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Pending;
    }

    /// <summary>A boot was accepted: the instance exists from here on, or once more where it was deleted.</summary>
    public sealed record BootRequested(
        EventHeader Header, OperationId OperationId, EquatableArray<StepKind> Steps, InstanceSpec Spec, ResolvedImage Image)
        : OperationRequest(Header, OperationId, Steps)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Boot;
    }

    /// <summary>A snapshot was accepted.</summary>
    public sealed record SnapshotRequested(
        EventHeader Header, OperationId OperationId, EquatableArray<StepKind> Steps, SnapshotTarget Target)
        : OperationRequest(Header, OperationId, Steps)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Snapshot;
    }

    /// <summary>A deletion was accepted. It stands above whatever else was under way.</summary>
    /// <param name="Header">When, on whose behalf, where.</param>
    /// <param name="OperationId">The operation.</param>
    /// <param name="Steps">What it will do, in order.</param>
    /// <param name="Discarded">The snapshot that was called off, which the steps tidy up after; else null.</param>
    public sealed record DeleteRequested(
        EventHeader Header, OperationId OperationId, EquatableArray<StepKind> Steps, SnapshotTarget? Discarded)
        : OperationRequest(Header, OperationId, Steps)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Delete;
    }

    /// <summary>A verb was accepted that its name and the terms say all of: a start, stop, reboot, pause, suspension, …</summary>
    public sealed record PowerChangeRequested : OperationRequest
    {
        /// <summary>Makes one.</summary>
        public PowerChangeRequested(
            EventHeader header, OperationId operationId, EquatableArray<StepKind> steps, InstanceVerb verb)
            : base(header, operationId, steps) => Verb = verb;

        /// <inheritdoc/>
        public override InstanceVerb Verb { get; }
    }

    /// <summary>
    /// The instance is to be started again by its own policy, or its lost container to be made again. The first step waits
    /// for its time.
    /// </summary>
    /// <param name="Header">When, on whose behalf, where.</param>
    /// <param name="OperationId">The operation.</param>
    /// <param name="Steps">What it will do, in order.</param>
    /// <param name="Cause">Why.</param>
    /// <param name="Restart">Which restart in a row this is, counted from 1.</param>
    /// <param name="StartAt">When the first step is due.</param>
    public sealed record RestartRequested(
        EventHeader Header,
        OperationId OperationId,
        EquatableArray<StepKind> Steps,
        RestartCause Cause,
        int Restart,
        DateTimeOffset StartAt)
        : OperationRequest(Header, OperationId, Steps)
    {
        /// <inheritdoc/>
        public override InstanceVerb Verb => InstanceVerb.Restart;

        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Decision;
    }

    /// <summary>The instance would be started again, but has been as often in a row as its policy allows.</summary>
    /// <param name="Header">When, on whose behalf, where.</param>
    /// <param name="Cause">Why it would be.</param>
    /// <param name="Restarts">How often it was.</param>
    public sealed record RestartGivenUp(EventHeader Header, RestartCause Cause, int Restarts) : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Decision;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Failure;
    }

    /// <summary>A command was answered without doing anything: refused, or already done.</summary>
    /// <param name="Header">When, on whose behalf, where.</param>
    /// <param name="Verb">What was asked.</param>
    /// <param name="Reply">The answer, which a repeated request gets again.</param>
    public sealed record CommandAnswered(EventHeader Header, InstanceVerb Verb, CommandReply Reply) : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Decision;

        /// <inheritdoc/>
        public override EventOutcome Outcome => Reply is Refused ? EventOutcome.Failure : EventOutcome.Success;
    }

    /// <summary>A step is about to be done: written before the host is told.</summary>
    public sealed record StepStarted(EventHeader Header, OperationId OperationId, StepKind Step, int Attempt)
        : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Intent;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Pending;
    }

    /// <summary>A step was done.</summary>
    public sealed record StepCompleted(
        EventHeader Header, OperationId OperationId, StepKind Step, int Attempt, StepResult Result)
        : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Result;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Success;
    }

    /// <summary>An attempt at a step failed.</summary>
    /// <param name="Header">When, on whose behalf, where.</param>
    /// <param name="OperationId">The operation.</param>
    /// <param name="Step">The step.</param>
    /// <param name="Attempt">Which attempt, counted from 1.</param>
    /// <param name="Fault">What went wrong.</param>
    /// <param name="RetryAt">When it is tried again; null where it was given up.</param>
    public sealed record StepFailed(
        EventHeader Header, OperationId OperationId, StepKind Step, int Attempt, Fault Fault, DateTimeOffset? RetryAt)
        : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Result;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Failure;
    }

    /// <summary>A step was given up; what had been done so far is taken back.</summary>
    public sealed record UnwindStarted(
        EventHeader Header, OperationId OperationId, InstanceVerb Verb, Fault Fault, EquatableArray<StepKind> Steps)
        : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Decision;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Pending;
    }

    /// <summary>All steps of an operation were done.</summary>
    public sealed record OperationCompleted(EventHeader Header, OperationId OperationId, InstanceVerb Verb)
        : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Decision;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Success;
    }

    /// <summary>An operation was given up, and what it had done was taken back as far as possible.</summary>
    public sealed record OperationFailed(EventHeader Header, OperationId OperationId, InstanceVerb Verb, Fault Fault)
        : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Decision;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Failure;
    }

    /// <summary>An operation was called off because a command that stands above it took its place.</summary>
    public sealed record OperationCancelled(EventHeader Header, OperationId OperationId, InstanceVerb Verb)
        : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Decision;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Failure;
    }

    /// <summary>The node came back while an operation was under way, and goes on with it.</summary>
    public sealed record WorkResumed(EventHeader Header, OperationId OperationId, StepKind Step, int Attempt)
        : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Observation;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Pending;
    }
}
