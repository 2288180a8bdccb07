using NovaDocker.Domain.Common;
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
///                UnwindStarted, WorkResumed             of a deleted instance BootRequested
///
///   DeleteRequested takes Working to Working as well: it puts the deletion in the place of what was under way, and
///   OperationCancelled behind it says what that was. So does PowerChangeRequested with a restart by the instance's own
///   policy, and with a repair of its ports.
///   Working is what its verb's plan says. Resting is Active, Paused, Suspended, Stopped, Rescued, Error or Deleted.
///   ContainerExited takes Active, Paused and Suspended to Stopped, ContainerLost takes these and Stopped to Error,
///   ContainerDrifted from one of them to another.
/// </code>
/// </remarks>
public abstract partial record InstanceState
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
            return BeginLife(boot, 0, []);
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
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped, SnapshotRequested e) =>
                Begin(Facts, Phase, e, e.Target),
            (not InstancePhase.Deleted, PowerChangeRequested e) => Begin(Facts, Phase, e, null),
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped, AttachRequested e) =>
                OnPort(Begin(Facts, Phase, e, null), e.Vif),
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped, DetachRequested e) =>
                OnPort(Begin(Facts, Phase, e, null), e.Port),
            (InstancePhase.Active, RepairRequested e) => BeginByItself(Facts, Phase, e),
            (InstancePhase.Active or InstancePhase.Stopped or InstancePhase.Error, RebuildRequested e) =>
                BeginRebuild(Facts, Phase, e),
            (InstancePhase.Active or InstancePhase.Stopped, ResizeRequested e) => BeginResize(Facts, Phase, e),
            (InstancePhase.Active or InstancePhase.Stopped or InstancePhase.Error, RescueRequested e) =>
                Begin(Facts with { Rescue = new RescueFacts(e.Image, null, null) }, Phase, e, null),
            (InstancePhase.Deleted, BootRequested e) => BeginLife(e, Facts.Revision, Facts.Answers),
            (not InstancePhase.Deleted, VifsBroken e) =>
                new Resting(Counted(Facts).Plugged(e.Problems.Select(problem => problem.Port), isPlugged: false), Phase),
            (not InstancePhase.Deleted, SandboxLost) => new Resting(LostSandbox(Counted(Facts), Phase), Phase),
            (not InstancePhase.Deleted, RestartRequested e) => BeginRestart(Facts, Phase, e),
            (not InstancePhase.Deleted, RestartGivenUp) => new Resting(Counted(Facts), Phase),
            (_, CommandAnswered e) => new Resting(Counted(Answered(Facts, e)), Phase),
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped, ContainerExited e) => new Resting(
                Counted(Facts.Ended(e.Exit) with { Since = SinceEntering(InstancePhase.Stopped, e) }),
                InstancePhase.Stopped),
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped, ContainerLost e) => new Resting(
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
            (InstancePhase.Paused or InstancePhase.Suspended, DriftKind.Unpaused) => InstancePhase.Active,
            (InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended, DriftKind.Restarted) => InstancePhase.Active,
            (InstancePhase.Stopped, DriftKind.Started) => InstancePhase.Active,
            (not InstancePhase.Deleted, DriftKind.Renamed) => Phase,
            _ => null,
        };
    }

    private static bool CanRest(InstancePhase phase) => phase
        is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped
        or InstancePhase.Rescued or InstancePhase.Error or InstancePhase.Deleted;

    private static InstanceFacts Counted(InstanceFacts facts) => facts with { Revision = facts.Revision + 1 };

    private static InstanceFacts Answered(InstanceFacts facts, CommandAnswered e) =>
        facts.Answered(e.Header.Request.RequestId, e.Verb, e.Reply);
}
