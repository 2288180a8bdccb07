using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Instances;

/// <content>The state while an operation is under way.</content>
public abstract partial record InstanceState
{
    /// <summary>An operation is under way.</summary>
    /// <param name="Facts">What is known in every phase.</param>
    /// <param name="Operation">The operation.</param>
    public sealed record Working(InstanceFacts Facts, Operation Operation) : Existing(Facts)
    {
        /// <inheritdoc/>
        public override InstancePhase Phase => OperationPlan.For(Operation.Verb).During;

        private bool IsRunningOn => Operation is
        {
            Verb: InstanceVerb.AttachInterface, Origin: InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended,
        };

        private bool IsDone => Operation is { CurrentStep: null, Failure: null };

        private bool HasFailed => Operation.Status == StepStatus.GivenUp
            || Operation is { CurrentStep: null, Failure: not null };

        /// <inheritdoc/>
        public override InstanceState Apply(InstanceEvent @event)
        {
            var facts = Counted(Facts);
            return @event switch
            {
                StepStarted e when IsDue(e.OperationId, e.Step) => this with
                {
                    Facts = facts,
                    Operation = Operation with
                    {
                        Status = StepStatus.Running,
                        Attempt = e.Attempt,
                        IntentRevision = facts.Revision,
                        RetryAt = null,
                        Deadline = e.Step == StepKind.AwaitVifs ? e.Header.OccurredAt + Operation.Terms.AwaitVifs?.Timeout : null,
                    },
                },
                StepCompleted e when IsRunning(e.OperationId, e.Step) =>
                    this with { Facts = LearnOfPorts(Learn(facts, e), e), Operation = Next(Operation) },
                StepFailed e when IsRunning(e.OperationId, e.Step) =>
                    this with { Facts = Learn(facts, e), Operation = AfterFailure(e) },
                UnwindStarted e when Is(e.OperationId) && Operation.Status == StepStatus.GivenUp => this with
                {
                    Facts = AfterSizeFailed(facts),
                    Operation = Next(Operation) with { Pending = e.Steps, Failure = e.Fault },
                },
                WorkResumed e when Is(e.OperationId) && Operation.CurrentStep == e.Step =>
                    this with { Facts = facts, Operation = Operation with { IntentRevision = facts.Revision } },
                OperationCompleted e when Is(e.OperationId) && IsDone && CanRest(e.Header.After) =>
                    Land(
                        Settled(facts, e.Verb) with
                        {
                            // What is confirmed in error is still in error, for the same reason.
                            LastFault = e.Header.After == InstancePhase.Error ? facts.LastFault : null,
                            Repairs = e.Verb == InstanceVerb.Repair ? facts.Repairs + 1 : 0,
                        },
                        e.Header),
                OperationFailed e when Is(e.OperationId) && HasFailed && CanRest(e.Header.After) =>
                    Land(
                        facts.AsFormerly() with
                        {
                            LastFault = e.Fault,
                            Repairs = e.Verb == InstanceVerb.Repair ? facts.Repairs + 1 : facts.Repairs,
                        },
                        e.Header),
                DeleteRequested e when Operation.Verb != InstanceVerb.Delete =>
                    Begin(Facts, Operation.Origin, e, e.Discarded),
                PowerChangeRequested e when IsOfItsOwn(Operation.Verb) => Begin(Facts, Operation.Origin, e, null),
                // Nothing but a deletion takes the place of what somebody asked for.
                OperationCancelled e when !Is(e.OperationId)
                    && (Operation.Verb == InstanceVerb.Delete || IsOfItsOwn(e.Verb)) => this with { Facts = facts },
                CommandAnswered e => this with { Facts = Answered(facts, e) },
                // What is being started may have to be asked for again: until it is answered, the run before it is the last
                // one known, or the host would not know this one for its own work.
                ContainerExited e when Operation.CurrentStep == StepKind.StartContainer =>
                    this with { Facts = facts with { LastExit = e.Exit } },
                ContainerExited e => this with { Facts = facts.Ended(e.Exit) },
                _ => throw new CorruptJournalException(this, @event),
            };
        }

        /// <summary>True where the container still has the limits of the other size.</summary>
        private bool IsSizeFailing => Operation.Verb is InstanceVerb.Resize or InstanceVerb.RevertResize
            && Operation.Pending.Contains(StepKind.UpdateContainer);

