using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Persistence;
using NovaDocker.Actors.Audit;
using NovaDocker.Actors.Common;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Instances;

/// <summary>
/// The brain of one instance. It stores what is decided, applies it, replies, and then has the host do the outstanding
/// step; it decides nothing itself and does nothing to the world itself. Persistence id <c>instance-&lt;uuid&gt;</c>.
/// </summary>
/// <remarks>
/// Persisted: the events of <see cref="InstanceProtocol"/>, and now and then a snapshot of the state. Not persisted: who
/// waits for news, and how far a transfer has come. When the journal fails the actor stops; the shard starts it again
/// after a while, and what had not been stored was not done.
/// </remarks>
internal sealed class InstanceActor : UntypedPersistentActor, IWithTimers
{
    private const string WorkTimer = "work";

    private readonly InstanceId _id;
    private readonly IActorRef _hosts;
    private readonly InstanceSettings _settings;
    private readonly TimeProvider _time;
    private readonly IdSource _ids;
    private readonly ILoggingAdapter _log;

    /// <summary>Tells this incarnation of the actor from others.</summary>
    private readonly Guid _writer;

    /// <summary>Transient: who is told of the next event.</summary>
    private readonly RevisionWaiters _waiters = new();

    /// <summary>Transient: what was seen of the container and is to be judged yet.</summary>
    private readonly CloserLooks _looks;

    private InstanceState _state = InstanceState.Absent.Instance;

    /// <summary>Transient: how far the step under way has come.</summary>
    private TransferProgress? _progress;

    /// <summary>Transient: who is told where the journal takes no more.</summary>
    private IActorRef _asking = ActorRefs.Nobody;

    public InstanceActor(InstanceId id, IActorRef hosts, InstanceSettings settings, TimeProvider time, IdSource ids)
    {
        _id = id;
        _hosts = hosts;
        _settings = settings;
        _time = time;
        _ids = ids;
        _writer = ids.Next();
        _looks = new CloserLooks(id, hosts);
        _log = Context.GetLogger().WithContext("InstanceId", id);
    }

    /// <inheritdoc/>
    public override string PersistenceId => _id.PersistenceId;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(InstanceId id, IActorRef hosts, InstanceSettings settings, TimeProvider time, IdSource ids) =>
        Akka.Actor.Props.Create(() => new InstanceActor(id, hosts, settings, time, ids));

