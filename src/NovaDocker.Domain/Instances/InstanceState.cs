using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Instances;

/// <summary>What is true of one instance: the fold of its events, and nothing else.</summary>
/// <remarks>
/// <code>
///            BootRequested             OperationCompleted / OperationFailed
///   Absent ────────────────▶ Working ─────────────────────────────────────────▶ Resting
///                              ▲ │ ▲                                               │
///                StepStarted,  │ │ │  Delete-, Snapshot-, PowerChange-, Restart-,  │
///                StepCompleted,└─┘ └───────────────────────────────────────────────┘
///                StepFailed,            Attach-, Detach-, RepairRequested
///                UnwindStarted, WorkResumed
///
///   DeleteRequested takes Working to Working as well: it puts the deletion in the place of what was under way, and
///   OperationCancelled behind it says what that was. So does PowerChangeRequested with a restart by the instance's own
///   policy, and with a repair of its ports.
///   Working is Building, Starting, Stopping, Rebooting, Pausing, Unpausing, Snapshotting, Restarting, Attaching, Detaching,
///   Repairing or Deleting, by its verb. Resting is Active, Paused, Stopped, Error or Deleted.
///   ContainerExited takes Active and Paused to Stopped, ContainerLost takes Active, Paused and Stopped to Error,
///   ContainerDrifted from one of Active, Paused and Stopped to another.
/// </code>
/// </remarks>
public abstract record InstanceState
{
    /// <summary>How long ports must hold after a repair that went well, for the next one not to be counted with it.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    private InstanceState()
    {
    }

    /// <summary>Where it stands.</summary>
    public abstract InstancePhase Phase { get; }

    /// <summary>Number of events applied; equals the journal's sequence number of the last of them.</summary>
    public abstract long Revision { get; }

    /// <summary>The state after one more event. Pure: no clock, no chance, no I/O.</summary>
    /// <exception cref="CorruptJournalException">The event cannot have happened in this state.</exception>
    public abstract InstanceState Apply(InstanceEvent @event);

    /// <summary>Nobody ever asked for the instance.</summary>
    public sealed record Absent : InstanceState
    {
        /// <summary>The one value.</summary>
        public static readonly Absent Instance = new();

        /// <inheritdoc/>
        public override InstancePhase Phase => InstancePhase.Absent;

        /// <inheritdoc/>
        public override long Revision => 0;

        /// <inheritdoc/>
        public override InstanceState Apply(InstanceEvent @event)
        {
            if (@event is not BootRequested boot)
                throw new CorruptJournalException(this, @event);
            var header = boot.Header;
            var facts = new InstanceFacts(
                header.InstanceId, 0, boot.Spec, boot.Image, header.Host, header.Request.Initiator,
                header.OccurredAt, header.OccurredAt, null, null, null, null, null, [])
            {
                Ports = InstancePort.Of(boot.Spec.Vifs),
            };
            return Begin(facts, InstancePhase.Absent, boot, null);
        }
    }

    /// <summary>The instance exists, or did.</summary>
    /// <param name="Facts">What is known of it in every phase.</param>
    public abstract record Existing(InstanceFacts Facts) : InstanceState
    {
        /// <inheritdoc/>
        public sealed override long Revision => Facts.Revision;
    }

    /// <summary>Nothing is under way.</summary>
    public sealed record Resting : Existing
    {
        /// <summary>Makes one.</summary>
        /// <exception cref="ArgumentOutOfRangeException">An instance does not rest in that phase.</exception>
        public Resting(InstanceFacts facts, InstancePhase phase)
            : base(facts) => Phase = CanRest(phase)
                ? phase
                : throw new ArgumentOutOfRangeException(nameof(phase), phase, "An instance does not rest in this phase.");

        /// <inheritdoc/>
        public override InstancePhase Phase { get; }