        /// <summary>A resize that did not come to the container leaves the size as it was; its taking back leaves it to be done.</summary>
        private InstanceFacts AfterSizeFailed(InstanceFacts facts) =>
            !IsSizeFailing ? facts
            : Operation.Verb == InstanceVerb.Resize ? facts.WithOtherSize() with { OtherSize = null }
            : facts.WithOtherSize();

        private static InstanceFacts Settled(InstanceFacts facts, InstanceVerb verb) =>
            verb is InstanceVerb.ConfirmResize or InstanceVerb.RevertResize ? facts with { OtherSize = null } : facts;

        private static Resting Land(InstanceFacts facts, EventHeader header) =>
            new(facts with { Since = header.OccurredAt }, header.After);

        private static Operation Next(Operation operation) => operation with
        {
            Pending = operation.Pending.RemoveFirst(),
            Status = StepStatus.Due,
            Attempt = 0,
            RetryAt = null,
            Deadline = null,
        };

        private static InstanceFacts Learn(InstanceFacts facts, StepCompleted e) => (e.Step, e.Result) switch
        {
            (StepKind.EnsureImage, StepResult.ImageReady r) => facts with
            {
                EngineImageId = r.EngineImageId, ImageDefaults = r.Defaults,
            },
            (StepKind.CreateContainer, StepResult.ContainerCreated r) => facts with { ContainerId = r.ContainerId },
            (StepKind.StartContainer, StepResult.ContainerStarted r) =>
                facts.Started(r.RunStartedAt) with { LastExit = r.Exit ?? facts.LastExit },
            (StepKind.StopContainer or StepKind.KillContainer, StepResult.ContainerStopped { Exit: { } exit }) =>
                facts.Ended(exit),
            (StepKind.RemoveContainer, _) => facts.WithoutContainer(),
            (StepKind.EnsureRescueImage, StepResult.ImageReady r) => facts with
            {
                Rescue = facts.Rescue! with { EngineImageId = r.EngineImageId },
            },
            (StepKind.StartRescue, StepResult.ContainerCreated r) => facts with
            {
                Rescue = facts.Rescue! with { ContainerId = r.ContainerId },
            },
            (StepKind.RemoveRescue, _) => facts with { Rescue = null },
            (StepKind.RemoveSandbox, _) => facts.WithoutSandbox(),
            _ => facts,
        };

        private InstanceFacts LearnOfPorts(InstanceFacts facts, StepCompleted e) => (e.Step, e.Result) switch
        {
            // A process that runs on stays in the namespace that it began in, whatever became of the sandbox since.
            (StepKind.CreateSandbox, StepResult.SandboxReady r) => facts.InSandbox(r, keepsPorts: IsRunningOn),
            (StepKind.PlugVifs, StepResult.VifsPlugged r) => facts.Plugged(r.Vifs.Select(vif => vif.Port), isPlugged: true),
            (StepKind.UnplugVifs, _) when Operation.Port is { } port => facts.WithoutPort(port),
            (StepKind.UnplugVifs, _) => facts.Unplugged(),
            _ => facts,
        };

        private static InstanceFacts Learn(InstanceFacts facts, StepFailed e)
        {
            var isContainerGone = e.Fault.Code == FaultCode.NotFound && e.Step
                is StepKind.StartContainer or StepKind.StopContainer or StepKind.KillContainer
                or StepKind.PauseContainer or StepKind.UnpauseContainer or StepKind.CommitContainer or StepKind.UpdateContainer;
            return (isContainerGone ? facts.WithoutContainer() : facts) with { LastFault = e.Fault };
        }

        private Operation AfterFailure(StepFailed e)
        {
            if (e.RetryAt is not null)
                return Operation with { Status = StepStatus.AwaitingRetry, RetryAt = e.RetryAt };
            // What only tidies up is left when it fails for good: it spoils neither what was achieved nor what comes after.
            var isTidyingUp = Operation.Failure is not null || e.Step is StepKind.DiscardUpload or StepKind.RemoveCommit;
            return isTidyingUp ? Next(Operation) : Operation with { Status = StepStatus.GivenUp };
        }

        private bool Is(OperationId id) => Operation.Id == id;

        private bool IsDue(OperationId id, StepKind step) =>
            Is(id) && Operation.CurrentStep == step
            && Operation.Status is StepStatus.Due or StepStatus.AwaitingRetry;

        private bool IsRunning(OperationId id, StepKind step) =>
            Is(id) && Operation.CurrentStep == step && Operation.Status == StepStatus.Running;
    }
}