    /// <inheritdoc/>
    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: InstanceSnapshot snapshot }:
                _state = snapshot.State;
                break;
            case InstanceEvent @event:
                _state = _state.Apply(@event);
                break;
            case RecoveryCompleted:
                SetTimeToRest();
                if (InstanceWork.Outstanding(_state) is not null)
                    Self.Tell(new ResumeWork(_id));
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case ReportContainerSeen report when report.AskedAt != _state.Revision:
                _looks.OnSeen(_state, report.Sighting);
                break;
            case ReportContainerLost report when _state is InstanceState.Working:
                _looks.OnLost(report.ContainerId);
                break;
            case IInstanceCommand command:
                Handle(command);
                break;
            case GetInstance:
                Sender.Tell(Answer());
                break;
            case AwaitRevision wait:
                OnAwaitRevision(wait);
                break;
            case RevisionWaiters.Expired expired:
                _waiters.Expire(expired, Answer());
                break;
            case GetConsoleOutput or GetDiagnostics or GetUsage:
                AskHost((IInstanceQuery)message);
                break;
            case HostProtocol.StepProgressed news:
                if (_state is InstanceState.Working working && working.Operation.IntentRevision == news.Token.Revision)
                    _progress = news.Progress;
                break;
            case ResendStep:
                DoOutstandingWork();
                break;
            case ReceiveTimeout:
                if (IsIdle)
                    Context.Parent.Tell(new Passivate(Rest.Instance));
                break;
            case Rest:
                OnRest();
                break;
            case SaveSnapshotSuccess saved:
                // The one before is kept. A bound that is not above 0 would be taken for none, and all be deleted.
                if (saved.Metadata.SequenceNr - _settings.SnapshotEvery - 1 is > 0 and var outdated)
                    DeleteSnapshots(new SnapshotSelectionCriteria(outdated));
                break;
            case SaveSnapshotFailure failed:
                _log.Warning(failed.Cause, "No snapshot of the state could be saved; the next start replays more events.");
                break;
            case DeleteSnapshotsSuccess or DeleteSnapshotsFailure:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        RefuseForJournal(cause);
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        RefuseForJournal(cause);
        base.OnPersistRejected(cause, @event, sequenceNr);
        // The state is ahead of nothing, but what else of the batch was stored is unknown: replay tells.
        Context.Stop(Self);
    }

    /// <inheritdoc/>
    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        _log.Error(reason, "The instance cannot be replayed from its journal; it is left alone until that is mended.");

    private void Handle(IInstanceCommand command)
    {
        var context = new DecisionContext(_time.GetUtcNow(), _ids.Next(), _settings.Policies);
        var decision = InstanceDecider.Decide(_state, command, context);
        if (decision.Events.IsEmpty)
        {
            Reply(Sender, decision.Reply);
            return;
        }

        _asking = command is VerbCommand or TellVifPlugging ? Sender : ActorRefs.Nobody;
        var left = decision.Events.Count;
        PersistAll(decision.Events, @event =>
        {
            _state = _state.Apply(@event);
            if (--left == 0)
                OnStored(decision);
        });
    }

    private void OnStored(Decision decision)
    {
        if (_state.Revision != LastSequenceNr)
            throw new InvalidOperationException($"Revision {_state.Revision} is not the journal's {LastSequenceNr}.");
        Reply(_asking, decision.Reply);
        SetTimeToRest();
        _progress = null;
        _waiters.Tell(_state, Answer);
        LifecycleSignal.Send(Context.System, decision.Events);
        SaveSnapshotIfDue(decision.Events.Count);
        DoOutstandingWork(decision.Events[^1]);
        _looks.OnStored(_state, decision.Events[^1]);
    }

    private void DoOutstandingWork(InstanceEvent? stored = null)
    {
        Timers.Cancel(WorkTimer);
        switch (InstanceWork.Outstanding(_state))
        {
            case InstanceWork.RunStep work:
                Timers.StartSingleTimer(WorkTimer, ResendStep.Instance, _settings.ResendInterval);
                _hosts.Tell(StepRequest.For(work, _writer, stored));
                break;
            case InstanceWork.AwaitRetry retry:
                var wait = retry.WaitFrom(_time.GetUtcNow(), _settings.Policies);
                Timers.StartSingleTimer(WorkTimer, new RetryStep(_id, retry.Revision), wait);
                break;
            case InstanceWork.Advance:
                Self.Tell(new ResumeWork(_id));
                break;
        }
    }

    private void OnAwaitRevision(AwaitRevision wait)
    {
        if (wait.IsMetBy(_state) || _state.Phase == InstancePhase.Absent)
        {
            Sender.Tell(Answer());
            return;
        }

        var expired = _waiters.Add(Sender, wait);
        Timers.StartSingleTimer(expired, expired, RevisionWaiters.Bounded(wait.Patience));
    }

    private void AskHost(IInstanceQuery query)
    {
        if (HostRequest.For(_state, query) is { } ask)
            _hosts.Forward(ask);
        else
            Sender.Tell(HostRequest.Refusal(_state, query));
    }

    private IInstanceReply Answer() => InstanceView.Of(_state, _progress) is { } view
        ? new InstanceFound(_id, view)
        : new NotFound(_id);

    private void SaveSnapshotIfDue(int events)
    {
        var every = _settings.SnapshotEvery;
        if (_state.Revision / every > (_state.Revision - events) / every)
            SaveSnapshot(new InstanceSnapshot(_state));
    }

    private bool IsIdle => _state.Phase is InstancePhase.Absent or InstancePhase.Deleted;

    /// <summary>An id that nobody booted shall not stay in memory for long, nor among the entities remembered.</summary>
    private void SetTimeToRest() => SetReceiveTimeout(
        _state.Phase == InstancePhase.Absent ? InstanceSettings.AbsentLinger : _settings.PassivateAfter);

    /// <summary>Stops, as was asked for. Where a boot came in between, the shard is given a reason to start it again.</summary>
    private void OnRest()
    {
        if (!IsIdle)
            Context.Parent.Tell(new GetInstance(_id), ActorRefs.NoSender);
        Context.Stop(Self);
    }

    private void RefuseForJournal(Exception cause) => Reply(_asking, new Refused(
        _id, RefusalCode.JournalUnavailable, $"The journal cannot be written, so nothing is begun: {cause.Message}"));

    private void Reply(IActorRef asking, CommandReply? reply)
    {
        if (reply is not null && !asking.IsNobody())
            asking.Tell(reply, Self);
    }

    private sealed class ResendStep : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static readonly ResendStep Instance = new();
    }

    /// <summary>In place of a poison pill, which would not wait for what is being stored.</summary>
    private sealed class Rest : INoSerializationVerificationNeeded
    {
        public static readonly Rest Instance = new();
    }
}