        /// <inheritdoc/>
        public override InstanceState Apply(InstanceEvent @event) => (Phase, @event) switch
        {
            (not InstancePhase.Deleted, DeleteRequested e) => Begin(Facts, Phase, e, e.Discarded),
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Stopped, SnapshotRequested e) =>
                Begin(Facts, Phase, e, e.Target),
            (not InstancePhase.Deleted, PowerChangeRequested e) => Begin(Facts, Phase, e, null),
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Stopped, AttachRequested e) =>
                OnPort(Begin(Facts, Phase, e, null), e.Vif),
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Stopped, DetachRequested e) =>
                OnPort(Begin(Facts, Phase, e, null), e.Port),
            (InstancePhase.Active, RepairRequested e) => BeginByItself(Facts, Phase, e),
            (not InstancePhase.Deleted, VifsBroken e) =>
                new Resting(Counted(Facts).Plugged(e.Problems.Select(problem => problem.Port), isPlugged: false), Phase),
            (not InstancePhase.Deleted, SandboxLost) => new Resting(LostSandbox(Counted(Facts), Phase), Phase),
            (not InstancePhase.Deleted, RestartRequested e) => BeginRestart(Facts, Phase, e),
            (not InstancePhase.Deleted, RestartGivenUp) => new Resting(Counted(Facts), Phase),
            (_, CommandAnswered e) => new Resting(Counted(Answered(Facts, e)), Phase),
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Stopped, ContainerExited e) => new Resting(
                Counted(Facts.Ended(e.Exit) with { Since = SinceEntering(InstancePhase.Stopped, e) }),
                InstancePhase.Stopped),
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Stopped, ContainerLost e) => new Resting(
                Counted(Facts.WithoutContainer() with
                {
                    LastFault = new Fault(FaultCode.NotFound, $"Container {e.ContainerId} is gone."),
                    Since = e.Header.OccurredAt,
                }),
                InstancePhase.Error),
            (_, ContainerDrifted e) when Drift(e.Drift) is { } landing => new Resting(
                Counted(Facts.Drifted(e) with { Since = SinceEntering(landing, e) }), landing),
            (InstancePhase.Active, HealthChanged e) => new Resting(Counted(Facts with { Health = e.Health }), Phase),
            _ => throw new CorruptJournalException(this, @event),
        };

        private DateTimeOffset SinceEntering(InstancePhase landing, InstanceEvent e) =>
            landing == Phase ? Facts.Since : e.Header.OccurredAt;

        /// <summary>Where a drift leads from here; null where it cannot have happened.</summary>
        private InstancePhase? Drift(DriftKind drift) => (Phase, drift) switch
        {
            (InstancePhase.Active, DriftKind.Paused) => InstancePhase.Paused,
            (InstancePhase.Paused, DriftKind.Unpaused) => InstancePhase.Active,
            (InstancePhase.Active or InstancePhase.Paused, DriftKind.Restarted) => InstancePhase.Active,
            (InstancePhase.Stopped, DriftKind.Started) => InstancePhase.Active,
            (not InstancePhase.Deleted, DriftKind.Renamed) => Phase,
            _ => null,
        };
    }

    /// <summary>An operation is under way.</summary>
    /// <param name="Facts">What is known in every phase.</param>
    /// <param name="Operation">The operation.</param>
    public sealed record Working(InstanceFacts Facts, Operation Operation) : Existing(Facts)
    {
        /// <inheritdoc/>
        public override InstancePhase Phase => OperationPlan.For(Operation.Verb).During;

        private bool IsRunningOn => Operation is
        {
            Verb: InstanceVerb.AttachInterface, Origin: InstancePhase.Active or InstancePhase.Paused,
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
                    },
                },
                StepCompleted e when IsRunning(e.OperationId, e.Step) =>
                    this with { Facts = LearnOfPorts(Learn(facts, e), e), Operation = Next(Operation) },
                StepFailed e when IsRunning(e.OperationId, e.Step) =>
                    this with { Facts = Learn(facts, e), Operation = AfterFailure(e) },
                UnwindStarted e when Is(e.OperationId) && Operation.Status == StepStatus.GivenUp => this with
                {
                    Facts = facts,
                    Operation = Next(Operation) with { Pending = e.Steps, Failure = e.Fault },
                },
                WorkResumed e when Is(e.OperationId) && Operation.CurrentStep == e.Step =>
                    this with { Facts = facts, Operation = Operation with { IntentRevision = facts.Revision } },
                OperationCompleted e when Is(e.OperationId) && IsDone && CanRest(e.Header.After) =>
                    Land(facts with { LastFault = null, Repairs = e.Verb == InstanceVerb.Repair ? facts.Repairs + 1 : 0 }, e.Header),
                OperationFailed e when Is(e.OperationId) && HasFailed && CanRest(e.Header.After) =>
                    Land(
                        facts with
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

        private static Resting Land(InstanceFacts facts, EventHeader header) =>
            new(facts with { Since = header.OccurredAt }, header.After);

        private static Operation Next(Operation operation) => operation with
        {
            Pending = operation.Pending.RemoveFirst(),
            Status = StepStatus.Due,
            Attempt = 0,
            RetryAt = null,
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
                or StepKind.PauseContainer or StepKind.UnpauseContainer or StepKind.CommitContainer;
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

    private static Working Begin(
        InstanceFacts facts, InstancePhase origin, OperationRequest e, SnapshotTarget? snapshot)
    {
        // Who asks for a running instance ends the row of restarts that it made by itself.
        var isAskedToRun = e.Verb
            is InstanceVerb.Start or InstanceVerb.SoftReboot or InstanceVerb.HardReboot;
        var counted = Counted(facts) with
        {
            Since = e.Header.OccurredAt,
            Restarts = isAskedToRun ? 0 : facts.Restarts,
        };
        var reply = new Accepted(facts.InstanceId, e.OperationId, counted.Revision);
        return new Working(
            counted.Answered(e.Header.Request.RequestId, e.Verb, reply),
            new Operation(
                e.OperationId, e.Verb, e.Header.Request, origin, e.Steps, StepStatus.Due, 0, 0, null, null, snapshot));
    }

    /// <summary>True for what an instance decides by itself, and gives way with to whatever somebody asks for.</summary>
    private static bool IsOfItsOwn(InstanceVerb verb) => verb is InstanceVerb.Restart or InstanceVerb.Repair;

    private static Working OnPort(Working begun, Vif attached) => begun with
    {
        Facts = begun.Facts with { Ports = InstancePort.With(begun.Facts.Ports, attached) },
        Operation = begun.Operation with { Port = attached.Id },
    };

    private static Working OnPort(Working begun, PortId detached) =>
        begun with { Operation = begun.Operation with { Port = detached } };

    /// <summary>A running process keeps its namespace also without the sandbox; one that is to be started gets another.</summary>
    private static InstanceFacts LostSandbox(InstanceFacts facts, InstancePhase phase) =>
        (phase is InstancePhase.Active or InstancePhase.Paused ? facts : facts.Unplugged()) with { SandboxStartedAt = null };

    private static Working BeginByItself(InstanceFacts facts, InstancePhase origin, RepairRequested e) => new(
        Counted(facts) with
        {
            Since = e.Header.OccurredAt,
            Repairs = facts.LastFault is null && e.Header.OccurredAt - facts.Since >= Quiet ? 0 : facts.Repairs,
        },
        new Operation(
            e.OperationId, e.Verb, e.Header.Request, origin, e.Steps, StepStatus.Due, 0, 0, null, null, null));

    private static Working BeginRestart(InstanceFacts facts, InstancePhase origin, RestartRequested e)
    {
        var counted = Counted(facts) with { Since = e.Header.OccurredAt, Restarts = e.Restart };
        return new Working(counted, new Operation(
            e.OperationId, e.Verb, e.Header.Request, origin, e.Steps,
            StepStatus.AwaitingRetry, 0, counted.Revision, e.StartAt, null, null));
    }

    private static bool CanRest(InstancePhase phase) => phase
        is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Stopped
        or InstancePhase.Error or InstancePhase.Deleted;

    private static InstanceFacts Counted(InstanceFacts facts) => facts with { Revision = facts.Revision + 1 };

    private static InstanceFacts Answered(InstanceFacts facts, CommandAnswered e) =>
        facts.Answered(e.Header.Request.RequestId, e.Verb, e.Reply);
}
